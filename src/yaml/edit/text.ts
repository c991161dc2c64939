import { lineAt, lineFrom } from "../lines.js";

/** A text edit cannot be made without the danger of changing something else; what encloses it is to be written anew. */
export class Unsafe extends Error {}

/** `text` in place of what stands between two offsets. Line breaks are written as LF. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes the edits; of those that begin at the same place the first comes first. Throws Unsafe where two overlap. */
export function applyEdits(text: string, edits: readonly Edit[], lineBreak: string): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  let result = "";
  let at = 0;
  let start = 0;
  for (const edit of sorted) {
    if (edit.start < at && edit.start !== start) throw new Unsafe("overlapping edits");
    if (edit.start > at) result += text.slice(at, edit.start);
    result += edit.text.replaceAll("\n", lineBreak);
    at = Math.max(at, edit.end);
    ({ start } = edit);
  }
  return result + text.slice(at);
}

/** The line break that a text uses first. */
export function lineBreakOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
}

/** The column of an offset; a byte order mark takes none. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Where the line that holds `offset` begins, behind a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const { start } = lineAt(text, offset);
  return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** Whether only spaces stand before an offset in its line. */
export function beginsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** Where the line that holds `offset` ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  return lineFrom(text, offset).end;
}

export function isBlankLine(text: string, start: number): boolean {
  return start < text.length && /^[ \t]*$/.test(text.slice(start, lineEnd(text, start)));
}

/** The column of the `#` in a line that holds nothing but a comment; undefined for any other line. */
export function commentColumn(text: string, start: number): number | undefined {
  const indent = /^[ \t]*(?=#)/.exec(text.slice(lineStart(text, start), lineEnd(text, start)))?.[0];
  return indent?.length;
}
