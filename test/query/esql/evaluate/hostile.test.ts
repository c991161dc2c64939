/** Queries that ask for too much: the work and the memory are bounded, and nothing throws but `QueryError`. */
import { describe, expect, it } from "vitest";
import { run } from "../../../../src/query/esql/index.js";
import { answer, rowsOf, valueOf } from "./support.js";

describe("a hostile query", () => {
  it("makes no text without bound", () => {
    const doubled = Array.from({ length: 40 }, () => "a = CONCAT(a, a)").join(", ");
    const { values, warnings } = answer(`ROW a = REPEAT("x", 1000) | EVAL ${doubled} | LIMIT 1`);
    expect(values).toEqual([[null]]);
    expect(warnings).toContainEqual(
      expect.stringContaining("concatenating more than [1048576] bytes is not supported"),
    );
    expect(valueOf('REPLACE(REPEAT("a", 1000000), "a", "bbbbbbbb")').value).toBeNull();
    expect(valueOf("SPACE(2000000000)").value).toBeNull();
  });

  it("expands values page by page", () => {
    const many = 'SPLIT(REPEAT("a,", 200000), ",")';
    const query = `ROW a = ${many} | MV_EXPAND a | EVAL b = ${many} | MV_EXPAND b | EVAL c = ${many} | MV_EXPAND c | KEEP a, c | LIMIT 2`;
    expect(rowsOf(query)).toEqual([
      ["a", "a"],
      ["a", "a"],
    ]);
  });

  it("does not follow endless combinations of values", () => {
    const list = `[${Array.from({ length: 200 }, (_, n) => n).join(", ")}]`;
    expect(run(`ROW a = ${list}, b = ${list}, c = ${list} | STATS COUNT(*) BY a, b, c`)).toMatchObject({
      notRun: { what: "BY", message: "BY: a row has too many combinations of values" },
    });
  });

  it.each([
    ["brackets", `ROW a = ${"(".repeat(150)}1${")".repeat(150)} | LIMIT 1`],
    ["sums", `ROW a = 1${" + 1".repeat(380)} | LIMIT 1`],
    ["conditions", `ROW a = 1 | WHERE ${"a == 1 AND ".repeat(2_000)}true | LIMIT 1`],
    ["commands", `ROW a = 1${" | EVAL a = a + 1".repeat(400)} | LIMIT 1`],
    [
      "columns",
      `ROW a = 1 | EVAL ${Array.from({ length: 2_000 }, (_, n) => `c${n} = ${n}`).join(", ")} | KEEP c1999 | LIMIT 1`,
    ],
  ])("may be long: %s", (_, query) => {
    expect(answer(query).values).toHaveLength(1);
  });

  it("is null where a pattern takes too long", () => {
    const { value, warnings } = valueOf(`REPLACE("${"a".repeat(40)}!", "(a+)+$", "x")`);
    expect(value).toBeNull();
    expect(warnings[1]).toBe("java.lang.IllegalArgumentException: the match takes too long");
    expect(rowsOf(`ROW a = "${"a".repeat(40)}!" | GROK a "(?<b>(a+)+)$" | KEEP b`)).toEqual([[null]]);
  });
});
