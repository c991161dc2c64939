import type { Comparison } from "../../ast.js";
import { commonType } from "../../check/types.js";
import { orderOf, type Value } from "../values/index.js";
import type { Warn } from "../warnings.js";
import { constantExpr, type Expr, folded } from "./expression.js";
import { widened } from "./implicit.js";
import { binary } from "./map.js";

type Operator = Comparison["operator"];

export function comparisonExpr({ operator }: Comparison, left: Expr, right: Expr, warn: Warn): Expr {
  if (left.type === "null" || right.type === "null") return constantExpr("boolean", null);
  const type = commonType(left.type, right.type) ?? left.type;
  const [a, b] = [widened(left, type), widened(right, type)];
  return folded({ type: "boolean", run: binary(a, b, comparerOf(operator, type), warn) }, [a, b]);
}

/** Whether two values of a type compare so. */
export function comparerOf(operator: Operator, type: string): (a: Value, b: Value) => boolean {
  if (operator === "==") return (a, b) => a === b;
  if (operator === "!=") return (a, b) => a !== b;
  return type === "keyword" || type === "text" || type === "version"
    ? byOrder(operator, type)
    : natively(operator);
}

function natively(operator: Operator): (a: Value, b: Value) => boolean {
  switch (operator) {
    case "<":
      return (a, b) => a < b;
    case "<=":
      return (a, b) => a <= b;
    case ">":
      return (a, b) => a > b;
    default:
      return (a, b) => a >= b;
  }
}

function byOrder(operator: Operator, type: string): (a: Value, b: Value) => boolean {
  const compare = orderOf(type);
  switch (operator) {
    case "<":
      return (a, b) => compare(a, b) < 0;
    case "<=":
      return (a, b) => compare(a, b) <= 0;
    case ">":
      return (a, b) => compare(a, b) > 0;
    default:
      return (a, b) => compare(a, b) >= 0;
  }
}
