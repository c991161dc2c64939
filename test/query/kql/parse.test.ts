import { describe, expect, it } from "vitest";
import * as kql from "../../../src/query/kql/index.js";
import { errorsOf, withoutSpans } from "./support.js";

const valueOf = (text: string): unknown => {
  const { body } = kql.parse(text).ast;
  const { value } = body as kql.Is & { value: kql.Value };
  return value.quoted ? { quoted: value.value } : value.value;
};

describe("words and quoted texts", () => {
  it.each([
    ["a:  x  y ", "x  y"],
    ["a: x\u00a0y\t", "x\u00a0y"],
    ["a: true", true],
    ["a: True", "True"],
    ["a: null", null],
    ['a: "true"', { quoted: "true" }],
    ["a: \\u0041\\u00e4", "Aä"],
    ["a: x\\ty", "x\ty"],
    ["a: x\\t", "x"],
    ["a: \\(x\\)\\:\\{\\}\\<\\>", "(x):{}<>"],
    ["a: rock \\and roll", "rock and roll"],
    ["a: x \\OR y", "x OR y"],
    ["a: \\not x", "not x"],
    ["a: ca\\nnot", "ca\nnot"],
    ["a: andy", "andy"],
    ["a: nothing or\\u0061nge", "nothing orange"],
    ["a: x and", "x and"],
    ["a: (or x)", "or x"],
    ["a: not", "not"],
    ["a: knot", "knot"],
    ["a: [1]/~^?=!&|'", "[1]/~^?=!&|'"],
    ['a: "C:\\Windows\\x"', { quoted: "C:\\Windows\\x" }],
    ['a: "\\(x\\)"', { quoted: "\\(x\\)" }],
    ['a: "\\"\\\\"', { quoted: '"\\' }],
    ['a: "x\\ny\\u0041\\u00g0"', { quoted: "x\nyA\\u00g0" }],
    ['a: "x*"', { quoted: "x*" }],
    ['a: ""', { quoted: "" }],
    ["a: \u2003", ""],
  ])("%s", (text, expected) => {
    expect(errorsOf(text)).toEqual([]);
    expect(valueOf(text)).toEqual(expected);
  });

  it.each([
    ["a: x*", ["x", ""]],
    ["a: *", ["", ""]],
    ["a: *x y*", ["", "x y", ""]],
    ["a: **", ["", "", ""]],
    ["a: x\\**", ["x*", ""]],
    ["a:  * x ", ["", " x"]],
  ])("%s has the pieces %j", (text, pieces) => {
    expect((kql.parse(text).ast.body as kql.Is).value).toMatchObject({ pieces });
  });
});

describe("trees", () => {
  it("keep groups of values, brackets in chains, and where everything stands", () => {
    const text = 'a.b : (x or not ("y" and z*)) and not (c >= 5 or (d: e or f))';
    const { ast } = kql.parse(text);
    const texts: string[] = [];
    JSON.stringify(ast, (_, value: unknown) => {
      if (typeof value === "object" && value !== null && "start" in value) {
        const { start, end } = value as { start: number; end: number };
        texts.push(text.slice(start, end));
      }
      return value;
    });
    expect(texts).toEqual([
      text,
      text,
      'a.b : (x or not ("y" and z*))',
      "a.b",
      'x or not ("y" and z*)',
      "x",
      'not ("y" and z*)',
      '"y" and z*',
      '"y"',
      "z*",
      "not (c >= 5 or (d: e or f))",
      "c >= 5 or (d: e or f)",
      "c >= 5",
      "c",
      "5",
      "d: e or f",
      "d: e",
      "d",
      "e",
      "f",
      "f",
    ]);
  });

  it("are flat for chains of a thousand", () => {
    const { ast, diagnostics } = kql.parse(Array.from({ length: 1000 }, (_, i) => `a: ${i}`).join(" OR "));
    expect(diagnostics).toEqual([]);
    expect(ast.body).toMatchObject({ kind: "or" });
    expect((ast.body as kql.Junction<kql.Condition>).operands).toHaveLength(1000);
  });

  it.each(["", " \t\r\n\u00a0"])("%j says nothing", (text) => {
    expect(kql.parse(text)).toEqual({
      ast: { kind: "query", body: undefined, start: 0, end: text.length },
      diagnostics: [],
    });
  });
});

