import { fc, it } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { ecsFields } from "../../../src/fields/index.js";
import { check, checkRule, columnsOf, fieldsRead, parse } from "../../../src/query/esql/index.js";
import { FIELDS } from "./check-support.js";

/** Runs every check on a query, whatever the parser could read of it. */
function checkAll(query: string): number {
  const { ast, diagnostics } = parse(query);
  const found = [...diagnostics, ...check(ast, { fields: FIELDS, stack: "9.1" }), ...checkRule(ast)];
  for (const { end, start } of found) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(query.length);
  }
  columnsOf(ast, { fields: FIELDS });
  fieldsRead(ast, { fields: ecsFields() });
  return found.length;
}

const QUERIES = [
  'FROM logs-*, (FROM b | KEEP x) METADATA _id, _index | WHERE host.name LIKE "a*" AND NOT process.pid IN (1, 2) | KEEP _id, host.*',
  'FROM a | EVAL b = CASE(trusted, SUBSTRING(host.name, 1, 2), "x"), c = -process.pid::double + 1 day | DROP b',
  "FROM a | STATS n = COUNT(*) WHERE trusted, VALUES(user.name) BY b = BUCKET(@timestamp, 1 hour), host.name | SORT n DESC",
  'FROM a | WHERE KQL("""host.name: "x" and (a: 1)""") OR QSTR("b: [1 TO 2]") OR message : "x" | LIMIT 5 BY host.name',
  'FROM a | DISSECT message "%{a} %{+b/2}" | GROK message "%{WORD:c:int} (?<d>x)" | RENAME a AS b, c = d | MV_EXPAND b',
  "FROM a | FORK (WHERE trusted) (STATS COUNT(*)) | FUSE | LOOKUP JOIN b ON c | ENRICH p ON c WITH d = e | SAMPLE 0.1",
  'ROW a = [1, 2], b = TO_IP("x", {"a": 1}), c = ?p | COMPLETION d = CONCAT("a", c) WITH {"inference_id": "x"} | CHANGE_POINT a ON b AS t, p',
];

describe("queries that nobody means", () => {
  const mutated = fc
    .tuple(
      fc.constantFrom(...QUERIES),
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.nat(12),
          fc.constantFrom("", " ", "|", "(", ")", '"', ",", "*", "a", "NOT ", "[", "`", "."),
        ),
      ),
    )
    .map(([query, edits]) =>
      edits.reduce((text, [at, length, sign]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + sign + text.slice(start + length);
      }, query),
    );

  it.prop([mutated], { numRuns: 500 })("mutated", (query) => {
    checkAll(query);
  });

  const words = fc.constantFrom(
    ...'FROM ROW WHERE EVAL STATS KEEP DROP RENAME BY AS WITH ON IN LIKE NOT AND OR IS NULL FORK | | | ( ) [ ] { } , = == + - * :: : a b* `c` "%{d}" 1 1.5 day COUNT CASE KQL ?x'.split(
      " ",
    ),
  );
  it.prop([fc.array(words, { maxLength: 60 })], { numRuns: 500 })("at random", (parts) => {
    checkAll(parts.join(" "));
  });

  it("are made of queries that parse", () => {
    expect(QUERIES.map((query) => parse(query).diagnostics.length)).toEqual(QUERIES.map(() => 0));
  });

  it.each([
    ["a long sum", `ROW a = ${Array(100_000).fill("1").join(" + ")}`],
    ["many casts", `ROW a = 1${"::int".repeat(100_000)}`],
    ["many brackets", `ROW a = ${"(".repeat(100_000)}1${")".repeat(100_000)}`],
    ["many negations", `ROW a = ${"-".repeat(100_000)}b`],
    ["nested calls", `FROM a | EVAL a = ${"ABS(".repeat(50_000)}1${")".repeat(50_000)}`],
    ["a long list", `FROM a | WHERE host.name IN (${Array(50_000).fill('"a"').join(", ")})`],
    [
      "many unknown fields",
      `FROM a | KEEP ${Array.from({ length: 50_000 }, (_, i) => `proces.nam${i}`).join(", ")}`,
    ],
    ["many columns", `ROW ${Array.from({ length: 50_000 }, (_, i) => `a${i} = ${i}`).join(", ")} | KEEP a1*`],
    [
      "many patterns",
      `ROW ${Array.from({ length: 5000 }, (_, i) => `a${i} = 1`).join(", ")} | DROP ${Array.from({ length: 5000 }, (_, i) => `a*${i}`).join(", ")}`,
    ],
    ["many commands", `FROM a${" | KEEP a*".repeat(50_000)}`],
    ["many stats", `FROM a${" | STATS a = COUNT(*) BY b".repeat(20_000)}`],
    [
      "many groups",
      `FROM a | STATS ${Array.from({ length: 5000 }, (_, i) => `a${i} + 1`).join(", ")} BY ${Array.from({ length: 5000 }, (_, i) => `a${i} + 1`).join(", ")}`,
    ],
    [
      "many renamings",
      `FROM a | RENAME ${Array.from({ length: 50_000 }, (_, i) => `a${i} AS b${i}`).join(", ")}`,
    ],
    ["a long pattern of grok", `ROW a = "x" | GROK a "${"%{A".repeat(200_000)}"`],
    ["a long pattern of dissect", `ROW a = "x" | DISSECT a "${"%{a} ".repeat(150_000)}"`],
    [
      "a long name",
      `FROM a | WHERE ${"a".repeat(500_000)} == 1 | KEEP b | WHERE ${"a".repeat(400_000)} == 1`,
    ],
    ["subqueries", `FROM ${"(FROM ".repeat(20_000)}a${")".repeat(20_000)}`],
    [
      "many branches",
      `ROW ${Array.from({ length: 20_000 }, (_, i) => `a${i} = 1`).join(", ")} | FORK ${"(LIMIT 1) ".repeat(20_000)}`,
    ],
    ["forks after forks", `FROM a${" | FORK (DROP a) (DROP b) (DROP c*) (KEEP d*)".repeat(400)}`],
    ["forks", `FROM a | ${"FORK (WHERE a == 1) (".repeat(5000)}LIMIT 1${")".repeat(5000)}`],
    ["a text that is no date", `FROM a | WHERE @timestamp > "${"1 ".repeat(400_000)}"`],
  ])("%s", (_, query) => {
    checkAll(query);
  });

  it.each([
    `FROM a${" | LIMIT 1".repeat(501)}`,
    `FROM ${"(FROM ".repeat(20_000)}a${")".repeat(20_000)}`,
    `ROW a = ${"(".repeat(100_000)}1${")".repeat(100_000)}`,
  ])("what is too long or too deep is a finding (%#)", (query) => {
    expect(checkAll(query)).toBeGreaterThan(0);
  });
});
