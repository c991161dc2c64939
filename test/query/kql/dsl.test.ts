import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QueryError } from "../../../src/query/core/query-error.js";
import * as kql from "../../../src/query/kql/index.js";
import { search, type Types } from "./search.js";

const any = (...should: unknown[]): unknown => ({ bool: { should, minimum_should_match: 1 } });

describe("searches", () => {
  const fields = {
    k: "keyword",
    w: "wildcard",
    t: "text",
    d: "date",
    n: "nested",
    "n.a": "keyword",
    mixed: { esTypes: ["keyword", "text"] },
    "": "object",
  };

  it.each([
    ["", { match_all: {} }],
    [
      "k: a and w: b",
      { bool: { filter: [any({ term: { k: { value: "a" } } }), any({ match: { w: "b" } })] } },
    ],
    ["k: (a or b)", any(any({ term: { k: { value: "a" } } }), any({ term: { k: { value: "b" } } }))],
    ["k: true", any({ term: { k: { value: true } } })],
    ["mixed: a", any({ match: { mixed: "a" } })],
    ["unmapped: true", any({ match: { unmapped: true } })],
    ["k: C\\:\\\\x\\*?*", any({ wildcard: { k: { value: "C:\\\\x\\*\\?*" } } })],
    ["t: a-1*", any({ query_string: { fields: ["t"], query: "a\\-\\1*" } })],
    ["d > now-1d", any({ range: { d: { gt: "now-1d", time_zone: "Zulu" } } })],
    ["d: 2024", any({ range: { d: { gte: "2024", lte: "2024", time_zone: "Zulu" } } })],
    [
      "*: a",
      any(
        ...["k", "w", "t"].map((name) =>
          name === "k" ? { term: { k: { value: "a" } } } : { match: { [name]: "a" } },
        ),
        { range: { d: { gte: "a", lte: "a", time_zone: "Zulu" } } },
        { nested: { path: "n", query: { term: { "n.a": { value: "a" } } }, score_mode: "none" } },
        { match: { mixed: "a" } },
      ),
    ],
    ["x*: a", any({ match: { "x*": "a" } })],
    [
      "n: { a: b }",
      { nested: { path: "n", query: any({ term: { "n.a": { value: "b" } } }), score_mode: "none" } },
    ],
    [
      "n: { *: b }",
      { nested: { path: "n", query: any({ term: { "n.a": { value: "b" } } }), score_mode: "none" } },
    ],
    ['"a b"', { multi_match: { type: "phrase", query: "a b", lenient: true } }],
    ["*", { query_string: { query: "*" } }],
  ])("%s", (query, expected) => {
    expect(kql.toElasticsearchQuery(query, { fields, config: { dateFormatTZ: "Zulu" } })).toEqual(expected);
  });

  it("take Kibana's settings", () => {
    const query = "n: { a: b } and n.*: c";
    expect(
      kql.toElasticsearchQuery(query, {
        fields,
        config: { nestedIgnoreUnmapped: true, filtersInMustClause: true },
      }),
    ).toEqual({
      bool: {
        must: [
          {
            nested: {
              path: "n",
              query: any({ term: { "n.a": { value: "b" } } }),
              score_mode: "none",
              ignore_unmapped: true,
            },
          },
          any({
            nested: {
              path: "n",
              query: { term: { "n.a": { value: "c" } } },
              score_mode: "none",
              ignore_unmapped: true,
            },
          }),
        ],
      },
    });
    const config = { allowLeadingWildcards: false };
    expect(() => kql.toElasticsearchQuery("k: *x", { config })).toThrow(QueryError);
    expect(kql.toElasticsearchQuery("k: *", { config })).toEqual(any({ exists: { field: "k" } }));
    expect(kql.toElasticsearchQuery("k: x*", { config })).toBeDefined();
  });

  it("are not made of a broken query", () =>
    expect(() => kql.toElasticsearchQuery("a:")).toThrow(QueryError));
});

describe("the matcher and the search", () => {
  const types: Types = { k: "keyword", t: "text", n: "long", o: "nested", "o.k": "keyword", "o.n": "long" };
  const word = fc.constantFrom("a", "b", "ab", "a b", "B");
  const event = fc.record(
    {
      k: fc.oneof(word, fc.array(word, { maxLength: 2 }), fc.constant(null)),
      t: fc.oneof(word, fc.array(word, { maxLength: 2 })),
      n: fc.oneof(fc.nat(3), fc.array(fc.nat(3), { maxLength: 2 })),
      o: fc.array(fc.record({ k: word, n: fc.nat(3) }, { requiredKeys: [] }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
  const value = fc.constantFrom("a", "b", '"a b"', "ab", "a*", "*b", "*", "a* b*", '"B"');
  const number = fc.constantFrom("0", "1", "2", "*");
  const group = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.oneof(
      of,
      fc
        .tuple(of, fc.constantFrom(" and ", " or ", " or not "), of)
        .map(([a, join, b]) => `(${a}${join}${b})`),
    );
  const operator = fc.constantFrom(">", ">=", "<", "<=");
  const leafOn = (prefix: string, strings: string[]): fc.Arbitrary<string> =>
    fc.oneof(
      fc.tuple(fc.constantFrom(...strings), group(value)).map(([name, each]) => `${name}: ${each}`),
      group(number).map((each) => `${prefix}n: ${each}`),
      fc.tuple(operator, fc.nat(3)).map(([sign, bound]) => `${prefix}n ${sign} ${bound}`),
      fc.tuple(operator, fc.constantFrom("a", "b")).map(([sign, bound]) => `${prefix}k ${sign} ${bound}`),
    );
  const joined = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .tuple(fc.array(of, { minLength: 1, maxLength: 3 }), fc.constantFrom(" and ", " or "), fc.boolean())
      .map(([parts, join, negated]) => (negated ? `not (${parts.join(join)})` : `(${parts.join(join)})`));
  const query = joined(
    fc.oneof(
      joined(leafOn("", ["k", "t", "k*", "o.*"])),
      joined(leafOn("", ["k", "*k"])).map((inner) => `o: { ${inner} }`),
    ),
  );

  it("agree", () => {
    let matches = 0;
    fc.assert(
      fc.property(query, event, (text, doc) => {
        const matched = kql.compile(text, { fields: types })(doc);
        expect(matched).toBe(search(kql.toElasticsearchQuery(text, { fields: types }), doc, types));
        matches += Number(matched);
      }),
      { numRuns: 1500 },
    );
    expect(matches).toBeGreaterThan(100);
  });
});
