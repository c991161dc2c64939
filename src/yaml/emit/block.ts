/** What no block of text can hold: control characters but tab and line feed, other line breaks, lone surrogates. */
const UNSAFE = /(?![\t\n])[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff\ufffe\uffff]/u;

/** Lines narrower than this are not folded further, however deep they stand. */
const LEAST_WIDTH = 40;

/** How far a block's text is indented deeper than the key or dash above it. */
export interface BlockIndent {
  readonly pad: string;
  /** Columns between the parent and the text, 1 to 9; needed where the first line begins with white space. */
  readonly deeper: number;
}

/** Whether a literal block reads back as exactly this string. Blank strings could, but nobody would see them. */
export function fitsBlock(text: string): boolean {
  return /\S/.test(text) && !UNSAFE.test(text);
}

/** A literal block, from its `|`, without the line break that ends its last line. The string must fit a block. */
export function literalBlock(text: string, { pad, deeper }: BlockIndent): string {
  // Where the first line is empty or begins with white space, the indentation cannot be seen from it.
  const indicator = /^[\n \t]/.test(text) ? String(deeper) : "";
  return `|${indicator}${chomping(text)}\n${withoutLastBreak(text).replace(/^(?=[^\n])/gm, pad)}`;
}

/**
 * A folded block, from its `>`: one line of prose broken at spaces so that its lines end before `width`. Undefined
 * where the text has no place to break, or would not be the same when read back.
 */
export function foldedBlock(text: string, { pad }: BlockIndent, width: number): string | undefined {
  const prose = proseOf(text);
  const lines = prose === undefined ? [] : fold(prose, width - pad.length);
  return lines.length > 1 ? blockOfLines(text, lines, pad) : undefined;
}

/** What a folded block can hold of a text: its only line, without the line break that may end it. */
export function proseOf(text: string): string | undefined {
  const prose = withoutLastBreak(text);
  return fitsBlock(text) && !prose.includes("\n") && !/^[ \t]|[ \t]$/.test(prose) ? prose : undefined;
}

/** The folded block whose lines, joined by spaces, are the prose of `text`. */
export function blockOfLines(text: string, lines: readonly string[], pad: string): string {
  return `>${chomping(text)}\n${lines.map((line) => pad + line).join("\n")}`;
}

/** Prose as lines of `width` at most, broken at single spaces between words; wider gaps stay inside a line. */
export function fold(prose: string, room: number): string[] {
  const width = Math.max(room, LEAST_WIDTH);
  const lines: string[] = [];
  let start = 0;
  let last = -1;
  for (let at = prose.indexOf(" "); at >= 0; at = prose.indexOf(" ", at + 1)) {
    if (/[ \t]/.test(prose[at - 1]!) || /[ \t]/.test(prose[at + 1]!)) continue;
    if (at - start > width && last > start) {
      lines.push(prose.slice(start, last));
      start = last + 1;
    }
    last = at;
  }
  if (prose.length - start > width && last > start) {
    lines.push(prose.slice(start, last));
    start = last + 1;
  }
  lines.push(prose.slice(start));
  return lines;
}

function chomping(text: string): string {
  if (!text.endsWith("\n")) return "-";
  return text.endsWith("\n\n") ? "+" : "";
}

function withoutLastBreak(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}
