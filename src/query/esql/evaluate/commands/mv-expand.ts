import type { MvExpand } from "../../ast.js";
import { Column, indexOf, type Page, selectRows, type Table, withColumns } from "../table/index.js";
import { type Cells, isMany } from "../values/index.js";
import { NotRun } from "../not-run.js";

/** `MV_EXPAND a`: a row for each value. */
export function runMvExpand({ column }: MvExpand, table: Table): Table {
  if (column.kind !== "column") throw new NotRun("a parameter", column);
  const at = indexOf(table.attributes, column.name);
  const pages = function* (): Generator<Page> {
    for (const page of table.pages) yield expanded(page, at);
  };
  return { attributes: table.attributes, pages: pages() };
}

function expanded(page: Page, at: number): Page {
  const { cells } = page.columns[at]!;
  const rows: number[] = [];
  const values: Cells = [];
  cells.forEach((cell, row) => {
    for (const value of isMany(cell) ? cell : [cell]) {
      rows.push(row);
      values.push(value);
    }
  });
  const repeated = selectRows(page, Int32Array.from(rows));
  return withColumns(
    repeated,
    repeated.columns.map((column, index) => (index === at ? new Column(values) : column)),
  );
}
