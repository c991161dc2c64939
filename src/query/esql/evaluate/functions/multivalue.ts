import { compileRegexp } from "../../../match/index.js";
import { wildcardTest } from "../expressions/text-patterns.js";
import {
  arithmeticFailure, type Cell, cellOf, type Compare, Failure, isMany, orderOf, type Value, valuesOf, type Whole,
  wholeArithmetic,
} from "../values/index.js"; // prettier-ignore
import { finite } from "../expressions/arithmetic.js";
import { chosenCells, type Functions, type Implementation, type Site, wholeCells } from "./define.js";
import { averageOf, deviationOf, medianOf, percentileOf } from "./statistics.js";

/** A function of the values of one cell, which are one at least. */
function ofValues(choose: (site: Site) => (values: readonly Value[]) => Cell): Implementation {
  return chosenCells((site) => {
    const calculate = choose(site);
    return (cell: Cell) => (cell === null ? null : calculate(valuesOf(cell)));
  });
}

/** A function of two sets of values. */
function ofSets(calculate: (a: readonly Value[], b: readonly Value[]) => Cell): Implementation {
  return wholeCells((a: Cell, b: Cell) => calculate(valuesOf(a), valuesOf(b)));
}

export const MULTIVALUE: Functions = {
  mv_append: wholeCells((a: Cell, b: Cell) =>
    a === null || b === null ? null : [...valuesOf(a), ...valuesOf(b)],
  ),
  mv_avg: ofValues(() => (values) => averageOf(values as (number | bigint)[])),
  mv_concat: wholeCells((cell: Cell, separator: Cell) =>
    cell === null || separator === null
      ? null
      : (valuesOf(cell) as string[]).join(single(separator) as string),
  ),
  mv_contains: ofSets((all, wanted) => {
    const set = new Set(all);
    return wanted.every((value) => set.has(value));
  }),
  mv_count: ofValues(() => (values) => values.length),
  mv_dedupe: ofValues(() => (values) => cellOf([...new Set(values)])),
  mv_difference: wholeCells((a: Cell, b: Cell) => {
    const gone = new Set(valuesOf(b));
    return cellOf([...new Set(valuesOf(a))].filter((value) => !gone.has(value)));
  }),
  mv_first: ofValues(() => (values) => values[0]!),
  mv_in_range: chosenCells(
    ({ args, options }) =>
      (cell: Cell, min: Cell, max: Cell) =>
        cell === null || min === null || max === null
          ? null
          : valuesOf(cell).some((value) =>
              isBetween(orderOf(args[0]!.type), value, single(min), single(max), options),
            ),
  ),
  mv_intersection: ofSets((a, b) => {
    const set = new Set(b);
    return cellOf([...new Set(a)].filter((value) => set.has(value)));
  }),
  mv_intersects: ofSets((a, b) => {
    const set = new Set(b);
    return a.some((value) => set.has(value));
  }),
  mv_last: ofValues(() => (values) => values[values.length - 1]!),
  mv_like: matching(wildcardTest),
  mv_max: ofValues(
    ({ args }) =>
      (values) =>
        outermost(values, orderOf(args[0]!.type), 1),
  ),
  mv_median: ofValues(
    ({ type }) =>
      (values) =>
        medianOf(values as Whole[], type),
  ),
  mv_median_absolute_deviation: ofValues(
    ({ type }) =>
      (values) =>
        deviationOf(values as Whole[], type),
  ),
  mv_min: ofValues(
    ({ args }) =>
      (values) =>
        outermost(values, orderOf(args[0]!.type), -1),
  ),
  mv_percentile: chosenCells(({ type }) => (cell: Cell, percentile: Cell) => {
    if (cell === null || percentile === null) return null;
    return percentileOf(valuesOf(cell) as Whole[], Number(single(percentile)), type);
  }),
  mv_pseries_weighted_sum: wholeCells((cell: Cell, p: Cell) => {
    if (cell === null || p === null) return null;
    const power = Number(single(p));
    return finite(
      (valuesOf(cell) as number[]).reduce((sum, value, at) => sum + value / (at + 1) ** power, 0),
    );
  }),
  mv_rlike: matching((pattern) => {
    const regexp = compileRegexp(pattern);
    if (!regexp.ok) throw new Failure(regexp.message);
    return regexp.test;
  }),
  mv_slice: wholeCells((cell: Cell, from: Cell, to: Cell = from) => {
    if (cell === null || from === null || to === null) return null;
    return slice(valuesOf(cell), single(from) as number, single(to) as number);
  }),
  mv_sort: chosenCells(({ args }) => {
    const compare = orderOf(args[0]!.type);
    return (cell: Cell, order: Cell = "asc") => {
      if (!isMany(cell) || order === null) return order === null ? null : cell;
      return cell.toSorted(isDescending(order) ? (a, b) => compare(b, a) : compare);
    };
  }),
  mv_sum: ofValues(
    ({ type }) =>
      (values) =>
        sumOf(values, type),
  ),
  mv_union: ofSets((a, b) => cellOf([...new Set([...a, ...b])])),
  mv_zip: wholeCells((a: Cell, b: Cell, separator: Cell = ",") => {
    if (separator === null) return null;
    if (a === null || b === null) return a ?? b;
    const [left, right] = [valuesOf(a) as string[], valuesOf(b) as string[]];
    const longer = left.length > right.length ? left : right;
    return cellOf(longer.map((_, at) => (at < left.length && at < right.length ? `${left[at]}${single(separator) as string}${right[at]}` : (left[at] ?? right[at])!))); // prettier-ignore
  }),
};

