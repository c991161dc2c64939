import { RULE_FIELDS } from "../kibana/rule.js";

const RANK = new Map(Object.keys(RULE_FIELDS).map((field, i) => [field, i]));

/**
 * The same fields in the canonical order of the field table, without those that have no value; fields that the table
 * does not know come last, by name. What the author's file looks like leaves no trace in the bytes.
 */
export function inOrder(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const rank = (field: string): number => RANK.get(field) ?? RANK.size;
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}
