import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, print } from "../../../src/query/eql/index.js";
import { anyQuery } from "./arbitrary.js";
import { problems, VALID, withoutSpans } from "./support.js";

const CANONICAL: readonly [text: string, printed: string][] = [
  ["process  where\n  a==1", "process where a == 1"],
  ["any where ((a or (b))) // why\n and c", "any where (a or b) and c"],
  ["any where (a and b) or (c and (not d))", "any where a and b or c and not d"],
  ["any where not (a == 1) and not (b and c)", "any where not a == 1 and not (b and c)"],
  ["any where a - (b - c) - d * (e / f)", "any where a - (b - c) - d * (e / f)"],
  ["any where (a - b) - c == (d)", "any where a - b - c == d"],
  ["any where -(1) + - 2 - -a == +3", "any where -(1) + -2 - -a == 3"],
  ["any where (-1) in (1) and (a + b) : \"x\"", 'any where (-1) in (1) and (a + b) : "x"'],
  ["any where a:(\"x\") and b like \"y\"", 'any where a : ("x") and b like "y"'],
  ["any where a not in~(1,2)", "any where a not in~ (1, 2)"],
  ["any where (a == b) == true", "any where (a == b) == true"],
  ["any where `a.b` . c and `d e` and ?`event.sequence`", "any where a.b.c and `d e` and ?`event.sequence`"],
  ["any where a == \"\"\"C:\\x\"\"\" and b regex \"\\\\w+\"", 'any where a == "C:\\\\x" and b regex """\\w+"""'],
  ["any where a == \"\\u{41}\\u{07}\\n\"", 'any where a == "A\\u{07}\\n"'],
  ["any where a == \"it\\'s\" and b : (\"\\'\", \"'\")", 'any where a == "it\'s" and b : ("\'", "\'")'],
  ["any where a == 1e3 and b == 1.50 and c == 123456789012345678901234567890", "any where a == 1000.0 and b == 1.5 and c == 1.2345678901234568e+29"],
  ["\"process\" where F ( a , b )", "process where F(a, b)"],
  ["\"any\" where true", '"any" where true'],
  ["\"a b\" where true", '"a b" where true'],
  ["sequence   with maxspan = 5 m\n[a where b]by c,d  with runs = 2 ![any where e] by f, g until [h where i]by j,k|head 3", "sequence with maxspan=5m [a where b] by c, d with runs=2 ![any where e] by f, g until [h where i] by j, k | head 3"],
  ["sample by a [x where b] [y where c]", "sample by a [x where b] [y where c]"],
]; // prettier-ignore

describe("the canonical form", () => {
  it.each(CANONICAL)("%s", (text, printed) => {
    expect(problems(text)).toEqual([]);
    expect(print(parse(text).ast)).toBe(printed);
    expect(print(parse(printed).ast)).toBe(printed);
  });
});

it.each(VALID)("prints what reads the same: %s", (text) => {
  const { ast } = parse(text);
  const again = parse(print(ast));
  expect(again.diagnostics).toEqual([]);
  expect(withoutSpans(again.ast)).toEqual(withoutSpans(ast));
});

it("prints any tree so that it reads the same", () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const { ast, diagnostics } = parse(print(query));
      expect(diagnostics).toEqual([]);
      expect(withoutSpans(ast)).toEqual(withoutSpans(query));
    }),
    { numRuns: 2_000 },
  );
});

it("shows what could not be read, and does not pass it off as a query", () => {
  const printed = print(parse("any where a == 1 and == 2 or b in (1, )").ast);
  expect(printed).toBe("any where a == 1 and … or b in (1, …)");
  expect(problems(printed)).not.toEqual([]);
});
