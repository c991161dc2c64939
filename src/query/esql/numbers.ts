import type { NumberLiteral } from "./ast.js";

const MOST_INTEGER = 2_147_483_647n;
const MOST_LONG = 9_223_372_036_854_775_807n;
const MOST_UNSIGNED_LONG = 18_446_744_073_709_551_615n;

/**
 * The number that a text without a sign is, in the smallest type that holds it: integer, long, unsigned long, double.
 * Undefined where even a double does not.
 */
export function numberLiteral(written: string, start: number, end: number): NumberLiteral | undefined {
  if (/^\d+$/.test(written)) {
    if (written.length <= 9)
      return {
        kind: "literal",
        type: "integer",
        value: Number(written),
        start,
        end,
      };
    // No integer type has more than twenty digits, zeros before them apart.
    const digits = written.replace(/^0+(?=\d)/, "");
    if (digits.length <= 20) {
      const value = BigInt(digits);
      if (value <= MOST_INTEGER)
        return {
          kind: "literal",
          type: "integer",
          value: Number(value),
          start,
          end,
        };
      if (value <= MOST_LONG) return { kind: "literal", type: "long", value, start, end };
      if (value <= MOST_UNSIGNED_LONG) return { kind: "literal", type: "unsigned_long", value, start, end };
    }
  }
  const value = Number(written);
  return Number.isFinite(value) ? { kind: "literal", type: "double", value, start, end } : undefined;
}

/**
 * The same number with a minus before it, from `start` on. The least integer and the least long have no positive number
 * of their type.
 */
export function negative(literal: NumberLiteral, start: number): NumberLiteral {
  switch (literal.type) {
    case "integer":
      return { ...literal, value: 0 - literal.value, start };
    case "double":
      return { ...literal, value: -literal.value, start };
    case "long":
      return literal.value === MOST_INTEGER + 1n
        ? { ...literal, type: "integer", value: Number(-literal.value), start }
        : { ...literal, value: -literal.value, start };
    default:
      return literal.value === MOST_LONG + 1n
        ? { ...literal, type: "long", value: -literal.value, start }
        : { ...literal, value: -literal.value, start };
  }
}

/** Whether a minus stands before the number. */
export function isNegative(value: number | bigint): boolean {
  return value < 0 || Object.is(value, -0);
}

/** Writes a number so that it is read as the same type again. */
export function writeNumber({ type, value }: NumberLiteral): string {
  if (type !== "double") return String(value);
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
