import { Alerts } from "./alerts.js";
import { type DocumentInput } from "./store/document.js";
import { type MappingsInput, readMappings } from "./store/mappings.js";
import { Store } from "./store/store.js";
import { runRule, type Space } from "./run.js";
import { newState, type RuleState } from "./state.js";
import type { Alert, DetectionRule, Run, RunOptions } from "./types.js";

export interface DetectorOptions {
  /** How fields are mapped: see `MappingsInput`. Without it, as ECS has them. */
  readonly mappings?: MappingsInput;
  /** The most alerts of one run, whatever a rule says (`xpack.alerting.rules.run.alerts.max`). Default 1,000. */
  readonly maxAlerts?: number;
  /**
   * Whether items of Elastic Defend's exception list filter rules, as they do unless Kibana is set to apply them by policy.
   * Default true.
   */
  readonly endpointExceptions?: boolean;
}

/** A detection engine in memory: documents, alerts, and what rules remember. */
export interface Detector {
  /** Puts documents into indices. One that names none is in the data stream that its fields name, else in every pattern. */
  index(documents: Iterable<DocumentInput>): void;
  /** Runs a rule once, as Kibana would at that time. Nothing throws: what goes wrong is in the result. */
  run(rule: DetectionRule, options: RunOptions): Run;
  /** All alerts so far, oldest first. */
  readonly alerts: readonly Alert[];
  /** Closes alerts, as an analyst does: suppression adds nothing to them. */
  close(uuids: Iterable<string>): void;
}

const MAX_ALERTS = 1_000;

export function createDetector({
  mappings,
  maxAlerts = MAX_ALERTS,
  endpointExceptions = true,
}: DetectorOptions = {}): Detector {
  const read = readMappings(mappings);
  const store = new Store(read);
  const alerts = new Alerts(readMappings(undefined).of(""));
  store.attach(alerts.index);
  const space: Space = { store, alerts, maxAlerts, endpointExceptions };
  const states = new Map<string, RuleState>();
  const stateOf = (uuid: string): RuleState => {
    let state = states.get(uuid);
    if (state === undefined) states.set(uuid, (state = newState()));
    return state;
  };
  return {
    index: (documents) => store.add(documents),
    run: (rule, options) => runRule(space, rule, options, stateOf),
    get alerts() {
      return alerts.all;
    },
    close: (uuids) => alerts.close(uuids),
  };
}
