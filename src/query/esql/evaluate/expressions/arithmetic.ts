import type { Arithmetic } from "../../ast.js";
import { commonType, isDate, isTimespan } from "../../check/types.js";
import {
  addSpan, addSpanToNanos, addTimespans, arithmeticFailure, negateTimespan, type Timespan, type Value, type Whole,
  wholeArithmetic,
} from "../values/index.js"; // prettier-ignore
import type { Warn } from "../warnings.js";
import { constantExpr, type Expr, folded } from "./expression.js";
import { readAs, widened } from "./implicit.js";
import { binary, unary } from "./map.js";

type Calculate = (a: Value, b: Value) => Value;

export function arithmeticExpr(node: Arithmetic, left: Expr, right: Expr, warn: Warn): Expr {
  if (isTimespan(left.type) || isTimespan(right.type)) return timeExpr(node, left, right, warn);
  const type = commonType(left.type, right.type) ?? left.type;
  if (left.type === "null" || right.type === "null") return constantExpr(type, null);
  const [a, b] = [widened(left, type), widened(right, type)];
  return folded({ type, run: binary(a, b, calculatorOf(node.operator, type), warn) }, [a, b]);
}

function calculatorOf(operator: Arithmetic["operator"], type: string): Calculate {
  const whole = wholeArithmetic(type);
  const calculate = whole === undefined ? DOUBLE[operator] : whole[WHOLE[operator]];
  return calculate as Calculate;
}

const WHOLE = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "%": "modulo",
} as const;

const DOUBLE: Readonly<Record<Arithmetic["operator"], (a: number, b: number) => number>> = {
  "+": (a, b) => finite(a + b),
  "-": (a, b) => finite(a - b),
  "*": (a, b) => finite(a * b),
  "/": (a, b) => finite(a / b, "/ by zero"),
  "%": (a, b) => finite(a % b, "/ by zero"),
};

/** A double that is neither infinite nor no number. */
export function finite(value: number, problem = `not a finite double number: ${value}`): number {
  if (Number.isFinite(value)) return value;
  throw arithmeticFailure(problem);
}

/** Spans of time with one another, and with times. */
function timeExpr(
  { operator, left: leftNode, right: rightNode }: Arithmetic,
  left: Expr,
  right: Expr,
  warn: Warn,
): Expr {
  const sign = operator === "-" ? -1 : 1;
  if (isTimespan(left.type) && isTimespan(right.type)) {
    const run = binary(left, right, (a, b) => addTimespans(a as Timespan, b as Timespan, sign), warn);
    return folded({ type: left.type, run }, [left, right]);
  }
  const [node, given, span] = isTimespan(left.type) ? [rightNode, right, left] : [leftNode, left, right];
  if (given.type === "null") return constantExpr("date", null);
  const time = isDate(given.type) ? given : readAs(node, given, "date");
  const move: Calculate =
    time.type === "date_nanos"
      ? (at, by) => addSpanToNanos(at as Whole, by as Timespan, sign)
      : (at, by) => addSpan(at as number, by as Timespan, sign);
  return folded({ type: time.type, run: binary(time, span, move, warn) }, [time, span]);
}

export function negationExpr(operand: Expr, warn: Warn): Expr {
  const { type } = operand;
  if (type === "null") return operand;
  const whole = wholeArithmetic(type);
  let negate: (value: Value) => Value = (value) => -(value as number);
  if (isTimespan(type)) negate = (value) => negateTimespan(value as Timespan);
  else if (whole !== undefined) negate = (value) => whole.subtract(0, value as Whole);
  return folded({ type, run: unary(operand, negate, warn) }, [operand]);
}
