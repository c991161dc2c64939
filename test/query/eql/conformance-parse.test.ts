/**
 * Elasticsearch's own cases of its EQL parser and verifier, and real rules: what is accepted, what is refused, and where.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { ecsFields, fieldsOf } from "../../../src/fields/index.js";
import { check, type CheckOptions, parse, print } from "../../../src/query/eql/index.js";
import { conformanceFiles, describeConformance } from "../../support/conformance.js";
import { losses, misspellings } from "../support/fuzz.js";
import { conditionOf, placeOf, withoutSpans } from "./support.js";

interface Case {
  readonly query: string;
  readonly ok: boolean;
  readonly level: "parse" | "verify" | "plan";
  readonly entry?: "expression" | "statement";
  readonly mapping?: string;
  readonly error?: { readonly line?: number; readonly column?: number; readonly message?: string };
}

const read = <T>(folder: string, name: string): T =>
  JSON.parse(readFileSync(join(folder, name), "utf8")) as T;

/** The errors of a query: of its parse, and of its check where there are options. */
function errorsOf(text: string, options?: CheckOptions): { code: string; start: number; end: number }[] {
  const { ast, diagnostics } = parse(text);
  const found = [...diagnostics, ...(options === undefined ? [] : check(ast, options))];
  return found.filter(({ severity }) => severity === "error");
}

const codesOf = (text: string, options?: CheckOptions): string[] =>
  errorsOf(text, options).map(({ code }) => code);

function expectSamePrinted(text: string): void {
  const { ast } = parse(text);
  const again = parse(print(ast));
  expect(again.diagnostics).toEqual([]);
  expect(withoutSpans(again.ast)).toEqual(withoutSpans(ast));
}

/** `"hostname": "text + hostname.keyword"` is how the cases say that a text has a keyword beside it. */
function mappingOf(types: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(types).flatMap(([name, said]) => {
    const [type = "", exact] = said.split(" + ");
    return [
      [name, type.split(" ")[0]!] as const,
      ...(exact === undefined ? [] : [[exact, "keyword"] as const]),
    ];
  });
  return Object.fromEntries(entries);
}

/** A search fails on what the verifier lets pass: a number cannot be compared with such a text. */
const FAILS_LATER: ReadonlySet<string> = new Set(['process where serial_event_id == "abcdef"']);

describeConformance("EQL that Elasticsearch accepts", "eql", (folder) => {
  const { mappings } = read<{ mappings: Record<string, Record<string, string>> }>(folder, "errors.json");
  const fields = fieldsOf(mappingOf(mappings.default!));
  const supported = read<Case[]>(folder, "supported.json");

  it.each(supported)("parses: $query", ({ query }) => {
    expect(codesOf(query)).toEqual([]);
    expectSamePrinted(query);
  });

  // The other mappings are not among the cases.
  it.each(supported.filter(({ level, mapping }) => level === "verify" && mapping === "default"))(
    "means something: $query",
    ({ query }) => {
      expect(codesOf(query, { fields })).toEqual(FAILS_LATER.has(query) ? ["field/type-mismatch"] : []);
    },
  );

  it.each(["test_queries.json", "test_missing_events.json", "test_sample.json"])(
    "runs: the queries of %s",
    (name) => {
      for (const { query } of read<{ cases: { query: string }[] }>(folder, name).cases) {
        expect({ query, errors: codesOf(query, {}) }).toEqual({ query, errors: [] });
        expectSamePrinted(query);
      }
    },
  );

  const functions = read<{ expression: string }[]>(folder, "string_functions.json");
  it.each(functions)("parses: $expression", ({ expression }) => {
    expect(codesOf(`any where ${expression}`)).toEqual([]);
    expectSamePrinted(`any where ${expression}`);
  });

  // The cases that a lexer cannot come to are about a helper of Elasticsearch alone.
  const literals = read<{ cases: { literal: string; value: string; note?: string }[] }>(
    folder,
    "string_literals.json",
  );
  it.each(literals.cases.filter(({ note }) => note === undefined))(
    "reads the text $literal",
    ({ literal, value }) => {
      expect(codesOf(`any where ${literal}`)).toEqual([]);
      expect(conditionOf(`any where ${literal}`)).toEqual({ kind: "literal", value });
    },
  );
});

