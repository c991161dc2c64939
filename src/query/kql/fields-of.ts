import type { Span } from "../core/index.js";
import type { Query } from "./ast.js";
import { type Leaf, under, visitConditions } from "./visit.js";

/** A field that a query names. */
export interface FieldUse {
  /** In full, also inside of `path: { … }`. Wildcards stand in it as `*`. */
  readonly name: string;
  readonly span: Span;
  /** Whether the name is a pattern for names. */
  readonly wildcard: boolean;
}

/** The fields that a query names, each name once, where it first does. Values without a field name none. */
export function fieldsOf({ body }: Query): FieldUse[] {
  const found = new Map<string, FieldUse>();
  if (body === undefined) return [];
  const leaf = ({ field }: Leaf, path: string | undefined): void => {
    if (field === undefined) return;
    const name = under(path, field);
    const wildcard = field.pieces !== undefined;
    const key = `${wildcard} ${name}`;
    if (!found.has(key)) found.set(key, { name, span: { start: field.start, end: field.end }, wildcard });
  };
  visitConditions(body, { leaf });
  return [...found.values()];
}
