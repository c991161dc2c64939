import type { Comparison } from "../ast.js";
import { inBlocks } from "./address.js";
import {
  compareIp,
  compareTexts,
  compareVersions,
  parseCidr,
  parseDate,
  parseIp,
  type ScalarTest,
  textOf,
  toBoolean,
  toNumber,
} from "../../match/index.js";
import { compareInstants, type Instant, readInstant } from "./instant.js";
import type { FieldType } from "./schema.js";

export type Operator = Comparison["operator"];

/**
 * The test that `field operator literal` makes of one value of the field. The field's type decides how; a literal
 * that does not go with it is compared as what it is, for fields whose type is not known. `!=` is the opposite of `==`.
 */
export function compareTo(
  operator: Operator,
  literal: string | number | boolean,
  type: FieldType,
  now: number,
): ScalarTest {
  if (operator === "!=") {
    const equal = compareTo("==", literal, type, now);
    return (value) => !equal(value);
  }
  if (typeof literal === "boolean") return booleanTest(operator, literal);
  const typed =
    type.kind === "date"
      ? dateTest(operator, literal, type, now)
      : type.kind === "ip"
        ? ipTest(operator, String(literal))
        : type.kind === "version"
          ? versionTest(operator, String(literal))
          : undefined;
  if (typed !== undefined) return typed;
  const number = type.kind === "number" ? toNumber(literal) : undefined;
  if (typeof literal === "number") return numberTest(operator, literal);
  return number === undefined ? textTest(operator, literal) : numberTest(operator, number);
}

function booleanTest(operator: Operator, literal: boolean): ScalarTest {
  if (operator === "==") return (value) => toBoolean(value) === literal;
  const limit = Number(literal);
  return ordered(operator, (value) => {
    const boolean = toBoolean(value);
    return boolean === undefined ? undefined : Number(boolean) - limit;
  });
}

function numberTest(operator: Operator, literal: number): ScalarTest {
  const number = (value: unknown): number =>
    typeof value === "number" ? value : (toNumber(value) ?? Number.NaN);
  switch (operator) {
    case "==":
    case "!=":
      return (value) => number(value) === literal;
    case "<":
      return (value) => number(value) < literal;
    case "<=":
      return (value) => number(value) <= literal;
    case ">":
      return (value) => number(value) > literal;
    case ">=":
      return (value) => number(value) >= literal;
  }
}

function textTest(operator: Operator, literal: string): ScalarTest {
  if (operator === "==" || operator === "!=")
    return (value) => value === literal || (typeof value !== "string" && textOf(value) === literal);
  return ordered(operator, (value) => compareTexts(textOf(value), literal));
}

/** A literal such as `2024-05-31` is the whole day: equal is within it, greater is after it. */
function dateTest(
  operator: Operator,
  literal: string | number,
  { nanos = false }: FieldType,
  now: number,
): ScalarTest | undefined {
  const first: Instant = { ms: 0, ns: 0 };
  const last: Instant = { ms: 0, ns: 0 };
  const named = typeof literal === "string" ? parseDate(literal, now) : undefined;
  const exact = readInstant(literal, first, nanos);
  if (named === undefined && !exact) return undefined;
  Object.assign(last, first);
  if (named !== undefined && first.ns === 0) {
    first.ms = named.ms;
    last.ms = named.lastMs;
  }
  // A literal in milliseconds is a millisecond long.
  if (last.ns === 0) last.ns = 999_999;
  const at: Instant = { ms: 0, ns: 0 };
  const text = typeof literal === "string" ? textTest(operator, literal) : undefined;
  const otherwise = (value: unknown): boolean => text !== undefined && text(value);
  const read = (value: unknown): boolean => readInstant(value, at, nanos);
  switch (operator) {
    case "==":
    case "!=":
      return (value) =>
        read(value) ? compareInstants(at, first) >= 0 && compareInstants(at, last) <= 0 : otherwise(value);
    case "<":
      return (value) => (read(value) ? compareInstants(at, first) < 0 : otherwise(value));
    case "<=":
      return (value) => (read(value) ? compareInstants(at, last) <= 0 : otherwise(value));
    case ">":
      return (value) => (read(value) ? compareInstants(at, last) > 0 : otherwise(value));
    case ">=":
      return (value) => (read(value) ? compareInstants(at, first) >= 0 : otherwise(value));
  }
}

function ipTest(operator: Operator, literal: string): ScalarTest | undefined {
  if (operator === "==" && parseCidr(literal) !== undefined) return inBlocks([literal]);
  const limit = parseIp(literal);
  if (limit === undefined) return undefined;
  return ordered(operator, (value) => {
    const ip = parseIp(textOf(value));
    return ip === undefined ? undefined : compareIp(ip, limit);
  });
}

/** Equal versions are equal texts. */
function versionTest(operator: Operator, literal: string): ScalarTest {
  if (operator === "==") return textTest("==", literal);
  return ordered(operator, (value) => compareVersions(textOf(value), literal));
}

function ordered(operator: Operator, order: (value: unknown) => number | undefined): ScalarTest {
  return (value) => holds(operator, order(value));
}

/** Whether a value that stands so to another (negative: before it) meets the operator. */
export function holds(operator: Operator, order: number | undefined): boolean {
  if (order === undefined) return false;
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}
