import { getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import type { OffsetRange } from "../diagnostics/index.js";

/**
 * Maps offsets inside a string to offsets in the file that holds it as a scalar. Exact for plain, quoted and literal
 * scalars on one line or as a block; in folded text exact for what is not white space. Undefined for quoted text over
 * several lines, where one cannot tell.
 */
export function mapIntoScalar(
  text: string,
  scalar: ScalarEvent,
  within: OffsetRange,
): OffsetRange | undefined {
  const offsetOf = mapperOf(text, scalar);
  if (offsetOf === undefined) return undefined;
  const length = offsetOf.length;
  const from = clamp(within.start, 0, length);
  const to = clamp(within.end, from, length);
  // The end is measured from the last character inside, so that a range at a line's end does not reach into the next.
  return { start: offsetOf.at(from), end: to === from ? offsetOf.at(from) : offsetOf.after(to - 1) };
}

interface Mapper {
  /** Of the string, in UTF-16 units. */
  readonly length: number;
  /** Where the unit at `offset` begins in the file. */
  at(offset: number): number;
  /** Where the unit at `offset` ends in the file. */
  after(offset: number): number;
}

function mapperOf(text: string, scalar: ScalarEvent): Mapper | undefined {
  const { valueStart, valueEnd, style } = scalar;
  if (valueStart < 0) return undefined;
  if (scalar.fast) return straight(valueStart, valueEnd);
  const raw = text.slice(valueStart, valueEnd);
  if (style === SCALAR_STYLE.LITERAL_BLOCK) return literal(raw, scalar, getScalarValue(text, scalar));
  if (style === SCALAR_STYLE.FOLDED_BLOCK || style === SCALAR_STYLE.PLAIN)
    return folded(raw, valueStart, getScalarValue(text, scalar));
  if (/[\r\n]/.test(raw)) return undefined;
  return escaped(raw, valueStart, style === SCALAR_STYLE.SINGLE_QUOTED ? /^''/ : ESCAPE);
}

function straight(start: number, end: number): Mapper {
  return {
    length: end - start,
    at: (offset) => start + offset,
    after: (offset) => start + offset + 1,
  };
}

/** Line k of the value is line k of the block, less its indentation. */
function literal(raw: string, { valueStart, indent }: ScalarEvent, value: string): Mapper {
  const starts: number[] = [];
  const ends: number[] = [];
  for (const line of raw.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const content = line[0].replace(/[\r\n]+$/, "").length;
    starts.push(valueStart + line.index + Math.min(Math.max(indent, 0), content));
    ends.push(valueStart + line.index + content);
  }
  const at = (offset: number) => {
    const before = value.slice(0, offset);
    const line = Math.min(before.split("\n").length, starts.length) - 1;
    const column = offset - (before.lastIndexOf("\n") + 1);
    return Math.min(starts[line]! + column, ends[line]!);
  };
  return { length: value.length, at, after: (offset) => at(offset) + (value[offset] === "\n" ? 0 : 1) };
}

/** Folding changes white space alone, so the n-th other character of the value is the n-th of the text. */
function folded(raw: string, valueStart: number, value: string): Mapper {
  const places = [...raw.matchAll(/\S/g)].map((match) => valueStart + match.index);
  const count = (offset: number) => value.slice(0, offset).replace(/\s+/g, "").length;
  const end = (places.at(-1) ?? valueStart - 1) + 1;
  return {
    length: value.length,
    at: (offset) => places[count(offset)] ?? end,
    after: (offset) =>
      /\S/.test(value[offset]!) ? places[count(offset)]! + 1 : (places[count(offset)] ?? end),
  };
}

const ESCAPE = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/;

/** A quoted scalar on one line: each escape is one unit of the value, or two for a code point beyond U+FFFF. */
function escaped(raw: string, valueStart: number, escape: RegExp): Mapper {
  const places: number[] = [];
  let at = 0;
  while (at < raw.length) {
    places.push(valueStart + at);
    const match = escape.exec(raw.slice(at, at + 10))?.[0];
    if (match?.startsWith("\\U") && parseInt(match.slice(2), 16) > 0xffff) places.push(valueStart + at);
    at += match?.length ?? 1;
  }
  places.push(valueStart + raw.length);
  return {
    length: places.length - 1,
    at: (offset) => places[offset]!,
    after: (offset) => places.slice(offset + 1).find((place) => place > places[offset]!)!,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
