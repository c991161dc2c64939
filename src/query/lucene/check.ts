import { fieldsOf, type FieldsInput } from "../../fields/index.js";
import { Findings, type QueryDiagnostic } from "../core/index.js";
import type { Query } from "./ast.js";
import { checkStyle } from "./check-style.js";
import { checkTypes } from "./check-types.js";
import { checkRegexpClasses } from "./regexp.js";

export interface CheckOptions {
  /** What the query's indices hold; without it only what needs no types is checked. */
  readonly fields?: FieldsInput;
  /** The stack that the query is for, such as `9.4`. */
  readonly stack?: string;
}

/** What is wrong with the meaning of a query: fields, types, values, and what reads otherwise than it looks. */
export function check(ast: Query, { fields, stack }: CheckOptions = {}): readonly QueryDiagnostic[] {
  const findings = new Findings();
  checkStyle(ast, findings);
  if (stack !== undefined) checkRegexpClasses(ast, stack, findings);
  if (fields === undefined) return findings.all;
  return [
    ...findings.all,
    ...checkTypes(ast, { fields: fieldsOf(fields), ...(stack === undefined ? {} : { stack }) }),
  ];
}
