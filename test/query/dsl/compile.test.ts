import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { dsl, kql } from "../../../src/query/index.js";

const fields = {
  "@timestamp": "date", on: "boolean", ip: "ip", n: "long", name: "keyword", "name.caseless": { type: "keyword", normalizer: "lowercase" },
  nested: "nested", "nested.a": "keyword", "nested.b": "long", text: "text", window: "date_range", net: "ip_range",
} as const; // prettier-ignore
const event = {
  "@timestamp": "2024-05-01T12:00:00Z",
  on: true,
  ip: ["10.0.0.1", "::1"],
  n: [1, 5],
  name: "Bob Smith",
  nested: [
    { a: "x", b: 1 },
    { a: "y", b: 2 },
  ],
  text: "The quick brown fox",
  _id: "id1",
};
const holds = (query: dsl.Dsl): boolean =>
  dsl.compile(query, { fields, now: Date.parse("2024-05-01T13:00:00Z") })(event);

describe("a query of Elasticsearch", () => {
  it.each<[dsl.Dsl, boolean]>([
    [{ match_all: {} }, true],
    [{ match_none: {} }, false],
    [{ term: { name: "Bob Smith" } }, true],
    [{ term: { name: { value: "bob smith" } } }, false],
    [{ term: { name: { value: "bob smith", case_insensitive: true } } }, true],
    [{ term: { "name.caseless": "BOB SMITH" } }, true],
    [{ term: { text: "quick" } }, true],
    [{ term: { text: "Quick" } }, false],
    [{ term: { text: { value: "Quick", case_insensitive: true } } }, true],
    [{ term: { n: 5 } }, true],
    [{ term: { n: null } }, false],
    [{ term: { on: true } }, true],
    [{ term: { ip: "10.0.0.0/30" } }, true],
    [{ terms: { n: [2, "5"] } }, true],
    [{ terms: { n: [] } }, false],
    [{ terms: { name: Array.from({ length: 20 }, (_, i) => (i === 19 ? "Bob Smith" : `x${i}`)) } }, true],
    [{ terms: { name: Array.from({ length: 20 }, (_, i) => `x${i}`) } }, false],
    [{ match: { text: "slow fox" } }, true],
    [{ match: { text: { query: "slow fox", operator: "AND" } } }, false],
    [{ match: { text: { query: "fox quick", operator: "and" } } }, true],
    [{ match: { text: "..." } }, false],
    [{ match: { name: "Bob" } }, false],
    [{ match_phrase: { text: "Quick Brown" } }, true],
    [{ match_phrase: { text: "brown quick" } }, false],
    [{ match_phrase: { text: { query: "quick fox", slop: 1 } } }, true],
    [{ match_phrase: { "@timestamp": "2024-05-01" } }, true],
    [{ multi_match: { query: "fox", fields: ["name", "text"] } }, true],
    [{ multi_match: { query: "quick brown", type: "phrase", fields: ["te*"] } }, true],
    [{ multi_match: { query: "brown quick", type: "phrase" } }, false],
    [{ range: { n: { gte: 5 } } }, true],
    [{ range: { n: { gt: 5 } } }, false],
    [{ range: { n: { lt: 1 } } }, false],
    [{ range: { n: { lte: "1" } } }, true],
    [{ range: { "@timestamp": { gte: "now-1h", lt: "now" } } }, true],
    [{ range: { "@timestamp": { gt: "now-1h" } } }, false],
    [{ exists: { field: "nested" } }, false],
    [{ exists: { field: "text" } }, true],
    [{ exists: { field: "nothing" } }, false],
    [{ prefix: { name: "Bob" } }, true],
    [{ prefix: { name: { value: "bob", case_insensitive: true } } }, true],
    [{ prefix: { name: "Smith" } }, false],
    [{ wildcard: { name: "B?b*" } }, true],
    [{ wildcard: { name: { wildcard: "*smith", case_insensitive: true } } }, true],
    [{ wildcard: { name: "B\\?b*" } }, false],
    [{ wildcard: { text: "qu*k" } }, true],
    [{ regexp: { name: "Bob .*" } }, true],
    [{ regexp: { name: "Bob" } }, false],
    [{ regexp: { name: { value: "BOB .*", case_insensitive: true } } }, true],
    [{ regexp: { name: "(" } }, false],
    [{ ids: { values: ["id1"] } }, true],
    [{ ids: { values: ["id2"] } }, false],
    [{ query_string: { query: "name:Bob* AND n:5" } }, true],
    [{ query_string: { query: "slow fox", default_operator: "and", default_field: "text" } }, false],
    [{ query_string: { query: "slow fox", fields: ["text"] } }, true],
    [{ constant_score: { filter: { term: { n: 5 } } } }, true],
    [
      {
        nested: {
          path: "nested",
          query: { bool: { must: [{ term: { "nested.a": "x" } }, { term: { "nested.b": 1 } }] } },
        },
      },
      true,
    ],
    [
      {
        nested: {
          path: "nested",
          query: { bool: { must: [{ term: { "nested.a": "x" } }, { term: { "nested.b": 2 } }] } },
        },
      },
      false,
    ],
    [{ nested: { path: "nested", query: { term: { name: "Bob Smith" } } } }, false],
    [{ term: { "nested.a": "x" } }, false],
    [{ bool: {} }, true],
    [
      { bool: { must: { term: { n: 5 } }, filter: [{ term: { n: 1 } }], must_not: [{ term: { n: 2 } }] } },
      true,
    ],
    [{ bool: { must_not: { term: { n: 5 } } } }, false],
    [{ bool: { should: [{ term: { n: 2 } }] } }, false],
    [{ bool: { should: [{ term: { n: 2 } }], filter: [{ term: { n: 5 } }] } }, true],
    [
      {
        bool: {
          should: [{ term: { n: 1 } }, { term: { n: 5 } }, { term: { n: 2 } }],
          minimum_should_match: 2,
        },
      },
      true,
    ],
    [
      {
        bool: {
          should: [{ term: { n: 1 } }, { term: { n: 3 } }, { term: { n: 2 } }],
          minimum_should_match: "-1",
        },
      },
      false,
    ],
  ])("%j: %s", (query, expected) => expect(holds(query)).toBe(expected));

  it.each<[dsl.Dsl, string]>([
    [{ script: {} }, "`script`"],
    [{ constructor: {} }, "`constructor`"],
    [{}, "an empty query"],
    [{ term: { a: 1 }, match_all: {} }, "several clauses in one query"],
    [{ term: { a: 1, b: 2 } }, "`term` on several fields"],
    [{ terms: { a: 1 } }, "`terms` without a list"],
    [{ match: "x" }, "`match` without an object"],
    [{ nested: { query: { match_all: {} } } }, "`nested` without a path"],
    [{ exists: {} }, "`exists` without a field"],
    [{ bool: { must: ["x"] } }, "`must` without queries"],
    [
      { bool: { should: [{ match_all: {} }], minimum_should_match: "75%" } },
      "a `minimum_should_match` that is no whole number",
    ],
    [{ query_string: {} }, "`query_string` without a query"],
  ])("%j cannot be run", (query, what) => {
    expect(() => dsl.compile(query, { fields })).toThrow(new dsl.UnsupportedDsl(what));
  });
});

