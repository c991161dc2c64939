import { describe, expect, it } from "vitest";
import { findingsIn } from "./check-support.js";

/** Full-text search, and what is wrong with it: `code: marked text`. */
const QUERIES: readonly (readonly [query: string, ...findings: string[]])[] = [
  ['FROM a | WHERE KQL("host.name: a and process.pid > 3")'],
  ['FROM a | SORT host.name | WHERE trusted AND NOT KQL("host.name: a")'],
  // Places in the text are places in the query, whatever is escaped before them.
  ['FROM a | WHERE KQL("nothing: 1")', "field/unknown: nothing"],
  ['FROM a | WHERE KQL("host.name: \\"\\\\\\\\\\" and nothing: 1")', "field/unknown: nothing"],
  ['FROM a | WHERE KQL("""host.name: "a" and nothing: "b" """)', "field/unknown: nothing"],
  ['FROM a | WHERE KQL("host.name: a\\tor\\nnothing: \\"b\\"")', "field/unknown: nothing"],
  ['FROM a | WHERE KQL("host.name: a\tor\\nnothing: \\"b\\"")', "field/unknown: nothing"],
  ['FROM a | WHERE QSTR("nothing: 1")', "field/unknown: nothing"],
  ['FROM a | WHERE QSTR("host.name: \\"x\\" AND nothing: [1 TO 5]")', "field/unknown: nothing"],
  // Where it may stand.
  [
    'FROM a | STATS n = COUNT(*) | WHERE KQL("x: 1")',
    'esql/full-text-after: KQL("x: 1")',
    "field/unknown: x",
  ],
  ['FROM a | LIMIT 10 | WHERE MATCH(message, "x")', 'esql/full-text-after: MATCH(message, "x")'],
  ['FROM a | LIMIT 10 | WHERE message : "x"', 'esql/full-text-after: message : "x"'],
  ['FROM a | EVAL m = MATCH(message, "x")', 'esql/full-text-place: MATCH(message, "x")'],
  ['FROM a METADATA _score | WHERE MATCH(message, "x") | EVAL s = SCORE(MATCH(message, "x"))'],
  ['FROM a | STATS COUNT(*) WHERE MATCH(message, "x")'],
  // What it may search.
  ['FROM a | WHERE message : "x" OR process.pid : 5 OR source.ip : "10.0.0.1"'],
  ['FROM a | EVAL x = "y" | WHERE x : "y"', "esql/not-a-field: x"],
  ['FROM a | RENAME message AS m | WHERE MATCH(m, "y")'],
  ["FROM a | WHERE trusted : 5", "esql/operand-types: trusted : 5"],
];

describe("full-text search", () => {
  it.each(QUERIES)("%s", (query, ...findings) => {
    expect(findingsIn(query).map(({ at, code }) => `${code}: ${at}`)).toEqual(findings);
  });
});
