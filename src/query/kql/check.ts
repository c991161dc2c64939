import { type FieldsInput, fieldsOf } from "../../fields/index.js";
import { Findings, type QueryDiagnostic } from "../core/index.js";
import type { Query } from "./ast.js";
import { checkCategories } from "./check-categories.js";
import { FieldChecks } from "./check-fields.js";
import { checkName, checkValue } from "./check-words.js";
import { visitConditions, visitValues } from "./visit.js";

export interface CheckOptions {
  /** What the query's indices hold; without it only checks that need no types run. */
  readonly fields?: FieldsInput;
  /** The stack that the query is for, such as `9.4`. */
  readonly stack?: string;
}

/**
 * What is wrong with the meaning of a query, in its order: words that are likely meant otherwise, unknown fields, values
 * that do not go with their field's type. Parse errors are not repeated.
 */
export function check(
  { body }: Query,
  { fields: input, stack }: CheckOptions = {},
): readonly QueryDiagnostic[] {
  const findings = new Findings();
  if (body === undefined) return [];
  const fields = input === undefined ? undefined : fieldsOf(input);
  const onFields = fields === undefined ? undefined : new FieldChecks(findings, fields, stack);
  visitConditions(body, {
    leaf(leaf, path) {
      const { field } = leaf;
      if (field !== undefined) checkName(findings, field);
      const isOneOfSeveral = leaf.value.kind !== "value";
      visitValues(leaf.value, (value) => checkValue(findings, value, field?.name, isOneOfSeveral));
      if (leaf.kind === "range" && leaf.value.pieces !== undefined)
        findings.add("kql/range-wildcard", {}, leaf.value);
      onFields?.leaf(leaf, path);
    },
    nested(nested, path) {
      onFields?.nested(nested, path);
    },
  });
  if (fields !== undefined) checkCategories(findings, fields, body);
  return findings.all.toSorted((a, b) => a.start - b.start);
}
