import { describe, expect, it } from "vitest";
import { ecsFields } from "../../../src/fields/index.js";
import { check, parse, print, type Query } from "../../../src/query/eql/index.js";
import { describeFuzz, type FuzzedLanguage, losses, misspellings } from "../support/fuzz.js";
import { VALID } from "./support.js";

const eql: FuzzedLanguage<Query> = {
  parse,
  print,
  check: (ast) => check(ast, { fields: ecsFields() }),
  queries: VALID,
  tokens: [
    "process", "any", "where", "and", "or", "not", "in", "in~", "like", "like~", "regex", ":", "==", "=", "!=", "<", ">=",
    "(", ")", "[", "]", "![", ",", "|", "head", "tail", "count", "sequence", "sample", "join", "by", "with", "maxspan",
    "runs", "until", "of", "child", "fork", "?", "`a b`", "a.b", "event.type", "length(", "startsWith~(", '"x*"', "'x'",
    '"""x"""', "5", "5m", "1.5", ".0", "-", "+", "*", "/", "%", "true", "null", "//", "/*", "*/", '"', "`", "\\", "AND",
  ],
  nesting: [
    ["any where (", "a", ")"],
    ["(", "a", ")"],
    ["any where not ", "a", ""],
    ["not ", "a", ""],
    ["any where f(", "a", ")"],
    ["f(", "a", ")"],
    ["a in (", "1", ")"],
    ["child of [any where ", "a", "]"],
    ["-", "1", ""],
    ["1 + (", "1", ")"],
    ["[", "any where a", "]"],
    ["/* ", "a", ""],
  ],
  long: (literal) => `any where a == "${literal}"`,
}; // prettier-ignore

describeFuzz("EQL", eql);

const errorsOf = (text: string): boolean =>
  parse(text).diagnostics.some(({ severity }) => severity === "error");

describe("EQL refuses", () => {
  // A quote in a comment, and a bracket that is an operand of its own, can be lost without harm.
  const queries = VALID.filter((query) => !query.includes("/*") && !query.includes("//"));

  it("queries that lost a bracket or a quote", () => {
    const broken = queries.filter((query) => !query.includes('"""') && !query.includes("`")).flatMap(losses);
    expect(broken.length).toBeGreaterThan(80);
    expect(broken.filter(({ text }) => !errorsOf(text))).toEqual([]);
  });

  it("misspelt keywords", () => {
    const words = ["where", "and", "or", "sequence", "sample", "maxspan", "runs", "until", "with", "by", "like", "regex", "head"];
    const broken = queries.flatMap((query) => misspellings(query, words));
    expect(broken.length).toBeGreaterThan(50);
    expect(broken.filter(({ text }) => !errorsOf(text))).toEqual([]);
  }); // prettier-ignore
});
