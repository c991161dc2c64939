/** Ranges of dates and of doubles; both ends are in them. */
import { type Range, type Value } from "../values/index.js";
import { type Functions, scalar } from "./define.js";

/** A value as the range that holds it alone. */
function rangeOf(value: Value): Range {
  return typeof value === "number" ? { min: value, max: value } : (value as Range);
}

const holds = (outer: Range, inner: Range): boolean => outer.min <= inner.min && inner.max <= outer.max;

export const RANGE: Functions = {
  range_contains: scalar((a: Value, b: Value) => holds(rangeOf(a), rangeOf(b))),
  range_intersects: scalar((a: Value, b: Value) => {
    const [one, other] = [rangeOf(a), rangeOf(b)];
    return one.min <= other.max && other.min <= one.max;
  }),
  range_max: scalar((range: Range) => range.max),
  range_min: scalar((range: Range) => range.min),
  range_within: scalar((a: Value, b: Value) => holds(rangeOf(b), rangeOf(a))),
  to_range: scalar((min: number, max: number): Range => ({ min, max })),
};
