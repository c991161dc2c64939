import { compareTexts, type Event, textOf, toBoolean, toNumber } from "../../match/index.js";
import type { Field } from "../ast.js";
import { type Instant, readInstant } from "./instant.js";
import type { FieldType, Schema } from "./schema.js";
import type { Value } from "./value.js";

/** A join key of an event. `id` is the same for the same values. */
export interface Key {
  readonly id: string | null;
  readonly values: readonly Value[];
}

/** Keys of one event, at most: those of its values that come first. */
const MAX_KEYS = 1_000;

export interface EventKeys {
  readonly keys: readonly Key[];
  /** There would have been more. */
  readonly truncated: boolean;
}

const NONE: EventKeys = { keys: [], truncated: false };
const WITHOUT: EventKeys = { keys: [{ id: null, values: [] }], truncated: false };

/**
 * The join keys of events by some fields: one for each combination of the fields' values. An event that lacks a field
 * has none, unless the field is optional, which makes its value null.
 */
export function keyReader(by: readonly Field[], schema: Schema): (event: Event) => EventKeys {
  if (by.length === 0) return () => WITHOUT;
  const parts = by.map(({ name, optional }) => ({
    read: schema.read(name),
    value: keyValue(schema.typeOf(name)),
    optional,
  }));
  return (event) => {
    let tuples: Value[][] = [[]];
    let truncated = false;
    for (const { read, value, optional } of parts) {
      const found = read(event);
      if (found === undefined && !optional) return NONE;
      const values = Array.isArray(found)
        ? distinct((found as unknown[]).map(value))
        : [found === undefined ? null : value(found)];
      if (tuples.length * values.length > MAX_KEYS) truncated = true;
      tuples = product(tuples, values);
    }
    return { keys: tuples.map((tuple) => ({ id: idOf(tuple), values: tuple })), truncated };
  };
}

function product(tuples: readonly Value[][], values: readonly Value[]): Value[][] {
  const all: Value[][] = [];
  for (const tuple of tuples) {
    for (const value of values) {
      if (all.length === MAX_KEYS) return all;
      all.push([...tuple, value]);
    }
  }
  return all;
}

/** A number is the same key as its text: documents may have a keyword's value as either. */
function idOf(tuple: readonly Value[]): string | null {
  if (tuple.length === 1) return tuple[0] === null ? null : String(tuple[0]);
  return JSON.stringify(tuple.map((value) => (value === null ? null : String(value))));
}

const distinct = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [String(value), value])).values(),
];

/** Values that a field's type makes equal are equal in keys: dates are milliseconds since 1970. */
function keyValue({ kind, nanos }: FieldType): (value: unknown) => Value {
  switch (kind) {
    case "number":
      return (value) => toNumber(value) ?? textOf(value);
    case "boolean":
      return (value) => toBoolean(value) ?? textOf(value);
    case "date": {
      const at: Instant = { ms: 0, ns: 0 };
      return (value) => (readInstant(value, at, nanos) ? at.ms + at.ns / 1e6 : textOf(value));
    }
    default:
      return (value) => (typeof value === "number" || typeof value === "boolean" ? value : textOf(value));
  }
}

/** The order of keys as samples have it: null first, then false before true, numbers, and texts. */
export function compareKeys(a: Key, b: Key): number {
  for (let at = 0; at < a.values.length; at++) {
    const order = compareValues(a.values[at]!, b.values[at]!);
    if (order !== 0) return order;
  }
  return 0;
}

export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (typeof a !== typeof b || a === null || b === null) return rank(a) - rank(b);
  if (typeof a === "string") return compareTexts(a, b as string);
  return a < b ? -1 : 1;
}

function rank(value: Value): number {
  if (value === null) return 0;
  return typeof value === "boolean" ? 1 : typeof value === "number" ? 2 : 3;
}
