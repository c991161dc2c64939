import type { ColumnSelector, Enrich } from "../../ast.js";
import { inCidr, parseCidr, parseIp } from "../../../match/index.js";
import { NotRun } from "../not-run.js";
import {
  appended,
  type Attribute,
  Column,
  indexOf,
  joinPages,
  type Page,
  type Table,
  withColumns,
} from "../table/index.js";
import { type Cell, cellOf, printAddress, textOfValue, type Value, valuesOf } from "../values/index.js";
import type { Context, EnrichPolicy } from "./context.js";

/** `ENRICH policy ON a WITH b = c`: adds what the policy has for the value; several rows give several values. */
export function runEnrich(enrich: Enrich, table: Table, context: Context): Table {
  const policy = context.policies.get(enrich.policy);
  if (policy === undefined) throw new NotRun("ENRICH", enrich, `there is no policy ${enrich.policy}`);
  const data = dataOf(policy, enrich, context);
  const page = joinPages([...data.pages], data.attributes.length);
  const on = enrich.on === undefined ? policy.matchField : nameOf(enrich.on);
  const wanted =
    enrich.with.length > 0
      ? enrich.with.map(({ field, target }) => ({
          field: nameOf(field),
          name: nameOf(target ?? field),
        }))
      : policy.enrichFields.map((field) => ({ field, name: field }));
  const columns = wanted.map(({ field, name }): Attribute & { at: number } => {
    const at = indexOf(data.attributes, field);
    if (at < 0) throw new NotRun("ENRICH", enrich, `policy ${enrich.policy} has no field ${field}`);
    return { name, type: data.attributes[at]!.type, at };
  });
  const left = indexOf(table.attributes, on);
  const find = finder(policy, data.attributes, page, table.attributes[left]!.type);
  const { attributes, sources } = appended(
    table.attributes,
    columns.map(({ name, type }) => ({ name, type })),
  );
  const pages = function* (): Generator<Page> {
    for (const own of table.pages) {
      const matches = own.columns[left]!.cells.map(find);
      const made = columns.map(
        ({ at }) =>
          new Column(() =>
            matches.map((rows) => cellOf(rows.flatMap((row) => valuesOf(page.columns[at]!.cells[row]!)))),
          ),
      );
      yield withColumns(
        own,
        sources.map((source) => (typeof source === "number" ? own.columns[source]! : made[source.added]!)),
      );
    }
  };
  return { attributes, pages: pages() };
}

function dataOf({ index }: EnrichPolicy, { start, end }: Enrich, context: Context): Table {
  const span = { start, end };
  return context.pipeline({ ...span, commands: [], source: { ...span, kind: "from", targets: [{ ...span, kind: "index", text: index }], metadata: [] } }); // prettier-ignore
}

/** The rows of the policy's data that a cell matches. */
function finder(
  { matchField, type = "match" }: EnrichPolicy,
  attributes: readonly Attribute[],
  page: Page,
  given: string,
): (cell: Cell) => readonly number[] {
  const at = indexOf(attributes, matchField);
  const { cells } = page.columns[at]!;
  const textOf = textOfValue(attributes[at]!.type);
  const textOfGiven = textOfValue(given);
  if (type === "range") {
    const blocks = cells.flatMap((cell, row) =>
      (valuesOf(cell) as Value[]).map((value) => ({
        row,
        block: parseCidr(textOf(value)),
      })),
    );
    return (cell) =>
      valuesOf(cell).flatMap((value) => {
        const ip = parseIp(given === "ip" ? printAddress(value as string) : textOfGiven(value));
        return blocks.flatMap(({ row, block }) =>
          ip !== undefined && block !== undefined && inCidr(ip, block) ? [row] : [],
        );
      });
  }
  const rows = new Map<string, number[]>();
  cells.forEach((cell, row) => {
    for (const value of valuesOf(cell)) rows.set(textOf(value), [...(rows.get(textOf(value)) ?? []), row]);
  });
  return (cell) => [...new Set(valuesOf(cell).flatMap((value) => rows.get(textOfGiven(value)) ?? []))];
}

function nameOf(selector: ColumnSelector): string {
  if (selector.kind === "column") return selector.name;
  throw new NotRun("ENRICH", selector, "it does not run with a pattern or a parameter");
}
