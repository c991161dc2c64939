import { toNumber } from "../../../match/index.js";
import { readAddress } from "./address.js";
import { conversionFailure } from "./failure.js";
import { readDate, readDateNanos } from "./instant.js";
import { readTimespan } from "./timespan.js";
import type { Point, Range, Value } from "./value.js";
import { LONG, MAX_LONG, MIN_LONG, toInt, UNSIGNED, type Whole } from "./whole.js";

/** A text as a value of another type, as the conversion functions read it. Throws `Failure` where it is none. */
export function valueFromText(text: string, type: string): Value {
  switch (type) {
    case "boolean":
      return text.toLowerCase() === "true";
    case "double":
      return numberFrom(text);
    case "integer":
      return integerFrom(text);
    case "long":
      return wholeFrom(text, (value) => LONG.check(value));
    case "unsigned_long":
      return wholeFrom(text, (value) => UNSIGNED.check(value));
    case "date":
      return readDate(text) ?? noDate(text);
    case "date_nanos":
      return readDateNanos(text) ?? noDate(text);
    case "ip":
      return readAddress(text) ?? fail(`'${text}' is not an IP string literal.`);
    case "date_period":
    case "time_duration":
      return readTimespan(text) ?? fail(`Invalid interval value in [${text}]`);
    case "geo_point":
    case "cartesian_point":
      return pointFrom(text);
    case "date_range":
      return rangeFrom(text, (part) => readDate(part) ?? noDate(part));
    case "double_range":
      return rangeFrom(text, numberFrom);
    default:
      return text;
  }
}

function fail(message: string): never {
  throw conversionFailure(message);
}

function noDate(text: string): never {
  return fail(`failed to parse date field [${text}] with format [strict_date_optional_time]`);
}

function numberFrom(text: string): number {
  const number = toNumber(text.trim());
  if (number === undefined || !Number.isFinite(number)) return fail(`Cannot parse number [${text}]`);
  return number;
}

function integerFrom(text: string): number {
  const number = toNumber(text.trim());
  if (number === undefined) return fail(`Cannot parse number [${text}]`);
  return /^[+-]?\d+$/.test(text.trim()) ? toIntOf(number, text) : toIntOf(Math.round(number), text);
}

function toIntOf(number: number, text: string): number {
  try {
    return toInt(number);
  } catch {
    return fail(`Cannot parse number [${text}]`);
  }
}

function wholeFrom(text: string, check: (value: bigint) => Whole): Whole {
  const trimmed = text.trim();
  try {
    if (/^[+-]?\d{1,40}$/.test(trimmed)) return check(BigInt(trimmed.replace(/^\+/, "")));
    const number = numberFrom(trimmed);
    return check(BigInt(Math.round(number)));
  } catch {
    return fail(`Cannot parse number [${text}]`);
  }
}

/** `POINT (1 2)` */
function pointFrom(text: string): Point {
  const match = /^\s*POINT\s*\(\s*(\S+)\s+(\S+)\s*\)\s*$/i.exec(text);
  const [x, y] = [Number(match?.[1]), Number(match?.[2])];
  if (Number.isNaN(x) || Number.isNaN(y)) return fail(`Failed to parse WKT: ${text}`);
  return { x, y };
}

/** `from..to` */
function rangeFrom(text: string, read: (part: string) => number): Range {
  const [min, max] = text.split("..");
  if (min === undefined || max === undefined) return fail(`Cannot parse range [${text}]`);
  return { min: read(min), max: read(max) };
}

/** Whether a whole number lies in the range of a long. */
export function isLong(value: Whole): boolean {
  return typeof value === "number" || (value <= MAX_LONG && value >= MIN_LONG);
}
