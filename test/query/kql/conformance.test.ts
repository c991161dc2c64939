/** Kibana's own cases of KQL: trees, literals, where it refuses, the searches it sends, and how it prints. */
import { describe, expect, it } from "vitest";
import { parse as parseToml } from "smol-toml";
import { ecsFields, type FieldsInput } from "../../../src/fields/index.js";
import * as kql from "../../../src/query/kql/index.js";
import { spread } from "../../../src/query/kql/spread.js";
import { conformanceFiles, describeConformance } from "../../support/conformance.js";
import { errorsOf, meaningOf } from "./support.js";

/** `[function, ...arguments]`; see the note in the file. */
type Shorthand = boolean | number | string | null | { q: string } | { w: string } | Shorthand[];

interface KibanaCases {
  readonly parse: readonly { q: string; ast?: Shorthand; print?: string }[];
  readonly literals: readonly { src: string; value?: unknown; wildcard?: string; quoted?: boolean }[];
  readonly errors: readonly { q: string; offset: number }[];
  readonly to_es_query: readonly { node: Shorthand[]; es: unknown; options?: kql.DslConfig }[];
}

interface DslCases {
  readonly fields: Readonly<Record<string, { scripted?: boolean; type: string; esTypes?: string[] }>>;
  readonly to_es_query: readonly {
    name: string;
    node: Shorthand[];
    query: string | null;
    fields?: null;
    context?: unknown;
    config?: kql.DslConfig;
    dsl?: Readonly<Record<string, unknown>>;
  }[];
  readonly to_kql: readonly { node: Shorthand[]; kql: string }[];
}

/** A tree in the file's shorthand: groups of values as conditions of their own. */
function shorthand(condition: kql.Condition): Shorthand {
  switch (condition.kind) {
    case "and":
    case "or":
      return [condition.kind, ...condition.operands.map(shorthand)];
    case "not":
      return ["not", shorthand(condition.operand)];
    case "nested":
      return ["nested", ofLiteral(condition.path, condition.path.name), shorthand(condition.body)];
    case "range":
      return ["range", nameOf(condition.field), BOUNDS[condition.operator], valueOf(condition.value)];
    case "is":
      return condition.value.kind === "value"
        ? ["is", nameOf(condition.field), valueOf(condition.value)]
        : shorthand(spread(condition));
    case "error":
      throw new Error("unreadable");
  }
}

const BOUNDS = { "<": "lt", "<=": "lte", ">": "gt", ">=": "gte" } as const;
const SIGNS: Readonly<Record<string, string>> = { lt: "<", lte: "<=", gt: ">", gte: ">=" };

function ofLiteral({ quoted, pieces }: kql.Literal, value: boolean | string | null): Shorthand {
  if (quoted) return { q: String(value) };
  return pieces === undefined ? value : { w: String(value) };
}

const nameOf = (name: kql.Name | undefined): Shorthand =>
  name === undefined ? null : ofLiteral(name, name.name);
const valueOf = (value: kql.Value): Shorthand => ofLiteral(value, value.value);

/** A node of the file as the query that says it; stars are wildcards. */
function queryOf(node: Shorthand): string {
  const [fn, ...args] = node as [string, ...Shorthand[]];
  const [first, second, third] = args;
  if (fn === "not") return `not ${queryOf(first!)}`;
  if (fn === "range") return `${textOf(first!)} ${SIGNS[second as string]!} ${textOf(third!)}`;
  if (fn !== "is") throw new Error(`no query says ${fn}`);
  return first === null ? textOf(second!) : `${textOf(first!)}: ${textOf(second!)}`;
}

function textOf(literal: Shorthand): string {
  if (typeof literal !== "object" || literal === null) return String(literal);
  if (Array.isArray(literal)) throw new Error("a node, not a literal");
  return "q" in literal ? `"${literal.q}"` : literal.w;
}

/** Nodes that are built by hand have numbers, where a query has texts. */
const withTexts = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, each: unknown) =>
    typeof each === "number" && key !== "minimum_should_match" ? String(each) : each,
  );

