/** A point in time as written: a fixed date, or date math relative to now. */
export type ScheduleDate = { kind: "absolute"; date: Date } | { kind: "relative"; text: string };

/** `now`, then any number of steps: `+` or `-` with a number (1 when absent) and a unit, or `/` with a unit to round to. */
const DATE_MATH = /^now(?:[+-]\d*(?:ms|[smhdwMy])|\/1?(?:ms|[smhdwMy]))*$/u;

/**
 * The date forms of ECMAScript, from a year to milliseconds with a zone. `Date.parse` alone would also take what an
 * engine happens to understand: V8 reads `now-6` as June 2001.
 */
const ISO_DATE = /^\d{4}(?:-\d\d(?:-\d\d)?)?(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/u;

/** Reads a schedule's `from`; null when it is neither a date nor date math. */
export function parseScheduleDates(time: string): ScheduleDate | null {
  if (DATE_MATH.test(time)) {
    return { kind: "relative", text: time };
  }
  const at = ISO_DATE.test(time) ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? null : { kind: "absolute", date: new Date(at) };
}
