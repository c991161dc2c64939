/**
 * The syntax tree of a query in Lucene's classic syntax. It keeps what was written: operators stand at the clause that
 * follows them, `occur` says what the parser makes of them.
 */
import type { Piece } from "../match/index.js";
import type { Span } from "../core/span.js";

export interface Query extends Span {
  readonly kind: "query";
  /** None where the query is blank. */
  readonly clauses: readonly Clause[];
}

/** How a clause counts: it has to match, must not match, or is one of several of which one has to match. */
export type Occur = "must" | "must_not" | "should";

/** One clause of a query or a group, with the operators before it. */
export interface Clause extends Span {
  readonly conjunction: "and" | "or" | undefined;
  /** `!` is read as `NOT`, which means the same as `-`. */
  readonly modifier: "+" | "-" | "NOT" | undefined;
  /** With the default operator OR, which is what Kibana's rules have. */
  readonly occur: Occur;
  readonly node: Node;
}

export type Node = Group | Leaf | Unreadable;
export type Leaf = Phrase | RangeTest | Regexp | Sign | Term | Wildcard;

/** What could not be read. */
export interface Unreadable extends Span {
  readonly kind: "error";
}

/** A field's name as the query means it, without escapes; a `*` in it stands for any run of characters. */
export interface FieldName extends Span {
  readonly name: string;
}

interface Atom extends Span {
  /** Undefined where none is written: the field of the group around it, or all fields. */
  readonly field: FieldName | undefined;
  /** The number after `^`, as written. It changes scores, not what matches. */
  readonly boost: string | undefined;
}

interface Tilded extends Atom {
  /** The number after `~`, as written: the edit distance of a term, the slop of a phrase; empty where there is none. */
  readonly tilde: string | undefined;
}

/** `(…)`, `field:(…)` */
export interface Group extends Atom {
  readonly kind: "group";
  readonly clauses: readonly Clause[];
}

/** A word, or several in a row without operators, which are looked for as one text: `quick brown`. */
export interface Term extends Tilded {
  readonly kind: "term";
  /** One or more. */
  readonly words: readonly Word[];
}

export interface Word extends Span {
  /** Without escapes. */
  readonly text: string;
}

/** A `+`, `-` or `!` with a blank after it: not an operator, but the text to look for. */
export interface Sign extends Tilded {
  readonly kind: "sign";
  readonly sign: "!" | "+" | "-";
}

/** `"quick brown"~2` */
export interface Phrase extends Tilded {
  readonly kind: "phrase";
  /** Without escapes. */
  readonly text: string;
}

/** `qu?ck bro*`; `*` alone asks for any value. */
export interface Wildcard extends Tilded {
  readonly kind: "wildcard";
  readonly pieces: readonly Piece[];
}

/** `/joh?n(ath[oa]n)/` */
export interface Regexp extends Tilded {
  readonly kind: "regexp";
  /** What stands between the slashes, as written. */
  readonly pattern: string;
}

/** `[1 TO 5}` */
export interface RangeTest extends Atom {
  readonly kind: "range";
  readonly low: Bound;
  readonly high: Bound;
  readonly includesLow: boolean;
  readonly includesHigh: boolean;
}

export interface Bound extends Span {
  /** Without escapes; `*` leaves the side open. */
  readonly text: string;
  readonly quoted: boolean;
}
