import type { OffsetRange } from "../diagnostics/index.js";
import type { LocatedNode } from "./node-tree.js";

const HASH = /#[^\r\n]*/g;

/** The comments of a document, in file order: each `#` at a line's start or after white space that is not inside a scalar. */
export function commentsOf(text: string, root: LocatedNode): OffsetRange[] {
  const scalars = scalarRegions(root).sort((a, b) => a.start - b.start);
  const comments: OffsetRange[] = [];
  let next = 0;
  HASH.lastIndex = 0;
  for (let match = HASH.exec(text); match !== null; match = HASH.exec(text)) {
    const at = match.index;
    while (next < scalars.length && scalars[next]!.end <= at) next++;
    const scalar = scalars[next];
    if (scalar !== undefined && scalar.start <= at) HASH.lastIndex = scalar.end;
    else if (at === 0 || /[\s\ufeff]/.test(text[at - 1]!)) comments.push({ start: at, end: HASH.lastIndex });
    else HASH.lastIndex = at + 1;
  }
  return comments;
}

function scalarRegions(node: LocatedNode): OffsetRange[] {
  const own: OffsetRange[] = [];
  if (node.key !== undefined) own.push(node.key);
  if (node.scalar !== undefined && node.scalar.valueStart >= 0)
    own.push({ start: node.scalar.valueStart, end: node.scalar.valueEnd });
  for (const child of node.children?.values() ?? []) own.push(...scalarRegions(child));
  return own;
}

/**
 * The outermost entry of a mapping or list that begins in `line`, from its key to the end of its value. The mapping or list
 * that holds it may begin there too, but is not meant: a comment above an entry speaks of that entry.
 */
export function entryStartingIn(node: LocatedNode, line: OffsetRange): OffsetRange | undefined {
  for (const child of node.children?.values() ?? []) {
    const { start } = child.key ?? child.range;
    if (start >= line.start && start < line.end) return { start, end: Math.max(start, child.range.end) };
    const inside = entryStartingIn(child, line);
    if (inside !== undefined) return inside;
  }
  return undefined;
}
