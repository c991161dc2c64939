const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Java's limit for the distance of a zone from UTC, in minutes. */
const MAX_OFFSET = 18 * 60;

/** Days before each month of a year that is not a leap year. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/**
 * Reads a date as Elasticsearch's `strict_date_optional_time`: a year, then month, day, `T`, hour, minute, second and
 * a fraction of one to nine digits, each only after the one before; after an hour perhaps `Z` or an offset. Gives
 * milliseconds since 1970 in UTC, NaN where the text is no date.
 *
 * `up` asks for the last millisecond that it stands for, as a range takes it for `lte` and `gt`: a time that is left
 * out is 23:59:59.999, but a month or a day that is left out is the first (Elasticsearch's guide, "missing date
 * components"): 2024 ends on January 1.
 */
export function isoMillis(text: string, up: boolean): number {
  const { length } = text;
  const year = digits(text, 0, 4);
  if (year < 0) return Number.NaN;
  let month = 1;
  let day = 1;
  let at = 4;
  if (text.charCodeAt(at) === 0x2d) {
    month = digits(text, 5, 2);
    at = 7;
    if (text.charCodeAt(at) === 0x2d) {
      day = digits(text, 8, 2);
      at = 10;
    }
  }
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return Number.NaN;
  const date = daysSince1970(year, month, day) * DAY;
  if (at === length) return up ? date + DAY - 1 : date;
  if (text.charCodeAt(at) !== 0x54) return Number.NaN;
  at++;
  return at === length ? (up ? date + DAY - 1 : date) : date + clock(text, at, up);
}

/** The time of a day and its zone, in milliseconds since midnight in UTC. */
function clock(text: string, start: number, up: boolean): number {
  const hour = digits(text, start, 2);
  let minute = up ? 59 : 0;
  let second = minute;
  let milli = up ? 999 : 0;
  let at = start + 2;
  if (text.charCodeAt(at) === 0x3a) {
    minute = digits(text, at + 1, 2);
    at += 3;
    if (text.charCodeAt(at) === 0x3a) {
      second = digits(text, at + 1, 2);
      at += 3;
      const end = fractionEnd(text, at);
      if (end > at) {
        const first = Math.min(3, end - at - 1);
        milli = digits(text, at + 1, first) * 10 ** (3 - first);
        at = end;
      }
    }
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN;
  return ((hour * 60 + minute - offset(text, at)) * 60 + second) * 1_000 + milli;
}

/** Where a fraction that starts at `at` ends; `at` where there is none. */
function fractionEnd(text: string, at: number): number {
  const point = text.charCodeAt(at);
  if (point !== 0x2e && point !== 0x2c) return at;
  let end = at + 1;
  while (end < at + 10 && isDigit(text.charCodeAt(end))) end++;
  return end > at + 1 ? end : at;
}

/** The zone that the rest of a text names, in minutes east of UTC; none is UTC. */
function offset(text: string, at: number): number {
  if (at === text.length) return 0;
  const sign = text.charCodeAt(at);
  if (sign === 0x5a && at + 1 === text.length) return 0;
  if (sign !== 0x2b && sign !== 0x2d) return Number.NaN;
  const hours = digits(text, at + 1, 2);
  let minutes = 0;
  let end = at + 3;
  if (end < text.length) {
    if (text.charCodeAt(end) === 0x3a) end++;
    minutes = digits(text, end, 2);
    end += 2;
  }
  const total = hours * 60 + minutes;
  if (end !== text.length || hours < 0 || minutes < 0 || minutes > 59 || total > MAX_OFFSET)
    return Number.NaN;
  return sign === 0x2d ? -total : total;
}

/** The number that so many digits of a text make from `at` on; -1 where there are others or fewer. */
export function digits(text: string, at: number, count: number): number {
  let number = 0;
  for (let index = at; index < at + count; index++) {
    const unit = text.charCodeAt(index);
    if (!isDigit(unit)) return -1;
    number = number * 10 + unit - 0x30;
  }
  return number;
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a month, 1 to 12. */
export function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : DAYS_BEFORE[month]! - DAYS_BEFORE[month - 1]!;
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. Without a `Date`: an event has one, and the years 0 to 99 are years. */
export function daysSince1970(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const thisYear = DAYS_BEFORE[month - 1]! + (month > 2 && isLeap(year) ? 1 : 0) + day - 1;
  return before * 365 + leapDays + thisYear - 719_162;
}