const value = fc.constantFrom(
  "Bob",
  "Bob Smith",
  "5",
  "1",
  "quick",
  "10.0.0.0/8",
  "true",
  "2024-05-01",
  "B*",
  "*",
  '"quick brown"',
  "x",
);
const name = fc.constantFrom("name", "name.caseless", "text", "n", "ip", "on", "@timestamp", "nothing");
const leaf = fc.oneof(
  fc
    .tuple(name, value)
    .filter(([field, text]) => !(text === "B*" && !/^name|text/.test(field)))
    .map(([field, text]) => `${field}: ${text}`),
  fc
    .tuple(
      fc.constantFrom("n", "name"),
      fc.constantFrom("<", ">=", ">", "<="),
      fc.constantFrom("1", "4", "Bob"),
    )
    .map((parts) => parts.join(" ")),
  fc.constantFrom("nested: { a: x and b: 1 }", "nested: { a: x and b: 2 }"),
);
const condition = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc
      .tuple(tie("tree"), fc.constantFrom("and", "or"), tie("tree"))
      .map(([a, word, b]) => `(${a} ${word} ${b})`),
    tie("tree").map((a) => `(not ${a})`),
  ),
})).tree;

property.prop([condition])("what Kibana makes of KQL holds where the KQL does", (query) => {
  const now = Date.parse("2024-05-01T13:00:00Z");
  const translated = kql.toElasticsearchQuery(query, { fields });
  expect(dsl.compile(translated, { fields, now })(event)).toBe(kql.compile(query, { fields, now })(event));
});
