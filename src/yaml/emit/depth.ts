import { limits } from "../limits.js";

/** Throws a RangeError where a value is nested deeper than the reader goes. Takes any value, without recursion of its own. */
export function checkDepth(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limits.depth) throw new RangeError(`nested deeper than ${limits.depth} levels`);
    level = level.flatMap((inner): unknown[] =>
      typeof inner === "object" && inner !== null ? Object.values(inner) : [],
    );
  }
}
