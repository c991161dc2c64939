import { daysIn, daysSince1970, digits, isDigit, toMillis } from "../../match/index.js";

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

const DAY_MS = 86_400_000;

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
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  into.ms = daysSince1970(year, month, day) * DAY_MS;
  into.ns = 0;
  if (text.length === 10) return true;
  if (text[10] !== "T" && text[10] !== " ") return false;
  const hour = digits(text, 11, 2);
  const minute = text[13] === ":" ? digits(text, 14, 2) : -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  into.ms += (hour * 60 + minute) * 60_000;
  let at = 16;
  if (text[16] === ":") {
    const second = digits(text, 17, 2);
    if (second < 0 || second > 59) return false;
    into.ms += second * 1_000;
    at = 19;
    if (text[19] === "." || text[19] === ",") {
      at = digitsEnd(text, 20);
      if (at === 20 || at > 29) return false;
      const fraction = digits(text, 20, at - 20) * 10 ** (29 - at);
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
  const hours = digits(text, at + 1, 2);
  const from = at + (text[at + 3] === ":" ? 4 : 3);
  const minutes = from === text.length ? 0 : digits(text, from, 2);
  if (hours < 0 || minutes < 0 || (from !== text.length && from + 2 !== text.length)) return false;
  const offset = (hours * 60 + minutes) * 60_000;
  into.ms += text[at] === "+" ? -offset : offset;
  return true;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}
