import type { Eval, Order, Sort } from "../ast.js";
import type { Span } from "../../core/index.js";
import type { Context } from "./context.js";
import { typeOf } from "./expressions.js";
import { columnName } from "./names.js";
import { computed } from "./scope.js";
import { describeTypes, type EsqlType, isTimespan } from "./types.js";

/** `EVAL`: from left to right, each column sees those before it. */
export function checkEval(context: Context, { columns }: Eval): void {
  for (const column of columns) {
    const { constant, type } = typeOf(context, column.value);
    checkColumnType(context, type, column);
    context.scope.add(computed(columnName(column), type, constant));
  }
}

/** Spans of time are for calculating with, and are no values of a column. */
export function checkColumnType(context: Context, type: EsqlType, span: Span): void {
  if (isTimespan(type)) context.findings.add("esql/timespan-column", { command: context.command }, span);
}

/** Types that have no order. */
const UNSORTED: ReadonlySet<EsqlType> = new Set([
  "_source", "aggregate_metric_double", "cartesian_point", "cartesian_shape", "dense_vector", "geo_point",
  "geo_shape", "geohash", "geohex", "geotile",
]); // prettier-ignore

export function checkSort(context: Context, { orders }: Sort): void {
  for (const order of orders) checkOrder(context, order);
}

function checkOrder(context: Context, { value }: Order): void {
  const { type } = typeOf(context, value);
  if (UNSORTED.has(type)) context.findings.add("esql/not-sortable", { type: describeTypes([type]) }, value);
}
