import { RULE_FIELDS } from "../kibana/rule.js";

const RANK = new Map(Object.keys(RULE_FIELDS).map((field, i) => [field, i]));

/**
 * The same fields in the canonical order of the field table, without those that have no value; fields that the table
 * does not know come last, by name, and what is inside a field is ordered by name too. So how the author ordered the file leaves
 * no trace in the bytes.
 */
export function inOrder(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => rank(a) - rank(b) || byName(a, b))
      .map(([field, value]) => [field, sorted(value)]),
  );
}

function rank(field: string): number {
  return RANK.get(field) ?? RANK.size;
}

/** The value with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.some((item) => typeof item === "object") ? value.map(sorted) : value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => byName(a, b)).map(([key, inner]) => [key, sorted(inner)]),
  );
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
