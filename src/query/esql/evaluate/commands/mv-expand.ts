import type { MvExpand } from "../../ast.js";
import {
  Column,
  indexOf,
  type Page,
  PAGE_SIZE,
  selectRows,
  type Table,
  withColumns,
} from "../table/index.js";
import { type Cells, isMany } from "../values/index.js";
import { NotRun } from "../not-run.js";

/** `MV_EXPAND a`: a row for each value. */
export function runMvExpand({ column }: MvExpand, table: Table): Table {
  if (column.kind !== "column") throw new NotRun("a parameter", column);
  const at = indexOf(table.attributes, column.name);
  const pages = function* (): Generator<Page> {
    for (const page of table.pages) yield* expanded(page, at);
  };
  return { attributes: table.attributes, pages: pages() };
}

/** The rows of a page, once for each value; a page of them at a time, since a cell may have any number of values. */
function* expanded(page: Page, at: number): Generator<Page> {
  let rows: number[] = [];
  let values: Cells = [];
  const made = (): Page => {
    const repeated = selectRows(page, Int32Array.from(rows));
    const own = new Column(values);
    return withColumns(
      repeated,
      repeated.columns.map((other, index) => (index === at ? own : other)),
    );
  };
  for (const [row, cell] of page.columns[at]!.cells.entries()) {
    for (const value of isMany(cell) ? cell : [cell]) {
      rows.push(row);
      values.push(value);
      if (rows.length < PAGE_SIZE) continue;
      yield made();
      rows = [];
      values = [];
    }
  }
  if (rows.length > 0) yield made();
}
