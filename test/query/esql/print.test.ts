import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, print } from "../../../src/query/esql/index.js";
import { query } from "./arbitrary.js";
import { withoutSpans } from "./without-spans.js";

const printed = (text: string): string => {
  const { ast, diagnostics } = parse(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return print(ast);
};

describe("print", () => {
  it.each([
    [
      "from a,  b metadata _id|where x==1 and(y or z)|keep x,`y`.`a-b` // c",
      "FROM a, b METADATA _id\n| WHERE x == 1 AND (y OR z)\n| KEEP x, y.`a-b`",
    ],
    ["FROM a | WHERE ((a + b) * (c)) > ((-1))", "FROM a\n| WHERE (a + b) * c > -1"],
    ["FROM a | WHERE NOT (a AND (b AND c)) OR ((d))", "FROM a\n| WHERE NOT (a AND b AND c) OR d"],
    ["FROM a | WHERE (a == b) IS NULL", "FROM a\n| WHERE (a == b) IS NULL"],
    [
      'FROM a | WHERE a not in (1,2) and b not like ("x")',
      'FROM a\n| WHERE a NOT IN (1, 2) AND b NOT LIKE ("x")',
    ],
    ["FROM a | WHERE (-1)::long == -(1::long)", "FROM a\n| WHERE (-1)::long == -1::long"],
    ["FROM a | WHERE (a,b) in (from c|keep d,e)", "FROM a\n| WHERE (a, b) IN (FROM c | KEEP d, e)"],
    // The text of an expression is the name of its column.
    [
      "FROM a | STATS count( * ), n=count( * ) by x,y+1",
      "FROM a\n| STATS count( * ), n = count(*) BY x, y+1",
    ],
    ['FROM a | EVAL x = "a\\\\b", y = "\\n"', 'FROM a\n| EVAL x = """a\\b""", y = "\\n"'],
    ["FROM a | EVAL `first` = 1, d = 1DAY, t = TRUE", "FROM a\n| EVAL `first` = 1, d = 1 day, t = true"],
    ["FROM a | RENAME b = c", "FROM a\n| RENAME c AS b"],
    [
      "FROM a | SORT b asc nulls last | inlinestats max(b)",
      "FROM a\n| SORT b ASC NULLS LAST\n| INLINE STATS max(b)",
    ],
    ['FROM "a", "b c", """d""", `e`', 'FROM a, "b c", d, `e`'],
    ["FROM a | KEEP a.*, `b*`, `c-d`*", "FROM a\n| KEEP a.*, `b*`, `c-d`*"],
    ["FROM a | fork (where b|limit 1)(keep c)", "FROM a\n| FORK (WHERE b | LIMIT 1) (KEEP c)"],
    ["set a=1;promql k=v r = (up)", "SET a = 1;\nPROMQL k=v r=(up)"],
    ["EXPLAIN (PROMQL up // x\n)", "EXPLAIN (PROMQL up // x\n)"],
  ])("%j", (text, expected) => {
    expect(printed(text)).toBe(expected);
    expect(printed(expected)).toBe(expected);
  });

  it("shows where something could not be read", () => {
    expect(print(parse("FROM a | EVAL b = 1, c = | FOO x | KEEP -").ast)).toBe(
      "FROM a\n| EVAL b = 1, …\n| …\n| KEEP …",
    );
  });

  it("of any tree is read as the same tree", () => {
    fc.assert(
      fc.property(query, (ast) => {
        const text = print(ast);
        const again = parse(text);
        expect(again.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(withoutSpans(again.ast)).toEqual(withoutSpans(ast));
        expect(print(again.ast)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