describeConformance("EQL that Elasticsearch refuses", "eql", (folder) => {
  const { cases, mappings } = read<{ cases: Case[]; mappings: Record<string, Record<string, string>> }>(
    folder,
    "errors.json",
  );
  const fields = fieldsOf(mappingOf(mappings.default!));

  const unsupported = read<Case[]>(folder, "unsupported.json");
  it.each(unsupported)("$query", ({ query }) => expect(codesOf(query)).not.toEqual([]));

  /** Expressions are read as conditions, on the first line. */
  const before = "any where ";
  const whole = cases.map(({ query, entry, ...one }) => {
    const shift = entry === "expression" ? before.length : 0;
    return { ...one, text: entry === "expression" ? before + query : query, shift };
  });

  describe("at the same place", () => {
    // Elasticsearch finds wrong numbers of arguments while it parses, kdac while it checks.
    const parsed = whole.filter(({ level, error }) => level === "parse" && error?.line !== undefined);
    it.each(parsed)("$text", ({ text, shift, error }) => {
      const places = errorsOf(text, {}).map(({ start }) => placeOf(text, start));
      // Errors that Elasticsearch's own code finds, other than those of its grammar, have a column too many.
      const isGrammar = /expecting|token recognition|messageStartsWith|not supported|[Uu]nicode/.test(
        JSON.stringify(error),
      );
      const column = error!.column! + shift - (isGrammar ? 0 : 1);
      expect(places).toContain(`${error!.line}:${column}`);
    });
  });

  describe("without a place", () => {
    it.each(whole.filter(({ level, error }) => level === "parse" && error?.line === undefined))(
      "$text",
      ({ text }) => {
        expect(codesOf(text)).not.toEqual([]);
      },
    );
  });

  describe("for what it means", () => {
    // The other mappings are not among the cases; check.test.ts has the types that they are about.
    const verified = whole.filter(({ level, mapping }) => level !== "parse" && mapping === "default");
    it.each(verified)("$text", ({ text, error }) => {
      expect(codesOf(text)).toEqual([]);
      const places = errorsOf(text, { fields }).map(({ start }) => placeOf(text, start));
      expect(places.map((place) => place.split(":")[0])).toContain(String(error!.line));
    });
  });
});

describeConformance("EQL of real rules", "rules", (folder) => {
  interface Rule {
    readonly type: string;
    readonly query: string;
    readonly event_category_override?: string;
  }
  const rules = conformanceFiles(folder, ".toml")
    .map(({ name, text }) => ({ name, rule: (parseToml(text) as unknown as { rule: Rule }).rule }))
    .filter(({ rule }) => rule.type === "eql");

  it("are there", () => expect(rules.length).toBeGreaterThan(85));

  it.each(rules)("$name has no error, and prints the same", ({ rule }) => {
    const { query, event_category_override: categoryField = "event.category" } = rule;
    expect(codesOf(query, { fields: ecsFields(), categoryField })).toEqual([]);
    expectSamePrinted(query);
  });

  it("are refused where a bracket or a quote is lost", () => {
    const queries = rules.map(({ rule }) => rule.query).filter((query) => !/"""|\/\*|\/\/|`/.test(query));
    const broken = queries.flatMap(losses);
    expect(broken.length).toBeGreaterThan(1_000);
    expect(broken.filter(({ text }) => codesOf(text).length === 0)).toEqual([]);
  });

  it("are refused where a keyword is misspelt", () => {
    const words = [
      "where",
      "and",
      "or",
      "sequence",
      "maxspan",
      "with",
      "by",
      "like",
      "regex",
      "runs",
      "until",
    ];
    // Words in texts and comments are no keywords.
    const queries = rules.map(({ rule }) => rule.query.replace(/"(?:[^"\\]|\\.)*"/g, '"x"'));
    const broken = queries
      .filter((query) => !/\/[*/]/.test(query))
      .flatMap((query) => misspellings(query, words));
    expect(broken.length).toBeGreaterThan(200);
    expect(broken.filter(({ text }) => codesOf(text).length === 0)).toEqual([]);
  });
});
