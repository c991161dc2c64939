import { fold } from "./fold.js";

/** A part of a pattern: literal text, any run of characters (also none), or exactly one code point. */
export type Piece = string | { readonly any: true } | { readonly one: true };

export interface WildcardOptions {
  /** Case does not matter. */
  readonly insensitive?: boolean;
  /** `?` in a pattern that is a string stands for one code point; otherwise for itself. */
  readonly single?: boolean;
}

/**
 * Compiles a wildcard pattern to a test for whole values. In a string `*` stands for any run of characters and cannot
 * be escaped; languages that have escapes give pieces. The test takes time linear in the text for each star-free part
 * of the pattern, whatever the pattern.
 */
export function compileWildcard(
  pattern: readonly Piece[] | string,
  options: WildcardOptions = {},
): (text: string) => boolean {
  const pieces = typeof pattern === "string" ? split(pattern, options.single === true) : pattern;
  const insensitive = options.insensitive === true;
  const parts: (string | 1)[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece === "string") parts[parts.length - 1]!.push(insensitive ? fold(piece) : piece);
    else if ("one" in piece) parts[parts.length - 1]!.push(1);
    else parts.push([]);
  }
  const match = matcher(parts);
  return insensitive ? (text) => match(fold(text)) : match;
}

function split(pattern: string, single: boolean): Piece[] {
  return pattern
    .split(single ? /([*?])/ : /(\*)/)
    .filter((part) => part !== "")
    .map((part) => (part === "*" ? { any: true } : single && part === "?" ? { one: true } : part));
}

function matcher(parts: readonly (readonly (string | 1)[])[]): (text: string) => boolean {
  const first = parts[0]!;
  const rest = parts.slice(1);
  return (text) => {
    let at = matchAt(text, first, 0);
    if (rest.length === 0) return at === text.length;
    for (const part of rest.slice(0, -1)) {
      if (at < 0) return false;
      at = find(text, part, at);
    }
    const last = rest[rest.length - 1]!;
    if (at < 0) return false;
    if (last.length === 0) return true;
    for (let start = at; start <= text.length; start++)
      if (matchAt(text, last, start) === text.length) return true;
    return false;
  };
}

function find(text: string, part: readonly (string | 1)[], from: number): number {
  for (let start = from; start <= text.length; start++) {
    const end = matchAt(text, part, start);
    if (end >= 0) return end;
  }
  return -1;
}

function matchAt(text: string, part: readonly (string | 1)[], start: number): number {
  let at = start;
  for (const piece of part) {
    if (piece === 1) {
      const code = text.codePointAt(at);
      if (code === undefined) return -1;
      at += code > 0xffff ? 2 : 1;
    } else {
      if (!text.startsWith(piece, at)) return -1;
      at += piece.length;
    }
  }
  return at;
}
