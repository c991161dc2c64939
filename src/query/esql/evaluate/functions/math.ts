import {
  arithmeticFailure,
  LONG,
  roundToWhole,
  toInt,
  type Value,
  wholeArithmetic,
  type Whole,
} from "../values/index.js";
import { finite } from "../expressions/arithmetic.js";
import { widened } from "../expressions/implicit.js";
import { chosen, type Functions, type Implementation, ofDoubles, scalar, type Site } from "./define.js";

/** A function of one double that is only defined on some numbers. */
function within(
  isIn: (x: number) => boolean,
  problem: string,
  calculate: (x: number) => number,
): Implementation {
  return ofDoubles((x) => {
    if (!isIn(x)) throw arithmeticFailure(problem);
    return calculate(x);
  });
}

/** Numbers that fit a double but whose result may not. */
const bounded = (name: string, calculate: (x: number) => number): Implementation =>
  ofDoubles((x) => finite(calculate(x), `${name} overflow`));

/** A function that leaves whole numbers as they are. */
function ofFractions(calculate: (x: number) => number): Implementation {
  return chosen(({ type }) => (type === "double" ? calculate : (value: Value) => value));
}

export const MATH: Functions = {
  abs: chosen(({ type }) => {
    if (type === "integer") return (x: number) => toInt(Math.abs(x));
    if (type === "long") return (x: Whole) => (x < 0 ? LONG.subtract(0, x) : x);
    return type === "unsigned_long" ? (x: Whole) => x : Math.abs;
  }),
  acos: within((x) => Math.abs(x) <= 1, "Acos input out of range", Math.acos),
  acosh: within((x) => x >= 1, "Acosh input out of range", Math.acosh),
  asin: within((x) => Math.abs(x) <= 1, "Asin input out of range", Math.asin),
  asinh: ofDoubles(Math.asinh),
  atan: ofDoubles(Math.atan),
  atan2: ofDoubles(Math.atan2),
  atanh: within((x) => Math.abs(x) < 1, "Atanh input out of range", Math.atanh),
  cbrt: ofDoubles(Math.cbrt),
  ceil: ofFractions(Math.ceil),
  copy_sign: chosen(({ type }) => {
    const copy = (size: number, sign: number): number => (sign < 0 || Object.is(sign, -0) ? -Math.abs(size) : Math.abs(size)); // prettier-ignore
    if (type === "integer") return (a: number, b: number) => toInt(copy(a, b));
    if (type === "long") return (a: Whole, b: Whole) => (a < 0 === b < 0 ? a : LONG.subtract(0, a));
    return copy;
  }),
  cos: ofDoubles(Math.cos),
  cosh: bounded("cosh", Math.cosh),
  e: scalar(() => Math.E),
  exp: ofDoubles((x) => finite(Math.exp(x))),
  floor: ofFractions(Math.floor),
  hypot: ofDoubles((a, b) => finite(Math.hypot(a, b))),
  log: ofDoubles(logarithm),
  log10: within((x) => x > 0, "Log of non-positive number", Math.log10),
  pi: scalar(() => Math.PI),
  pow: ofDoubles((a, b) => finite(a ** b)),
  round: chosen(roundingOf),
  round_to: (site) => ofNumbers(site, (value, ...points) => roundTo(value, points)),
  scalb: chosen(() => (x: number | bigint, by: Whole) => finite(Number(x) * 2 ** Number(by))),
  signum: ofDoubles(Math.sign),
  sin: ofDoubles(Math.sin),
  sinh: bounded("sinh", Math.sinh),
  sqrt: within((x) => x >= 0, "Square root of negative", Math.sqrt),
  tan: ofDoubles(Math.tan),
  tanh: ofDoubles(Math.tanh),
  tau: scalar(() => 2 * Math.PI),
  clamp: (site) => ofNumbers(site, (x, min, max) => least(greatest(x, min), max)),
  clamp_min: (site) => ofNumbers(site, (x, min) => greatest(x, min)),
  clamp_max: (site) => ofNumbers(site, (x, max) => least(x, max)),
};

/** With one argument the natural logarithm, with two that of the second to the base of the first. */
function logarithm(first: number, second?: number): number {
  const value = second ?? first;
  if (first <= 0 || value <= 0) throw arithmeticFailure("Log of non-positive number");
  if (second === undefined) return Math.log(value);
  if (first === 1) throw arithmeticFailure("/ by zero");
  return Math.log10(value) / Math.log10(first);
}

function ofNumbers(
  site: Site,
  calculate: (first: Value, ...others: Value[]) => Value,
): ReturnType<Implementation> {
  const args = site.args.map((arg) => widened(arg, site.type));
  return scalar(calculate)({ ...site, args });
}

const greatest = (a: Value, b: Value): Value => (a < b ? b : a);
const least = (a: Value, b: Value): Value => (b < a ? b : a);

/** The greatest of the points that is not above the value; below all of them the least. */
function roundTo(value: Value, points: readonly Value[]): Value {
  const sorted = points.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  let found = sorted[0]!;
  for (const point of sorted) if (point <= value) found = point;
  return found;
}

function roundingOf({ type }: Site): (value: never, places: never) => Value {
  if (type === "double") return (value: number, places?: Whole) => roundDouble(value, Number(places ?? 0));
  return (value: Whole, places?: Whole) => roundWhole(value, Number(places ?? 0), type);
}

/** Half away from zero. */
function roundDouble(value: number, places: number): number {
  const scale = 10 ** places;
  const scaled = value * scale;
  if (scale === 0) return 0;
  if (!Number.isFinite(scaled)) return value;
  return (Number(roundToWhole(Math.abs(scaled))) / scale) * Math.sign(scaled);
}

/** To tens, hundreds and so on; half away from zero. */
function roundWhole(value: Whole, places: number, type: string): Whole {
  if (places >= 0) return value;
  const digits = String(value).replace("-", "").length;
  if (digits <= -places) return 0;
  const unit = 10n ** BigInt(-places);
  const size = BigInt(value) < 0n ? -BigInt(value) : BigInt(value);
  const rounded = ((size + unit / 2n) / unit) * unit;
  return wholeArithmetic(type)!.check(value < 0 ? -rounded : rounded);
}
