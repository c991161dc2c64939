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
