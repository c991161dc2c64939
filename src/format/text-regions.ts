import { type OffsetRange, type Path, toPointer } from "../diagnostics/index.js";
import type { LocatedDocument } from "../yaml/index.js";

/** The line with the `|` or `>` that opens a block, from its tag or anchor on. */
const BLOCK_HEADER = /^(?:[!&]\S*[ \t]+)*[|>][-+\d]*[ \t]*(?:#.*)?\n/;

/**
 * The parts of a document in which spaces and empty lines belong to a value: texts of several lines, in file order. Of a block of
 * text the part begins below the line that opens it. For documents with line breaks of LF alone.
 */
export function textRegions(document: LocatedDocument): OffsetRange[] {
  const regions: OffsetRange[] = [];
  for (const pointer of texts(document.data, [])) {
    const range = document.rangeOf({ pointer });
    const written = document.text.slice(range.start, range.end);
    if (!written.includes("\n")) continue;
    const header = BLOCK_HEADER.exec(written)?.[0].length ?? 0;
    regions.push({ start: range.start + Math.max(header - 1, 0), end: range.end });
  }
  return regions.toSorted((a, b) => a.start - b.start);
}

/** The pointers of all texts in a value. */
function* texts(value: unknown, path: Path): Generator<string> {
  if (typeof value === "string") yield toPointer(path);
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* texts(inner, [...path, key]);
}
