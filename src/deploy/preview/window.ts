import { formatDuration, offsetSeconds, parseInterval } from "../../kibana/date-math.js";
import { DEFAULT_INTERVAL } from "../../rule/index.js";

/** What a preview gets through in its minute, by experience (trap 39). */
export const MOST_RUNS = 60;
/** Kibana's default for alerts of one run, and the most that its own limit lets one have. */
const [DEFAULT_SIGNALS, MOST_SIGNALS] = [100, 1_000];

export interface Range {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** How a rule is run to cover a range. */
export interface Window {
  readonly invocationCount: number;
  /** ISO date-time of the last run. */
  readonly timeframeEnd: string;
  /** The part of the range that is covered. */
  readonly covers: Range;
  /** What is different in the previewed rule: longer intervals where it makes no difference to the alerts. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** What the reader should know. */
  readonly note?: string;
}

type Rule = Readonly<Record<string, unknown>>;

/**
 * The runs that cover a range, one interval apart. A range that takes more than a preview gets through is covered with
 * longer intervals, where each event makes an alert by itself and so it does not matter in which run it is found; for other
 * rules, only the end of the range is covered.
 */
export function windowOf(rule: Rule, range: Range): Window {
  const interval = 1_000 * (parseInterval(textOf(rule["interval"]) ?? DEFAULT_INTERVAL) || 300);
  const runs = Math.max(1, Math.ceil((range.to - range.from) / interval));
  const timeframeEnd = new Date(range.to).toISOString();
  if (runs <= MOST_RUNS) return { invocationCount: runs, timeframeEnd, covers: range, changes: {} };
  const factor = Math.ceil(runs / MOST_RUNS);
  const lookback = offsetSeconds(textOf(rule["from"]) ?? "now-6m");
  // A rule with gaps between its runs has to keep them.
  const isWhole = lookback !== undefined && -lookback * 1_000 >= interval && (rule["to"] ?? "now") === "now";
  if (isWhole && isEventByEvent(rule)) {
    const longer = (factor * interval) / 1_000;
    const signals = typeof rule["max_signals"] === "number" ? rule["max_signals"] : DEFAULT_SIGNALS;
    return {
      invocationCount: Math.ceil((range.to - range.from) / (longer * 1_000)),
      timeframeEnd,
      covers: range,
      changes: {
        interval: formatDuration(longer),
        from: `now-${Math.round(longer - interval / 1_000 - lookback)}s`,
        max_signals: Math.max(signals, Math.min(signals * factor, MOST_SIGNALS)),
      },
      note: `run every ${formatDuration(longer)} in place of every ${formatDuration(interval / 1_000)}, which finds the same events`,
    };
  }
  const covered = MOST_RUNS * interval;
  return {
    invocationCount: MOST_RUNS,
    timeframeEnd,
    covers: { from: range.to - covered, to: range.to },
    changes: {},
    note: `covers the last ${formatDuration(covered / 1_000)} alone: what the rule finds depends on its interval of ${formatDuration(interval / 1_000)}, and a preview gets through ${MOST_RUNS} runs`,
  };
}

/** Whether each event that matches is an alert of its own, whatever other events there are. */
function isEventByEvent(rule: Rule): boolean {
  if (rule["alert_suppression"] !== undefined) return false;
  if (rule["type"] === "query" || rule["type"] === "saved_query" || rule["type"] === "threat_match")
    return true;
  return rule["type"] === "eql" && !/^\s*(?:sequence|sample)\b/.test(textOf(rule["query"]) ?? "sequence");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
