import { limits } from "../limits.js";

/** One less than the reader's limit: it looks at each scalar as if it could be a key, which is one level deeper. */
const DEEPEST = limits.depth - 1;

/** Throws a RangeError where a value is nested deeper than the reader goes. Takes any value, without recursion of its own. */
export function checkDepth(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new RangeError(`nested deeper than ${DEEPEST} levels`);
    level = level.flatMap((inner): unknown[] =>
      typeof inner === "object" && inner !== null ? Object.values(inner) : [],
    );
  }
}
