/** The syntax tree of a regular expression of Java or of Oniguruma, which GROK uses. */
export type Node =
  | { readonly kind: "set"; readonly has: Has }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sequence"; readonly items: readonly Node[] }
  | { readonly kind: "choice"; readonly options: readonly Node[] }
  | Repeat
  | { readonly kind: "group"; readonly index: number; readonly item: Node }
  | { readonly kind: "atomic"; readonly item: Node }
  | {
      readonly kind: "look";
      readonly behind: boolean;
      readonly negated: boolean;
      readonly item: Node;
    }
  | {
      readonly kind: "anchor";
      readonly at: "boundary" | "end" | "line-end" | "line-start" | "no-boundary" | "start";
    }
  | { readonly kind: "back"; readonly group: number | string };

export interface Repeat {
  readonly kind: "repeat";
  readonly item: Node;
  readonly min: number;
  readonly max: number;
  readonly mode: "greedy" | "lazy" | "possessive";
}

/** Whether a code point is in a set. */
export type Has = (point: number) => boolean;

/** `oniguruma`: `^` and `$` are the ends of lines. */
export type Dialect = "java" | "oniguruma";

export interface Parsed {
  readonly root: Node;
  /** Groups are counted from 1. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, readonly number[]>;
}

/** What is wrong with a pattern. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}
