import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/yaml/index.js";
import { findingsOf, shown } from "./support.js";

describe("what YAML allows and a rule file may not have", () => {
  it.each([
    ["empty", "", ["1:1 yaml/empty «»"], undefined],
    ["a byte order mark alone", "\ufeff", ["1:1 yaml/empty «»"], undefined],
    ["comments alone", "# a\n\n# b\n", ["1:1 yaml/empty «»"], undefined],
    ["a document marker alone", "---\n", ["1:1 yaml/empty «»"], undefined],
    ["a list", "- a\n- b\n", ["1:1 yaml/not-a-mapping «- a\n- b»"], undefined],
    ["a word", "hello\n", ["1:1 yaml/not-a-mapping «hello»"], undefined],
    ["null", "# c\n~\n", ["2:1 yaml/not-a-mapping «~»"], undefined],
    ["two documents", "a: 1\n---\nb: 2\n", ["2:1 yaml/multiple-documents «---»"], { a: 1 }],
    ["text after the end", "a: 1\n...\nb: 2\n", ["2:1 yaml/multiple-documents «...»"], { a: 1 }],
    [
      "three documents",
      "---\na: |\n  ---\n---\nb: 2\n---\nc: 2\n",
      ["4:1 yaml/multiple-documents «---»"],
      { a: "---\n" },
    ],
    ["a document with its markers", "---\na: 1\n...\n", [], { a: 1 }],
    ["JSON", '{"a": [1, {"b": null}]}', [], { a: [1, { b: null }] }],
    [
      "an unquoted wildcard",
      "i: [*-x, logs-*]\n",
      ["1:5 yaml/unknown-alias «*-x»"],
      { i: ["*-x", "logs-*"] },
    ],
    ["an alias before its anchor", "a: *x\nb: &x 1\n", ["1:4 yaml/unknown-alias «*x»"], { a: "*x", b: 1 }],
    ["an alias", "a: &x [1]\nb: *x\n", [], { a: [1], b: [1] }],
    ["an alias of itself", "a: &x [*x]\n", ["1:8 yaml/recursive-alias «*x»"], undefined],
    ["an unknown tag", "a: !env X\nb: !!str 1\n", ["1:4 yaml/unknown-tag «!env»"], { a: "X", b: "1" }],
    ["a tag on a mapping", "a: !x {b: 1}\n", ["1:4 yaml/unknown-tag «!x»"], { a: { b: 1 } }],
    ["a tag that does not fit", "a: !!int x\n", ["1:4 yaml/syntax «!»"], undefined],
    ["merge keys", "a: &x {b: 1}\n<<: *x\n", ["2:1 yaml/merge-key «<<»"], { a: { b: 1 } }],
    ["a list as key", "? [a]\n: b\n", ["1:3 yaml/complex-key «[»"], undefined],
    ["a mapping by alias as key", "a: &x {b: 1}\n*x : c\n", ["2:1 yaml/complex-key «*»"], undefined],
    ["a number as key", "404: a\n", ["1:1 yaml/non-string-key «404»"], { "404": "a" }],
    ["true as key", "a: {true: b}\n", ["1:5 yaml/non-string-key «true»"], { a: { true: "b" } }],
    ["an empty key", "a: {: b}\n", ["1:4 yaml/non-string-key «»"], { a: { null: "b" } }],
    ["on, off, yes and no as keys", "on: 1\nno: 2\n", [], { on: 1, no: 2 }],
    [
      "dates and versions",
      "a: 2024-01-01\nb: 1.10\nc: yes\nd: 017\n",
      [],
      { a: "2024-01-01", b: 1.1, c: "yes", d: 17 },
    ],
  ])("%s", (_, text, findings, data) => {
    const document = parseDocument(text, "x");
    expect(document.diagnostics.map((diagnostic) => shown(document, diagnostic))).toEqual(findings);
    expect(document.data).toEqual(data);
  });

  it("shows both places of a duplicate key, at any depth, and keeps the last value", () => {
    const document = parseDocument("a: 1\nb:\n  - c: 1\n    'c': 2\n'a': 3\na: 4\n", "x");
    expect(document.diagnostics.map((diagnostic) => shown(document, diagnostic))).toEqual([
      "4:5 yaml/duplicate-key «'c'»",
      "5:1 yaml/duplicate-key «'a'»",
      "6:1 yaml/duplicate-key «a»",
    ]);
    expect(document.diagnostics.map((d) => document.rangeOf(d.related![0]!.target))).toEqual([
      { start: 12, end: 13 },
      { start: 0, end: 1 },
      { start: 0, end: 1 },
    ]);
    expect(document.data).toEqual({ a: 4, b: [{ c: 2 }] });
    expect(document.rawScalar("/a")).toBe("4");
  });

  it("reads __proto__ as an ordinary key", () => {
    const data = parseDocument("__proto__: {polluted: true}\n404: x\n", "x").data as object;
    expect(Object.keys(data)).toContain("__proto__");
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
  });

  it("keeps the position of findings behind a byte order mark", () => {
    expect(findingsOf("\ufeffa: 1\na: 2\n")).toEqual(["2:1 yaml/duplicate-key «a»"]);
    expect(findingsOf("\ufeff404: 1\n")).toEqual(["1:1 yaml/non-string-key «404»"]);
    expect(findingsOf("\ufeffa: @x\n")).toEqual(["1:4 yaml/unquoted-special «@»"]);
  });
});
