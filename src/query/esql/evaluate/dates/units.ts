/** What dates are counted in: units of `DATE_DIFF` and `DATE_UNIT_COUNT`, fields of `DATE_EXTRACT`. */
import { DAY, HOUR, MINUTE, nanosToMillis, SECOND, timeOfDay, type Whole } from "../values/index.js";

/** A time in both measures. */
export interface Instant {
  readonly millis: number;
  /** Nanoseconds since 1970. */
  readonly nanos: bigint;
}

/** A value of `date` or `date_nanos`. */
export function instantOf(type: string, value: Whole): Instant {
  if (type === "date_nanos") return { millis: nanosToMillis(value), nanos: BigInt(value) };
  return { millis: value as number, nanos: BigInt(value) * 1_000_000n };
}

/** The number of whole units from one time to the other, towards zero. */
type Distance = (from: Instant, to: Instant) => bigint;

const inNanos =
  (unit: bigint): Distance =>
  (from, to) =>
    (to.nanos - from.nanos) / unit;
const inMonths =
  (count: bigint): Distance =>
  (from, to) =>
    monthsBetween(from, to) / count;

const MILLI = 1_000_000n;

const DISTANCES: ReadonlyMap<string, Distance> = new Map(
  (
    [
      ["year years yyyy yy", inMonths(12n)],
      ["quarter quarters qq q", inMonths(3n)],
      ["month months mm m", inMonths(1n)],
      ["dayofyear dy y day days dd d weekday weekdays dw", inNanos(BigInt(DAY) * MILLI)],
      ["week weeks wk ww", inNanos(7n * BigInt(DAY) * MILLI)],
      ["hour hours hh", inNanos(BigInt(HOUR) * MILLI)],
      ["minute minutes mi n", inNanos(BigInt(MINUTE) * MILLI)],
      ["second seconds ss s", inNanos(BigInt(SECOND) * MILLI)],
      ["millisecond milliseconds ms", inNanos(MILLI)],
      ["microsecond microseconds mcs", inNanos(1_000n)],
      ["nanosecond nanoseconds ns", inNanos(1n)],
    ] as const
  ).flatMap(([names, distance]) => names.split(" ").map((name): [string, Distance] => [name, distance])),
);

export function distanceIn(unit: string): Distance | undefined {
  return DISTANCES.get(unit.toLowerCase());
}

/** Whole months from one time to the other: a month is whole when its day and time are reached. */
function monthsBetween(from: Instant, to: Instant): bigint {
  if (to.nanos < from.nanos) return -monthsBetween(to, from);
  const [start, end] = [new Date(from.millis), new Date(to.millis)];
  const months =
    (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  const isReached = placeInMonth(end, to) >= placeInMonth(start, from);
  return BigInt(isReached ? months : months - 1);
}

/** Nanoseconds since the month began. */
function placeInMonth(date: Date, { millis, nanos }: Instant): bigint {
  const belowMilli = nanos - BigInt(millis) * MILLI;
  return BigInt((date.getUTCDate() - 1) * DAY + timeOfDay(millis)) * MILLI + belowMilli;
}

/** Days since January 1, from 0. */
export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(2000, 0, 1) - (yearStart(date) - Date.UTC(2000, 0, 1))) / DAY);
}

function yearStart(date: Date): number {
  const start = new Date(date);
  start.setUTCMonth(0, 1);
  start.setUTCHours(0, 0, 0, 0);
  return start.getTime();
}

/** Monday is 1, Sunday 7. */
export const dayOfWeek = (date: Date): number => date.getUTCDay() || 7;

/** The week of ISO 8601 and the year that it belongs to. */
export function isoWeek(date: Date): {
  readonly year: number;
  readonly week: number;
} {
  const thursday = new Date(date.getTime() + (4 - dayOfWeek(date)) * DAY);
  return {
    year: thursday.getUTCFullYear(),
    week: Math.floor(dayOfYear(thursday) / 7) + 1,
  };
}

type Part = (date: Date, nanosOfSecond: number) => number;

const secondOfDay: Part = (date) => Math.floor(timeOfDay(date.getTime()) / SECOND);

/** Java's `ChronoField`s. */
const PARTS: Readonly<Record<string, Part>> = {
  aligned_day_of_week_in_month: (date) => ((date.getUTCDate() - 1) % 7) + 1,
  aligned_day_of_week_in_year: (date) => (dayOfYear(date) % 7) + 1,
  aligned_week_of_month: (date) => Math.floor((date.getUTCDate() - 1) / 7) + 1,
  aligned_week_of_year: (date) => Math.floor(dayOfYear(date) / 7) + 1,
  ampm_of_day: (date) => (date.getUTCHours() < 12 ? 0 : 1),
  clock_hour_of_ampm: (date) => date.getUTCHours() % 12 || 12,
  clock_hour_of_day: (date) => date.getUTCHours() || 24,
  day_of_month: (date) => date.getUTCDate(),
  day_of_week: dayOfWeek,
  day_of_year: (date) => dayOfYear(date) + 1,
  epoch_day: (date) => Math.floor(date.getTime() / DAY),
  era: (date) => (date.getUTCFullYear() > 0 ? 1 : 0),
  hour_of_ampm: (date) => date.getUTCHours() % 12,
  hour_of_day: (date) => date.getUTCHours(),
  instant_seconds: (date) => Math.floor(date.getTime() / SECOND),
  micro_of_day: (date, nanos) => secondOfDay(date, nanos) * 1_000_000 + Math.floor(nanos / 1_000),
  micro_of_second: (_, nanos) => Math.floor(nanos / 1_000),
  milli_of_day: (date) => timeOfDay(date.getTime()),
  milli_of_second: (date) => date.getUTCMilliseconds(),
  minute_of_day: (date) => date.getUTCHours() * 60 + date.getUTCMinutes(),
  minute_of_hour: (date) => date.getUTCMinutes(),
  month_of_year: (date) => date.getUTCMonth() + 1,
  nano_of_day: (date, nanos) => secondOfDay(date, nanos) * 1_000_000_000 + nanos,
  nano_of_second: (_, nanos) => nanos,
  offset_seconds: () => 0,
  proleptic_month: (date) => date.getUTCFullYear() * 12 + date.getUTCMonth(),
  second_of_day: secondOfDay,
  second_of_minute: (date) => date.getUTCSeconds(),
  year: (date) => date.getUTCFullYear(),
  year_of_era: (date) => Math.abs(date.getUTCFullYear()),
};

export function partOf(name: string): Part | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(PARTS, lower) ? PARTS[lower] : undefined;
}
