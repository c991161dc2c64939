import type { Span } from "../core/index.js";
import type { Query } from "./ast.js";
import { conditionOf, eachLeaf } from "./condition.js";

/** A field that a query reads. */
export interface FieldRead {
  readonly name: string;
  /** Where the query names it first. */
  readonly span: Span;
  /** Whether the name has a `*` that stands for any run of characters. */
  readonly wildcard: boolean;
}

/** The fields that a query names, each once, in order. Conditions without a field, which look in all, name none. */
export function fieldsOf({ clauses }: Query): FieldRead[] {
  const found = new Map<string, FieldRead>();
  eachLeaf(clauses, (leaf, field) => {
    if (field === undefined) return;
    const condition = conditionOf(leaf, field.name);
    if (condition.kind === "everything") return;
    const isNamedByValue = condition.kind === "exists" && condition.name !== field.name;
    const name = isNamedByValue ? condition.name : field.name;
    if (name === "*" || name === "" || found.has(name)) return;
    const { start, end } = isNamedByValue
      ? { start: Math.max(leaf.start, field.end + 1), end: leaf.end }
      : field;
    found.set(name, { name, span: { start, end }, wildcard: name.includes("*") });
  });
  return [...found.values()];
}
