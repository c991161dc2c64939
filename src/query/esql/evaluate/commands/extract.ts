import type { Dissect, Expression, Grok } from "../../ast.js";
import { NotRun } from "../not-run.js";
import { compileDissect, compileGrok, PatternError } from "../patterns/index.js";
import { appended, type Attribute, Column, type Page, type Table, withColumns } from "../table/index.js";
import { type Cells, cellOf, cellsOf, Failure, type Value, valuesOf } from "../values/index.js";
import type { Warn } from "../warnings.js";
import type { Expr } from "../expressions/index.js";
import { type Context, expressionOf } from "./context.js";

/** What takes a text apart into the values of the columns, in their order; undefined where it does not fit. */
type Extract = (text: string) => readonly (readonly Value[])[] | undefined;

/** `DISSECT a "%{b} %{c}"` */
export function runDissect({ input, pattern, options }: Dissect, table: Table, context: Context): Table {
  const separator = options.find(({ name }) => name === "append_separator");
  const dissect = compileDissect(textOf(pattern), separator === undefined ? "" : textOf(separator.value));
  const columns = dissect.names.map((name): Attribute => ({
    name,
    type: "keyword",
  }));
  return extracted(table, input, columns, (text) => dissect.extract(text)?.map((value) => [value]), context);
}

/** `GROK a "%{WORD:b}", …`: the first pattern that fits counts. */
export function runGrok({ input, patterns }: Grok, table: Table, context: Context): Table {
  const compiled = patterns.map((pattern) => {
    try {
      return compileGrok(textOf(pattern));
    } catch (error) {
      if (error instanceof PatternError) throw new NotRun("GROK", pattern, error.message);
      throw error;
    }
  });
  const byName = new Map(compiled.flatMap(({ columns }) => columns).map((column) => [column.name, column]));
  const columns = [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const places = compiled.map((each) =>
    columns.map(({ name }) => each.columns.findIndex((own) => own.name === name)),
  );
  const extract: Extract = (text) => {
    for (const [at, each] of compiled.entries()) {
      const values = each.extract(text);
      if (values !== undefined) return places[at]!.map((place) => (place < 0 ? [] : values[place]!));
    }
    return undefined;
  };
  return extracted(table, input, columns, extract, context);
}

/** The text of a literal. */
function textOf(node: Expression): string {
  if (node.kind === "literal" && typeof node.value === "string") return node.value;
  throw new NotRun("a pattern", node, "it is not written as a text");
}

function extracted(
  table: Table,
  input: Expression,
  columns: readonly Attribute[],
  extract: Extract,
  context: Context,
): Table {
  const expr = expressionOf(input, table, context);
  const warn = context.environment.warnings.of(input);
  const { attributes, sources } = appended(table.attributes, columns);
  const pages = function* (): Generator<Page> {
    for (const page of table.pages) {
      let known: Cells[] | undefined;
      const cells = (at: number): Cells =>
        (known ??= extractAll(expr, page, columns.length, extract, warn))[at]!;
      const made = columns.map((_, at) => new Column(() => cells(at)));
      yield withColumns(
        page,
        sources.map((source) => (typeof source === "number" ? page.columns[source]! : made[source.added]!)),
      );
    }
  };
  return { attributes, pages: pages() };
}

/** The cells of all columns. Of several texts, the values of all of them. */
function extractAll(expr: Expr, page: Page, width: number, extract: Extract, warn: Warn): Cells[] {
  const columns: Cells[] = Array.from({ length: width }, () => cellsOf(page.size, null));
  expr.run(page).forEach((cell, row) => {
    const found = (valuesOf(cell) as string[]).flatMap((text) => attempt(text, extract, warn));
    if (found.length === 0) return;
    columns.forEach((column, at) => (column[row] = cellOf(found.flatMap((values) => values[at]!))));
  });
  return columns;
}

function attempt(text: string, extract: Extract, warn: Warn): (readonly (readonly Value[])[])[] {
  try {
    const values = extract(text);
    return values === undefined ? [] : [values];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    warn(error);
    return [];
  }
}
