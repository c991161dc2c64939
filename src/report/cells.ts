import { escaped, visible } from "./visible.js";

/** One character as a terminal shows it. */
export interface Cell {
  readonly text: string;
  /** In columns: 0, 1, or 2 for CJK and emoji. */
  readonly width: number;
  /** Where it begins in the line, in UTF-16 units. */
  readonly offset: number;
}

const TAB = "    ";
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/** The beginning of a command of a CI runner, which only the characters together are. */
const COMMAND = "##[";
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const MARKS_ONLY = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

let segmenter: Intl.Segmenter | undefined;

/** Splits a line into what the reader sees as characters, made safe to print. */
export function cellsOf(line: string): Cell[] {
  if (PRINTABLE_ASCII.test(line) && !line.includes(COMMAND))
    return Array.from(line, (text, offset) => ({ text, width: 1, offset }));
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(line), ({ segment, index }) => {
    const isCommand = index > 0 && line.startsWith(COMMAND, index - 1);
    return isCommand ? escapedCell(segment, index) : cell(segment, index);
  });
}

function escapedCell(segment: string, offset: number): Cell {
  const text = escaped(segment);
  return { text, width: text.length, offset };
}

function cell(segment: string, offset: number): Cell {
  if (segment === "\t") return { text: TAB, width: TAB.length, offset };
  const text = visible(segment);
  if (text !== segment) return { text, width: text.length, offset };
  return { text, width: WIDE.test(text) ? 2 : MARKS_ONLY.test(text) ? 0 : 1, offset };
}

/** The columns that cells take together. */
export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
