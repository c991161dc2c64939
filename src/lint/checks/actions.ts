import { type Diagnostic, report } from "../../diagnostics/index.js";
import { parseInterval } from "../../kibana/date-math.js";
import { DEFAULT_INTERVAL } from "../../rule/index.js";
import type { RuleView } from "../check.js";

/** Kibana tells a rule's actions apart by their uuid and refuses two with the same one. */
export function* actionIds({ rule, at }: RuleView): Iterable<Diagnostic> {
  const first = new Map<string, number>();
  for (const [i, { uuid }] of (rule.actions ?? []).entries()) {
    const other = uuid === undefined ? undefined : first.get(uuid);
    if (uuid === undefined) continue;
    if (other === undefined) first.set(uuid, i);
    else {
      const related = [{ message: "first used here", target: at("actions", other, "uuid") }];
      yield report("rule/duplicate-action-uuid", { uuid }, at("actions", i, "uuid"), { related });
    }
  }
}

/** An action cannot run more often than its rule, and throttles only where it is told to. */
export function* actionFrequency({ rule, at, origin }: RuleView): Iterable<Diagnostic> {
  if (rule.actions === undefined) return;
  const interval = rule.interval ?? DEFAULT_INTERVAL;
  const seconds = parseInterval(interval);
  const isShort = (throttle: string): boolean =>
    seconds !== undefined && (parseInterval(throttle) ?? Number.POSITIVE_INFINITY) < seconds;

  for (const [i, { frequency }] of rule.actions.entries()) {
    const { throttle, notifyWhen } = frequency ?? {};
    const place = at("actions", i, "frequency", "throttle");
    if (notifyWhen === "onThrottleInterval" && throttle === null)
      yield report("rule/throttle-without-duration", {}, place);
    else if (notifyWhen === "onThrottleInterval" && typeof throttle === "string" && isShort(throttle))
      yield report("rule/action-throttle-shorter-than-interval", { throttle, interval }, place);
  }
  const inherits = rule.actions.some((action) => action.frequency === undefined);
  if (inherits && rule.throttle !== undefined && isShort(rule.throttle)) {
    const params = { throttle: rule.throttle, interval };
    yield report("rule/action-throttle-shorter-than-interval", params, origin("throttle"));
  }
}

/** A filter of alerts has a query, or hours, or both; Kibana refuses one with neither. */
export function* alertsFilter({ rule, at }: RuleView): Iterable<Diagnostic> {
  for (const [i, { alerts_filter: filter }] of (rule.actions ?? []).entries()) {
    if (filter !== undefined && filter.query === undefined && filter.timeframe === undefined)
      yield report("rule/empty-alerts-filter", {}, at("actions", i, "alerts_filter"));
  }
}
