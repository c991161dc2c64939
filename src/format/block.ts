import type { LocatedDocument } from "../yaml/index.js";

/** A map inside of a document, cut out as a document of its own: its lines without their indentation. */
export interface Block {
  /** Offsets of the lines in the document. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What stands before the first key in its line: spaces, or the dash of a list's item. */
  readonly lead: string;
}

/**
 * The lines of the map that a pointer leads to, from the comments above its first key to the end of its last value. Undefined for maps
 * in braces, and for those whose lines cannot be taken out by themselves. For documents with line breaks of LF alone.
 */
export function blockAt(document: LocatedDocument, pointer: string): Block | undefined {
  const { text } = document;
  const range = document.rangeOf({ pointer });
  const line = text.lastIndexOf("\n", range.start - 1) + 1;
  const lead = text.slice(line, range.start);
  if (/[{&!*]/.test(text[range.start] ?? "{") || !/^ +$|^ *- +$/.test(lead)) return undefined;
  const isItem = lead.includes("-");
  const start = isItem ? line : firstComment(text, line);
  const end = endOfBlock(text, range.end, lead.length);
  const head = text.slice(start, line);
  // A comment that tells kdac what to ignore speaks of the key below it, and must not be parted from it.
  if (head.includes("kdac-ignore")) return undefined;
  // With a comment above the first one, the comments above the first key are taken for the key's own.
  const own = (head === "" ? "" : MARK) + head + " ".repeat(lead.length) + text.slice(range.start, end);
  const lines = withoutIndent(own, lead.length);
  return lines === undefined ? undefined : { start, end, text: lines, lead };
}

/** The lines of a block, put back where they came from. */
export function inPlace({ lead }: Block, text: string): string {
  const lines = (text.startsWith(MARK) ? text.slice(MARK.length) : text).split("\n");
  if (!lead.includes("-")) return lines.map((line) => indented(line, lead.length)).join("\n");
  const first = lines.findIndex((line) => !/^(?:#.*)?$/.test(line));
  const dash = lead.indexOf("-");
  return lines
    .map((line, i) =>
      i < first ? indented(line, dash) : i === first ? lead + line : indented(line, lead.length),
    )
    .join("\n");
}

const MARK = "#\n\n";

const indented = (line: string, column: number): string => (line === "" ? "" : " ".repeat(column) + line);

/** Where the comments begin that stand directly above a line. */
function firstComment(text: string, line: number): number {
  let start = line;
  while (start > 0) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (!/^ *#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** The end of the last line: deeper comments below it belong to it. */
function endOfBlock(text: string, from: number, column: number): number {
  let end = endOfLine(text, from);
  while (end < text.length) {
    const next = text.slice(end + 1, endOfLine(text, end + 1));
    if ((/^ *(?=#)/.exec(next)?.[0].length ?? 0) <= column) break;
    end += next.length + 1;
  }
  return end;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** The lines with so many spaces less; undefined where a line has less. Comments and empty lines may. */
function withoutIndent(text: string, column: number): string | undefined {
  const margin = " ".repeat(column);
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith(margin)) lines.push(line.slice(column));
    else if (/^ *(?:#.*)?$/.test(line)) lines.push(line.trimStart());
    else return undefined;
  }
  return lines.join("\n");
}
