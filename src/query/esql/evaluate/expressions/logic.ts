/** Conditions of three values: true, false and null, which is unknown. */
import { type Cells, type Value } from "../values/index.js";
import type { Warn } from "../warnings.js";
import { type Expr, folded } from "./expression.js";
import { unary } from "./map.js";
import { isMany } from "../values/index.js";

/** `AND` is false where one operand is, `OR` true where one is; else null where one is null. */
export function junctionExpr(kind: "and" | "or", operands: readonly Expr[]): Expr {
  const decisive = kind === "or";
  const run: Expr["run"] = (page) => {
    const [first, ...others] = operands.map((operand) => operand.run(page));
    const cells: Cells = first!.slice();
    for (const other of others) {
      for (let row = 0; row < cells.length; row++) {
        if (cells[row] === decisive) continue;
        const cell = other[row]!;
        if (cell === decisive || cell === null) cells[row] = cell;
        else if (typeof cell === "object" || typeof cells[row] === "object") cells[row] = null;
      }
    }
    for (let row = 0; row < cells.length; row++) if (isMany(cells[row]!)) cells[row] = null;
    return cells;
  };
  return folded({ type: "boolean", run }, operands);
}

export function notExpr(operand: Expr, warn: Warn): Expr {
  const run = unary(operand, (value: Value) => !(value as boolean), warn);
  return folded({ type: "boolean", run }, [operand]);
}
