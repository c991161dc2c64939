import { checkAllowedValue } from "../../core/field-findings.js";
import type { Arithmetic, Comparison, Expression, In, Like, Match } from "../ast.js";
import { operatorSignatures } from "../functions/index.js";
import type { Context } from "./context.js";
import { convertsBeside, literalTexts, reportUnconvertible } from "./literals.js";
import { resolve } from "./signatures.js";
import type { ColumnInfo } from "./scope.js";
import { checkTextPatterns } from "./text-patterns.js";
import { commonType, describeTypes, type EsqlType, isOpen, isText, isTimespan } from "./types.js";

/** What is known of an expression. */
export interface Typed {
  readonly type: EsqlType;
  /** Its value does not depend on the row. */
  readonly constant: boolean;
  /** Where it is a column. */
  readonly column?: ColumnInfo;
}

/** Elasticsearch's names for the operators. */
const NAMES: Readonly<Record<Arithmetic["operator"] | Comparison["operator"], string>> = {
  "==": "equals", "!=": "not_equals", "<": "less_than", "<=": "less_than_or_equal",
  ">": "greater_than", ">=": "greater_than_or_equal",
  "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod",
}; // prettier-ignore

export function comparisonType(
  context: Context,
  node: Comparison,
  left: Typed,
  right: Typed,
): { type: EsqlType; constant: boolean } {
  const types: [EsqlType, EsqlType] = [
    besideOperand(context, node.left, left.type, right.type),
    besideOperand(context, node.right, right.type, left.type),
  ];
  if ("misfit" in resolve(operatorSignatures(NAMES[node.operator]), types))
    reportOperands(context, node, types);
  if (node.operator === "==" || node.operator === "!=") checkValues(context, left, [node.right]);
  return { type: "boolean", constant: left.constant && right.constant };
}

export function arithmeticType(context: Context, node: Arithmetic, left: Typed, right: Typed): Typed {
  const constant = left.constant && right.constant;
  const types: [EsqlType, EsqlType] = [
    besideOperand(context, node.left, left.type, isTimespan(right.type) ? "date" : right.type),
    besideOperand(context, node.right, right.type, isTimespan(left.type) ? "date" : left.type),
  ];
  const result = resolve(operatorSignatures(NAMES[node.operator]), types);
  if ("misfit" in result) {
    reportOperands(context, node, types);
    return { type: "unknown", constant };
  }
  if (types.includes("null") && !types.some(isTimespan))
    return { type: commonType(types[0], types[1]) ?? "unknown", constant };
  return { type: result.type, constant };
}

export function inType(context: Context, node: In, operand: Typed, values: readonly Typed[]): Typed {
  for (const [index, value] of node.values.entries()) {
    const type = besideOperand(context, value, values[index]!.type, operand.type);
    const against = besideOperand(context, node.operand, operand.type, type);
    if (!("misfit" in resolve(operatorSignatures("equals"), [against, type]))) continue;
    const params = { number: index + 1, type: describeTypes([type]), expected: describeTypes([against]) };
    context.findings.add("esql/list-value-type", params, { start: node.start, end: value.end });
  }
  checkValues(context, operand, node.values);
  return { type: "boolean", constant: operand.constant && values.every((value) => value.constant) };
}

export function likeType(context: Context, node: Like, operand: Typed): Typed {
  if (!isText(operand.type) && !isOpen(operand.type)) {
    const params = { operator: node.operator.toUpperCase(), type: describeTypes([operand.type]) };
    context.findings.add("esql/like-type", params, node);
  }
  checkTextPatterns(context, node);
  return { type: "boolean", constant: operand.constant };
}

export function matchType(context: Context, node: Match, operand: Typed, query: Typed): Typed {
  if ("misfit" in resolve(operatorSignatures("match_operator"), [operand.type, query.type]))
    reportOperands(context, { ...node, operator: ":" }, [operand.type, query.type]);
  return { type: "boolean", constant: false };
}

/** The type of an operand beside another: a text in the query is read as a date, an ip, a version or a boolean. */
function besideOperand(context: Context, node: Expression, type: EsqlType, other: EsqlType): EsqlType {
  const texts = convertsBeside(other) ? literalTexts(node) : undefined;
  if (texts === undefined) return type;
  return reportUnconvertible(context, texts, other) ? "unknown" : other;
}

/** ECS fixes the values of some fields. */
function checkValues(context: Context, { column }: Typed, values: readonly Expression[]): void {
  if (column?.origin !== "field" || column.field === undefined) return;
  const texts = values.flatMap((value) => literalTexts(value) ?? []);
  const all = texts.map(({ value }) => value);
  for (const text of texts) checkAllowedValue(context.findings, column.field, text.value, text, all);
}

function reportOperands(
  context: Context,
  node: { readonly operator: string; readonly start: number; readonly end: number },
  [left, right]: readonly [EsqlType, EsqlType],
): void {
  const params = { operator: node.operator, left: describeTypes([left]), right: describeTypes([right]) };
  const help = helpFor(node.operator, left, right);
  context.findings.add("esql/operand-types", params, node, help === undefined ? {} : { help });
}

function helpFor(operator: string, left: EsqlType, right: EsqlType): string | undefined {
  const types = [left, right];
  if (types.includes("unsigned_long"))
    return "convert the other one with TO_UNSIGNED_LONG, or this one with TO_LONG";
  if (operator === "-" && isTimespan(left)) return "write the date first: `NOW() - 1 hour`";
  if (operator === "+" && types.every(isText)) return "to join texts, write CONCAT(a, b)";
  if (types.some(isText) && types.some((type) => type === "boolean"))
    return "write true or false without quotes, or convert with TO_BOOLEAN";
  if (types.some(isText) && types.some((type) => ["integer", "long", "double"].includes(type)))
    return "write the number without quotes, or convert one of the two, such as TO_STRING(a)";
  return left === right ? undefined : "convert one of the two, such as TO_STRING(a)";
}
