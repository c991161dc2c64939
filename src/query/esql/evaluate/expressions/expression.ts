import type { EsqlType } from "../../check/types.js";
import { type Attribute, constantColumn, type Page } from "../table/index.js";
import type { Cell, Cells } from "../values/index.js";

/** A compiled expression: calculates a column of a page. */
export interface Expr {
  readonly type: EsqlType;
  /** Where it does not depend on the row: its cell. */
  readonly constant?: () => Cell;
  /** Where it is a column as it is. */
  readonly attribute?: Attribute;
  run(this: void, page: Page): Cells;
}

/** An expression of a known cell. */
export function constantExpr(type: EsqlType, cell: Cell): Expr {
  return {
    type,
    constant: () => cell,
    run: ({ size }) => constantColumn(cell, size).cells,
  };
}

const ONE_ROW: Page = { size: 1, columns: [] };

/** The expression as a constant that is calculated once, where nothing that it is made of depends on the row. */
export function folded(expr: Expr, parts: readonly Expr[]): Expr {
  if (parts.some(({ constant }) => constant === undefined)) return expr;
  let known: { readonly cell: Cell } | undefined;
  const constant = (): Cell => (known ??= { cell: expr.run(ONE_ROW)[0]! }).cell;
  return {
    type: expr.type,
    constant,
    run: ({ size }) => constantColumn(constant(), size).cells,
  };
}
