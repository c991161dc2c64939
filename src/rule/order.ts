import { RULE_FIELDS } from "../kibana/rule.js";

const ORDER = Object.keys(RULE_FIELDS);

/**
 * The same fields in the canonical order of the field table, without those that have no value; fields that the table
 * does not know come last, by name, and what is inside a field is ordered by name too. So how the author ordered the file leaves
 * no trace in the bytes.
 */
export function inOrder(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = ORDER.filter((name) => Object.hasOwn(fields, name));
  const isKnown = new Set(known);
  const others = Object.keys(fields).filter((name) => !isKnown.has(name));
  const entries: [string, unknown][] = [];
  for (const name of [...known, ...others.sort()])
    if (fields[name] !== undefined) entries.push([name, sorted(fields[name])]);
  return Object.fromEntries(entries);
}

/** The value with the keys of every object in order, without those that have no value. What is in order comes back as it is. */
export function sorted(value: unknown): unknown {
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
