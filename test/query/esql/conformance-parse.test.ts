/** Verdicts of other parsers on ES|QL queries, and queries that are known to be good. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check, parse, print, type Query } from "../../../src/query/esql/index.js";
import { conformanceFiles, describeConformance } from "../../support/conformance.js";
import { exampleQueries, ruleQueries, specQueries } from "./corpus.js";
import { withoutSpans } from "./without-spans.js";

interface ParseCase {
  readonly query: string;
  readonly valid: boolean;
  readonly errors?: readonly { readonly line: number; readonly col: number }[];
}

interface ErrorCase {
  readonly query: string;
  readonly ok: boolean;
  readonly level: "parse" | "verify";
  readonly error: { readonly line?: number; readonly column?: number };
}

const errorsOf = (query: string) => parse(query).diagnostics.filter(({ severity }) => severity === "error");
const lineOf = (query: string, offset: number): number => query.slice(0, offset).split("\n").length;
const load = <T>(file: string): T => JSON.parse(readFileSync(file, "utf8")) as T;

function expectSameAfterPrinting(ast: Query): void {
  const text = print(ast);
  const again = parse(text);
  expect(withoutSpans(again.ast)).toEqual(withoutSpans(ast));
  expect(print(again.ast)).toBe(text);
}

/** Strings of `parse-cases.json` that we judge otherwise, with the reason. */
const MISSES: ReadonlyMap<string, string> = new Map();

describeConformance("ES|QL: verdicts of Elastic's parser", "esql/parse-cases.json", (file) => {
  const { cases } = load<{ cases: readonly ParseCase[] }>(file);

  it.each(cases)("$query", ({ query, valid }) => {
    expect({ valid: errorsOf(query).length === 0 }).toEqual({ valid: MISSES.has(query) ? !valid : valid });
  });

  it("are met in 98 of 100", () => {
    expect(MISSES.size / cases.length).toBeLessThanOrEqual(0.02);
  });

  it("stand on the same line in 90 of 100", () => {
    const invalid = cases.filter(({ valid }) => !valid);
    const elsewhere = invalid.filter(
      ({ query, errors }) => lineOf(query, errorsOf(query)[0]?.start ?? -1) !== errors![0]!.line,
    );
    // A comma with nothing after it is found fault with itself, where Elastic's parser names the next line's pipe.
    expect(elsewhere.filter(({ query }) => errorsOf(query)[0]!.code !== "esql/nothing-after")).toEqual([]);
    expect(elsewhere.length / invalid.length).toBeLessThanOrEqual(0.1);
  });

  it.each(cases.filter(({ valid }) => valid))("printed and read again: $query", ({ query }) => {
    expectSameAfterPrinting(parse(query).ast);
  });
});

describeConformance("ES|QL: errors of Elasticsearch", "esql/errors.json", (file) => {
  const { cases } = load<{ cases: readonly ErrorCase[] }>(file);
  // Elasticsearch finds some of them while it parses, and we where the meaning is checked: by the grammar they are fine.
  it.each(cases.filter(({ level }) => level === "parse"))("$query is refused", ({ query, error }) => {
    const { ast, diagnostics } = parse(query);
    const [first] = [...diagnostics, ...check(ast)].filter(({ severity }) => severity === "error");
    expect(first).toBeDefined();
    if (error.line !== undefined) expect(lineOf(query, first!.start)).toBe(error.line);
  });

  it.each(cases.filter(({ level }) => level === "verify"))("$query parses", ({ query }) => {
    expect(errorsOf(query)).toEqual([]);
  });
});

describeConformance("ES|QL: examples of functions and commands", "esql/definitions-reduced.json", (file) => {
  const examples = exampleQueries(load(file))
    // Tables of data stand among the queries.
    .filter((text) => !/^\s*@timestamp\s*\|/.test(text))
    // They were cut out of csv-spec files, some with its final sign.
    .map((text) => text.replace(/\s*;\s*$/, ""));

  it("are there", () => expect(examples.length).toBeGreaterThan(300));

  it.each(examples)("%s", (query) => {
    const { ast, diagnostics } = parse(query);
    expect(diagnostics).toEqual([]);
    expectSameAfterPrinting(ast);
  });
});

describeConformance("ES|QL: queries with results", "esql", (folder) => {
  describe.each(conformanceFiles(folder, ".csv-spec"))("$name", ({ text }) => {
    it.each(specQueries(text))("$name", ({ query }) => {
      const { ast, diagnostics } = parse(query);
      expect(diagnostics).toEqual([]);
      expectSameAfterPrinting(ast);
    });
  });
});

describeConformance("ES|QL: rules", "rules", () => {
  const rules = ruleQueries();

  it("are there", () => expect(rules.length).toBeGreaterThan(20));

  it.each(rules)("$name", ({ query }) => {
    const { ast, diagnostics } = parse(query);
    expect(diagnostics).toEqual([]);
    expectSameAfterPrinting(ast);
  });
});
