import type { Condition, Is, Junction, Not, Unreadable, Value, Values } from "./ast.js";

/** A condition on one value. */
export interface Single extends Is {
  readonly value: Value;
}

type Spread = Junction<Spread> | Not<Spread> | Single | Unreadable;

/** The conditions that a group of values stands for: `a: (b or not c)` is `a: b or not a: c`. Ranges are those of the values. */
export function spread({ field, value }: Is): Spread {
  return ofValues(field, value);
}

function ofValues(field: Is["field"], value: Values): Spread {
  const { start, end } = value;
  switch (value.kind) {
    case "and":
    case "or":
      return { kind: value.kind, operands: value.operands.map((each) => ofValues(field, each)), start, end };
    case "not":
      return { kind: "not", operand: ofValues(field, value.operand), start, end };
    case "value":
      return {
        kind: "is",
        field,
        value,
        start: field === undefined ? start : Math.min(field.start, start),
        end,
      };
    case "error":
      return value;
  }
}

/** Whether the condition is on one value. */
export function isSingle(condition: Condition): condition is Single {
  return condition.kind === "is" && condition.value.kind === "value";
}
