import type { Arithmetic } from "../ast.js";
import type { Value } from "./value.js";

/**
 * Arithmetic as Java's: integers divide to an integer, a remainder has the dividend's sign. Null where an operand is
 * null or no number, and for an integer divided by zero, where Elasticsearch's script would fail.
 */
export function calculate(
  operator: Arithmetic["operator"],
  left: Value,
  right: Value,
  leftWhole: boolean | undefined,
  rightWhole: boolean | undefined,
): Value {
  if (typeof left !== "number" || typeof right !== "number") return null;
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
    case "%": {
      const whole = (leftWhole ?? Number.isInteger(left)) && (rightWhole ?? Number.isInteger(right));
      if (whole && right === 0) return null;
      const result = operator === "/" ? left / right : left % right;
      return whole ? Math.trunc(result) : result;
    }
  }
}

/** Whether a result is of integers, given whether the operands are; undefined where only the values tell. */
export function wholeOf(left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : undefined;
}
