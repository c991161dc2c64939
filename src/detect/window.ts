import { parseDate } from "../query/index.js";
import { parseInterval } from "../kibana/date-math.js";
import { RunError } from "./run-error.js";
import type { StoredRule } from "./rule.js";

/** The time that one search looks at, both ends included. Milliseconds since 1970. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface Windows {
  /** Oldest first. */
  readonly windows: readonly Window[];
  /** Milliseconds between the last run and the first window that nothing looks at. */
  readonly gap: number;
}

/** Further windows that a run makes up for ones that were missed. */
const MOST_CATCH_UP = 4;

/** The window of a run at a time. Without `from` it has no beginning. */
export function windowAt({ from, to }: StoredRule, at: number): Window {
  return { from: from === undefined ? -Infinity : timeOf(from, at, "from"), to: timeOf(to, at, "to") };
}

function timeOf(text: string, at: number, what: string): number {
  const time = parseDate(text, at);
  if (time === undefined) throw new RunError(`\`${what}: ${text}\` is no time`);
  return time.ms;
}

/** Milliseconds of the rule's interval. */
export function intervalOf({ interval }: StoredRule): number {
  const seconds = parseInterval(interval);
  if (seconds === undefined || seconds === 0) throw new RunError(`\`interval: ${interval}\` is no duration`);
  return seconds * 1_000;
}

/**
 * The windows of a run. Where the last run is longer ago than the window is wide, up to four more come before it, each an interval
 * earlier.
 */
export function windowsOf(rule: StoredRule, at: number, last: number | undefined): Windows {
  const own = windowAt(rule, at);
  const interval = intervalOf(rule);
  const missed = last === undefined ? 0 : Math.max(0, at - last - (own.to - own.from));
  const count = Math.min(Math.ceil(missed / interval), MOST_CATCH_UP);
  const windows = Array.from({ length: count + 1 }, (_, index) => {
    const earlier = (count - index) * interval;
    return { from: own.from - earlier, to: own.to - earlier };
  });
  return { windows, gap: Math.max(0, missed - count * interval) };
}

/** The times at which a manual run of a stretch runs the rule: at the end of each interval in it. */
export function manualRuns(rule: StoredRule, from: number, to: number): number[] {
  const interval = intervalOf(rule);
  const times: number[] = [];
  for (let start = from; start < to && times.length < MOST_MANUAL; start += interval)
    times.push(start + interval);
  return times;
}

/** Kibana's own limit is 90 days of a stretch; this one bounds the work of short intervals. */
const MOST_MANUAL = 30_000;
