import fc from "fast-check";
import { expect, it } from "vitest";
import { ecsFields } from "../../../src/fields/index.js";
import { MAX_LENGTH } from "../../../src/query/core/index.js";
import * as kql from "../../../src/query/kql/index.js";
import { errorsOf } from "./support.js";

/** Everything that takes a tree, on whatever the text is. */
function useAll(text: string): void {
  const { ast, diagnostics } = kql.parse(text);
  for (const { start, end } of diagnostics) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
  }
  kql.print(ast);
  kql.check(ast, { fields: ecsFields() });
  kql.fieldsOf(ast);
  kql.requiredLiterals(ast);
  if (diagnostics.some(({ severity }) => severity === "error")) return;
  kql.compile(ast)({ a: "b", c: [{ d: 1 }], text });
  kql.explain(ast, { a: "b" });
  kql.toElasticsearchQuery(ast);
}

const DEEP = 100_000;

it.each([
  ["brackets", "(".repeat(DEEP)],
  ["closed brackets", `${"(".repeat(DEEP)}a${")".repeat(DEEP)}`],
  ["values in brackets", `a: ${"(".repeat(DEEP)}b${")".repeat(DEEP)}`],
  ["braces", "a:{".repeat(DEEP)],
  ["negations", `${"not (".repeat(DEEP)}a${")".repeat(DEEP)}`],
  ["one negation after the other", "not ".repeat(DEEP)],
  ["closing brackets", ")".repeat(DEEP)],
  ["colons", ":".repeat(DEEP)],
  ["quotes", '"'.repeat(DEEP + 1)],
  ["backslashes", "\\".repeat(DEEP + 1)],
  ["operators", "a < ".repeat(DEEP)],
  ["a quote that is never closed", `a: "${"x ".repeat(DEEP)}`],
  ["errors one after the other", "a: > and ".repeat(DEEP)],
])("%s: a finding", (_, text) => {
  expect(errorsOf(text).length).toBeGreaterThan(0);
  useAll(text);
});

it.each([
  ["conditions", "a: b or ".repeat(DEEP) + "c"],
  ["spaces", `a: b${" ".repeat(DEEP)}c`],
  ["stars", `a: ${"*a".repeat(DEEP)}`],
  ["words", "a b ".repeat(DEEP)],
  ["a long text", `a: "${"\\\\".repeat(DEEP)}"`],
  ["keywords that are none", `${"and or ".repeat(DEEP)}x`],
])("many %s: read", (_, text) => {
  expect(errorsOf(text)).toEqual([]);
  useAll(text);
});

it("what is too long is one finding, and is not read", () => {
  const text = `a: "${"x".repeat(10 * MAX_LENGTH)}`;
  expect(kql.parse(text).diagnostics.map(({ code }) => code)).toEqual(["query/too-long"]);
  useAll(text);
});

it("a pattern of many stars takes no time on a long value", () => {
  const matches = kql.compile(`a: ${"*a".repeat(3000)}b`);
  expect(matches({ a: "a".repeat(20_000) })).toBe(false);
});

it("deep events end", () => {
  let event: Record<string, unknown> = {};
  for (let level = 0; level < 50_000; level++) event = { a: event };
  for (const query of ["a: *", "b", "a.b: x", "*: x", "a: { b: x }", "a.a: { a: * }"]) {
    expect(kql.compile(query)(event)).toBe(false);
  }
});

it("any text", () => {
  const chars = fc.constantFrom(
    ..."aNno(){}:<>=\"\\* \t\u00a0\ud800é'|,?~^[]/@.-+!&",
    " and ",
    " or ",
    "not ",
    "a: ",
  );
  fc.assert(fc.property(fc.string({ unit: chars, maxLength: 60 }), useAll), { numRuns: 2000 });
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), useAll), { numRuns: 500 });
});
