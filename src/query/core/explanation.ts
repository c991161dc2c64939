import type { Span } from "./span.js";

/**
 * Why an event matches a query, or does not: a tree of its conditions, each with its verdict and its range in the
 * query's text. `leaf` is a condition that has no parts, such as a comparison.
 */
export interface Explanation extends Span {
  readonly kind: "and" | "or" | "not" | "leaf";
  readonly matched: boolean;
  /** Absent on a leaf. */
  readonly children?: readonly Explanation[];
}
