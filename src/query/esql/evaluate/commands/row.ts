import type { Row } from "../../ast.js";
import { columnName } from "../../check/names.js";
import { appended, Column, type Page, type Table } from "../table/index.js";
import { type Context, expressionOf } from "./context.js";

/** `ROW a = 1, b = "x"`: one row. */
export function runRow({ columns }: Row, context: Context): Table {
  const nothing: Table = { attributes: [], pages: [] };
  const page: Page = { size: 1, columns: [] };
  const made = columns.map((column) => {
    const { type, run } = expressionOf(column.value, nothing, context);
    return {
      attribute: { name: columnName(column), type },
      column: new Column(run(page)),
    };
  });
  const { attributes, sources } = appended(
    [],
    made.map(({ attribute }) => attribute),
  );
  return {
    attributes,
    pages: [
      {
        size: 1,
        columns: sources.map((source) => made[addedOf(source)]!.column),
      },
    ],
  };
}

/** All columns of a row are its own. */
const addedOf = (source: number | { readonly added: number }): number =>
  typeof source === "number" ? source : source.added;
