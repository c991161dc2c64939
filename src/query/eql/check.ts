import { type FieldsInput, fieldsOf } from "../../fields/index.js";
import { Findings, type QueryDiagnostic } from "../core/index.js";
import type { EventFilter, Query, Term, Unreadable } from "./ast.js";
import { checkCategory } from "./check-category.js";
import { CheckContext } from "./check-context.js";
import { inOrder } from "./in-order.js";
import { ConditionChecker } from "./check-conditions.js";
import { checkKeys } from "./check-keys.js";

/** What is known where a query is checked. */
export interface CheckOptions {
  /** What the query's indices hold. Without it, only what needs no types is checked. */
  readonly fields?: FieldsInput;
  /** The field of the event category; `event.category` unless a rule says otherwise. */
  readonly categoryField?: string;
  /** The stack that the query is for, such as `9.4`: fields that came later are reported. */
  readonly stack?: string;
}

/**
 * Checks what a query means: functions and their arguments, types, fields, values, join keys. What Elasticsearch's verifier
 * or planner would refuse is an error. Parts that did not parse are left out; their errors are `parse`'s.
 */
export function check(query: Query, options: CheckOptions = {}): readonly QueryDiagnostic[] {
  const { categoryField = "event.category", stack } = options;
  const fields = options.fields === undefined ? undefined : fieldsOf(options.fields);
  const findings = new Findings();
  const context = new CheckContext(findings, fields, categoryField, stack);
  const { statement } = query;
  switch (statement.kind) {
    case "error":
      break;
    case "event":
      checkEvent(statement, context);
      break;
    case "join":
      findings.add("eql/join", {}, { start: statement.start, end: statement.start + "join".length });
      checkTerms(
        statement.until === undefined ? statement.terms : [...statement.terms, statement.until],
        context,
      );
      break;
    case "sequence":
      statement.by.forEach((key) => context.typeOf(key));
      checkTerms(
        statement.until === undefined ? statement.terms : [...statement.terms, statement.until],
        context,
      );
      break;
    case "sample":
      statement.by.forEach((key) => context.typeOf(key));
      checkTerms(statement.terms, context);
      break;
  }
  return inOrder(findings.all);
}

function checkTerms(terms: readonly Term[], context: CheckContext): void {
  for (const term of terms) {
    checkEvent(term.event, context);
    term.by.forEach((key) => context.typeOf(key));
  }
  checkKeys(terms, context);
}

function checkEvent(event: EventFilter | Unreadable, context: CheckContext): void {
  if (event.kind === "error") return;
  checkCategory(event, context);
  new ConditionChecker(context, event.category.name).condition(event.condition);
}
