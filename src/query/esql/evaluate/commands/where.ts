import type { Where } from "../../ast.js";
import { type Page, selectRows, type Table } from "../table/index.js";
import type { Cells } from "../values/index.js";
import { type Context, expressionOf } from "./context.js";

/** `WHERE condition`: rows for which it is true; null is not. */
export function runWhere({ condition }: Where, table: Table, context: Context): Table {
  const { run } = expressionOf(condition, table, context);
  return { attributes: table.attributes, pages: filtered(table.pages, run) };
}

function* filtered(pages: Iterable<Page>, run: (page: Page) => Cells): Generator<Page> {
  for (const page of pages) {
    const rows = rowsThatAreTrue(run(page));
    if (rows.length === page.size) yield page;
    else if (rows.length > 0) yield selectRows(page, rows);
  }
}

/** The rows whose cell is true. */
function rowsThatAreTrue(cells: Cells): Int32Array {
  const rows = new Int32Array(cells.length);
  let count = 0;
  for (let row = 0; row < cells.length; row++) if (cells[row] === true) rows[count++] = row;
  return rows.subarray(0, count);
}
