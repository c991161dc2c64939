import type { Row } from "../../ast.js";
import { columnName } from "../../check/names.js";
import { appended, Column, type Page, type Table, withColumns } from "../table/index.js";
import { type Context, expressionOf } from "./context.js";

/** `ROW a = 1, b = a`: one row. */
export function runRow({ columns }: Row, context: Context): Table {
  const empty: Page = { size: 1, columns: [] };
  let table: Table = { attributes: [], pages: [] };
  let page = empty;
  for (const column of columns) {
    const expr = expressionOf(column.value, table, context);
    const { attributes, sources } = appended(table.attributes, [
      { name: columnName(column), type: expr.type },
    ]);
    const added = new Column(expr.run(page));
    page = withColumns(
      page,
      sources.map((source) => (typeof source === "number" ? page.columns[source]! : added)),
    );
    table = { attributes, pages: [page] };
  }
  return table;
}
