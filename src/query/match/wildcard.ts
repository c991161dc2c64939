import { fold, foldsTo } from "./fold.js";
import { HoledSegment, LiteralSegment, type Segment } from "./segment.js";

/** A part of a pattern: literal text, any run of characters (also none), or exactly one code point. */
export type Piece = string | { readonly any: true } | { readonly one: true };

type Test = (text: string) => boolean;

/**
 * Compiles a wildcard pattern to a test for whole values. In a string `*` stands for any run of characters and, with
 * `single`, `?` for one code point; neither can be escaped: languages that have escapes give pieces, in which both
 * always stand. `insensitive`: case does not matter. The test takes time linear in the text, however many wildcards
 * there are.
 */
export function compileWildcard(
  pattern: readonly Piece[] | string,
  options: { readonly insensitive?: boolean; readonly single?: boolean } = {},
): Test {
  const pieces = typeof pattern === "string" ? split(pattern, options.single === true) : pattern;
  const insensitive = options.insensitive === true;
  const segments = segmentsOf(pieces, insensitive);
  const first = segments[0]!;
  if (segments.length === 1) return whole(first, insensitive);
  const last = segments[segments.length - 1]!;
  const middle = segments.slice(1, -1);
  if (middle.length === 0 && first instanceof LiteralSegment && last instanceof LiteralSegment) {
    return ends(first.literal, last.literal, insensitive);
  }
  if (isEmpty(first) && isEmpty(last) && middle.length === 1) return contains(middle[0]!, insensitive);
  return general(first, middle, last, insensitive);
}

function split(pattern: string, single: boolean): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char !== "*" && !(single && char === "?")) continue;
    if (start < at) pieces.push(pattern.slice(start, at));
    pieces.push(char === "*" ? { any: true } : { one: true });
    start = at + 1;
  }
  if (start < pattern.length) pieces.push(pattern.slice(start));
  return pieces;
}

/** What stands before, between and after the runs: the first and the last perhaps empty. */
function segmentsOf(pieces: readonly Piece[], insensitive: boolean): Segment[] {
  const segments: Segment[] = [];
  let parts: (string | number)[] = [];
  for (const piece of pieces) {
    if (piece === "") continue;
    const last = parts.length - 1;
    const before = parts[last];
    if (typeof piece === "string") {
      if (typeof before === "string") parts[last] = before + piece;
      else parts.push(piece);
    } else if ("any" in piece) {
      // A run after a run adds nothing.
      if (parts.length === 0 && segments.length > 0) continue;
      segments.push(segmentOf(parts, insensitive));
      parts = [];
    } else if (typeof before === "number") {
      parts[last] = before + 1;
    } else {
      parts.push(1);
    }
  }
  segments.push(segmentOf(parts, insensitive));
  return segments;
}

function segmentOf(parts: readonly (string | number)[], insensitive: boolean): Segment {
  const folded = insensitive ? parts.map((part) => (typeof part === "string" ? fold(part) : part)) : parts;
  if (folded.every((part) => typeof part === "string")) return new LiteralSegment(folded.join(""));
  return new HoledSegment(folded);
}

function isEmpty(segment: Segment): boolean {
  return segment instanceof LiteralSegment && segment.literal === "";
}

/** No run: the segment is the whole value. */
function whole(segment: Segment, insensitive: boolean): Test {
  if (!(segment instanceof LiteralSegment)) {
    if (insensitive) return (text) => segment.startsAt(fold(text), 0) === text.length;
    return (text) => segment.startsAt(text, 0) === text.length;
  }
  const { literal } = segment;
  if (insensitive) return (text) => text.length === literal.length && foldsTo(text, 0, literal);
  return (text) => text === literal;
}

/** One run, and literals before and after it. */
function ends(before: string, after: string, insensitive: boolean): Test {
  const least = before.length + after.length;
  if (least === 0) return () => true;
  if (insensitive) {
    return (text) =>
      text.length >= least && foldsTo(text, 0, before) && foldsTo(text, text.length - after.length, after);
  }
  if (after === "") return (text) => text.startsWith(before);
  if (before === "") return (text) => text.endsWith(after);
  return (text) => text.length >= least && text.startsWith(before) && text.endsWith(after);
}

/** Runs on both sides of a segment. */
function contains(segment: Segment, insensitive: boolean): Test {
  if (!(segment instanceof LiteralSegment)) {
    return insensitive ? (text) => segment.find(fold(text), 0) >= 0 : (text) => segment.find(text, 0) >= 0;
  }
  const { literal } = segment;
  if (insensitive) return (text) => text.length >= literal.length && fold(text).includes(literal);
  return (text) => text.includes(literal);
}

/** The ends first, which tell most values apart; then each segment as early as it can be, for it leaves most to the rest. */
function general(first: Segment, middle: readonly Segment[], last: Segment, insensitive: boolean): Test {
  const test = (text: string): boolean => {
    let at = first.startsAt(text, 0);
    if (at < 0) return false;
    const limit = last.endsAt(text, text.length, at);
    if (limit < 0) return false;
    for (const segment of middle) {
      at = segment.find(text, at);
      if (at < 0 || at > limit) return false;
    }
    return true;
  };
  if (!insensitive) return test;
  const literal = first instanceof LiteralSegment ? first.literal : "";
  return (text) => text.length >= literal.length && foldsTo(text, 0, literal) && test(fold(text));
}

/** Where backslashes escape: the first with neither a wildcard nor a backslash after it. */
export function strayBackslash(pattern: string): number | undefined {
  for (let at = pattern.indexOf("\\"); at >= 0; at = pattern.indexOf("\\", at + 2)) {
    const next = pattern[at + 1];
    if (next !== "*" && next !== "?" && next !== "\\") return at;
  }
  return undefined;
}
