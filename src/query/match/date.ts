import { isoMillis } from "./iso.js";

/** A time as a query names it. Both are milliseconds since 1970 in UTC. */
export interface NamedTime {
  /** The first millisecond that it stands for: what `gte` and `lt` compare with. */
  readonly ms: number;
  /** The last: what `lte` and `gt` compare with. */
  readonly lastMs: number;
}

const LENGTHS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, H: 3_600_000, m: 60_000, s: 1_000 } as const;

/** Units whose length varies. */
type CalendarUnit = "y" | "M";
type Unit = keyof typeof LENGTHS | CalendarUnit;

/** January 5, 1970, the first Monday: weeks start on Mondays. */
const MONDAY = 345_600_000;

const STEP = /([+-])(\d{0,9})([yMwdhHms])|\/1?([yMwdhHms])/y;
const EPOCH = /^-?\d{1,19}(?:\.\d{1,9})?$/;

/**
 * Reads a time of a query as Elasticsearch reads it for a date field with the default format: a date
 * (`strict_date_optional_time`), digits (`epoch_millis`; four are a year), or either with date math (`now-1d/d`,
 * `2024-01-01||+1M/d`). `now` is in milliseconds. Undefined where it is none of these.
 */
export function parseDate(text: string, now: number): NamedTime | undefined {
  if (text.startsWith("now")) return named(calculate(text, 3, now, false), calculate(text, 3, now, true));
  const bar = text.indexOf("||");
  if (bar < 0) return named(read(text, false), read(text, true));
  const base = read(text.slice(0, bar), false);
  return named(calculate(text, bar + 2, base, false), calculate(text, bar + 2, base, true));
}

function named(ms: number, lastMs: number): NamedTime | undefined {
  return Number.isNaN(ms) || Number.isNaN(lastMs) ? undefined : { ms, lastMs };
}

/** A date without math; NaN where it is none. */
function read(text: string, up: boolean): number {
  const date = isoMillis(text, up);
  if (!Number.isNaN(date)) return date;
  return EPOCH.test(text) ? Math.floor(Number(text)) : Number.NaN;
}

/** An event's value as milliseconds since 1970: a number as it is, a date's text, or a `Date`. Undefined for others. */
export function toMillis(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  let ms = Number.NaN;
  if (typeof value === "string") ms = read(value, false);
  else if (value instanceof Date) ms = value.getTime();
  else if (typeof value === "bigint") ms = Number(value);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Follows the steps of date math from `at` on. `up` rounds to the last millisecond of a unit, not to the first. */
function calculate(text: string, at: number, start: number, up: boolean): number {
  let ms = start;
  for (STEP.lastIndex = at; STEP.lastIndex < text.length;) {
    const step = STEP.exec(text);
    if (step === null || Number.isNaN(ms)) return Number.NaN;
    const [, sign, count, unit, roundTo] = step;
    if (roundTo === undefined) {
      ms = add(ms, Number(`${sign!}${count === "" ? "1" : count!}`), unit as Unit);
    } else {
      ms = floor(ms, roundTo as Unit);
      if (up) ms = add(ms, 1, roundTo as Unit) - 1;
    }
  }
  return ms;
}

/** Goes on by so many units. A month has the day of the one before, or its last. */
function add(ms: number, count: number, unit: Unit): number {
  if (unit !== "y" && unit !== "M") return ms + count * LENGTHS[unit];
  const date = new Date(ms);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + (unit === "y" ? 12 * count : count), 1);
  const last = new Date(date);
  last.setUTCMonth(date.getUTCMonth() + 1, 0);
  return date.setUTCDate(Math.min(day, last.getUTCDate()));
}

/** The start of the unit that a time lies in. */
function floor(ms: number, unit: Unit): number {
  if (unit === "y" || unit === "M") {
    const date = new Date(ms);
    date.setUTCHours(0, 0, 0, 0);
    return unit === "y" ? date.setUTCMonth(0, 1) : date.setUTCDate(1);
  }
  const origin = unit === "w" ? MONDAY : 0;
  return Math.floor((ms - origin) / LENGTHS[unit]) * LENGTHS[unit] + origin;
}
