import { isInteger } from "../../fields/index.js";
import type { Expression } from "./ast.js";
import type { CheckContext } from "./check-context.js";
import { signatureOf } from "./signatures.js";

/** Whether a number is of a whole type; undefined where that is not known. */
export function isWhole(expression: Expression, context: CheckContext): boolean | undefined {
  switch (expression.kind) {
    case "literal":
      return expression.decimal !== true && Number.isInteger(expression.value);
    case "field": {
      const info = context.infoOf(expression);
      return info === undefined ? undefined : isInteger(info.type);
    }
    case "negation":
      return isWhole(expression.operand, context);
    case "arithmetic":
      return isWholeOfBoth([expression.left, expression.right], context);
    case "call": {
      const name = signatureOf(expression.name)?.name;
      if (name === "length" || name === "indexOf") return true;
      // What a text is read as is not known; the others calculate.
      return name === "number" ? undefined : isWholeOfBoth(expression.args, context);
    }
    default:
      return undefined;
  }
}

/** One fraction makes a calculation fractional. */
function isWholeOfBoth(operands: readonly Expression[], context: CheckContext): boolean | undefined {
  const known = operands.map((operand) => isWhole(operand, context));
  if (known.includes(false)) return false;
  return known.includes(undefined) ? undefined : true;
}
