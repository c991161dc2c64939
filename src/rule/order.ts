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

/** The value with the keys of every object in order, without those that have no value. What is in order comes back as it is. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return sortedItems(value);
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields);
  let isSorted = true;
  for (let i = 1; i < keys.length && isSorted; i++) isSorted = keys[i - 1]! < keys[i]!;
  if (!isSorted) keys.sort();
  const entries: [string, unknown][] = [];
  let isSame = isSorted;
  for (const key of keys) {
    const before = fields[key];
    const after = sorted(before);
    isSame &&= after === before && after !== undefined;
    if (after !== undefined) entries.push([key, after]);
  }
  return isSame ? value : Object.fromEntries(entries);
}

function sortedItems(items: readonly unknown[]): readonly unknown[] {
  let isSame = true;
  const after = items.map((item) => {
    const own = sorted(item);
    isSame &&= own === item;
    return own;
  });
  return isSame ? items : after;
}
