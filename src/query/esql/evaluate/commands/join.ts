import type { Expression, Join } from "../../ast.js";
import { NotRun } from "../not-run.js";
import {
  type Attribute, Column, constantColumn, indexOf, joinPages, type Page, selectRows, type Table, withColumns,
} from "../table/index.js"; // prettier-ignore
import { type Cells, isMany, valuesOf } from "../values/index.js";
import { SEVERAL, type Warn } from "../warnings.js";
import { compile } from "../expressions/index.js";
import type { Context } from "./context.js";

/** Pairs of rows that a join by a condition may look at. */
const MOST_PAIRS = 10_000_000;

/** For the rows of a page: which of them, and with which rows of the other table (-1: with none). */
interface Pairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** `LOOKUP JOIN index ON key`: every row, once for each row of the index that has its key. */
export function runJoin(join: Join, table: Table, context: Context): Table {
  const right = lookupTable(join, context);
  const keys = join.on.every(({ kind }) => kind === "column")
    ? join.on.map((key) => (key.kind === "column" ? key.name : ""))
    : undefined;
  const added = right.attributes.filter(({ name }) => keys?.includes(name) !== true);
  const names = new Set(added.map(({ name }) => name));
  const kept = table.attributes.flatMap(({ name }, at) => (names.has(name) ? [] : [at]));
  const attributes = [...kept.map((at) => table.attributes[at]!), ...added];
  const other = joinPages([...right.pages], right.attributes.length);
  const places = added.map(({ name }) => indexOf(right.attributes, name));
  const find =
    keys === undefined
      ? byCondition(join, table, right.attributes, other, context)
      : byKeys(keys, table, right.attributes, other, context.environment.warnings.of(join));
  const pages = function* (): Generator<Page> {
    for (const page of table.pages) {
      const { left, right: rows } = find(page);
      const own = selectRows(page, left);
      yield withColumns(own, [
        ...kept.map((at) => own.columns[at]!),
        ...places.map(
          (at) =>
            new Column(() => Array.from(rows, (row) => (row < 0 ? null : other.columns[at]!.cells[row]!))),
        ),
      ]);
    }
  };
  return { attributes, pages: pages() };
}

function lookupTable(join: Join, context: Context): Table {
  const found = context.indices.resolve(join.index.text);
  if ("unknown" in found) throw new NotRun("LOOKUP JOIN", join, `there is no index ${found.unknown}`);
  const index = join.index;
  return context.pipeline({ start: join.start, end: join.end, commands: [], source: { kind: "from", start: join.start, end: join.end, targets: [index], metadata: [] } }); // prettier-ignore
}

/** Looks rows up by the values of columns of the same names. */
function byKeys(
  keys: readonly string[],
  table: Table,
  attributes: readonly Attribute[],
  other: Page,
  warn: Warn,
): (page: Page) => Pairs {
  const own = keys.map((key) => indexOf(table.attributes, key));
  const rights = keys.map((key) => other.columns[indexOf(attributes, key)]!.cells);
  const rowsByKey = new Map<unknown, number[]>();
  rights[0]!.forEach((cell, row) => {
    for (const value of valuesOf(cell)) {
      const rows = rowsByKey.get(value);
      if (rows === undefined) rowsByKey.set(value, [row]);
      else rows.push(row);
    }
  });
  return (page) => {
    const lefts = own.map((at) => page.columns[at]!.cells);
    return pairsOf(page.size, (row) => {
      const values = lefts.map((cells) => cells[row]!);
      if (values.some(isMany)) {
        warn(SEVERAL);
        return [];
      }
      const rows = rowsByKey.get(values[0]) ?? [];
      return rows.filter((at) =>
        values.every((value, key) => value !== null && valuesOf(rights[key]![at]!).includes(value as never)),
      );
    });
  };
}

/** Looks rows up by a condition on both. */
function byCondition(
  { on }: Join,
  table: Table,
  attributes: readonly Attribute[],
  other: Page,
  { environment }: Context,
): (page: Page) => Pairs {
  const all = [...table.attributes, ...attributes];
  const tests = on.map((node: Expression) => compile(node, { attributes: all, environment }));
  return (page) => {
    if (page.size * other.size > MOST_PAIRS)
      throw new NotRun("LOOKUP JOIN", on[0]!, "it compares too many rows");
    const rightRows = Int32Array.from({ length: other.size }, (_, row) => row);
    const right = selectRows(other, rightRows);
    return pairsOf(page.size, (row) => {
      const lefts = page.columns.map((column) => constantColumn(column.cells[row]!, other.size));
      const pairs: Page = {
        size: other.size,
        columns: [...lefts, ...right.columns],
      };
      const results: Cells[] = tests.map(({ run }) => run(pairs));
      return [...rightRows].filter((at) => results.every((cells) => cells[at] === true));
    });
  };
}

function pairsOf(size: number, matchesOf: (row: number) => readonly number[]): Pairs {
  const left: number[] = [];
  const right: number[] = [];
  for (let row = 0; row < size; row++) {
    const matches = matchesOf(row);
    for (const match of matches.length === 0 ? [-1] : matches) {
      left.push(row);
      right.push(match);
    }
  }
  return { left: Int32Array.from(left), right: Int32Array.from(right) };
}
