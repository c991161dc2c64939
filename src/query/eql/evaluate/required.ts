import { fold } from "../../match/index.js";
import type { EventFilter, Expression } from "../ast.js";
import type { Context } from "./context.js";
import { contextOf, type EventOptions } from "./event.js";
import { isPlain } from "./pattern.js";
import { constantOf, literalRight } from "./script.js";

/** What an event must meet to match: one of the field's values, as text, is one of `values`. */
export interface RequiredLiteral {
  readonly field: string;
  readonly values: readonly string[];
  /** Whether case does not count; then `values` are folded. */
  readonly insensitive: boolean;
}

/**
 * What every event that matches has to meet: from the category, and from the conditions on texts that the top `and`
 * joins, where each branch of an `or` asks something of the same field. For an index of many filters. Give the options
 * that `compileEvent` is given.
 */
export function requiredLiterals(filter: EventFilter, options: EventOptions = {}): RequiredLiteral[] {
  return requiredOf(filter, contextOf(options), options.categoryField);
}

/** The same for a filter that is compiled in this context. */
export function requiredOf(
  { category: { name }, condition }: EventFilter,
  context: Context,
  categoryField = "event.category",
): RequiredLiteral[] {
  const category = name === undefined ? [] : [{ field: categoryField, values: [name], insensitive: false }];
  return [...category, ...required(condition, context)];
}

function required(expression: Expression, context: Context): RequiredLiteral[] {
  switch (expression.kind) {
    case "and":
      return expression.operands.flatMap((operand) => required(operand, context));
    case "or":
      return union(expression.operands.map((operand) => required(operand, context)));
    case "comparison": {
      const { operator, left, right } = literalRight(expression, context);
      const isNull = constantOf(right, context) === null;
      return operator === "==" && !isNull ? oneOf(left, [right], false, context) : [];
    }
    case "in":
      return expression.negated
        ? []
        : oneOf(expression.operand, expression.values, expression.insensitive, context);
    case "match": {
      const { operator, operand, patterns } = expression;
      const isLiteral =
        !operator.startsWith("regex") && patterns.every((pattern) => isPlainText(pattern, context));
      return isLiteral ? oneOf(operand, patterns, operator !== "like", context) : [];
    }
    default:
      return [];
  }
}

function isPlainText(pattern: Expression, context: Context): boolean {
  const text = constantOf(pattern, context);
  return typeof text === "string" && isPlain(text);
}

/** Of a field with texts: others have values that are equal in other spellings. */
function oneOf(
  operand: Expression,
  literals: readonly Expression[],
  insensitive: boolean,
  context: Context,
): RequiredLiteral[] {
  if (operand.kind !== "field") return [];
  const { schema } = context;
  if (schema.typeOf(operand.name).kind !== "text" || schema.isMultiField(operand.name)) return [];
  const values = literals
    .map((literal) => constantOf(literal, context) ?? null)
    .filter((value) => value !== null);
  if (!values.every((value) => typeof value === "string")) return [];
  return [
    { field: operand.name, values: insensitive ? [...new Set(values.map(fold))] : values, insensitive },
  ];
}

/** What holds whichever branch it is: of a field that each asks for, the values of all. */
function union([first = [], ...others]: readonly (readonly RequiredLiteral[])[]): RequiredLiteral[] {
  return first.flatMap((literal) => {
    const same = others.map((other) => other.find(({ field }) => field === literal.field));
    if (same.includes(undefined)) return [];
    const all = [literal, ...same.filter((other) => other !== undefined)];
    const insensitive = all.some((one) => one.insensitive);
    const values = new Set(
      all.flatMap((one) => one.values.map((value) => (insensitive ? fold(value) : value))),
    );
    return [{ field: literal.field, values: [...values], insensitive }];
  });
}
