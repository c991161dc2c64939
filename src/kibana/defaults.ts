/**
 * What Kibana makes of a rule that it is sent: the values that it fills in and the forms that it changes. The
 * differ applies it to the desired side, so that a default is no difference; the emulator stores by it.
 */
import type { ActionFrequency, RuleAction } from "./rule-action.js";
import { FIELDS_BY_TYPE } from "./rule-fields.js";
import type { CreateField, RuleCreate, RuleType } from "./rule.js";

/** The values that every type gets. `rule_id` (random) and action `uuid`s are made, not fixed, and so are not here. */
const BASE = {
  enabled: false,
  version: 1,
  tags: [],
  author: [],
  interval: "5m",
  from: "now-6m",
  to: "now",
  max_signals: 100,
  false_positives: [],
  references: [],
  threat: [],
  risk_score_mapping: [],
  severity_mapping: [],
  exceptions_list: [],
  actions: [],
  setup: "",
  related_integrations: [],
  required_fields: [],
  output_index: "",
} as const satisfies Partial<Record<CreateField, unknown>>;

const BY_TYPE: Readonly<Record<RuleType, Partial<Record<CreateField, unknown>>>> = {
  query: { query: "", language: "kuery" },
  saved_query: { language: "kuery" },
  eql: {},
  esql: {},
  threshold: { language: "kuery" },
  threat_match: { language: "kuery", threat_indicator_path: "threat.indicator" },
  machine_learning: {},
  new_terms: { language: "kuery" },
};

/** {@link FIELDS_BY_TYPE}, to be asked for single names. */
const TAKEN = Object.fromEntries(
  Object.entries(FIELDS_BY_TYPE).map(([type, fields]) => [type, new Set<string>(fields)]),
) as unknown as Readonly<Record<RuleType, ReadonlySet<string>>>;

/** Connector types that run without group or frequency. */
const SYSTEM_ACTIONS: ReadonlySet<string> = new Set([".cases"]);

/**
 * The fields that Kibana fills in for a type, with their values; a fresh copy at each call. On PUT and on an import
 * that overwrites, Kibana keeps the stored `enabled` (and PUT the stored `version`) instead.
 */
export function serverDefaults(type: RuleType): Partial<Record<CreateField, unknown>> {
  const values = Object.entries({ ...BASE, ...BY_TYPE[type] });
  return Object.fromEntries(values.map(([name, value]) => [name, Array.isArray(value) ? [] : value]));
}

/** The frequency of an action that has none, from the rule's legacy `throttle`. */
export function frequencyFor(throttle: string | undefined): ActionFrequency {
  return throttle === undefined || throttle === "no_actions" || throttle === "rule"
    ? { summary: true, throttle: null, notifyWhen: "onActiveAlert" }
    : { summary: true, throttle, notifyWhen: "onThrottleInterval" };
}

function storedAction(action: RuleAction, throttle: string | undefined): RuleAction {
  return action.frequency !== undefined || SYSTEM_ACTIONS.has(action.action_type_id)
    ? action
    : { ...action, frequency: frequencyFor(throttle) };
}

/** `"host.name"` is kept as `["host.name"]`, `""` as no field. */
function fieldList(field: string | string[]): string[] {
  return typeof field === "string" ? (field === "" ? [] : [field]) : field;
}

/**
 * The rule as Kibana stores it: fields that the type does not have are dropped, defaults filled in, a threshold's
 * field and a job id become lists, `throttle` becomes the actions' frequency. Does not add what Kibana makes up (`rule_id`, action `uuid`) or looks up (`required_fields[].ecs`).
 */
export function asStored(rule: RuleCreate): RuleCreate {
  const values: Record<string, unknown> = serverDefaults(rule.type);
  for (const [name, value] of Object.entries(rule)) {
    if (value !== undefined && name !== "throttle" && TAKEN[rule.type].has(name)) values[name] = value;
  }
  const stored = values as unknown as RuleCreate;
  if (stored.actions !== undefined) {
    stored.actions = stored.actions.map((action) => storedAction(action, rule.throttle));
  }
  if (stored.type === "threshold") {
    stored.threshold = { ...stored.threshold, field: fieldList(stored.threshold.field) };
  }
  if (stored.type === "machine_learning" && typeof stored.machine_learning_job_id === "string") {
    stored.machine_learning_job_id = [stored.machine_learning_job_id];
  }
  return stored;
}
