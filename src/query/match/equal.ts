/** Values of fields that are not split into words, compared with a value that a query writes as a text. */
import { familyOf, isInteger } from "../../fields/index.js";
import { parseDate, toMillis } from "./date.js";
import { type Cidr, compareIp, inCidr, type Ip, parseCidr, parseIp } from "./ip.js";
import { toBoolean, toNumber } from "./number.js";
import { never, type ScalarTest, textOf } from "./scalar.js";

/**
 * Whether a value of a field of this type equals the text: a network equals the addresses in it, and a date the whole
 * day, month… that it names. Undefined is a type that is not known; `now` is in milliseconds since 1970.
 */
export function equalTest(text: string, type: string | undefined, now: number): ScalarTest {
  switch (type === undefined ? "other" : familyOf(type)) {
    case "keyword":
    case "version":
      return (value) => textOf(value) === text;
    case "number":
      return numberTest(text, type!);
    case "boolean": {
      const wanted = toBoolean(text);
      return wanted === undefined ? never : (value) => toBoolean(value) === wanted;
    }
    case "ip":
      return ipTest(text);
    case "date":
      return dateTest(text, now);
    case "object":
    case "range":
      return never;
    default:
      return untypedTest(text);
  }
}

/**
 * Whether Elasticsearch can read a text as a value of the type; a network is one that values can equal, but no bound of a
 * range. Types that take any text, or of which nothing is known, take all.
 */
export function isValueOf(type: string, text: string, isBound = false): boolean {
  switch (familyOf(type)) {
    case "number":
      return toNumber(text) !== undefined;
    case "boolean":
      return toBoolean(text) !== undefined;
    case "ip":
      return parseIp(text) !== undefined || (!isBound && parseCidr(text) !== undefined);
    case "date":
      return parseDate(text, 0) !== undefined;
    default:
      return true;
  }
}

/** Whether `equalTest` compares texts and does nothing else. */
export function isTextTest(text: string, type: string | undefined): boolean {
  const family = type === undefined ? "other" : familyOf(type);
  if (family === "keyword" || family === "version") return true;
  return (family === "other" || family === "string") && isPlain(text);
}

/** Whether a text is no number, address or network. */
function isPlain(text: string): boolean {
  return (
    toNumber(text) === undefined &&
    parseCidr(text) === undefined &&
    !(text.includes(":") && parseIp(text) !== undefined)
  );
}

/** An event's value as a numeric field holds it: whole-number types cut fractions off. */
export function numberIn(type: string, value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && isInteger(type) ? Math.trunc(number) : number;
}

function numberTest(text: string, type: string): ScalarTest {
  const wanted = toNumber(text);
  return wanted === undefined ? never : (value) => numberIn(type, value) === wanted;
}

function ipTest(text: string): ScalarTest {
  const block = parseCidr(text);
  if (block !== undefined) return (value) => isInBlock(value, block);
  const wanted = parseIp(text);
  return wanted === undefined ? never : (value) => isSameIp(value, wanted);
}

function isInBlock(value: unknown, block: Cidr): boolean {
  const ip = typeof value === "string" ? parseIp(value) : undefined;
  return ip !== undefined && inCidr(ip, block);
}

function isSameIp(value: unknown, wanted: Ip): boolean {
  const ip = typeof value === "string" ? parseIp(value) : undefined;
  return ip !== undefined && compareIp(ip, wanted) === 0;
}

/** In a format of the field's own, texts are compared. */
function dateTest(text: string, now: number): ScalarTest {
  const wanted = parseDate(text, now);
  if (wanted === undefined) return (value) => value === text;
  const { ms, lastMs } = wanted;
  return (value) => {
    const millis = toMillis(value);
    return millis !== undefined && millis >= ms && millis <= lastMs;
  };
}

/**
 * On a field of unknown type: whole values as on a keyword, except that numbers compare as numbers, and addresses with
 * a block or another spelling of an address as addresses.
 */
function untypedTest(text: string): ScalarTest {
  if (isPlain(text)) return (value) => textOf(value) === text;
  const number = toNumber(text);
  const block = parseCidr(text);
  const ip = text.includes(":") ? parseIp(text) : undefined;
  return (value) => {
    if (typeof value === "number") return value === number;
    if (textOf(value) === text) return true;
    return block === undefined ? ip !== undefined && isSameIp(value, ip) : isInBlock(value, block);
  };
}
