import type { Fork } from "../../ast.js";
import type { Table } from "../table/index.js";
import { appended, constantColumn, type Page, withColumns } from "../table/index.js";
import type { Context } from "./context.js";
import { limited } from "./limit.js";
import { concatenated } from "./union.js";

/** A branch without `LIMIT` gives so many rows. */
const BRANCH_LIMIT = 1_000;

/** `FORK (…) (…)`: the rows of each branch, with its number in `_fork`. */
export function runFork({ branches }: Fork, table: Table, context: Context): Table {
  const held = [...table.pages];
  const results = branches.map(({ commands }, at) => {
    const input: Table = { attributes: table.attributes, pages: held };
    const result = context.commands(commands, input);
    const isLimited = commands.some(({ kind }) => kind === "limit");
    const pages = isLimited ? result.pages : limited(result.pages, BRANCH_LIMIT);
    return numbered({ attributes: result.attributes, pages }, `fork${at + 1}`);
  });
  return concatenated(results);
}

function numbered(table: Table, name: string): Table {
  const { attributes, sources } = appended(table.attributes, [{ name: "_fork", type: "keyword" }]);
  const pages = function* (): Generator<Page> {
    for (const page of table.pages) {
      const own = constantColumn(name, page.size);
      yield withColumns(
        page,
        sources.map((source) => (typeof source === "number" ? page.columns[source]! : own)),
      );
    }
  };
  return { attributes, pages: pages() };
}
