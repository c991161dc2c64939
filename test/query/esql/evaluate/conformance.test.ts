/** Every `.csv-spec` case of Elasticsearch's ES|QL suite that we have: columns, types, rows and warnings. */
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Document } from "../../../../src/query/esql/index.js";
import { run } from "../../../../src/query/esql/index.js";
import { conformanceFiles, conformanceFolder, describeConformance } from "../../../support/conformance.js";
import { comparable, readSpec, readTable, type SpecCase } from "./csv-spec.js";

/** Cases whose rows do not come out as Elasticsearch has them, and why. */
const MISSES: ReadonlyMap<string, string> = new Map([
  [
    "mv_expand/expandAfterSort1",
    "the rows that SORT leaves tied come in the order that Elasticsearch's heap gives them",
  ],
]);

/** Cases whose warnings are others, and why. */
const OTHER_WARNINGS: ReadonlyMap<string, string> = new Map([
  ["boolean/in", "Elasticsearch makes one condition of two WHEREs"],
  ["ints/notEqualToMultivalue", "Elasticsearch asks the index, and not the values"],
  ["ip/cdirMatchEqualsInsOrs", "Elasticsearch makes one condition of several on the same field"],
  ["ip/cidrMatchEqualsInsOrsIPs", "Elasticsearch makes one condition of several on the same field"],
  ["stats_first_last/Test retrieval of last long by timestamp", "the query was indented otherwise"],
]);

/** The documents and mappings of all data sets, as `run` takes them. */
function readData(): {
  indices: Record<string, Document[]>;
  mappings: Record<string, Record<string, string>>;
} {
  const tables = ["esql", "esql-run/data"]
    .flatMap((folder) => conformanceFiles(join(conformanceFolder, folder), ".csv"))
    .map(({ name, text }) => [name.replace(/^.*\//, "").replace(".csv", ""), readTable(text)] as const);
  return {
    indices: Object.fromEntries(tables.map(([name, { documents }]) => [name, documents])),
    mappings: Object.fromEntries(tables.map(([name, { mapping }]) => [name, mapping])),
  };
}

function resultOf(
  { query, columns, ignoreOrder }: SpecCase,
  data: ReturnType<typeof readData>,
  withWarnings: boolean,
): unknown {
  const result = run(query, { ...data, now: Date.UTC(2025, 0, 1) });
  if ("notRun" in result) return result;
  const rows = result.values.map((row) =>
    row.map((value, at) => comparable(value, result.columns[at]!.type)),
  );
  const isOrdered = /\bsort\b/i.test(query) && !ignoreOrder;
  return {
    columns: result.columns.map((column, at) => ({
      ...column,
      type: columns[at]?.type === "null" ? "null" : column.type,
    })),
    rows: isOrdered ? rows : sorted(rows),
    ...(withWarnings
      ? {
          warnings: result.warnings.filter((warning) => !warning.startsWith("No limit")).toSorted(),
        }
      : {}),
  };
}

function wanted({ query, columns, rows, warnings, ignoreOrder }: SpecCase, withWarnings: boolean): unknown {
  const isOrdered = /\bsort\b/i.test(query) && !ignoreOrder;
  return {
    columns,
    rows: (isOrdered ? rows : sorted(rows)).map((row) => row.map(near)),
    ...(withWarnings ? { warnings: warnings.toSorted() } : {}),
  };
}

const text = (row: readonly unknown[]): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
const sorted = <T extends readonly unknown[]>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));

/** Doubles may differ in the last digits. */
function near(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(near);
  return typeof value === "number" && !Number.isInteger(value)
    ? expect.closeTo(value, 9 - Math.ceil(Math.log10(Math.abs(value))))
    : value;
}

for (const folder of ["esql", "esql-run/cases"])
  describeConformance(`ES|QL runs as Elasticsearch: ${folder}`, folder, (path) => {
    const data = readData();
    // The cases of the other folder have no warnings.
    for (const file of conformanceFiles(path, ".csv-spec"))
      for (const spec of readSpec(file.text)) {
        const key = `${file.name.replace(/^.*\//, "").replace(".csv-spec", "")}/${spec.name}`;
        const reason = MISSES.get(key);
        const withWarnings = folder === "esql-run/cases" && !OTHER_WARNINGS.has(key);
        if (reason === undefined)
          it(key, () => expect(resultOf(spec, data, withWarnings)).toEqual(wanted(spec, withWarnings)));
        else
          it.fails(`${key}: ${reason}`, () =>
            expect(resultOf(spec, data, withWarnings)).toEqual(wanted(spec, withWarnings)),
          );
      }
  });