/** What has to be one value. */
function single(cell: Cell): Value {
  if (cell === null || isMany(cell)) throw new Failure("single-value function encountered multi-value");
  return cell;
}

function matching(compile: (pattern: string) => (text: string) => boolean): Implementation {
  return wholeCells((cell: Cell, pattern: Cell) => {
    if (cell === null || pattern === null) return null;
    const tests = (valuesOf(pattern) as string[]).map(compile);
    return (valuesOf(cell) as string[]).some((text) => tests.some((test) => test(text)));
  });
}

function isDescending(order: Cell): boolean {
  const word = (single(order) as string).toLowerCase();
  if (word !== "asc" && word !== "desc")
    throw new Failure(
      `Invalid order value in [mv_sort], expected one of [ASC, DESC] but got [${single(order) as string}]`,
    );
  return word === "desc";
}

function isBetween(
  compare: Compare,
  value: Value,
  min: Value,
  max: Value,
  options: ReadonlyMap<string, unknown>,
): boolean {
  const [below, above] = [compare(value, min), compare(value, max)];
  const isAbove = options.get("include_lower") === false ? below > 0 : below >= 0;
  return isAbove && (options.get("include_upper") === false ? above < 0 : above <= 0);
}

function outermost(values: readonly Value[], compare: Compare, sign: 1 | -1): Value {
  return values.reduce((best, value) => (sign * compare(value, best) > 0 ? value : best));
}

/** From and to are counted from 0, from the end where they are negative, and both included. */
function slice(values: readonly Value[], from: number, to: number): Cell {
  if (from > to && from < 0 === to < 0)
    throw new Failure(`Start offset is greater than end offset`, "org.elasticsearch.xpack.esql.core.InvalidArgumentException"); // prettier-ignore
  const place = (at: number): number => (at < 0 ? values.length + at : at);
  return cellOf(values.slice(Math.max(0, place(from)), Math.max(0, place(to) + 1)));
}

function sumOf(values: readonly Value[], type: string): Value {
  const whole = wholeArithmetic(type);
  if (whole !== undefined) return (values as Whole[]).reduce(whole.add);
  const sum = (values as number[]).reduce((total, value) => total + value, 0);
  if (Number.isFinite(sum)) return sum;
  throw arithmeticFailure("double overflow");
}
