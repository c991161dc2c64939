import { type FieldsInput, fieldsOf } from "../../fields/index.js";
import type { Condition, Name, Query, Values } from "./ast.js";
import { exactText } from "./value-tests.js";
import { fieldOf, inferredField, isOutOfReach, type Scope } from "./scope.js";

/** What holds of every event that a query matches: one of the field's values, as a text, is one of `values`. */
export interface RequiredLiteral {
  readonly field: string;
  readonly values: string[];
  /** Whether case does not count; KQL regards case. */
  readonly insensitive: boolean;
}

/**
 * The conditions that every match meets, by which a query can be ruled out at the cost of a lookup. Only fields that are
 * compared with a whole text count: keywords, and fields of unknown type with values that are no numbers.
 */
export function requiredLiterals({ body }: Query, fields?: FieldsInput): RequiredLiteral[] {
  const scope: Scope = {
    fields: fields === undefined ? undefined : fieldsOf(fields),
    path: undefined,
    now: 0,
  };
  const found: RequiredLiteral[] = [];
  if (body !== undefined) collect(body, scope, found);
  return found;
}

function collect(condition: Condition, scope: Scope, found: RequiredLiteral[]): void {
  if (condition.kind === "and") {
    for (const operand of condition.operands) collect(operand, scope, found);
  } else if (condition.kind === "is" && condition.field !== undefined) {
    collectValues(condition.field, condition.value, scope, found);
  } else if (condition.kind === "or") {
    const one = ofAlternatives(condition.operands, scope);
    if (one !== undefined) found.push(one);
  }
}

function collectValues(name: Name, values: Values, scope: Scope, found: RequiredLiteral[]): void {
  if (values.kind === "and") {
    for (const each of values.operands) collectValues(name, each, scope, found);
    return;
  }
  const texts = textsOf(name, values, scope);
  if (texts !== undefined) found.push({ field: name.name, values: texts, insensitive: false });
}

/** `a: x or a: (y or z)` needs one of the three. */
function ofAlternatives(operands: readonly Condition[], scope: Scope): RequiredLiteral | undefined {
  const values: string[] = [];
  let field: string | undefined;
  for (const operand of operands) {
    if (operand.kind !== "is" || operand.field === undefined) return undefined;
    field ??= operand.field.name;
    const texts = operand.field.name === field ? textsOf(operand.field, operand.value, scope) : undefined;
    if (texts === undefined) return undefined;
    values.push(...texts);
  }
  return field === undefined ? undefined : { field, values, insensitive: false };
}

/** The texts of which one has to be among the field's values, undefined where there is no such list. */
function textsOf(name: Name, values: Values, scope: Scope): string[] | undefined {
  if (name.pieces !== undefined) return undefined;
  if (values.kind === "value") {
    const field = fieldOf(scope, name.name) ?? inferredField(name.name);
    // The values of these are read elsewhere than under their name.
    if (isOutOfReach(scope, field) || field?.type === "flattened" || isMultiField(name.name, scope))
      return undefined;
    const text = exactText(field, values);
    return text === undefined ? undefined : [text];
  }
  if (values.kind !== "or") return undefined;
  const all = values.operands.map((each) => textsOf(name, each, scope));
  return all.includes(undefined) ? undefined : (all as string[][]).flat();
}

function isMultiField(name: string, scope: Scope): boolean {
  if (/\.(?:keyword|text)$/.test(name)) return true;
  const dot = name.lastIndexOf(".");
  const parent = dot > 0 ? fieldOf(scope, name.slice(0, dot)) : undefined;
  return parent !== undefined && parent.type !== "object" && parent.type !== "nested";
}
