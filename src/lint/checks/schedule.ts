import { type Diagnostic, report } from "../../diagnostics/index.js";
import { formatDuration, isDateMath, offsetSeconds, parseInterval } from "../../kibana/date-math.js";
import { dialectOf } from "../../kibana/dialect.js";
import { DEFAULT_INTERVAL } from "../../rule/index.js";
import type { RuleView } from "../check.js";

export const DEFAULT_FROM = "now-6m";
export const DEFAULT_TO = "now";

/** `from`, `to` and `history_window_start` are date math. Kibana checks only the first; the others fail when the rule runs. */
export function* dateMath({ rule, origin }: RuleView): Iterable<Diagnostic> {
  for (const field of ["from", "to", "history_window_start"] as const) {
    const value = rule[field];
    if (value !== undefined && !isDateMath(value))
      yield report("rule/invalid-date-math", { field, value }, origin(field));
  }
}

/**
 * The window from `from` to `to` covers the interval, and something more. Kibana refuses a shorter window from 9.4 on, and before
 * that the events in between are never looked at.
 */
export function* window({ rule, origin, source, stack }: RuleView): Iterable<Diagnostic> {
  // A field that the schema refused says nothing; what Kibana fills in would not be what the author meant.
  const written = source.document.data as Readonly<Record<string, unknown>>;
  if (["interval", "to"].some((field) => field in written && !(field in rule))) return;
  if (("from" in written || "lookback" in written) && rule.from === undefined) return;
  const start = offsetSeconds(rule.from ?? DEFAULT_FROM);
  const end = offsetSeconds(rule.to ?? DEFAULT_TO);
  const interval = parseInterval(rule.interval ?? DEFAULT_INTERVAL);
  if (start === undefined || end === undefined || interval === undefined) return;
  const at = origin(rule.from === undefined ? "interval" : "from");
  if (start >= end) {
    yield report("rule/empty-window", { from: rule.from ?? DEFAULT_FROM, to: rule.to ?? DEFAULT_TO }, at);
    return;
  }
  if (start >= 0) {
    yield report("rule/window-in-future", { from: rule.from ?? DEFAULT_FROM }, at);
    return;
  }
  const length = end - start;
  const words = { window: formatDuration(length), interval: formatDuration(interval) };
  if (length < interval) {
    const help = `write from: now-${formatDuration(interval - end + 60)}, or run it more often`;
    const severity = dialectOf(stack).checksWindow ? "error" : "warning";
    yield report("rule/from-shorter-than-interval", words, at, { help, severity });
  } else if (length === interval) {
    yield report("rule/no-lookback", words, at);
  }
}

/** New terms are looked up in a history that begins before the window, else each term would be new. */
export function* history({ rule, origin }: RuleView): Iterable<Diagnostic> {
  const begin = offsetSeconds(rule.history_window_start ?? "");
  const from = offsetSeconds(rule.from ?? DEFAULT_FROM);
  if (begin === undefined || from === undefined || begin < from) return;
  const params = { history: rule.history_window_start ?? "", from: rule.from ?? DEFAULT_FROM };
  yield report("rule/history-too-short", params, origin("history_window_start"));
}
