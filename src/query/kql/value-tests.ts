import { familyOf, type FieldInfo, isInteger } from "../../fields/index.js";
import {
  type Cidr,
  compareIp,
  inCidr,
  type Ip,
  parseCidr,
  parseDate,
  parseIp,
  toBoolean,
  toMillis,
  toNumber,
} from "../match/index.js";
import type { Value } from "./ast.js";
import { never, type ScalarTest, textOf } from "./scalar.js";
import { patternTest, splitPatternTest, textPatternTest, wordsTest } from "./text-tests.js";

/** The test that `field: value` makes of each value of a field, which is not `*` alone. */
export function valueTest(
  field: FieldInfo | undefined,
  value: Value,
  now: number,
  inAnyField = false,
): ScalarTest {
  if (value.value === null) return never;
  if (value.pieces !== undefined) return limited(field, patternOf(field, value.pieces, inAnyField));
  const text = String(value.value);
  switch (field === undefined ? "string" : familyOf(field.type)) {
    case "keyword":
      return limited(field, (found) => textOf(found) === text);
    case "text":
      return wordsTest(text, value.quoted);
    case "number":
      return numberTest(field!, text);
    case "boolean": {
      const wanted = toBoolean(text);
      return wanted === undefined ? never : (found) => toBoolean(found) === wanted;
    }
    case "ip":
      return ipTest(text);
    case "date": {
      const wanted = parseDate(text, now);
      return wanted === undefined ? never : within(wanted.ms, wanted.lastMs, toMillis);
    }
    default:
      return inferredTest(text);
  }
}

/**
 * Patterns: a plain keyword is asked for the whole value, other fields through a query string, which splits it at
 * spaces. So does a pattern without a field.
 */
function patternOf(field: FieldInfo | undefined, pieces: readonly string[], inAnyField: boolean): ScalarTest {
  if (field === undefined) return inAnyField ? splitPatternTest(pieces) : patternTest(pieces);
  switch (familyOf(field.type)) {
    case "text":
      return textPatternTest(pieces);
    case "keyword":
      return isPlainKeyword(field) && !inAnyField ? patternTest(pieces) : splitPatternTest(pieces);
    case "string":
    case "version":
      return splitPatternTest(pieces);
    default:
      return never;
  }
}

/** Whether Kibana takes the field for a keyword: no other type, and no relative such as `wildcard`. */
export function isPlainKeyword({ type, otherTypes }: FieldInfo): boolean {
  return type === "keyword" && (otherTypes === undefined || otherTypes.length === 0);
}

/** Leaves out values that are too long to be indexed (`ignore_above`). */
export function limited(field: FieldInfo | undefined, test: ScalarTest): ScalarTest {
  const most = field?.ignoreAbove;
  return most === undefined ? test : (found) => textOf(found).length <= most && test(found);
}

function within(from: number, to: number, read: (found: unknown) => number | undefined): ScalarTest {
  return (found) => {
    const number = read(found);
    return number !== undefined && number >= from && number <= to;
  };
}

function numberTest({ type }: FieldInfo, text: string): ScalarTest {
  const wanted = toNumber(text);
  return wanted === undefined ? never : (found) => numberIn(type, found) === wanted;
}

/** An event's value as a numeric field holds it: whole-number types cut fractions off. */
export function numberIn(type: string, found: unknown): number | undefined {
  const number = toNumber(found);
  return number !== undefined && isInteger(type) ? Math.trunc(number) : number;
}

function ipTest(text: string): ScalarTest {
  const block = parseCidr(text);
  if (block !== undefined) return (found) => isInBlock(found, block);
  const wanted = parseIp(text);
  return wanted === undefined ? never : (found) => isSameIp(found, wanted);
}

function isInBlock(found: unknown, block: Cidr): boolean {
  const ip = typeof found === "string" ? parseIp(found) : undefined;
  return ip !== undefined && inCidr(ip, block);
}

function isSameIp(found: unknown, wanted: Ip): boolean {
  const ip = typeof found === "string" ? parseIp(found) : undefined;
  return ip !== undefined && compareIp(ip, wanted) === 0;
}

/**
 * On a field of unknown type: whole values as on a keyword, except that numbers compare as numbers, and addresses with
 * a block or another spelling of an address as addresses.
 */
function inferredTest(text: string): ScalarTest {
  const number = toNumber(text);
  const block = parseCidr(text);
  const ip = text.includes(":") ? parseIp(text) : undefined;
  if (number === undefined && block === undefined && ip === undefined)
    return (found) => textOf(found) === text;
  return (found) => {
    if (typeof found === "number") return found === number;
    if (textOf(found) === text) return true;
    return block === undefined ? ip !== undefined && isSameIp(found, ip) : isInBlock(found, block);
  };
}

/** The text that a value has to equal, where the test is nothing but that. */
export function exactText(field: FieldInfo | undefined, value: Value): string | undefined {
  if (value.pieces !== undefined || value.value === null) return undefined;
  const text = String(value.value);
  if (field !== undefined && field.ignoreAbove !== undefined && text.length > field.ignoreAbove)
    return undefined;
  switch (field === undefined ? "string" : familyOf(field.type)) {
    case "keyword":
      return text;
    case "string":
    case "version":
    case "other":
      return toNumber(text) === undefined && parseCidr(text) === undefined && !text.includes(":")
        ? text
        : undefined;
    default:
      return undefined;
  }
}
