import { RULE_FIELDS } from "../kibana/rule.js";

const RANK = new Map(Object.keys(RULE_FIELDS).map((field, i) => [field, i]));

/**
 * The same fields in the canonical order of the field table, without those that have no value; fields that the table
 * does not know come last, by name, and what is inside a field is ordered by name too. So how the author ordered the file leaves
 * no trace in the bytes.
 */
export function inOrder(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined);
  names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, sorted(fields[name])]));
}

function rank(field: string): number {
  return RANK.get(field) ?? RANK.size;
}

/** The value with the keys of every object in order, without those that have no value. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.some(isObject) ? value.map(sorted) : value;
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value).sort()) {
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    if (inner !== undefined) entries.push([key, sorted(inner)]);
  }
  return Object.fromEntries(entries);
}

function isObject(value: unknown): boolean {
  return typeof value === "object";
}
