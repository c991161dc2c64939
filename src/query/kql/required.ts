import { type Fields, type FieldsInput, fieldsOf } from "../../fields/index.js";
import type { RequiredLiteral } from "../core/index.js";
import { fieldOf, isKeptAsItIs, requiredOfEither } from "../match/index.js";
import type { Condition, Name, Query, Value, Values } from "./ast.js";
import { isOutOfReach } from "./scope.js";
import { exactText } from "./value-tests.js";

/**
 * What each event meets that a query matches. Only fields that are compared with a whole text count: keywords, and
 * fields of unknown type with values that are no numbers.
 */
export function requiredLiterals({ body }: Query, fields?: FieldsInput): RequiredLiteral[] {
  return body === undefined ? [] : ofCondition(body, fields === undefined ? undefined : fieldsOf(fields));
}

function ofCondition(condition: Condition, fields: Fields | undefined): RequiredLiteral[] {
  switch (condition.kind) {
    case "and":
      return condition.operands.flatMap((operand) => ofCondition(operand, fields));
    case "or":
      return requiredOfEither(condition.operands.map((operand) => ofCondition(operand, fields)));
    case "is":
      return condition.field === undefined ? [] : ofValues(condition.field, condition.value, fields);
    default:
      return [];
  }
}

function ofValues(name: Name, values: Values, fields: Fields | undefined): RequiredLiteral[] {
  switch (values.kind) {
    case "and":
      return values.operands.flatMap((each) => ofValues(name, each, fields));
    case "or":
      return requiredOfEither(values.operands.map((each) => ofValues(name, each, fields)));
    case "value": {
      const text = textOf(name, values, fields);
      return text === undefined ? [] : [{ field: name.name, values: [text], insensitive: false }];
    }
    default:
      return [];
  }
}

/** The text that one of the field's values has to be. */
function textOf(name: Name, value: Value, fields: Fields | undefined): string | undefined {
  if (name.pieces !== undefined || isOutOfReach({ fields }, name.name)) return undefined;
  return isKeptAsItIs(fields, name.name) ? exactText(fieldOf(fields, name.name), value) : undefined;
}