describeConformance("Kibana's cases of KQL", "kuery", (folder) => {
  const read = (name: string): unknown => JSON.parse(conformanceFiles(folder, name)[0]!.text);
  const cases = read("kibana-kuery-cases.json") as KibanaCases;
  const dsl = read("dsl-cases.json") as DslCases;
  // Scripted fields belong to Kibana's data views; the indices of rules have none.
  const fields = Object.fromEntries(
    Object.entries(dsl.fields).filter(([, { scripted }]) => scripted !== true),
  );

  it.each(cases.parse.filter(({ ast }) => ast !== undefined))("parse: $q", ({ q, ast }) => {
    const { ast: query, diagnostics } = kql.parse(q);
    expect(diagnostics).toEqual([]);
    // Kibana has a tree for the query that says nothing.
    expect(query.body === undefined ? ["is", { w: "*" }, { w: "*" }] : shorthand(query.body)).toEqual(ast);
  });

  it.each(cases.parse.filter(({ print }) => print !== undefined))("print: $q", ({ q, print }) => {
    const { ast } = kql.parse(q);
    expect(kql.print(ast, { style: "kibana" })).toBe(print);
    expect(meaningOf(kql.print(ast))).toEqual(meaningOf(q));
  });

  it.each(cases.literals)("literal: $src", ({ src, value, wildcard, quoted = false }) => {
    const { body } = kql.parse(src).ast;
    expect(body).toMatchObject({
      kind: "is",
      field: undefined,
      value: { value: wildcard ?? value, quoted },
    });
    const { pieces } = (body as kql.Is & { value: kql.Value }).value;
    expect(pieces?.join("*")).toBe(wildcard);
  });

  it.each(cases.errors)("error: $q at $offset", ({ q, offset }) => {
    const [first] = errorsOf(q);
    expect(first?.start).toBe(offset);
  });

  it.each(cases.to_es_query.map((each) => ({ ...each, query: queryOf(each.node) })))(
    "search: $query ($options)",
    ({ query, es, options }) => {
      const config = options === undefined ? {} : { config: options };
      expect(kql.toElasticsearchQuery(query, { fields, ...config })).toEqual(withTexts(es));
    },
  );

  it.each(dsl.to_es_query)(
    "search: $name",
    ({ node, query, fields: none, context, config = {}, dsl: expected }) => {
      const view: { fields?: FieldsInput } = none === null ? {} : { fields };
      const translate = (text: string): unknown => kql.toElasticsearchQuery(text, { ...view, config });
      if (expected === undefined || "$has" in expected) {
        // The case asks for a script of a scripted field, or for its refusal: such a field is a name like any other here.
        expect(translate(query ?? `${textOf(node[1]!)}: *`)).toHaveProperty("bool.should");
      } else if (context !== undefined) {
        expect(translate(`nestedField: { ${queryOf(node)} }`)).toHaveProperty("nested.query", expected);
      } else if (node[0] === "exists") {
        expect(translate(`${textOf(node[1]!)}: *`)).toHaveProperty("bool.should", [expected]);
      } else expect(translate(query!)).toEqual(withTexts(expected));
    },
  );

  it.each(dsl.to_kql)("print: $kql", ({ kql: text }) => {
    expect(kql.print(kql.parse(text).ast, { style: "kibana" })).toBe(text);
  });
});

describeConformance("the KQL of real rules", "rules", (folder) => {
  const queries = conformanceFiles(folder, ".toml").flatMap(({ name, text }) => {
    const { rule } = parseToml(text) as { rule: Readonly<Record<string, unknown>> };
    const own = rule["language"] === "kuery" ? [{ name, query: rule["query"] as string }] : [];
    const threat = rule["threat_query"];
    return typeof threat === "string" ? [...own, { name: `${name} (threats)`, query: threat }] : own;
  });

  it("is there", () => expect(queries.length).toBeGreaterThan(70));

  it.each(queries)("$name", ({ query }) => {
    const { ast, diagnostics } = kql.parse(query);
    expect(diagnostics).toEqual([]);
    const findings = kql.check(ast, { fields: ecsFields() });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(meaningOf(kql.print(ast))).toEqual(meaningOf(query));
    expect(kql.compile(ast, { fields: ecsFields() })({ "event.kind": "nothing that a rule asks for" })).toBe(
      false,
    );
    expect(kql.toElasticsearchQuery(ast, { fields: ecsFields() })).toHaveProperty("bool");
    for (const { name, span } of kql.fieldsOf(ast))
      expect(name.endsWith(query.slice(span.start, span.end))).toBe(true);
  });

  describe("a mutation", () => {
    const withBrackets = queries.filter(({ query }) => query.includes(")"));
    const withQuotes = queries.filter(({ query }) => query.includes('"'));

    it.each(withBrackets)("$name without its last bracket is refused", ({ query }) => {
      const at = lastOutsideOfQuotes(query, ")");
      expect(errorsOf(query.slice(0, at) + query.slice(at + 1))).not.toEqual([]);
    });

    it.each(withQuotes)("$name without its last quote is refused", ({ query }) => {
      const at = query.lastIndexOf('"');
      expect(errorsOf(query.slice(0, at) + query.slice(at + 1))).not.toEqual([]);
    });
  });
});

function lastOutsideOfQuotes(query: string, char: string): number {
  let quoted = false;
  let last = -1;
  for (let at = 0; at < query.length; at++) {
    if (query[at] === "\\") at++;
    else if (query[at] === '"') quoted = !quoted;
    else if (query[at] === char && !quoted) last = at;
  }
  return last;
}
