import type { LineIndex } from "../yaml/index.js";
import { type Cell, cellsOf, widthOf } from "./cells.js";
import type { Place } from "./locate.js";
import type { Palette } from "./palette.js";

/** Columns of source that a frame shows; longer lines are cut around the place that is underlined. */
const WIDTH = 100;
/** Columns kept before the place in a line that is cut. */
const LEAD = 30;
/** UTF-16 units of a line before and after the place that are looked at, so that minified files cost no more than others. */
const REACH = 1000;

export interface FrameStyle {
  readonly palette: Palette;
  /** Colours the carets. */
  readonly mark: (text: string) => string;
  /** Lines shown before and after the line itself. */
  readonly context: 0 | 1;
}

/**
 * The source around a place, with line numbers and carets below the range. Of a range over several lines its first line
 * is underlined to the end.
 */
export function frame(
  lines: LineIndex,
  { start, end }: NonNullable<Place["position"]>,
  { palette, mark, context }: FrameStyle,
): string[] {
  const first = Math.max(1, start.line - context);
  const last = Math.min(lines.lineCount, start.line + context);
  const gutter = String(last).length;
  const from = start.column - 1;
  const to = end.line === start.line ? end.column - 1 : Infinity;
  const window = windowAround(lines.lineText(start.line), from);
  const shown: string[] = [];
  const show = (number: string, text: string) =>
    shown.push(`  ${palette.dim(`${number.padStart(gutter)} |`)} ${text}`.trimEnd());
  for (let line = first; line <= last; line++) {
    const view = viewOf(lines.lineText(line), window);
    if (line === start.line) {
      show(String(line), textOf(view));
      show("", underline(view, from, to, mark));
    } else if (textOf(view).trim() !== "") {
      show(String(line), textOf(view));
    }
  }
  return shown;
}

/** Which part of the lines is shown: from `columns` columns after the unit `base`. */
interface Window {
  readonly base: number;
  readonly columns: number;
}

function windowAround(line: string, place: number): Window {
  const base = Math.max(0, place - REACH);
  const cells = cellsOf(line.slice(base, base + 2 * REACH));
  if (base === 0 && line.length <= 2 * REACH && widthOf(cells) <= WIDTH) return { base, columns: 0 };
  const before = widthOf(cells.filter(({ offset }) => offset + base < place));
  return { base, columns: Math.max(0, before - LEAD) };
}

interface View {
  readonly cells: readonly Cell[];
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

function viewOf(line: string, { base, columns }: Window): View {
  const all = cellsOf(line.slice(base, base + 2 * REACH));
  const cells: Cell[] = [];
  let column = 0;
  for (const { text, width, offset } of all) {
    if (column >= columns && column + width <= columns + WIDTH)
      cells.push({ text, width, offset: offset + base });
    column += width;
  }
  const cutBefore = line !== "" && (base > 0 || columns > 0);
  return { cells, cutBefore, cutAfter: column > columns + WIDTH || line.length > base + 2 * REACH };
}

function textOf({ cells, cutBefore, cutAfter }: View): string {
  return `${cutBefore ? "…" : ""}${cells.map(({ text }) => text).join("")}${cutAfter ? "…" : ""}`;
}

function underline(
  { cells, cutBefore }: View,
  from: number,
  to: number,
  mark: (text: string) => string,
): string {
  const before = widthOf(cells.filter(({ offset }) => offset < from)) + (cutBefore ? 1 : 0);
  const inside = widthOf(cells.filter(({ offset }) => offset >= from && offset < to));
  return " ".repeat(before) + mark("^".repeat(Math.max(1, inside)));
}
