/**
 * What Elasticsearch says of queries: those that it refuses after reading them, with places; those that run, with the
 * columns that come out; the examples of its functions; and rules that others wrote.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { ecsFields, type Fields, fieldsOf } from "../../../src/fields/index.js";
import { check, checkRule, columnsOf, parse } from "../../../src/query/esql/index.js";
import { conformanceFiles, describeConformance } from "../../support/conformance.js";

interface Place {
  readonly line?: number;
  readonly column?: number;
  readonly message?: string;
  readonly messageContains?: string;
}

interface Refused {
  readonly query: string;
  readonly level: "parse" | "verify";
  readonly index?: string;
  readonly error: Place;
  readonly errors?: readonly Place[];
}

/** Where we mark something else than Elasticsearch, and why. */
const ELSEWHERE: readonly (readonly [query: RegExp, reason: string])[] = [
  [/^row a = "foo" \| GROK a "\(\?P</, "the group within the pattern is marked, not the command"],
  [
    /^row a = 1 metadata _index$/,
    "the parser marks the word before, which makes no span of time with the number",
  ],
];

const errorsIn = (query: string, fields?: Fields): { start: number; message: string }[] => {
  const { ast, diagnostics } = parse(query);
  const found = [...diagnostics, ...check(ast, fields === undefined ? {} : { fields })];
  return found.filter(({ severity }) => severity === "error");
};

/** Line and column, both from 1. */
const placeOf = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${before[before.length - 1]!.length + 1}`;
};

/** The fields that the head of a data file declares. */
const fieldsOfCsv = (folder: string, file: string): Fields => {
  const head = readFileSync(join(folder, file), "utf8").split("\n", 1)[0]!.trim();
  return fieldsOf(Object.fromEntries(head.split(",").map((cell) => cell.split(":") as [string, string])));
};

/** Cases of a csv-spec file: the query, and the head of its result. */
const casesOf = (text: string): { name: string; query: string; columns: string[] }[] => {
  const blocks = text.replaceAll(/^\/\/.*\n/gm, "").matchAll(/^(\w+)\n([^]*?);\s*\n\n(.+)\n[^]*?^;/gm);
  return [...blocks].map(([, name = "", query = "", head = ""]) => ({
    name,
    query,
    columns: head.split("|").map((cell) => cell.trim().replace(/:datetime$/, ":date")),
  }));
};

describeConformance("ES|QL queries that are refused", "esql", (folder) => {
  const { cases } = JSON.parse(readFileSync(join(folder, "errors.json"), "utf8")) as { cases: Refused[] };
  const fieldsFor = (index: string | undefined): Fields | undefined => {
    if (index === undefined) return undefined;
    if (index === "employees") return fieldsOfCsv(folder, "employees.csv");
    return fieldsOf({ unsupported: "flattened", multi_typed: { esTypes: ["ip", "keyword"] } });
  };
  it.each(cases.map(({ query }, index) => [query, index] as const))("%s", (_, index) => {
    const { error, errors = [error], query, index: source } = cases[index]!;
    const places = errorsIn(query, fieldsFor(source)).map(({ start }) => placeOf(query, start));
    expect(places).not.toEqual([]);
    if (ELSEWHERE.some(([pattern]) => pattern.test(query))) return;
    const wanted = errors.flatMap(({ column, line }) => (line === undefined ? [] : [`${line}:${column}`]));
    expect(places).toEqual(expect.arrayContaining(wanted));
  });
});

describeConformance("ES|QL queries that run", "esql", (folder) => {
  const tables = [
    ["employees-cases", "employees.csv", 82],
    ["hosts-cases", "hosts.csv", 10],
    ["row-cases", undefined, 30],
    ["row-cases-2", undefined, 136],
  ] as const;
  describe.each(tables)("%s", (name, data, count) => {
    const cases = casesOf(readFileSync(join(folder, `${name}.csv-spec`), "utf8"));
    const options = data === undefined ? {} : { fields: fieldsOfCsv(folder, data) };

    it("are all there", () => {
      expect(cases).toHaveLength(count);
    });

    it.each(cases)("$name", ({ columns, query }) => {
      const { ast, diagnostics } = parse(query);
      expect([...diagnostics, ...check(ast, options)]).toEqual([]);
      expect(columnsOf(ast, options).map(({ name: column, type }) => `${column}:${type}`)).toEqual(columns);
    });
  });
});

describeConformance("examples of functions", "esql", (folder) => {
  const text = readFileSync(join(folder, "definitions-reduced.json"), "utf8");
  const { functions } = JSON.parse(text) as { functions: { name: string; examples?: string[] }[] };
  it.each(functions.map(({ examples = [], name }) => [name, examples] as const))("%s", (_, examples) => {
    for (const example of examples) {
      // Some examples show their data above the query, and some end in a semicolon.
      const query = example.replace(/^\s+@timestamp[^]*?(?=^from\b)/im, "").replace(/;\s*$/, "");
      expect(errorsIn(query), query).toEqual([]);
    }
  });
});

describeConformance("ES|QL of real rules", "rules", (folder) => {
  const queries = conformanceFiles(folder, ".toml").flatMap(({ name, text }) => {
    const { rule } = parseToml(text) as { rule: { type: string; query: string } };
    return rule.type === "esql" ? [[name, rule.query] as const] : [];
  });

  it.each(queries)("%s", (_, query) => {
    expect(errorsIn(query, ecsFields())).toEqual([]);
    expect(checkRule(parse(query).ast)).toEqual([]);
  });
});
