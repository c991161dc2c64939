/** One line of a text. Lines end at LF, CRLF or CR. */
export interface Line {
  readonly start: number;
  /** Where its content ends. */
  readonly end: number;
  /** Where the next line begins: after the line break, or at the text's end. */
  readonly next: number;
}

/** The line that holds `offset`; an offset at a line break belongs to the line before it. */
export function lineAt(text: string, offset: number): Line {
  let start = offset;
  while (start > 0 && !isBreak(text[start - 1])) start--;
  return lineFrom(text, start);
}

/** The line that begins at `start`. */
export function lineFrom(text: string, start: number): Line {
  let end = start;
  while (end < text.length && !isBreak(text[end])) end++;
  return { start, end, next: Math.min(end + (text.startsWith("\r\n", end) ? 2 : 1), text.length) };
}

/** The lines of a part of a text, which begins and ends with whole lines. */
export function* linesOf(
  text: string,
  part: { readonly start: number; readonly end: number },
): Generator<Line> {
  let { start } = part;
  while (start < part.end) {
    const line = lineFrom(text, start);
    yield line;
    start = line.next;
  }
}

/** `offset` moved before the one line break that ends there, if any. */
export function withoutLineBreak(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return text[offset - 2] === "\r" ? offset - 2 : offset - 1;
  return text[offset - 1] === "\r" ? offset - 1 : offset;
}

function isBreak(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}
