import type { Event } from "../../match/index.js";
import { reader } from "../../match/index.js";
import type { EventFilter, Expression, Field, Query, Term } from "../ast.js";
import { type Instant, readInstant } from "./instant.js";
import type { Kind } from "./schema.js";

/**
 * What events show of fields: for each that has a value in some event, a kind by its first value. A text that is an
 * ISO date makes a date, as Elasticsearch's dynamic mappings have it.
 */
export function inferKinds(names: Iterable<string>, events: readonly Event[]): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const name of names) {
    const read = reader(name);
    for (const event of events) {
      const value = read(event);
      if (value === undefined) continue;
      kinds.set(name, kindOf(Array.isArray(value) ? value[0] : value));
      break;
    }
  }
  return kinds;
}

function kindOf(value: unknown): Kind {
  if (typeof value === "number" || typeof value === "bigint") return "number";
  if (typeof value === "boolean") return "boolean";
  const at: Instant = { ms: 0, ns: 0 };
  const isDate =
    value instanceof Date || (typeof value === "string" && value[4] === "-" && readInstant(value, at));
  return isDate ? "date" : "text";
}

/** The names of the fields that a query reads, each once. */
export function fieldNames({ statement }: Query): ReadonlySet<string> {
  const names = new Set<string>();
  const addAll = (fields: readonly Field[]): void => fields.forEach(({ name }) => names.add(name));
  const addTerm = (term: Term): void => {
    if (term.event.kind === "event") addCondition(term.event, names);
    addAll(term.by);
  };
  if (statement.kind === "event") addCondition(statement, names);
  else if (statement.kind !== "error") {
    addAll(statement.by);
    statement.terms.forEach(addTerm);
    if (statement.kind === "sequence" && statement.until !== undefined) addTerm(statement.until);
  }
  return names;
}

function addCondition({ condition }: EventFilter, names: Set<string>): void {
  for (const { name } of fieldsIn(condition)) names.add(name);
}

/** The fields of an expression, in the order of the text. */
export function fieldsIn(expression: Expression): Field[] {
  const fields: Field[] = [];
  const open: Expression[] = [expression];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "field") fields.push(next);
    else open.push(...partsOf(next).toReversed());
  }
  return fields;
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "and":
    case "or":
      return expression.operands;
    case "not":
    case "negation":
      return [expression.operand];
    case "comparison":
    case "arithmetic":
      return [expression.left, expression.right];
    case "match":
      return [expression.operand, ...expression.patterns];
    case "in":
      return [expression.operand, ...expression.values];
    case "call":
      return expression.args;
    case "field":
    case "literal":
    case "error":
      return [];
  }
}
