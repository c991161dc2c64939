import { limits } from "../limits.js";

/** One less than the reader's limit: it looks at each scalar as if it could be a key, which is one level deeper. */
const DEEPEST = limits.depth - 1;

/** Throws a RangeError where a value is nested deeper than the reader goes, before anything else walks into it. */
export function checkDepth(value: unknown, depth = 1): void {
  if (depth > DEEPEST) throw new RangeError(`nested deeper than ${DEEPEST} levels`);
  if (typeof value !== "object" || value === null) return;
  for (const inner of Object.values(value)) checkDepth(inner, depth + 1);
}
