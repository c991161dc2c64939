import type { Assignment, Eval } from "../../ast.js";
import { columnName } from "../../check/names.js";
import {
  appended,
  type Attribute,
  ComputedColumn,
  type Page,
  type Table,
  withColumns,
} from "../table/index.js";
import type { Expr } from "../expressions/index.js";
import { type Context, expressionOf } from "./context.js";

/** `EVAL a = b + 1, c = a * 2`: from left to right, each column sees those before it. */
export function runEval({ columns }: Eval, table: Table, context: Context): Table {
  return columns.reduce((before, column) => evaluated(before, column, context), table);
}

/** The table with one more column. */
function evaluated(table: Table, column: Assignment, context: Context): Table {
  const expr = expressionOf(column.value, table, context);
  const name = columnName(column);
  return withComputed(table, [{ attribute: attributeOf(name, expr), expr }]);
}

/** What an expression makes under a name; a column as it is keeps what it stands for. */
export function attributeOf(name: string, expr: Expr): Attribute {
  return expr.attribute === undefined ? { name, type: expr.type } : { ...expr.attribute, name };
}

/** The table with computed columns at the end. They are calculated when they are needed. */
export function withComputed(
  table: Table,
  computed: readonly { readonly attribute: Attribute; readonly expr: Expr }[],
): Table {
  const { attributes, sources } = appended(
    table.attributes,
    computed.map(({ attribute }) => attribute),
  );
  const pages = function* (): Generator<Page> {
    for (const page of table.pages) {
      const added = computed.map(({ expr }) => new ComputedColumn(page, expr.run));
      yield withColumns(
        page,
        sources.map((source) => (typeof source === "number" ? page.columns[source]! : added[source.added]!)),
      );
    }
  };
  return { attributes, pages: pages() };
}
