import {
  type Alert,
  createDetector,
  type Detector,
  type DetectionRule,
  type Run,
  type RunOptions,
} from "../../src/detect/index.js";

/** A time of the day on which the tests' events are. */
export const at = (time: string): string => `2024-05-01T${time}.000Z`;

export function rule<T extends DetectionRule["type"]>(
  type: T,
  fields: Readonly<Record<string, unknown>> = {},
): DetectionRule {
  return {
    type,
    rule_id: "r",
    name: "Rule",
    description: "What it finds.",
    severity: "medium",
    risk_score: 47,
    from: "now-6m",
    interval: "5m",
    ...fields,
  };
}

export const event = (time: string, fields: Readonly<Record<string, unknown>> = {}) => ({
  "@timestamp": at(time),
  ...fields,
});

/** Runs a rule once over some events. */
export function runOn(
  events: Parameters<Detector["index"]>[0],
  given: DetectionRule,
  options: Partial<RunOptions> & { readonly mappings?: Parameters<typeof createDetector>[0] } = {},
): Run {
  const { mappings, ...rest } = options;
  const detector = createDetector(mappings);
  detector.index(events);
  return detector.run(given, { at: at("12:00:00"), ...rest });
}

/** Fields of each alert, by the names without `kibana.alert.` where they have that. */
export function pick(alerts: readonly Alert[], ...names: readonly string[]): unknown[] {
  return alerts.map((alert) =>
    Object.fromEntries(
      names.map((name) => [name, name in alert ? alert[name] : alert[`kibana.alert.${name}`]]),
    ),
  );
}

/** The ids of the events that alerts come from. */
export function sources(alerts: readonly Alert[]): string[] {
  return alerts.map((alert) => (alert["kibana.alert.ancestors"] as { id: string }[])[0]!.id);
}

/** An event with an id, so that a test can name it. */
export const hit = (_id: string, _source: Readonly<Record<string, unknown>>, _index = "logs") => ({
  _id,
  _index,
  _source,
});
