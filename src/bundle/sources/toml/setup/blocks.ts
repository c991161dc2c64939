/** Blocks of Markdown (CommonMark), as far as they occur in investigation guides. */
export type Block =
  | { readonly type: "blank" | "break" }
  | { readonly type: "heading"; readonly level: number; readonly text: string }
  /** A heading that is underlined. */
  | { readonly type: "underlined"; readonly text: string }
  | { readonly type: "paragraph"; readonly text: string }
  | { readonly type: "fence"; readonly text: string }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "list"; readonly items: readonly (readonly Block[])[] }
  | { readonly type: "quote"; readonly blocks: readonly Block[] };

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const BREAK = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const QUOTE = /^ {0,3}> ?/;
const MARKER = /^( {0,3})([-+*]|\d{1,9}[.)])(?=[ \t]|$)([ \t]*)/;
const INDENTED = /^(?: {4}| {0,3}\t)/;
/** Deeper lists and quotes are read as text. */
const DEEPEST = 20;

export function readBlocks(text: string): Block[] {
  return blocksOf(text.split("\n"), 0);
}

function blocksOf(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const [block, next] = blockAt(lines, at, depth);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

const isBlank = (line: string | undefined): boolean => line !== undefined && line.trim() === "";

/** The block that begins on a line, and the line behind it. */
function blockAt(lines: readonly string[], at: number, depth: number): [Block, number] {
  const line = lines[at]!;
  if (isBlank(line)) return [{ type: "blank" }, end(lines, at, isBlank)];
  const fence = FENCE.exec(line);
  if (fence !== null && opensFence(fence)) return fenced(lines, at, fence[1]!);
  const heading = HEADING.exec(line);
  if (heading !== null)
    return [{ type: "heading", level: heading[1]!.length, text: headingText(heading[2] ?? "") }, at + 1];
  if (BREAK.test(line)) return [{ type: "break" }, at + 1];
  if (depth < DEEPEST && QUOTE.test(line)) return quote(lines, at, depth);
  if (depth < DEEPEST && MARKER.test(line)) return list(lines, at, depth);
  if (INDENTED.test(line)) {
    const next = end(lines, at, (one) => INDENTED.test(one));
    return [
      {
        type: "code",
        text: lines
          .slice(at, next)
          .map((one) => one.replace(INDENTED, ""))
          .join("\n"),
      },
      next,
    ];
  }
  return paragraph(lines, at);
}

/** The first line from `at` on for which something no longer holds. */
function end(lines: readonly string[], at: number, holds: (line: string) => boolean): number {
  let next = at;
  while (next < lines.length && holds(lines[next]!)) next++;
  return next;
}

/** Of backticks the words behind the fence must have none, else the line is a code span. */
function opensFence(fence: RegExpExecArray): boolean {
  return fence[1]!.startsWith("~") || !fence[2]!.includes("`");
}

function fenced(lines: readonly string[], at: number, marks: string): [Block, number] {
  const closes = (line: string): boolean => {
    const found = FENCE.exec(line);
    return found !== null && found[1]!.startsWith(marks) && found[2]!.trim() === "";
  };
  const last = end(lines, at + 1, (line) => !closes(line));
  return [{ type: "fence", text: lines.slice(at + 1, last).join("\n") }, Math.min(last + 1, lines.length)];
}

/** Without the signs that may close a heading. */
function headingText(text: string): string {
  const trimmed = text.trim();
  const closed = /(?:^|[ \t])#+$/.exec(trimmed);
  return closed === null ? trimmed : trimmed.slice(0, closed.index).trim();
}

/** Whether a line ends the paragraph before it. */
function interrupts(line: string): boolean {
  const fence = FENCE.exec(line);
  if (isBlank(line) || HEADING.test(line) || BREAK.test(line) || QUOTE.test(line)) return true;
  if (fence !== null && opensFence(fence)) return true;
  const marker = MARKER.exec(line);
  if (marker === null || marker[0].length === line.length) return false;
  return !/^\d/.test(marker[2]!) || /^1[.)]/.test(marker[2]!);
}

function paragraph(lines: readonly string[], at: number): [Block, number] {
  let next = at + 1;
  const text = (): string =>
    lines
      .slice(at, next)
      .map((line) => line.trimStart())
      .join("\n");
  for (; next < lines.length; next++) {
    const line = lines[next]!;
    if (/^ {0,3}(?:=+|-+)[ \t]*$/.test(line)) return [{ type: "underlined", text: text() }, next + 1];
    if (interrupts(line)) break;
  }
  return [{ type: "paragraph", text: text() }, next];
}

function quote(lines: readonly string[], at: number, depth: number): [Block, number] {
  const next = end(lines, at, (line) => QUOTE.test(line));
  const inner = lines.slice(at, next).map((line) => line.replace(QUOTE, ""));
  return [{ type: "quote", blocks: blocksOf(inner, depth + 1) }, next];
}

/** Items of one kind of mark. Blank lines behind the last item are not the list's. */
function list(lines: readonly string[], at: number, depth: number): [Block, number] {
  const kind = markOf(lines[at]!);
  const items: Block[][] = [];
  let next = at;
  for (let start: number | undefined = at; start !== undefined;) {
    const [inner, behind] = item(lines, start);
    items.push(blocksOf(inner, depth + 1));
    next = behind;
    const following = end(lines, behind, isBlank);
    const line = lines[following];
    start = line !== undefined && markOf(line) === kind && !BREAK.test(line) ? following : undefined;
  }
  return [{ type: "list", items }, next];
}

/** The sign of a list's mark; undefined where a line begins no item. */
function markOf(line: string): string | undefined {
  return MARKER.exec(line)?.[2]!.replace(/^\d+/, "");
}

/** The lines of an item without its mark and indent, and the line behind it. */
function item(lines: readonly string[], at: number): [string[], number] {
  const marker = MARKER.exec(lines[at]!)!;
  const width = marker[1]!.length + marker[2]!.length;
  const spaces = marker[3]!.length;
  const indent = width + (spaces === 0 || spaces > 4 || marker[0].length === lines[at]!.length ? 1 : spaces);
  const inner = [lines[at]!.slice(indent)];
  let next = at + 1;
  let kept = next;
  for (; next < lines.length; next++) {
    const line = lines[next]!;
    const blank = isBlank(line);
    const within = blank || line.startsWith(" ".repeat(indent));
    // A line of the item's paragraph may stand further left.
    if (!within && (isBlank(lines[next - 1]) || interrupts(line) || MARKER.test(line))) break;
    inner.push(within ? line.slice(indent) : line);
    if (!blank) kept = next + 1;
  }
  return [inner.slice(0, kept - at), kept];
}
