import { compareTexts, compareVersions } from "../../../match/index.js";
import { type Cell, isMany, type Value } from "./value.js";

type Compare = (a: Value, b: Value) => number;

const compareNatively: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const compareAsTexts: Compare = (a, b) => (a === b ? 0 : compareTexts(a as string, b as string));
const compareAsVersions: Compare = (a, b) => compareVersions(a as string, b as string);

/** The order of values of a type: negative, 0 or positive. */
export function orderOf(type: string): Compare {
  if (type === "keyword" || type === "text") return compareAsTexts;
  return type === "version" ? compareAsVersions : compareNatively;
}

/** The least value of a cell, or with a reversed order the greatest. */
export function leastOf(cell: Cell, compare: Compare): Value | null {
  if (cell === null || !isMany(cell)) return cell;
  return cell.reduce((least, value) => (compare(value, least) < 0 ? value : least));
}

export type { Compare };