describe("errors", () => {
  it.each([
    ["a: b c: d", 6, 'put "and" or "or" before "c"'],
    ["a: b:c", 4, 'escape the colon: "b:…"'],
    ['process.name = "x"', 15, "compares with a colon"],
    ['process.name == "x"', 16, "compares with a colon"],
    ['a != "b"', 5, "not field: value"],
    ['a <> "b"', 3, undefined],
    ['a: "b" && c: "d"', 7, 'KQL writes "and"'],
    ["a: b && c: d", 9, 'KQL writes "and"'],
    ['a: "b" || c: "d"', 7, 'KQL writes "or"'],
    ["cannot x", 3, "even inside a word"],
    ["a: b not c: d", 5, 'write "and" before "not"'],
    ["not not a: b", 4, 'no double "not"'],
    ["a: (not not b)", 8, 'no double "not"'],
    ["a: not b", 3, "not a: b"],
    ['a in ("b", "c")', 5, "lists values behind a colon"],
    ['a like ("b*")', 7, "patterns behind a colon"],
    ['process where process.name == "x"', 30, "looks like EQL"],
    ['sequence by host.id [process where a == "b"]', 40, "looks like EQL"],
    ['from logs-* | where a == "b"', 25, "looks like ES|QL"],
    ['cidrMatch(source.ip, "10.0.0.0/8")', 9, "no functions"],
    ['a: "b" | head 5', 7, "no pipes"],
    ['a: "b c"~2', 8, "neither slop nor boosts"],
    ['a: "b"^3', 6, "neither slop nor boosts"],
    ['a: ("b", "c")', 7, 'join values with "or"'],
    ['a: "b" "c"', 7, "join two values"],
    ['a: x "c"', 5, "in quotes"],
    ["a: > 5", 3, "without a colon"],
    ["> 5", 0, "starts with its field"],
    ["a > (1 or 2)", 4, "a range takes one value"],
    ["1 < a < 5", 6, "a > 1 and a < 5"],
    ["a > 1 < 5", 6, undefined],
    ["a: (b or c", 10, 'close the "(" before "b or c"'],
    ["a: { b: c", 9, 'close the "{" before "b: c"'],
    ["(a: b) and (c: d", 16, 'close the "(" before "c: d"'],
    ["a: b)", 4, 'no bracket that this ")" closes'],
    ["a: (b}", 5, 'no bracket that this "}" closes'],
    ["a: ({b: c})", 4, "braces follow the path"],
    ["a {b: c}", 2, "path and a colon"],
    ["and(a: b)", 3, 'put a space behind "and"'],
    ["a: b and(c: d)", 8, 'put a space behind "and"'],
    ["not(a: b)", 3, 'put a space behind "not"'],
    ['a: "b" and', 7, 'write a condition behind "and"'],
    ["a: b and ", 9, 'write a condition behind "and"'],
    ["a:", 2, "field: * for any value"],
    ["a: ()", 4, "field: * for any value"],
    ["()", 1, undefined],
    [": b", 0, "a colon follows a field"],
    ["a:: b", 2, "in quotes"],
    ['a: "b', 3, undefined],
    ['a: "C:\\" and b: c', 3, "is doubled"],
    ["a: b\\z", 4, undefined],
    ["a: \\", 3, undefined],
    ["a: \\u12", 3, undefined],
    ["C:\\Windows", 2, undefined],
  ])("%s: %i", (text, offset, help) => {
    const [first] = errorsOf(text);
    expect(first?.start).toBe(offset);
    if (help !== undefined) expect(first?.help).toContain(help);
  });

  it.each([
    ["a: (b:c or d) and x: y z: 1 and e: )", [5, 24, 35]],
    ["a:b) and c:d)", [3, 12]],
    ["a: \\q and b: \\z and c: d", [3, 13]],
    ["a: (x or > 5) and b: (y or )", [9, 27]],
    ["((((", [4]],
    ["))))", [0]],
    ["a: {b: (c: d} and e: f", [9]],
  ])("%s has several: %j", (text, offsets) => {
    expect(errorsOf(text).map(({ start }) => start)).toEqual(offsets);
  });

  it("leave the rest of the tree readable", () => {
    const { ast } = kql.parse("a: b and (c: > 5) and d: e");
    expect(withoutSpans(ast.body)).toMatchObject({
      kind: "and",
      operands: [{ field: { name: "a" } }, { kind: "error" }, { field: { name: "d" } }],
    });
    expect(kql.fieldsOf(ast).map(({ name }) => name)).toEqual(["a", "d"]);
    expect(kql.print(ast)).toBe("a: b and c: > 5 and d: e");
  });
});

describe("paths with escapes", () => {
  it.each([
    ['"C:\\temp\\x"', "\\t", "a tab"],
    ['a: "C:\\Users\\new"', "\\n", "a line end"],
    ["a: C\\:\\\\x\\temp", "\\t", "a tab"],
    ["a: *\\\\Windows\\repair*", "\\r", "a line end"],
  ])("%s", (text, escape, means) => {
    const { diagnostics } = kql.parse(text);
    expect(diagnostics).toMatchObject([
      { code: "kql/path-escape", severity: "warning", message: `"${escape}" in this path is ${means}` },
    ]);
    expect(text.slice(diagnostics[0]!.start, diagnostics[0]!.end)).toBe(escape);
  });

  it.each(['"C:\\\\temp"', '"x\\ty"', '"C:\\Windows\\System32"', "a: *\\\\temp\\\\new*", '"line\\nline"'])(
    "%s is as it should be",
    (text) => expect(kql.parse(text).diagnostics).toEqual([]),
  );
});
