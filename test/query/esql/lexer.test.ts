import { describe, expect, it } from "vitest";
import { Findings } from "../../../src/query/core/index.js";
import { K } from "../../../src/query/esql/kinds.js";
import { tokenize } from "../../../src/query/esql/lexer.js";

const NAMES = new Map<number, string>(Object.entries(K).map(([name, kind]) => [kind, name]));

/** The tokens as `kind text`, without the end. */
function tokens(text: string): string[] {
  const { kinds, starts, ends } = tokenize(text, new Findings());
  return kinds.slice(0, -1).map((kind, i) => `${NAMES.get(kind)} ${text.slice(starts[i], ends[i])}`);
}

function findings(text: string): string[] {
  const found = new Findings();
  tokenize(text, found);
  return found.all.map(({ code, start, end }) => `${code} ${start}-${end}`);
}

/** Tokens of an expression: what stands after `ROW`. */
const expression = (text: string): string[] => tokens(`ROW ${text}`).slice(1);

describe("tokenize", () => {
  it.each<[text: string, expected: string[]]>([
    ["", []],
    [" \t\r\n// a", []],
    ["a _b @timestamp c1", ["name a", "name _b", "name @timestamp", "name c1"]],
    ["a.b", ["name a", "dot .", "name b"]],
    ["`a-b``c`", ["quotedName `a-b``c`"]],
    ["NoT nulls rlike", ["not NoT", "nulls nulls", "rlike rlike"]],
    [
      "1 1. 1.5 .5 1e3 1.5E-7 1d 1e",
      [
        "integer 1",
        "decimal 1.",
        "decimal 1.5",
        "decimal .5",
        "decimal 1e3",
        "decimal 1.5E-7",
        "integer 1",
        "name d",
        "integer 1",
        "name e",
      ],
    ],
    [
      "? ?? ?a ??b1 ?12 ?_c",
      ["parameter ?", "parameter ??", "parameter ?a", "parameter ??b1", "parameter ?12", "parameter ?_c"],
    ],
    ['"a\\"b" "" """c"d"""" """"""', ['text "a\\"b"', 'text ""', 'text """c"d""""', 'text """"""']],
    [
      "a==b!=c<=d>=e<f>g=h",
      [
        "name a",
        "equal ==",
        "name b",
        "notEqual !=",
        "name c",
        "lessEqual <=",
        "name d",
        "greaterEqual >=",
        "name e",
        "less <",
        "name f",
        "greater >",
        "name g",
        "assign =",
        "name h",
      ],
    ],
    ["a::b:c", ["name a", "cast ::", "name b", "colon :", "name c"]],
    ["a/*b/*c*/d*/e//f\n/g", ["name a", "name e", "slash /", "name g"]],
    ["a /* /* b */ c", ["name a", "name c"]],
    [
      "-+*%/,()[]{}",
      [
        "minus -",
        "plus +",
        "star *",
        "percent %",
        "slash /",
        "comma ,",
        "open (",
        "close )",
        "openSquare [",
        "closeSquare ]",
        "openCurly {",
        "closeCurly }",
      ],
    ],
  ])("divides the expression %j", (text, expected) => {
    expect(expression(text)).toEqual(expected);
  });

  it.each<[text: string, expected: string[]]>([
    [
      "FROM logs-*,c:a::data METADATA _id",
      [
        "command FROM",
        "source logs-*",
        "comma ,",
        "source c",
        "colon :",
        "source a",
        "cast ::",
        "source data",
        "metadata METADATA",
        "source _id",
      ],
    ],
    ["FROM <logs-{now/d}>/*x*/, a/b//c", ["command FROM", "source <logs-{now/d}>", "comma ,", "source a/b"]],
    ['FROM "a b" | LIMIT 1', ["command FROM", 'text "a b"', "pipe |", "command LIMIT", "integer 1"]],
    [
      "FROM (FROM a-b | KEEP c), d-e",
      [
        "command FROM",
        "openCommands (",
        "command FROM",
        "source a-b",
        "pipe |",
        "command KEEP",
        "name c",
        "close )",
        "comma ,",
        "source d-e",
      ],
    ],
    ["FROM a WHERE b", ["command FROM", "source a", "command WHERE", "name b"]],
    ["FROM a, where", ["command FROM", "source a", "comma ,", "source where"]],
    [
      "FROM a | LOOKUP JOIN b-c AS d ON e-f",
      [
        "command FROM",
        "source a",
        "pipe |",
        "command LOOKUP",
        "command JOIN",
        "source b-c",
        "name AS",
        "source d",
        "on ON",
        "name e",
        "minus -",
        "name f",
      ],
    ],
    [
      "FROM a | ENRICH _any:p-1 ON b",
      [
        "command FROM",
        "source a",
        "pipe |",
        "command ENRICH",
        "source _any",
        "colon :",
        "source p-1",
        "on ON",
        "name b",
      ],
    ],
    [
      "FROM a | FORK (KEEP b) (LIMIT 1)",
      [
        "command FROM",
        "source a",
        "pipe |",
        "command FORK",
        "openCommands (",
        "command KEEP",
        "name b",
        "close )",
        "openCommands (",
        "command LIMIT",
        "integer 1",
        "close )",
      ],
    ],
    [
      "FROM a | INLINE STATS b",
      ["command FROM", "source a", "pipe |", "command INLINE", "command STATS", "name b"],
    ],
    [
      'PROMQL k=v (a{b="|)"} # | c\n) | LIMIT 1',
      ["command PROMQL", 'promql k=v (a{b="|)"} # | c\n)', "pipe |", "command LIMIT", "integer 1"],
    ],
    [
      "SET a = 1; FROM b",
      ["command SET", "name a", "assign =", "integer 1", "semicolon ;", "command FROM", "source b"],
    ],
    ["process where a-b#c", ["command process", "source where", "source a-b#c"]],
  ])("knows what a command's rest is: %j", (text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });

  it.each([
    ["IN (FROM a)", true],
    ["IN ( /* x */ from\n a)", true],
    ["IN (ROW a = 1)", true],
    ['IN (TS"a")', true],
    ["IN (FROM (FROM a))", true],
    ["IN (FROM * | KEEP a)", true],
    ["IN (FROM <a-{now}>)", true],
    ["IN (from)", false],
    ["IN (from, a)", false],
    ["IN (from.b)", false],
    ["IN (from - 1)", false],
    ["IN (from * 2)", false],
    ["IN (ts == 1)", false],
    ["IN (fromage)", false],
    ["+ (FROM a)", false],
  ])("a query in a condition: %j, %j", (text, isQuery) => {
    expect(expression(`a ${text}`)[2]).toBe(isQuery ? "openCommands (" : "open (");
  });

  it.each<[text: string, expected: string[]]>([
    ['ROW "a', ["query/unclosed-text 4-6"]],
    ['ROW "a\nb', ["query/unclosed-text 4-6"]],
    ['ROW """a\nb', ["query/unclosed-text 4-8"]],
    ["ROW `a", ["query/unclosed-text 4-6"]],
    ["ROW a /* b", ["query/unclosed-text 6-10"]],
    ['ROW "\\d\\n"', ["query/bad-escape 5-7"]],
    ['ROW "a\\', ["query/unclosed-text 4-7"]],
    ["ROW 'a'", ["esql/single-quotes 4-7"]],
    ["ROW 'a", ["query/bad-character 4-5"]],
    [
      "ROW a && b || !c <> d =~ e",
      [
        "esql/foreign-operator 6-8",
        "esql/foreign-operator 11-13",
        "esql/foreign-operator 14-15",
        "esql/foreign-operator 17-19",
        "esql/foreign-operator 22-24",
      ],
    ],
    ["ROW nom_é", ["esql/name-characters 8-9"]],
    ["ROW “a”", ["query/bad-character 4-5", "query/bad-character 6-7"]],
    ["ROW a\u00a0", ["query/bad-character 5-6"]],
    ["ROW \u{1F600}", ["query/bad-character 4-6"]],
    ["ROW # a", ["query/bad-character 4-5"]],
    ["ROW _", ["query/bad-character 4-5"]],
    ['FROM """naïve é"""', []],
  ])("finds fault with %j", (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it("reads a name with letters of other scripts as one", () => {
    expect(expression("naïve == 1")).toEqual(["name naïve", "equal ==", "integer 1"]);
  });
});
