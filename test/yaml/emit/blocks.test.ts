import { describe, expect, it } from "vitest";
import { emit, parseDocument } from "../../../src/yaml/index.js";

const literal = new Set(["query"]);
const lines = (...all: string[]) => `${all.join("\n")}\n`;

function expectWritten(value: Record<string, unknown>, text: string): void {
  expect(emit(value, { literal })).toBe(text);
  expect(parseDocument(text, "x").data).toEqual(value);
}

describe("text of several lines", () => {
  it.each([
    ["ends with one line break", "one\ntwo\n", ["a: |", "  one", "  two"]],
    ["ends without", "one\ntwo", ["a: |-", "  one", "  two"]],
    ["ends with two", "one\n\n", ["a: |+", "  one", ""]],
    ["has empty lines", "one\n\n\ntwo\n", ["a: |", "  one", "", "", "  two"]],
    ["begins with spaces", "  one\ntwo\n", ["a: |2", "    one", "  two"]],
    ["begins with a tab", "\tone\ntwo\n", ["a: |2", "  \tone", "  two"]],
    ["begins with empty lines", "\n\none", ["a: |2-", "", "", "  one"]],
    [
      "has spaces and tabs at the ends of lines",
      "one  \ntwo\t\n   \nthree ",
      ["a: |-", "  one  ", "  two\t", "     ", "  three "],
    ],
    [
      "holds what would mean something elsewhere",
      "# a\n- b: [\n---\n",
      ["a: |", "  # a", "  - b: [", "  ---"],
    ],
  ])("that %s", (_, text, expected) => {
    expectWritten({ a: text }, lines(...expected));
    expectWritten(
      { a: [text] },
      lines(
        "a:",
        expected[0]!.replace("a:", "  -"),
        ...expected.slice(1).map((line) => line.replace(/^(?=.)/, "  ")),
      ),
    );
    expectWritten(
      { b: { a: text }, c: 1 },
      lines("b:", ...expected.map((line) => line.replace(/^(?=.)/, "  ")), "c: 1"),
    );
  });

  it("that no block can hold has a line for each of its lines where it is long", () => {
    const text = `${"x".repeat(70)}\r\n  ${"y".repeat(70)}\r\n`;
    const expected = ['a: "\\', `  ${"x".repeat(70)}\\r\\n\\`, `  \\  ${"y".repeat(70)}\\r\\n"`];
    expectWritten({ a: text }, lines(...expected));
    expectWritten({ a: "one\r\ntwo" }, lines('a: "one\\r\\ntwo"'));
  });
});

describe("the text of a literal key", () => {
  it("is a block however short it is", () => {
    expectWritten({ query: "any where true" }, lines("query: |-", "  any where true"));
    expectWritten({ query: "any where true\n" }, lines("query: |", "  any where true"));
    expectWritten({ query: "" }, lines('query: ""'));
  });

  it("stays on its line in mappings inside", () => {
    expectWritten({ a: { query: "any" } }, lines("a:", "  query: any"));
  });

  it("of 47,000 characters on one line is written as it is", () => {
    const query = 'process.name : ("a", "b") or '.repeat(1621).slice(0, 47_000);
    expectWritten({ query }, lines("query: |-", `  ${query}`));
  });
});

describe("prose that is too long for its line", () => {
  const words = Array.from({ length: 40 }, (_, i) => `word${i}`);
  const prose = words.join(" ");

  it("is folded", () => {
    const text = emit({ description: prose, list: [prose] });
    expect(text.split("\n").every((line) => line.length <= 120)).toBe(true);
    expect(text).toMatch(/^description: >-\n {2}word0 .*\n {2}word\d+ [^]*\nlist:\n {2}- >-\n {4}word0 /);
    expect(parseDocument(text, "x").data).toEqual({ description: prose, list: [prose] });
  });

  it("is folded at the width that is asked for", () => {
    const text = emit({ a: prose }, { width: 50 });
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(50);
    expect(text.split("\n").length).toBeGreaterThan(6);
  });

  it("keeps a line break at its end", () => {
    expect(emit({ a: `${prose}\n` })).toMatch(/^a: >\n/);
    expect(emit({ a: `${prose}\n\n` })).toMatch(/^a: \|\+\n/);
  });

  it("is never broken at more than one space, or next to a tab", () => {
    const text = words.join("  ");
    expect(emit({ a: text })).toBe(`a: ${text}\n`);
    const tabs = words.join("\t ");
    expect(emit({ a: tabs })).toBe(`a: "${tabs.replaceAll("\t", "\\t")}"\n`);
  });

  it("stays on its line where it has no space", () => {
    const text = "x".repeat(300);
    expect(emit({ a: text })).toBe(`a: ${text}\n`);
  });
});
