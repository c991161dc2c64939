import type { ColumnPattern, ColumnSelector, Rename, Selection } from "../../ast.js";
import { compileWildcard } from "../../../match/index.js";
import { NotRun } from "../not-run.js";
import { type Attribute, type Page, type Table, withColumns } from "../table/index.js";

/** The table with some of its columns, by their numbers, perhaps under other names. */
function project(
  { pages }: Table,
  columns: readonly { readonly attribute: Attribute; readonly from: number }[],
): Table {
  const projected = function* (): Generator<Page> {
    for (const page of pages)
      yield withColumns(
        page,
        columns.map(({ from }) => page.columns[from]!),
      );
  };
  return {
    attributes: columns.map(({ attribute }) => attribute),
    pages: projected(),
  };
}

/** `KEEP a, b*, *`: in this order; a name counts before a pattern, and a pattern before `*`. */
export function runKeep({ columns }: Selection, table: Table): Table {
  const kept = new Map<number, number>();
  for (const selector of columns) {
    const rank = rankOf(selector);
    for (const at of matching(selector, table.attributes)) {
      if ((kept.get(at) ?? rank) < rank) continue;
      kept.delete(at);
      kept.set(at, rank);
    }
  }
  return project(
    table,
    [...kept.keys()].map((from) => ({
      attribute: table.attributes[from]!,
      from,
    })),
  );
}

/** `DROP a, b*` */
export function runDrop({ columns }: Selection, table: Table): Table {
  const gone = new Set(columns.flatMap((selector) => matching(selector, table.attributes)));
  return project(
    table,
    table.attributes.flatMap((attribute, from) => (gone.has(from) ? [] : [{ attribute, from }])),
  );
}

/** `RENAME a AS b, c = d`: from left to right; a column that had the new name goes. */
export function runRename({ renamings }: Rename, table: Table): Table {
  let columns = table.attributes.map((attribute, from) => ({
    attribute,
    from,
  }));
  for (const { from, to } of renamings) {
    const [old, name] = [nameOf(from), nameOf(to)];
    if (old === name || !columns.some(({ attribute }) => attribute.name === old)) continue;
    columns = columns
      .filter(({ attribute }) => attribute.name !== name)
      .map((column) =>
        column.attribute.name === old ? { ...column, attribute: { ...column.attribute, name } } : column,
      );
  }
  return project(table, columns);
}

function rankOf(selector: ColumnSelector): number {
  if (selector.kind !== "pattern") return 1;
  return isAll(selector) ? 3 : 2;
}

const isAll = ({ pieces }: ColumnPattern): boolean => pieces.length === 1 && typeof pieces[0] !== "string";

function matching(selector: ColumnSelector, attributes: readonly Attribute[]): number[] {
  const matches =
    selector.kind === "pattern"
      ? compileWildcard(selector.pieces)
      : (name: string) => name === nameOf(selector);
  return attributes.flatMap(({ name }, at) => (matches(name) ? [at] : []));
}

function nameOf(selector: ColumnSelector): string {
  if (selector.kind === "column") return selector.name;
  throw new NotRun("a parameter", selector);
}
