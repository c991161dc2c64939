/**
 * The syntax tree of an EQL query. Each node has its range in the query's text; `and` and `or` are flat. Where a part
 * could not be read, an `error` node stands in its place, so that the rest can be checked.
 */
import type { Span } from "../core/span.js";

export interface Query extends Span {
  readonly kind: "query";
  readonly statement: Statement;
  readonly pipes: readonly Pipe[];
}

export type Statement = EventFilter | Sequence | Sample | Join | Unreadable;

/** What could not be read. */
export interface Unreadable extends Span {
  readonly kind: "error";
}

/** `process where …` */
export interface EventFilter extends Span {
  readonly kind: "event";
  readonly category: Category;
  readonly condition: Expression;
}

/** The category before `where`; undefined `name` is `any`. */
export interface Category extends Span {
  readonly name: string | undefined;
}

export interface Sequence extends Span {
  readonly kind: "sequence";
  readonly by: readonly Field[];
  readonly maxspan: Duration | undefined;
  readonly terms: readonly Term[];
  readonly until: Term | undefined;
}

export interface Sample extends Span {
  readonly kind: "sample";
  readonly by: readonly Field[];
  readonly terms: readonly Term[];
}

/** `join …`, which the grammar has and no version of Elasticsearch runs: the checks refuse it. */
export interface Join extends Span {
  readonly kind: "join";
  readonly by: readonly Field[];
  readonly terms: readonly Term[];
  readonly until: Term | undefined;
}

/** One bracket of a sequence or sample. */
export interface Term extends Span {
  /** `![…]`: no such event may be there. */
  readonly missing: boolean;
  readonly event: EventFilter | Unreadable;
  readonly by: readonly Field[];
  /** `with runs=N`: how often in a row, 1 where it is not written. */
  readonly runs: number;
}

/** A span of time: `90s`. */
export interface Duration extends Span {
  readonly amount: number;
  readonly unit: "ms" | "s" | "m" | "h" | "d";
}

/** `| head 10`, `| tail 5` */
export interface Pipe extends Span {
  readonly name: "head" | "tail";
  readonly count: number;
}

export type Expression =
  | Arithmetic
  | Call
  | Comparison
  | Field
  | In
  | Junction
  | Literal
  | Negation
  | Not
  | PatternMatch
  | Unreadable;

export interface Junction extends Span {
  readonly kind: "and" | "or";
  /** Two or more. */
  readonly operands: readonly Expression[];
}

export interface Not extends Span {
  readonly kind: "not";
  readonly operand: Expression;
}

export interface Comparison extends Span {
  readonly kind: "comparison";
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
  readonly left: Expression;
  readonly right: Expression;
}

/** `a : "x"`, `a like ("x*", "y*")`, `a regex~ "x.*"` */
export interface PatternMatch extends Span {
  readonly kind: "match";
  readonly operator: ":" | "like" | "like~" | "regex" | "regex~";
  readonly operand: Expression;
  /** Constants; one without brackets is a list of one. */
  readonly patterns: readonly Expression[];
  /** Whether brackets are written. */
  readonly list: boolean;
}

/** `a in ("x", "y")`, `a not in~ (…)` */
export interface In extends Span {
  readonly kind: "in";
  readonly negated: boolean;
  readonly insensitive: boolean;
  readonly operand: Expression;
  readonly values: readonly Expression[];
}

export interface Arithmetic extends Span {
  readonly kind: "arithmetic";
  readonly operator: "+" | "-" | "*" | "/" | "%";
  readonly left: Expression;
  readonly right: Expression;
}

/** `-a`; a sign before a number is part of the literal. */
export interface Negation extends Span {
  readonly kind: "negation";
  readonly operand: Expression;
}

export interface Call extends Span {
  readonly kind: "call";
  /** As written, without the `~`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Written with a `~`: without regard to case. */
  readonly insensitive: boolean;
  readonly args: readonly Expression[];
}

export interface Field extends Span {
  readonly kind: "field";
  /** The dotted name, without backticks. */
  readonly name: string;
  /** `?name`: null where the field is mapped nowhere. */
  readonly optional: boolean;
}

export interface Literal extends Span {
  readonly kind: "literal";
  readonly value: string | number | boolean | null;
  /** Numbers: whether it is written with a point or an exponent, which makes arithmetic fractional. */
  readonly decimal?: boolean;
}
