import { type Fields, type FieldsInput, fieldsOf } from "../../fields/index.js";
import type { RequiredLiteral } from "../core/index.js";
import { fieldOf, isKeptAsItIs, isTextTest, requiredOfEither } from "../match/index.js";
import type { Clause, Node, Query } from "./ast.js";
import { conditionOf } from "./condition.js";

/**
 * What each event meets that a query matches. Only what is certain is there: whole values of keyword fields, and of
 * fields of unknown type where the value is no number. Each of the conditions holds by itself.
 */
export function requiredLiterals({ clauses }: Query, fields?: FieldsInput): RequiredLiteral[] {
  return ofLevel(clauses, undefined, fields === undefined ? undefined : fieldsOf(fields));
}

function ofLevel(
  clauses: readonly Clause[],
  field: string | undefined,
  fields: Fields | undefined,
): RequiredLiteral[] {
  const required = clauses.filter(({ occur }) => occur === "must");
  if (required.length > 0) return required.flatMap(({ node }) => ofNode(node, field, fields));
  const either = clauses.filter(({ occur }) => occur === "should");
  return requiredOfEither(either.map(({ node }) => ofNode(node, field, fields)));
}

function ofNode(node: Node, field: string | undefined, fields: Fields | undefined): RequiredLiteral[] {
  if (node.kind === "error") return [];
  const name = node.field?.name ?? field;
  if (node.kind === "group") return ofLevel(node.clauses, name, fields);
  if (name === undefined || name.includes("*")) return [];
  const condition = conditionOf(node, name);
  if (condition.kind !== "words" && condition.kind !== "phrase") return [];
  const { text } = condition;
  return isKeptAsItIs(fields, name) && isTextTest(text, fieldOf(fields, name)?.type)
    ? [{ field: name, values: [text], insensitive: false }]
    : [];
}
