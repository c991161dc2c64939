import type { Span } from "../core/index.js";
import type { EventFilter, Expression, Field, Query, Term, Unreadable } from "./ast.js";

/** A field that a query reads. */
export interface FieldUse {
  readonly name: string;
  /** Where it stands first. */
  readonly span: Span;
  /** Whether it is written with `?` wherever it stands. */
  readonly optional: boolean;
}

/** The fields that a query reads, each once, in the order in which they first stand there. */
export function fieldsOf({ statement }: Query): readonly FieldUse[] {
  const found = new Map<string, FieldUse>();
  const add = (field: Field): void => {
    const known = found.get(field.name);
    if (known === undefined) {
      const { name, start, end, optional } = field;
      found.set(name, { name, span: { start, end }, optional });
    } else if (known.optional && !field.optional) found.set(field.name, { ...known, optional: false });
  };
  const addEvent = (event: EventFilter | Unreadable): void => {
    if (event.kind === "event") visitFields(event.condition, add);
  };
  const addTerm = (term: Term): void => {
    addEvent(term.event);
    term.by.forEach(add);
  };
  switch (statement.kind) {
    case "error":
    case "event":
      addEvent(statement);
      break;
    case "sequence":
    case "join":
      statement.by.forEach(add);
      statement.terms.forEach(addTerm);
      if (statement.until !== undefined) addTerm(statement.until);
      break;
    case "sample":
      statement.by.forEach(add);
      statement.terms.forEach(addTerm);
      break;
  }
  return [...found.values()];
}

/** Calls `visit` with every field in an expression, from left to right. */
export function visitFields(expression: Expression, visit: (field: Field) => void): void {
  const all = (expressions: readonly Expression[]): void =>
    expressions.forEach((one) => visitFields(one, visit));
  switch (expression.kind) {
    case "field":
      visit(expression);
      break;
    case "and":
    case "or":
      all(expression.operands);
      break;
    case "not":
    case "negation":
      visitFields(expression.operand, visit);
      break;
    case "comparison":
    case "arithmetic":
      visitFields(expression.left, visit);
      visitFields(expression.right, visit);
      break;
    case "match":
      visitFields(expression.operand, visit);
      break;
    case "in":
      visitFields(expression.operand, visit);
      all(expression.values);
      break;
    case "call":
      all(expression.args);
      break;
    case "literal":
    case "error":
      break;
  }
}
