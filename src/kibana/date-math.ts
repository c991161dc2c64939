/**
 * Date math as Kibana reads it in a rule's window: `now` followed by steps (`-9m`, `+1h`, `/d`), or a date. Durations are a
 * whole number and a unit.
 */

/** Milliseconds to years. Case matters: `m` is a minute, `M` a month. */
export type DateUnit = "ms" | "s" | "m" | "h" | "d" | "w" | "M" | "y";

export type DateStep =
  /** Goes so many units on, or back when the amount is negative. */
  | { readonly kind: "shift"; readonly amount: number; readonly unit: DateUnit }
  /** Goes to the start of the unit that the time lies in. */
  | { readonly kind: "round"; readonly unit: DateUnit };

export type DateMath =
  | { readonly kind: "now"; readonly steps: readonly DateStep[] }
  /** A fixed time, in milliseconds since 1970 in UTC. */
  | { readonly kind: "date"; readonly time: number };

/** Months and years, whose length varies, count as 30 and 365 days where a length is asked for. */
const SECONDS: Readonly<Record<DateUnit, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

/** The units of `formatDuration`, largest first: those that Kibana takes in an interval. */
const WRITTEN: readonly DateUnit[] = ["d", "h", "m"];

const STEP = /([+-])(\d*)(ms|[smhdwMy])|\/1?(ms|[smhdwMy])/y;
const ISO_DATE = /^\d{4}(?:-\d\d(?:-\d\d)?)?(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Reads date math, or undefined where the text is none. A step's number is 1 when left out, and rounding takes no other;
 * dates are ISO 8601, from a year to fractions of a second with a zone. The alerting types' `From` codec takes the same.
 */
export function parseDateMath(text: string): DateMath | undefined {
  if (text.startsWith("now")) {
    const steps = parseSteps(text, "now".length);
    return steps && { kind: "now", steps };
  }
  const time = ISO_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : { kind: "date", time };
}

function parseSteps(text: string, start: number): DateStep[] | undefined {
  const steps: DateStep[] = [];
  for (let at = start; at < text.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (match === null) return undefined;
    const [, sign, count, unit, roundTo] = match;
    if (roundTo === undefined) {
      const amount = (sign === "-" ? -1 : 1) * (count === "" ? 1 : Number(count));
      steps.push({ kind: "shift", amount, unit: unit as DateUnit });
    } else {
      steps.push({ kind: "round", unit: roundTo as DateUnit });
    }
  }
  return steps;
}

/** Whether a text is date math that Kibana can read. */
export function isDateMath(text: string): boolean {
  return parseDateMath(text) !== undefined;
}

/**
 * How far from now a text lies, in seconds: -540 for `now-9m`. Undefined for dates, and where rounding makes it depend on
 * the clock.
 */
export function offsetSeconds(text: string): number | undefined {
  const math = parseDateMath(text);
  if (math?.kind !== "now") return undefined;
  let seconds = 0;
  for (const step of math.steps) {
    if (step.kind === "round") return undefined;
    seconds += step.amount * SECONDS[step.unit];
  }
  return seconds;
}

/** The seconds of a duration such as `5m`: a whole number and one of s, m, h, d, w. Kibana's `interval` takes neither 0 nor w. */
export function parseInterval(text: string): number | undefined {
  const match = /^(\d{1,9})([smhdw])$/.exec(text);
  return match === null ? undefined : Number(match[1]) * SECONDS[match[2] as DateUnit];
}

/** A number of seconds in the largest of d, h, m and s that says it exactly: 540 is `9m`, 86,400 is `1d`. */
export function formatDuration(seconds: number): string {
  const unit = seconds === 0 ? "s" : (WRITTEN.find((unit) => seconds % SECONDS[unit] === 0) ?? "s");
  return `${seconds / SECONDS[unit]}${unit}`;
}
