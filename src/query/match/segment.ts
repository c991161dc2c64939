import { ShiftAnd } from "./shift-and.js";

/** Code points of a part with holes up to which trying each place is quickest. */
const SHORT = 32;

/** What stands between two runs of a wildcard pattern: text, and holes that take one code point each. */
export interface Segment {
  /** Where it ends when it starts at `at`, or -1. */
  startsAt(text: string, at: number): number;
  /** Where it starts when it ends at `end`, not before `from`, or -1. */
  endsAt(text: string, end: number, from: number): number;
  /** Where its first place from `from` on ends, or -1. No place starts earlier than that one and ends later. */
  find(text: string, from: number): number;
}

/** A segment without holes. */
export class LiteralSegment implements Segment {
  readonly literal: string;

  constructor(literal: string) {
    this.literal = literal;
  }

  startsAt(text: string, at: number): number {
    return text.startsWith(this.literal, at) ? at + this.literal.length : -1;
  }

  endsAt(text: string, end: number, from: number): number {
    const start = end - this.literal.length;
    return start >= from && text.startsWith(this.literal, start) ? start : -1;
  }

  find(text: string, from: number): number {
    const start = text.indexOf(this.literal, from);
    return start < 0 ? -1 : start + this.literal.length;
  }
}

/** A segment with holes. A number among its parts is so many of them. */
export class HoledSegment implements Segment {
  readonly #parts: readonly (string | number)[];
  /** The number of the longest part that is text, and the text. */
  readonly #anchor: number;
  readonly #literal: string;
  readonly #search: ShiftAnd | undefined;

  constructor(parts: readonly (string | number)[]) {
    this.#parts = parts;
    const lengths = parts.map((part) => (typeof part === "string" ? part.length : 0));
    this.#anchor = lengths.indexOf(lengths.reduce((a, b) => Math.max(a, b)));
    const anchor = parts[this.#anchor]!;
    this.#literal = typeof anchor === "string" ? anchor : "";
    const codes = parts.flatMap((part) =>
      typeof part === "string"
        ? Array.from(part, (char) => char.codePointAt(0)!)
        : Array<undefined>(part).fill(undefined),
    );
    if (codes.length > SHORT) this.#search = new ShiftAnd(codes);
  }

  startsAt(text: string, at: number): number {
    return forward(text, this.#parts, 0, at);
  }

  endsAt(text: string, end: number, from: number): number {
    return backward(text, this.#parts, this.#parts.length, end, from);
  }

  find(text: string, from: number): number {
    if (this.#literal === "") return forward(text, this.#parts, 0, from);
    if (this.#search !== undefined) return this.#search.find(text, from);
    const literal = this.#literal;
    for (let at = text.indexOf(literal, from); at >= 0; at = text.indexOf(literal, at + 1)) {
      if (backward(text, this.#parts, this.#anchor, at, from) < 0) continue;
      const end = forward(text, this.#parts, this.#anchor + 1, at + literal.length);
      if (end >= 0) return end;
    }
    return -1;
  }
}

/** Where the parts from number `first` on end when they start at `at`, or -1. */
function forward(text: string, parts: readonly (string | number)[], first: number, at: number): number {
  let end = at;
  for (let index = first; index < parts.length; index++) {
    const part = parts[index]!;
    if (typeof part === "string") {
      if (!text.startsWith(part, end)) return -1;
      end += part.length;
    } else {
      for (let hole = 0; hole < part; hole++) {
        if (end >= text.length) return -1;
        end += isPair(text, end) ? 2 : 1;
      }
    }
  }
  return end;
}

/** Where the parts before number `last` start when they end at `end`, or -1 where that is before `from`. */
function backward(
  text: string,
  parts: readonly (string | number)[],
  last: number,
  end: number,
  from: number,
): number {
  let start = end;
  for (let index = last - 1; index >= 0; index--) {
    const part = parts[index]!;
    if (typeof part === "string") {
      start -= part.length;
      if (start < from || !text.startsWith(part, start)) return -1;
    } else {
      for (let hole = 0; hole < part; hole++) {
        start -= start - 2 >= from && isPair(text, start - 2) ? 2 : 1;
        if (start < from) return -1;
      }
    }
  }
  return start;
}

/** Whether the two units from `at` on are one code point. */
function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
