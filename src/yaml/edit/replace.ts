import { flowText } from "../emit/flow.js";
import { isScalar } from "../emit/scalar.js";
import { afterIndicator } from "../emit/writer.js";
import { isCollection, isMapping } from "./equal.js";
import { scalarInStyle } from "./scalar.js";
import { putBelow, type Session, type Slot } from "./session.js";
import { columnOf, lineEnd, Unsafe } from "./text.js";
import { type EditNode, isBlockScalar, isUnwritten } from "./tree.js";

/** Writes a value anew where it stands, in the style that it has as far as the new value allows that. */
export function replace(session: Session, node: EditNode, next: unknown, slot: Slot): void {
  if (slot.depth === 0) throw new Unsafe("the whole document");
  const inStyle = isScalar(next) ? scalarInStyle(session, node, next, slot) : undefined;
  const written = inStyle ?? (slot.flow ? flowText(next) : fresh(session, node, next, slot));
  const inline = !written.includes("\n") && !isUnwritten(node);
  // A tag may not suit the new value, so it goes; an anchor stays where a scalar on one line becomes another.
  if (inline && inStyle !== undefined && node.anchor !== undefined && !node.tagged && !isBlockScalar(node)) {
    session.edit(node.start, node.end, written);
    session.keepAnchor(node, next);
  } else if (slot.flow && !isUnwritten(node)) session.edit(node.full, node.end, written);
  else put(session, node, slot, written.startsWith("\n") ? written : ` ${written}`);
}

/** The value as the writer lays it out; a flow collection stays one where it fits. */
function fresh({ text, style }: Session, node: EditNode, next: unknown, slot: Slot): string {
  const column = columnOf(text, slot.after);
  if (
    node.flow &&
    node.entries.length > 0 &&
    isCollection(next) &&
    isMapping(next) === (node.kind === "mapping")
  ) {
    const line = flowText(next);
    if (column + 1 + line.length <= style.width && !/\\[nt]/.test(line)) return line;
  }
  return afterIndicator(next, { ...slot, column }, style).replace(/^ /, "");
}

/**
 * Puts a text that begins with a space or a line break after `key:` or `-`. What it has of the key's line replaces what the old
 * value has of it, and the lines below replace the lines below, so that a comment at the line's end stays.
 */
function put(session: Session, node: EditNode, slot: Slot, written: string): void {
  const { text } = session;
  const lineBreak = written.indexOf("\n");
  const first = lineBreak < 0 ? written : written.slice(0, lineBreak);
  const below = written.slice(first.length);
  const { tail, end } = extent(text, node, slot);
  const comments = tail > slot.after && /^[^\n\r]*#/.test(text.slice(slot.after, node.full));
  if (comments) session.edit(node.full, tail, first.trimStart());
  else session.edit(slot.after, tail, first);
  putBelow(session, { line: tail, end, column: slot.indent }, below, first);
}

/** How far the old value goes: to `tail` in the line of its key, and to `end` in all. */
function extent(text: string, node: EditNode, slot: Slot): { tail: number; end: number } {
  const { start, end } = node;
  if (isUnwritten(node)) return { tail: slot.after, end: slot.after };
  if (isBlockScalar(node))
    return { tail: start + /^[|>][-+\d]*/.exec(text.slice(start, start + 3))![0].length, end };
  if (node.entries.length === 0 || node.flow || lineEnd(text, slot.after) >= start) return { tail: end, end };
  return { tail: Math.max(slot.after, node.propertiesEnd), end: lineEnd(text, end) };
}
