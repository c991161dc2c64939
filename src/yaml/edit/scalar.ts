import { SCALAR_STYLE } from "js-yaml";
import { fitsBlock, literalBlock } from "../emit/block.js";
import { doubleQuoted, needsEscapes, singleQuoted } from "../emit/quoted.js";
import { refolded } from "./refold.js";
import { type Scalar, scalarText } from "../emit/scalar.js";
import type { Session, Slot } from "./session.js";
import { columnOf, lineEnd } from "./text.js";
import type { EditNode } from "./tree.js";

const STEP = 2;

/**
 * A new scalar written in the style of the one that stands there: in the same quotes, as a block with the same indentation.
 * Undefined where the style does not suit it.
 */
export function scalarInStyle(
  { text, style }: Session,
  node: EditNode,
  next: Scalar,
  slot: Slot,
): string | undefined {
  const { scalar } = node;
  if (scalar === undefined || !node.written) return undefined;
  if (typeof next === "string" && isBlockStyle(scalar.style)) {
    const indent = scalar.indent < 0 ? slot.indent + STEP : scalar.indent;
    const block = { pad: " ".repeat(indent), deeper: indent - slot.indent };
    if (!fitsBlock(next) || block.deeper > 9) return undefined;
    const folded = scalar.style === SCALAR_STYLE.FOLDED_BLOCK;
    const lines = text.slice(scalar.valueStart, node.end);
    return (folded ? refolded(lines, next, block.pad, style.width) : undefined) ?? literalBlock(next, block);
  }
  const line = lineInStyle(scalar.style, next, slot.flow);
  const grows = line.length > node.end - node.start;
  const fits = columnOf(text, slot.after) + 1 + line.length <= style.width;
  // What was too long for its line already may stay so; what would become too long may be folded.
  const wasLong = columnOf(text, lineEnd(text, node.start)) > style.width;
  if (slot.flow || typeof next !== "string") return line;
  return !next.includes("\n") && (fits || !grows || wasLong) ? line : undefined;
}

function isBlockStyle(style: number): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

function lineInStyle(style: number, next: Scalar, inFlow: boolean): string {
  if (typeof next === "string") {
    if (style === SCALAR_STYLE.DOUBLE_QUOTED) return doubleQuoted(next);
    if (style === SCALAR_STYLE.SINGLE_QUOTED && !needsEscapes(next)) return singleQuoted(next);
  }
  return scalarText(next, inFlow);
}
