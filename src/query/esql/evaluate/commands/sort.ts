import type { Sort } from "../../ast.js";
import { type Expr } from "../expressions/index.js";
import { joinPages, type Page, selectRows, type Table } from "../table/index.js";
import { type Cells, type Compare, leastOf, orderOf, type Value } from "../values/index.js";
import { type Context, expressionOf } from "./context.js";

interface Key {
  readonly expr: Expr;
  readonly compare: Compare;
  readonly nullsFirst: boolean;
}

/** Rows that are held beyond those that will be kept, before the others are thrown away. */
const SLACK = 16_384;

/** `SORT a DESC NULLS LAST, b`. With `most` only so many rows are asked for, and not many more are held. */
export function runSort({ orders }: Sort, table: Table, context: Context, most = Infinity): Table {
  const keys = orders.map(({ value, direction, nulls }): Key => {
    const expr = expressionOf(value, table, context);
    const order = orderOf(expr.type);
    const isDescending = direction === "desc";
    return {
      expr,
      compare: isDescending ? (a, b) => order(b, a) : order,
      nullsFirst: nulls === undefined ? isDescending : nulls === "first",
    };
  });
  return { attributes: table.attributes, pages: sorted(table, keys, most) };
}

function* sorted({ pages, attributes }: Table, keys: readonly Key[], most: number): Generator<Page> {
  let held: Page[] = [];
  let count = 0;
  for (const page of pages) {
    held.push(page);
    count += page.size;
    if (count <= most + SLACK) continue;
    const best = inOrder(joinPages(held, attributes.length), keys, most);
    held = [best];
    count = best.size;
  }
  if (count > 0) yield inOrder(joinPages(held, attributes.length), keys, most);
}

/** The rows of a page in order. Of several values the outermost counts. Equal rows stay as they are. */
function inOrder(page: Page, keys: readonly Key[], most: number): Page {
  const columns = keys.map(({ expr, compare }): (Value | null)[] => firstOfEach(expr.run(page), compare));
  const rows = Int32Array.from({ length: page.size }, (_, row) => row).sort((a, b) => {
    for (let key = 0; key < keys.length; key++) {
      const order = compareCells(columns[key]![a]!, columns[key]![b]!, keys[key]!);
      if (order !== 0) return order;
    }
    return a - b;
  });
  return selectRows(page, most < rows.length ? rows.slice(0, most) : rows);
}

function firstOfEach(cells: Cells, compare: Compare): (Value | null)[] {
  return cells.map((cell) => leastOf(cell, compare));
}

function compareCells(a: Value | null, b: Value | null, { compare, nullsFirst }: Key): number {
  if (a === null || b === null) return a === b ? 0 : (a === null) === nullsFirst ? -1 : 1;
  return compare(a, b);
}
