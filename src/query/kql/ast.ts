/**
 * The syntax tree of a KQL query. Each node has its range in the query's text, without brackets around it. Chains of
 * `and` and of `or` are flat; brackets in them make a node of their own. Where a part could not be read, an `error`
 * node stands in its place, so that the rest can be checked.
 */
import type { Span } from "../core/index.js";

export interface Query extends Span {
  readonly kind: "query";
  /** Undefined where nothing is written, which matches everything. */
  readonly body: Condition | undefined;
}

export type Condition = Is | Junction<Condition> | Nested | Not<Condition> | Range | Unreadable;

export interface Junction<T> extends Span {
  readonly kind: "and" | "or";
  /** Two or more. */
  readonly operands: readonly T[];
}

export interface Not<T> extends Span {
  readonly kind: "not";
  readonly operand: T;
}

/** `field: value`, `field: (a or b)`, or a value alone, which is looked for in every field. */
export interface Is extends Span {
  readonly kind: "is";
  readonly field: Name | undefined;
  /** A group of values only where there is a field. */
  readonly value: Values;
}

/** What stands after a colon: a value, or a group that joins values of one field. */
export type Values = Junction<Values> | Not<Values> | Unreadable | Value;

/** `field > value` */
export interface Range extends Span {
  readonly kind: "range";
  readonly field: Name;
  readonly operator: "<" | "<=" | ">" | ">=";
  readonly value: Value;
}

/** `path: { … }`: one object of a list has to meet the whole condition. Names in it are relative to the path. */
export interface Nested extends Span {
  readonly kind: "nested";
  readonly path: Name;
  readonly body: Condition;
}

/** What could not be read. */
export interface Unreadable extends Span {
  readonly kind: "error";
  readonly text: string;
}

/** A word or a quoted text of the query. */
export interface Literal extends Span {
  readonly quoted: boolean;
  /** The texts between wildcards, where there are any: one more than there are `*` outside of quotes. */
  readonly pieces?: readonly string[];
}

/** The name of a field, or a pattern for names. */
export interface Name extends Literal {
  readonly name: string;
}

export interface Value extends Literal {
  readonly kind: "value";
  /** Without quotes `true`, `false` and `null` are what they say; numbers are texts. Wildcards stand in it as `*`. */
  readonly value: boolean | string | null;
}
