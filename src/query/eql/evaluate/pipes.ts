import type { Pipe } from "../ast.js";

/** Applies `head` and `tail`, left to right, and then keeps the last `size`, which is what the search API returns. */
export function applyPipes<T>(results: readonly T[], pipes: readonly Pipe[], size = Infinity): T[] {
  let kept = results;
  for (const { name, count } of pipes) kept = name === "head" ? kept.slice(0, count) : last(kept, count);
  return [...last(kept, size)];
}

function last<T>(results: readonly T[], count: number): readonly T[] {
  return results.slice(Math.max(0, results.length - count));
}
