/** What asterisks in names and values mean. */
import { compileWildcard, type Piece } from "../match/index.js";
import type { Name, Value } from "./ast.js";

/** Whether a name or a value is a `*` alone: any. */
export function isAny({ pieces }: Pick<Name | Value, "pieces">): boolean {
  return pieces !== undefined && pieces.length === 2 && pieces[0] === "" && pieces[1] === "";
}

/** The names of fields that a name means. A quoted name has no pattern. */
export function meantBy({ pieces, name }: Pick<Name, "name" | "pieces">): (name: string) => boolean {
  return pieces === undefined ? (other) => other === name : compileWildcard(name);
}

/** The whole texts that a pattern matches. */
export function wholePattern(pieces: readonly string[]): (text: string) => boolean {
  const pattern = pieces.flatMap((piece, index): Piece[] => {
    const text = piece === "" ? [] : [piece];
    return index === 0 ? text : [{ any: true }, ...text];
  });
  return compileWildcard(pattern);
}
