import { describe, expect, it } from "vitest";
import { dsl, kql, lucene } from "../../../src/query/index.js";

const fields = {
  days: "date_range",
  net: "ip_range",
  ports: "integer_range",
  list: "nested",
  "list.n": "long_range",
} as const;
const now = Date.parse("2024-05-01T13:00:00Z");
const event = {
  days: { gte: "2024-05-01", lt: "2024-05-03" },
  net: ["10.0.0.0/8", { gte: "192.0.2.1", lte: "192.0.2.9" }],
  ports: [{ gt: 10, lte: 20 }, { gte: 100 }],
  list: [{ n: { gte: 1, lte: 2 } }],
};

describe("fields that hold ranges", () => {
  it.each<[string, boolean]>([
    ["days: 2024-05-02", true],
    ["days: 2024-05-03", false],
    ['days: "2024-05-01T00:00:00Z"', true],
    ["days >= 2024-05-03", false],
    ["days < 2024-05-01", false],
    ["days <= 2024-05-01", true],
    ["days > now", true],
    ["net: 10.1.2.3", true],
    ["net: 11.1.2.3", false],
    ["net: (1.1.1.1 or 192.0.2.5)", true],
    ["net: 192.0.2.10", false],
    ["ports: 10", false],
    ["ports: 11", true],
    ["ports: 20", true],
    ["ports: 99", false],
    ["ports: 5000", true],
    ["ports < 11", false],
    ["ports < 12", true],
    ["ports <= 10", false],
    ["ports: *", true],
    ["ports: null", false],
    ["list: { n: 2 }", true],
    ["list: { n: 3 }", false],
  ])("%s: %s", (query, expected) => {
    expect(kql.compile(query, { fields, now })(event)).toBe(expected);
  });

  it.each<[string, boolean]>([
    ["days:2024-05-02", true],
    ["ports:[5 TO 11]", true],
    ["ports:{5 TO 11}", false],
    ['net:"192.0.2.9"', true],
    ["ports:1*", false],
    ["list.n:2", false],
  ])("Lucene %s: %s", (query, expected) => {
    expect(lucene.compile(query, { fields, now, lenient: true })(event)).toBe(expected);
  });

  it.each<[dsl.Dsl, boolean]>([
    [{ match_phrase: { ports: "15" } }, true],
    [{ match: { ports: 21 } }, false],
    [{ terms: { ports: ["1", "2"] } }, false],
    [{ terms: { ports: ["1", "12"] } }, true],
    [{ term: { ports: { value: 12 } } }, true],
    [{ range: { ports: { gte: 21, lte: 99 } } }, false],
    [{ range: { ports: { gte: 21, lte: 100 } } }, true],
    [{ range: { ports: { lt: 100, gt: 20 } } }, false],
    [{ exists: { field: "net" } }, true],
    [{ nested: { path: "list", query: { term: { "list.n": 1 } } } }, true],
    [{ nested: { path: "list", query: { term: { "list.n": 0 } } } }, false],
  ])("%j: %s", (query, expected) => expect(dsl.compile(query, { fields, now })(event)).toBe(expected));
});
