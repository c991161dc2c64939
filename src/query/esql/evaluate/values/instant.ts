/** Times: of `date` in milliseconds since 1970, of `date_nanos` in nanoseconds. */
import { daysIn, daysSince1970, isoMillis } from "../../../match/index.js";
import { arithmeticFailure, Failure } from "./failure.js";
import type { Timespan } from "./value.js";
import { MAX_LONG, whole, type Whole } from "./whole.js";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const NANOS_IN_MILLI = 1_000_000n;

/** What a `Date` holds: years -271,821 to 275,760. */
const MAX_DATE = 8_640_000_000_000_000;

/** Milliseconds of a text in the format `strict_date_optional_time`; undefined where it is no date. */
export function readDate(text: string): number | undefined {
  const millis = isoMillis(text, false);
  return Number.isNaN(millis) ? undefined : millis;
}

/** Nanoseconds of a text in the same format. */
export function readDateNanos(text: string): Whole | undefined {
  const millis = readDate(text);
  if (millis === undefined) return undefined;
  const fraction = /[.,](\d{1,9})/.exec(text)?.[1] ?? "";
  const below = BigInt(fraction.padEnd(9, "0").slice(3));
  return whole(BigInt(millis) * NANOS_IN_MILLI + below);
}

/** The nanoseconds of a time in milliseconds; a `date_nanos` holds 1970 to 2262. */
export function millisToNanos(millis: number): Whole {
  const nanos = BigInt(Math.trunc(millis)) * NANOS_IN_MILLI;
  if (nanos < 0n || nanos > MAX_LONG)
    throw new Failure(`milliSeconds [${millis}] are ${nanos < 0n ? "before the epoch" : "after 2262-04-11T23:47:16.854775807"} and cannot be converted to nanoseconds`); // prettier-ignore
  return whole(nanos);
}

/** The millisecond that a time in nanoseconds lies in. */
export function nanosToMillis(nanos: Whole): number {
  if (typeof nanos === "number") return Math.floor(nanos / 1_000_000);
  return Number((nanos - (((nanos % NANOS_IN_MILLI) + NANOS_IN_MILLI) % NANOS_IN_MILLI)) / NANOS_IN_MILLI);
}

/** The nanoseconds within its second. */
export function nanosOfSecond(nanos: Whole): number {
  const second = 1_000_000_000n;
  return Number(((BigInt(nanos) % second) + second) % second);
}

/** `2024-01-31T12:00:00.000Z` */
export function printDate(millis: number): string {
  if (Math.abs(millis) > MAX_DATE) return String(millis);
  const date = new Date(millis);
  const text = date.toISOString();
  // Java writes a plus only before years of more digits than four, and JavaScript six digits then.
  return /^[+-]/.test(text) ? text.replace(/^([+-])0*(\d{4,})/, "$1$2") : text;
}

/** `2024-01-31T12:00:00.123456789Z`, with three to nine digits after the point. */
export function printDateNanos(nanos: Whole): string {
  const fraction = String(nanosOfSecond(nanos))
    .padStart(9, "0")
    .replace(/0{1,6}$/, "");
  return `${printDate(nanosToMillis(nanos)).slice(0, 19)}.${fraction}Z`;
}

/** Goes on from a time by a span, or back; a month has the day of the one before, or its last. */
export function addSpan(millis: number, { months, days, millis: rest }: Timespan, sign: 1 | -1): number {
  let moved = millis;
  if (months !== 0) {
    const date = new Date(moved);
    const index = date.getUTCFullYear() * 12 + date.getUTCMonth() + sign * months;
    const year = Math.floor(index / 12);
    if (Math.abs(year) > 200_000) throw arithmeticFailure("long overflow");
    const month = index - year * 12 + 1;
    const day = Math.min(date.getUTCDate(), daysIn(year, month));
    moved = daysSince1970(year, month, day) * DAY + timeOfDay(moved);
  }
  moved += sign * (days * DAY + rest);
  if (Math.abs(moved) > MAX_DATE) throw arithmeticFailure("long overflow");
  return moved;
}

/** Milliseconds since midnight. */
export function timeOfDay(millis: number): number {
  return ((millis % DAY) + DAY) % DAY;
}

/** The same for nanoseconds. */
export function addSpanToNanos(nanos: Whole, span: Timespan, sign: 1 | -1): Whole {
  const millis = nanosToMillis(nanos);
  const below = BigInt(nanos) - BigInt(millis) * NANOS_IN_MILLI;
  const moved = BigInt(addSpan(millis, span, sign)) * NANOS_IN_MILLI + below;
  if (moved < 0n || moved > MAX_LONG) throw arithmeticFailure("long overflow");
  return whole(moved);
}
