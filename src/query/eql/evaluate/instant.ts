import { toMillis } from "../../match/index.js";

/** A point in time: milliseconds since 1970 and the nanoseconds within that one, 0 to 999,999. */
export interface Instant {
  ms: number;
  ns: number;
}

/** Windows FILETIME of 1970-01-01: units of 100 ns since 1601. */
const FILETIME_1970 = 116_444_736_000_000_000n;
/** FILETIME of about 2122; numbers beyond are nanoseconds. */
const FILETIME_END = 164_400_000_000_000_000;
/** Milliseconds of the year 5138, microseconds of 1973. */
const MICROS_FROM = 100_000_000_000_000;

const ZERO = 48;
const DAY_MS = 86_400_000;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads an event's time into `into`; false where it is none. ISO dates keep their nanoseconds. Of a number, or a
 * text of digits, the size tells the unit: below 1e14 (the year 5138) milliseconds, which is how Elasticsearch reads
 * numbers; from 116444736000000000 (1970) to 164400000000000000 (2122) Windows FILETIME, in units of 100 ns since
 * 1601; other numbers below 1e17 microseconds, above nanoseconds. `nanos` says that the field is a `date_nanos`, so
 * that what looks like FILETIME is nanoseconds (of 1973 to 1975).
 */
export function readInstant(value: unknown, into: Instant, nanos = false): boolean {
  if (typeof value === "string") return readText(value, into, nanos);
  if (typeof value === "number") return readNumber(value, into, nanos);
  if (typeof value === "bigint") return readBig(value, Number(value), into, nanos);
  const ms = toMillis(value);
  return ms !== undefined && readNumber(ms, into, nanos);
}

/** Positive where `a` is later. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.ms === b.ms ? a.ns - b.ns : a.ms - b.ms;
}

function readNumber(value: number, into: Instant, nanos: boolean): boolean {
  if (!Number.isFinite(value)) return false;
  if (value >= MICROS_FROM) return readBig(BigInt(Math.trunc(value)), value, into, nanos);
  into.ms = Math.floor(value);
  into.ns = Math.round((value - into.ms) * 1e6);
  return true;
}

function readBig(value: bigint, size: number, into: Instant, nanos: boolean): boolean {
  if (size < MICROS_FROM) return readNumber(size, into, nanos);
  if (!nanos && value >= FILETIME_1970 && size < FILETIME_END)
    return split(value - FILETIME_1970, 10_000n, into);
  return split(value, size < 1e17 ? 1_000n : 1_000_000n, into);
}

function split(value: bigint, unitsInMilli: bigint, into: Instant): boolean {
  into.ms = Number(value / unitsInMilli);
  into.ns = Number(((value % unitsInMilli) * 1_000_000n) / unitsInMilli);
  return true;
}

function readText(text: string, into: Instant, nanos: boolean): boolean {
  if (readIso(text, into)) return true;
  // Four digits are a year.
  if (text.length > 0 && text.length < 30 && text.length !== 4 && digitsEnd(text, 0) === text.length)
    return readBig(BigInt(text), Number(text), into, nanos);
  const ms = toMillis(text);
  return ms !== undefined && readNumber(ms, into, nanos);
}

/** `2024-05-04`, `2024-05-04T12:00Z`, `2024-05-04T12:00:00.123456789+02:00`: what most events have, without a date object. */
function readIso(text: string, into: Instant): boolean {
  if (text.length < 10 || text[4] !== "-" || text[7] !== "-") return false;
  const year = number(text, 0, 4);
  const month = number(text, 5, 7);
  const day = number(text, 8, 10);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return false;
  into.ms = daysSince1970(year, month, day) * DAY_MS;
  into.ns = 0;
  if (text.length === 10) return true;
  if (text[10] !== "T" && text[10] !== " ") return false;
  const hour = number(text, 11, 13);
  const minute = text[13] === ":" ? number(text, 14, 16) : -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  into.ms += (hour * 60 + minute) * 60_000;
  let at = 16;
  if (text[16] === ":") {
    const second = number(text, 17, 19);
    if (second < 0 || second > 59) return false;
    into.ms += second * 1_000;
    at = 19;
    if (text[19] === "." || text[19] === ",") {
      at = digitsEnd(text, 20);
      if (at === 20 || at > 29) return false;
      const fraction = number(text, 20, at) * 10 ** (29 - at);
      into.ms += Math.floor(fraction / 1e6);
      into.ns = fraction % 1e6;
    }
  }
  return readZone(text, at, into);
}

function readZone(text: string, at: number, into: Instant): boolean {
  if (at === text.length) return true;
  if (text[at] === "Z") return at + 1 === text.length;
  if (text[at] !== "+" && text[at] !== "-") return false;
  const hours = number(text, at + 1, at + 3);
  const from = at + (text[at + 3] === ":" ? 4 : 3);
  const minutes = from === text.length ? 0 : number(text, from, from + 2);
  if (hours < 0 || minutes < 0 || (from !== text.length && from + 2 !== text.length)) return false;
  const offset = (hours * 60 + minutes) * 60_000;
  into.ms += text[at] === "+" ? -offset : offset;
  return true;
}

/** The number that stands in a range of the text; -1 where there is anything but digits. */
function number(text: string, from: number, to: number): number {
  if (to > text.length) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= ZERO + 9) at++;
  return at;
}

function lastDay(year: number, month: number): number {
  const common = month === 2 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0));
  return common ? 28 : DAYS_IN_MONTH[month - 1]!;
}

/** In the proleptic Gregorian calendar, with years that start in March so that the leap day is the last. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const months = (month + 9) % 12;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leapDays + Math.floor((months * 153 + 2) / 5) + day - 719_469;
}
