import { expect, it } from "vitest";
import { check, parse, print, type Query } from "../../../src/query/lucene/index.js";
import { describeFuzz, type FuzzedLanguage, losses, misspellings } from "../support/fuzz.js";
import { VALID } from "./queries.js";

const lucene: FuzzedLanguage<Query> = {
  parse,
  print,
  check: (ast) => check(ast),
  queries: VALID,
  tokens: [
    "AND", "OR", "NOT", "&&", "||", "!", "+", "-", "(", ")", "[", "]", "{", "}", "TO", "to", ":", "*", "?", "~", "^",
    "2", "0.5", '"', "/", "\\", "\\u", "a", "b:", "_exists_:", '"a b"', "/a.*/", "[1 TO 5]", "and", ">=", "now-1d/d",
  ],
  nesting: [
    ["(", "a", ")"],
    ["a:(", "b", ")"],
    ["(a AND ", "b", ")"],
    ["NOT (", "a", ")"],
  ],
  long: (literal) => `process.name:"${literal}"`,
}; // prettier-ignore

describeFuzz("Lucene", lucene);

it("reads hundreds of thousands of conditions after a stray bracket", () => {
  const { ast } = parse(`) ${'"" '.repeat(300_000)}`);
  expect(ast.clauses).toHaveLength(300_000);
});

const hasError = (text: string): boolean =>
  parse(text).diagnostics.some(({ severity }) => severity === "error");

it("refuses queries that lost a bracket or a quote", () => {
  // In a regular expression a closing bracket alone stands for itself.
  const broken = VALID.filter((query) => !query.includes(":/")).flatMap(losses);
  expect(broken.length).toBeGreaterThan(30);
  expect(broken.filter(({ text }) => !hasError(text))).toEqual([]);
});

it("takes misspelt operators for words, and says so where they are only in another case", () => {
  const [first] = misspellings("a AND b", ["AND"]);
  expect(first).toEqual({ what: "misspelt word", text: "a AD b" });
  expect(hasError("a AD b")).toBe(false);
  const { ast } = parse("a And b");
  expect(check(ast).map(({ code }) => code)).toEqual(["lucene/lower-case-operator"]);
});
