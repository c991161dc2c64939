/**
 * Whole numbers of 64 bits, exact and fast: a JavaScript number as far as those are exact, beyond that a bigint. A value
 * has one form only, so that `===`, `<` and keys of maps work on both.
 */
import { arithmeticFailure } from "./failure.js";

export type Whole = bigint | number;

export const MAX_INT = 2_147_483_647;
export const MIN_INT = -2_147_483_648;
export const MAX_LONG = 9_223_372_036_854_775_807n;
export const MIN_LONG = -9_223_372_036_854_775_808n;
export const MAX_UNSIGNED = 18_446_744_073_709_551_615n;

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** The one form of a whole number. */
export function whole(value: bigint): Whole {
  return value <= MAX_SAFE && value >= -MAX_SAFE ? Number(value) : value;
}

type Operation = (a: bigint, b: bigint) => bigint;

const ADD: Operation = (a, b) => a + b;
const SUBTRACT: Operation = (a, b) => a - b;
const MULTIPLY: Operation = (a, b) => a * b;

/** What a type of whole numbers calculates with. */
export interface WholeArithmetic {
  readonly add: (a: Whole, b: Whole) => Whole;
  readonly subtract: (a: Whole, b: Whole) => Whole;
  readonly multiply: (a: Whole, b: Whole) => Whole;
  /** Towards zero. */
  readonly divide: (a: Whole, b: Whole) => Whole;
  readonly modulo: (a: Whole, b: Whole) => Whole;
  /** The value, where the type holds it. */
  readonly check: (value: bigint) => Whole;
}

function arithmetic(min: bigint, max: bigint, name: string): WholeArithmetic {
  const check = (value: bigint): Whole => {
    if (value < min || value > max) throw arithmeticFailure(`${name} overflow`);
    return whole(value);
  };
  const slowly = (a: Whole, b: Whole, operation: Operation): Whole => check(operation(BigInt(a), BigInt(b)));
  const fits = (value: number): boolean =>
    value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER && (min !== 0n || value >= 0);
  const nonZero = (b: Whole): void => {
    if (b === 0) throw arithmeticFailure("/ by zero");
  };
  return {
    add: (a, b) => {
      const sum = typeof a === "number" && typeof b === "number" ? a + b : Number.NaN;
      return fits(sum) ? sum : slowly(a, b, ADD);
    },
    subtract: (a, b) => {
      const rest = typeof a === "number" && typeof b === "number" ? a - b : Number.NaN;
      return fits(rest) ? rest : slowly(a, b, SUBTRACT);
    },
    multiply: (a, b) => {
      const product = typeof a === "number" && typeof b === "number" ? a * b : Number.NaN;
      return fits(product) ? product + 0 : slowly(a, b, MULTIPLY);
    },
    divide: (a, b) => {
      nonZero(b);
      if (typeof a === "number" && typeof b === "number") return Math.trunc(a / b) + 0;
      return check(BigInt(a) / BigInt(b));
    },
    modulo: (a, b) => {
      nonZero(b);
      if (typeof a === "number" && typeof b === "number") return (a % b) + 0;
      return check(BigInt(a) % BigInt(b));
    },
    check,
  };
}

export const LONG = arithmetic(MIN_LONG, MAX_LONG, "long");
export const UNSIGNED = arithmetic(0n, MAX_UNSIGNED, "unsigned_long");

/** An integer of 32 bits. */
export function toInt(value: number): number {
  if (value > MAX_INT || value < MIN_INT) throw arithmeticFailure("integer overflow");
  return value + 0;
}

export const INTEGER: WholeArithmetic = {
  add: (a, b) => toInt((a as number) + (b as number)),
  subtract: (a, b) => toInt((a as number) - (b as number)),
  multiply: (a, b) => toInt((a as number) * (b as number)),
  divide: (a, b) => {
    if (b === 0) throw arithmeticFailure("/ by zero");
    return toInt(Math.trunc((a as number) / (b as number)));
  },
  modulo: (a, b) => {
    if (b === 0) throw arithmeticFailure("/ by zero");
    return ((a as number) % (b as number)) + 0;
  },
  check: (value) => toInt(Number(value)),
};

/** What calculates with values of a whole type; undefined for other types. */
export function wholeArithmetic(type: string): WholeArithmetic | undefined {
  return type === "integer"
    ? INTEGER
    : type === "long"
      ? LONG
      : type === "unsigned_long"
        ? UNSIGNED
        : undefined;
}

/** The whole number nearest to a double, as Java's `Math.round` has it. */
export function roundToWhole(value: number): Whole {
  const rounded = Math.floor(value + 0.5);
  return Number.isSafeInteger(rounded)
    ? rounded + 0
    : whole(BigInt(Number.isInteger(value) ? value : rounded));
}
