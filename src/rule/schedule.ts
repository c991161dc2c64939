import { formatDuration, parseInterval } from "../kibana/date-math.js";

/** The interval that Kibana fills in. */
export const DEFAULT_INTERVAL = "5m";

/**
 * `from` for a look-back: each run looks at its interval plus what the look-back adds, so that late events are seen.
 * Undefined where either is no duration (the schema says so).
 */
export function fromLookback(lookback: string, interval: string = DEFAULT_INTERVAL): string | undefined {
  const back = parseInterval(lookback);
  const every = parseInterval(interval);
  if (back === undefined || every === undefined) return undefined;
  return `now-${formatDuration(every + back)}`;
}
