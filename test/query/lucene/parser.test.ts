import { describe, expect, it } from "vitest";
import { MAX_LENGTH } from "../../../src/query/core/index.js";
import { type Clause, type Node, parse, print } from "../../../src/query/lucene/index.js";
import { INVALID, VALID } from "./queries.js";

/** Findings of the parser as `severity code "marked"`. */
const found = (text: string): string[] =>
  parse(text).diagnostics.map(
    ({ severity, code, start, end }) => `${severity} ${code} ${JSON.stringify(text.slice(start, end))}`,
  );

/** A tree without places: `+a:(b c)` as the parser counts it, with signs for what is required and forbidden. */
function counted(clauses: readonly Clause[]): string {
  const sign = { must: "+", must_not: "-", should: "" };
  return clauses.map(({ occur, node }) => sign[occur] + brief(node)).join(" ");
}

function brief(node: Node): string {
  if (node.kind === "error") return "<error>";
  const field = node.field === undefined ? "" : `${node.field.name}:`;
  if (node.kind === "group") return `${field}(${counted(node.clauses)})`;
  if (node.kind === "term") return `${field}<${node.words.map(({ text }) => text).join("|")}>`;
  return `${field}${node.kind}`;
}

describe("the parser", () => {
  it.each(VALID)("takes %s", (text) => {
    expect(parse(text).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it.each(INVALID)("refuses %s", (text, code, marked) => {
    expect(found(text)[0]).toBe(`error ${code} ${JSON.stringify(marked)}`);
  });

  it("names several mistakes in one go", () => {
    expect(found("a:[1 to 5] AND b: AND (c^x OR) AND d:2 OR e)")).toEqual([
      'error lucene/bad-boost "^x"',
      'error lucene/lower-case-to "to"',
      'error query/syntax "AND"',
      'error lucene/misplaced-operator "OR"',
      'error query/syntax ")"',
    ]);
  });

  it("says what is missing, and what to do", () => {
    expect(parse("a:[1 5]").diagnostics[0]).toMatchObject({
      message: 'expected "TO" between the bounds of a range, found "5"',
      help: expect.stringContaining("[low TO high]"),
    });
    expect(parse("process.*:x").diagnostics[0]!.help).toBe("write process.\\*");
    expect(parse("(a OR b").diagnostics[0]).toMatchObject({
      message: 'expected ")", found the end of the query',
      help: 'the bracket at the start of "(a OR b" is not closed',
    });
    expect(parse("user.name:").diagnostics[0]).toMatchObject({
      message: 'expected a value for the field "user.name", found the end of the query',
      help: "to ask whether the field has any value, write user.name:*",
    });
  });

  it("reads nothing of a query that is too long", () => {
    const { ast, diagnostics } = parse("(".repeat(MAX_LENGTH + 1));
    expect(diagnostics.map(({ code }) => code)).toEqual(["query/too-long"]);
    expect(ast.clauses.map(({ node }) => node.kind)).toEqual(["error"]);
  });

  it("ends at the deepest level with one finding", () => {
    expect(found(`${"(".repeat(300)}a${")".repeat(300)} b)`)).toEqual(['error query/too-deep "("']);
    expect(found(`${"(".repeat(200)}a${")".repeat(200)}`)).toEqual([]);
  });
});

describe("how clauses count", () => {
  it.each([
    ["a b", "<a|b>"],
    ["a AND b", "+<a> +<b>"],
    ["a OR b", "<a> <b>"],
    ["a AND b OR c", "+<a> +<b> <c>"],
    ["a OR b AND c", "<a> +<b> +<c>"],
    ["a AND b OR c AND d", "+<a> +<b> +<c> +<d>"],
    ["a OR NOT b", "<a> -<b>"],
    ["NOT a AND b", "-<a> +<b>"],
    ["NOT a OR b", "-<a> <b>"],
    ["+a OR b", "+<a> <b>"],
    ["a AND -b", "+<a> -<b>"],
    ["!a", "-<a>"],
    ["!(a || b) && c", "-(<a> <b>) +<c>"],
    ["a b c AND d", "<a|b> +<c> +<d>"],
    ["a AND b c d", "+<a> +<b> <c|d>"],
    ["a b:c d e", "<a> b:<c> <d|e>"],
    ["a:b c d", "a:<b> <c|d>"],
    ["a:(b c)", "a:(<b|c>)"],
    ["a b^2", "<a> <b>"],
    ["a b~ c", "<a> <b> <c>"],
    ["a b *", "<a> <b> wildcard"],
    ["a + b", "<a> sign <b>"],
    ["- a", "sign <a>"],
    ["-a b c", "-<a> <b|c>"],
    ["a&&b", "<a&&b>"],
    ["a!=b", "<a> -<=b>"],
    ["a-b+c", "<a-b+c>"],
    ["field : value", "field:<value>"],
    ["a\\:b:c\\ d", "a:b:<c d>"],
    ["*:a", "*:<a>"],
    ["ANDROID NOTE", "<ANDROID|NOTE>"],
    ["NOT(a)", "-(<a>)"],
    ["a /b/ c", "<a> regexp <c>"],
    ["/a\\/b/", "regexp"],
    ["/a\\/", "regexp"],
    ["a:b AND b: AND c", "+a:<b> +<error> +<c>"],
  ])("%s", (text, meaning) => expect(counted(parse(text).ast.clauses)).toBe(meaning));
});

describe("the tree", () => {
  it("has the place of each part", () => {
    const text = 'a OR  user.name:("x y"~2^3 z)';
    const { clauses } = parse(text).ast;
    const group = clauses[1]!.node;
    expect(text.slice(clauses[1]!.start, clauses[1]!.end)).toBe('OR  user.name:("x y"~2^3 z)');
    expect(text.slice(group.start, group.end)).toBe('user.name:("x y"~2^3 z)');
    expect(group).toMatchObject({ kind: "group", field: { name: "user.name", start: 6, end: 15 } });
    const [phrase] = group.kind === "group" ? group.clauses : [];
    expect(phrase!.node).toMatchObject({ kind: "phrase", text: "x y", tilde: "2", boost: "3" });
  });

  it.each([
    ["a\\*b", [{ text: "a*b" }]],
    ["\\u0041b", [{ text: "Ab" }]],
    ["a\\ b", [{ text: "a b" }]],
    ["\\AND", [{ text: "AND" }]],
  ])("reads the escapes of %s", (text, words) => {
    expect(parse(text).ast.clauses[0]!.node).toMatchObject({ kind: "term", words });
    expect(parse(text).diagnostics).toEqual([]);
  });

  it.each([
    ["a*", ["a", { any: true }]],
    ["*a?b", [{ any: true }, "a", { one: true }, "b"]],
    ["\\*a*", ["*a", { any: true }]],
    ["C\\:\\\\*\\\\x", ["C:\\", { any: true }, "\\x"]],
    ["\\u0041*", ["A", { any: true }]],
  ])("reads the wildcards of %s", (text, pieces) => {
    expect(parse(text).ast.clauses[0]!.node).toMatchObject({ kind: "wildcard", pieces });
  });

  it.each([
    ["[1 TO 5}", { low: { text: "1" }, high: { text: "5" }, includesLow: true, includesHigh: false }],
    [
      '{"a b" TO *]',
      { low: { text: "a b", quoted: true }, high: { text: "*", quoted: false }, includesLow: false },
    ],
    ["[now-1d/d TO TO]", { low: { text: "now-1d/d" }, high: { text: "TO" } }],
    ["[a:b TO c(d]", { low: { text: "a:b" }, high: { text: "c(d" } }],
    ['["" TO "x"y]', { low: { text: '""', quoted: false }, high: { text: '"x"y', quoted: false } }],
  ])("reads the range %s", (text, range) => {
    expect(parse(text).ast.clauses[0]!.node).toMatchObject({ kind: "range", ...range });
  });
});

describe("what the parser takes but nobody means", () => {
  it.each([
    ["", 'warning lucene/empty ""'],
    [" \n", 'warning lucene/empty " \\n"'],
    ["roam~0.8", 'warning lucene/fractional-fuzziness "~0.8"'],
    ["roam*~1", 'warning lucene/no-effect "~1"'],
    ["/roam/~1", 'warning lucene/no-effect "~1"'],
    ["/usr/bin", 'warning lucene/glued "bin"'],
    ["a/b/", 'warning lucene/glued "/b/"'],
    ["process.name(foo)", 'warning lucene/glued "(foo"'],
    ["a!=b", 'warning lucene/glued "!=b"'],
    ['"a"b', 'warning lucene/glued "b"'],
    ["roam~2x", 'warning lucene/glued "x"'],
    ["user.name:'root'", 'warning lucene/odd-character "\'"'],
    ["user.name:“root“", 'warning lucene/odd-character "“"'],
    ["a\u00a0AND\u00a0b", 'warning lucene/odd-character "\u00a0"'],
    ['process.executable:"C:\\Windows"', 'warning lucene/lost-backslash "\\\\W"'],
    ["C\\:\\Windows*", 'warning lucene/lost-backslash "\\\\W"'],
  ])("%s", (text, finding) => expect(found(text)).toEqual([finding]));

  it.each(["(a)(b)", "(a)-b", "it's", "a:b", '"a" "b"', "(a)AND(b)", "\\AND", "a-b"])(
    "lets %s alone",
    (text) => expect(found(text)).toEqual([]),
  );
});

describe("printing", () => {
  it.each([
    ["a  &&\n!b || c", "a AND NOT b OR c"],
    ["field :value", "field:value"],
    ["a~^2", "a~^2"],
    ['"a"^2~1', '"a"~1^2'],
    ["x^ 2", "x^2"],
    ["a + b", "a + b"],
    ["[ 1  TO 2 ]", "[1 TO 2]"],
    ["\\u0041\\-b", "A-b"],
    ["\\-b", "\\-b"],
    ["a\\tb", "atb"],
    ['"\\(\\""', '"(\\""'],
    ["\\/a\\/", "\\/a\\/"],
    ["*:x", "*:x"],
    ["book.\\*:x", "book.\\*:x"],
  ])("%j as %j", (text, printed) => expect(print(parse(text).ast)).toBe(printed));
});
