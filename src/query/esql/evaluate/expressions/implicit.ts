/** What becomes of an expression where another type is asked for, without a conversion being written. */
import type { Expression } from "../../ast.js";
import { convertsBeside, literalTexts } from "../../check/literals.js";

import {
  type Cell,
  type Cells,
  cellOf,
  Failure,
  isMany,
  whole,
  type Value,
  valueFromText,
  valuesOf,
} from "../values/index.js";
import { NotRun } from "../not-run.js";
import { constantExpr, type Expr } from "./expression.js";

/** A text of the query beside an operand of the type: a value of it where texts are read as such. */
export function convertConstant(node: Expression, expr: Expr, beside: string): Expr {
  return convertsBeside(beside) ? readAs(node, expr, beside) : expr;
}

/** A text, or list of texts, of the query as values of the type. */
export function readAs(node: Expression, expr: Expr, type: string): Expr {
  if (literalTexts(node) === undefined || expr.constant === undefined) return expr;
  try {
    const values = valuesOf(expr.constant()).map((text) => valueFromText(text as string, type));
    return constantExpr(type, cellOf(values));
  } catch (error) {
    if (error instanceof Failure) throw new NotRun("the text", node, error.message);
    throw error;
  }
}

/** Values of a narrower type as those of a wider one: whole numbers as doubles, dates as nanoseconds. */
export function widened(expr: Expr, type: string): Expr {
  const convert = widening(expr.type, type);
  if (convert === undefined) return expr.type === type ? expr : { ...expr, type };
  const change = (cell: Cell): Cell =>
    cell === null ? null : isMany(cell) ? cell.map(convert) : convert(cell);
  const run = (page: Parameters<Expr["run"]>[0]): Cells => expr.run(page).map(change);
  const { constant } = expr;
  return constant === undefined ? { type, run } : { type, run, constant: () => change(constant()) };
}

function widening(from: string, to: string): ((value: Value) => Value) | undefined {
  if (to === "double" && (from === "long" || from === "unsigned_long")) return Number;
  // Also times that a `date_nanos` does not hold, so that they can be compared with it.
  return to === "date_nanos" && from === "date"
    ? (value) => whole(BigInt(value as number) * 1_000_000n)
    : undefined;
}
