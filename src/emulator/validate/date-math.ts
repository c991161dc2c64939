/** Elasticsearch date math, as far as Kibana checks it: `now`, or an ISO date and `||`, then steps such as `-9m` or `/d`. */

const STEP_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  H: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  M: 30 * 86_400_000,
  y: 365 * 86_400_000,
};
const STEPS = /^(?:[+-]\d*(?:ms|[smhHdwMyQ])|\/(?:ms|[smhHdwMyQ]))*$/;
const ISO_DATE =
  /^\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

export function isDateMath(text: string): boolean {
  if (text.startsWith("now")) return STEPS.test(text.slice(3));
  const [date = "", steps = ""] = text.split("||");
  return ISO_DATE.test(date) && !Number.isNaN(Date.parse(date)) && STEPS.test(steps);
}

/** Milliseconds between `now` and the time that the text means, below zero in the past; undefined for anything but `now±<n><unit>`. */
export function offsetFromNow(text: string): number | undefined {
  if (text === "now") return 0;
  const match = /^now([+-])(\d+)(ms|[smhHdwMy])$/.exec(text);
  if (match === null) return undefined;
  return (match[1] === "-" ? -1 : 1) * Number(match[2]) * STEP_MS[match[3]!]!;
}

/** Milliseconds of a duration such as `5m`, as the alerting framework reads it; undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const match = /^([1-9]\d*)([smhd])$/.exec(text);
  return match === null ? undefined : Number(match[1]) * STEP_MS[match[2]!]!;
}
