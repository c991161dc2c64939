import { describe, expect, it } from "vitest";
import { check, checkRule, isAggregating, parse } from "../../../src/query/esql/index.js";

/** Queries of rules and what is wrong with them: `code: marked text`. */
const RULES: readonly (readonly [query: string, ...findings: string[]])[] = [
  ["FROM a METADATA _id, _index, _version | KEEP _id, _index, _version, host.name"],
  ["FROM a METADATA _id | KEEP *"],
  ["FROM a METADATA _id, _index, _version | KEEP _*, host.name"],
  ["FROM a | WHERE b == 1", "esql/rule-without-id: FROM"],
  ["FROM a | STATS COUNT(*) BY b"],
  ["FROM a | INLINE STATS COUNT(*) BY b", "esql/rule-without-id: FROM"],
  ["FROM a METADATA _id, _index | KEEP host.name, _index", "esql/rule-loses-id: KEEP"],
  ["FROM a METADATA _id | DROP _id", "esql/rule-loses-id: DROP"],
  ["FROM a METADATA _id | RENAME _id AS id", "esql/rule-loses-id: RENAME"],
  ["FROM a METADATA _id | EVAL _id = 1", "esql/rule-loses-id: EVAL"],
  ["FROM a METADATA _id | KEEP host.name | STATS COUNT(*)"],
  ["FROM a METADATA _id | LIMIT 10000"],
  ["FROM a METADATA _id | LIMIT 20000", "esql/rule-limit: 20000"],
  ["ROW a = 1", "esql/rule-source: ROW"],
  ["SHOW INFO", "esql/rule-source: SHOW"],
];

describe("what a rule asks of its query", () => {
  it.each(RULES)("%s", (query, ...findings) => {
    const found = checkRule(parse(query).ast);
    expect(found.map(({ code, end, start }) => `${code}: ${query.slice(start, end)}`)).toEqual(findings);
    expect(found.every(({ severity }) => severity === "warning")).toBe(true);
  });

  it("is less where the query aggregates", () => {
    expect(isAggregating(parse("FROM a | STATS COUNT(*)").ast)).toBe(true);
    expect(isAggregating(parse("FROM a | INLINE STATS COUNT(*)").ast)).toBe(false);
    expect(isAggregating(parse("FROM a | FORK (STATS COUNT(*)) (LIMIT 1)").ast)).toBe(false);
  });
});

describe("releases", () => {
  it.each([
    ["FROM a | LOOKUP JOIN b ON c", "8.17", true],
    ["FROM a | LOOKUP JOIN b ON c", "8.18.3", false],
    ["FROM a | LOOKUP JOIN b ON c", "9.0", false],
    ["FROM a | SAMPLE 0.1", "9.0", true],
    ["FROM a | SAMPLE 0.1", "8.19", false],
    ["FROM a | SAMPLE 0.1", "10.0", false],
    ["FROM a | FORK (LIMIT 1) (LIMIT 2) | FUSE", "8.19", true],
    ["FROM a | INLINE STATS COUNT(*)", "9.0", true],
    ["FROM a | INLINE STATS COUNT(*)", "9.2", false],
    ["FROM a | STATS COUNT(*) WHERE b > 1", "8.15", true],
    ["FROM a | STATS COUNT(*) WHERE b > 1", "8.16", false],
    ['FROM a | WHERE KQL("a: 1")', "8.14", true],
    ['FROM a | WHERE KQL("a: 1")', "9.1", false],
  ])("%s on %s", (query, stack, isTooNew) => {
    const found = check(parse(query).ast, { stack });
    expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      isTooNew ? ["warning esql/newer-than-stack"] : [],
    );
  });
});
