import { append } from "../diagnostics/index.js";
import type { OffsetRange } from "../diagnostics/index.js";
import type { LocatedEntry } from "./document.js";
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

function scalarRegions(node: LocatedNode, found: OffsetRange[] = []): OffsetRange[] {
  if (node.key !== undefined) found.push(node.key);
  if (node.scalar !== undefined && node.scalar.valueStart >= 0)
    found.push({ start: node.scalar.valueStart, end: node.scalar.valueEnd });
  for (const child of node.children?.values() ?? []) scalarRegions(child, found);
  return found;
}

/**
 * The entries of mappings and lists that begin in `line`, the outermost first. A mapping or list itself is none, though it begins
 * where its first entry does: a comment above that entry speaks of the entry.
 */
export function entriesStartingIn(node: LocatedNode, line: OffsetRange): LocatedEntry[] {
  const found: LocatedEntry[] = [];
  for (const child of node.children?.values() ?? []) {
    const { start } = child.key ?? child.range;
    if (start >= line.start && start < line.end) {
      const range = { start, end: Math.max(start, child.range.end) };
      found.push({ range, scalar: child.scalar !== undefined });
    }
    if (child.range.end >= line.start) append(found, entriesStartingIn(child, line));
  }
  return found;
}
