import type { RequiredLiteral } from "../../core/index.js";
import { fold, requiredOfEither } from "../../match/index.js";
import type { EventFilter, Expression } from "../ast.js";
import type { Context } from "./context.js";
import { contextOf, type EventOptions } from "./event.js";
import { isPlain } from "./pattern.js";
import { constantOf, literalRight } from "./script.js";

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
      return requiredOfEither(expression.operands.map((operand) => required(operand, context)));
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
  if (schema.typeOf(operand.name).kind !== "text" || !schema.isKeptAsItIs(operand.name)) return [];
  const values = literals
    .map((literal) => constantOf(literal, context) ?? null)
    .filter((value) => value !== null);
  if (!values.every((value) => typeof value === "string")) return [];
  return [
    { field: operand.name, values: insensitive ? [...new Set(values.map(fold))] : values, insensitive },
  ];
}
