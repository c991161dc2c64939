import type { Span } from "../core/index.js";
import type { Leaf } from "./ast.js";

/** A leaf without the name of its field. */
export function valueSpan(leaf: Leaf): Span {
  const { start, end } = leaf;
  return leaf.kind === "term"
    ? { start: leaf.words[0]!.start, end: leaf.words.at(-1)!.end }
    : { start: Math.max(start, (leaf.field?.end ?? start - 1) + 1), end };
}
