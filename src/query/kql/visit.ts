import type { Condition, Is, Name, Nested, Range, Value, Values } from "./ast.js";

export type Leaf = Is | Range;

export interface Visitor {
  /** `path` is that of the nested object around the condition. */
  leaf(leaf: Leaf, path: string | undefined): void;
  nested?(nested: Nested, path: string | undefined): void;
}

/** Visits the conditions on fields in the order of the query. */
export function visitConditions(condition: Condition, visitor: Visitor, path?: string): void {
  switch (condition.kind) {
    case "and":
    case "or":
      for (const operand of condition.operands) visitConditions(operand, visitor, path);
      return;
    case "not":
      visitConditions(condition.operand, visitor, path);
      return;
    case "nested":
      visitor.nested?.(condition, path);
      visitConditions(condition.body, visitor, under(path, condition.path));
      return;
    case "is":
    case "range":
      visitor.leaf(condition, path);
      return;
    case "error":
  }
}

/** Visits the values of a group. */
export function visitValues(values: Values, visit: (value: Value) => void): void {
  switch (values.kind) {
    case "and":
    case "or":
      for (const each of values.operands) visitValues(each, visit);
      return;
    case "not":
      visitValues(values.operand, visit);
      return;
    case "value":
      visit(values);
      return;
    case "error":
  }
}

/** A name in full. */
export function under(path: string | undefined, { name }: Name): string {
  return path === undefined ? name : `${path}.${name}`;
}
