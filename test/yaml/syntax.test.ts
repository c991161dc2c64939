import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/yaml/index.js";
import { findingsOf } from "./support.js";

const oneMistake: readonly (readonly [what: string, text: string, finding: string])[] = [
  ["a tab before a key", "a:\n\tb: 1\n", "2:1 yaml/tab-indentation «\t»"],
  ["a tab before a later key", "a:\n  b: 1\n\tc: 2\n", "3:1 yaml/tab-indentation «\t»"],
  ["a tab in a block of text", "q: |\n\tprocess\nb: 1\n", "2:1 yaml/tab-indentation «\t»"],
  ["a tab after spaces", "a:\n  b:\n  \t- c\n", "3:3 yaml/tab-indentation «\t»"],
  ["a second colon", "name: a: b\ntype: eql\n", "1:8 yaml/unquoted-colon «:»"],
  ["a second colon in a list", "a:\n  - x: y: z\n", "2:9 yaml/unquoted-colon «:»"],
  ["a value that begins with @", "name: @soc\n", "1:7 yaml/unquoted-special «@»"],
  ["a value that begins with `", "name: `id`\n", "1:7 yaml/unquoted-special «`»"],
  ["a value that begins with %", "name: %TEMP%\n", "1:7 yaml/unquoted-special «%»"],
  ["a list entry that begins with @", "a:\n  - @x\n", "2:5 yaml/unquoted-special «@»"],
  ["a lone asterisk", "index: *\n", "1:8 yaml/unquoted-special «*»"],
  ["a lone ampersand", "a: &\n", "1:4 yaml/unquoted-special «&»"],
  ["a question mark and a space", "a: ? b\n", "1:4 yaml/unquoted-special «?»"],
  ["a value that begins with ]", "a: ]x\n", "1:4 yaml/unquoted-special «]»"],
  ["a fragment without quotes", "guide: {{> triage}}\n", "1:8 yaml/unquoted-special «{»"],
  ["text after brackets", "name: [Test] rule\n", "1:14 yaml/text-after-value «rule»"],
  ["text after braces", "name: {x} rule # y\n", "1:11 yaml/text-after-value «rule # y»"],
  ["an apostrophe in single quotes", "name: 'don't do'\n", "1:12 yaml/text-after-value «t do'»"],
  ["text after double quotes", 'name: "a" b\n', "1:11 yaml/text-after-value «b»"],
  ["an open double quote", 'name: "foo\ntype: eql\nq: "x"\n', '1:7 yaml/unclosed-quote «"»'],
  ["an open single quote", "a: 1\nname: 'foo\ntype: eql\n", "2:7 yaml/unclosed-quote «'»"],
  ["an open quote in brackets", "a: ['x, y]\nb: 1\n", "1:5 yaml/unclosed-quote «'»"],
  ["an open quote after a closed one", "a: ['x', \"y]\nb: 1\n", '1:10 yaml/unclosed-quote «"»'],
  ["an open bracket", "index: [a, b\ntype: eql\n", "1:8 yaml/unclosed-bracket «[»"],
  ["an open brace in brackets", "a: [{x: 1, y: 2\nb: 1\n", "1:5 yaml/unclosed-bracket «{»"],
  ["a closing bracket below its key", "index: [\n  a,\n]\n", "3:1 yaml/bracket-indentation «]»"],
  ["a missing comma", "a: ['x' 'y']\n", "1:9 yaml/missing-comma «'»"],
  ["a Windows path in double quotes", 'a: "C:\\Windows"\n', "1:7 yaml/bad-escape «\\W»"],
  ["an escape cut short", 'a: "\\x4"\n', '1:5 yaml/bad-escape «\\x4"»'],
  ["a list on its key's line", "a: - b\n", "1:4 yaml/list-on-key-line «- b»"],
  ["text after |", "q: | process\n", "1:6 yaml/text-after-block-indicator «process»"],
  ["a comparison", "a: > 3\n", "1:6 yaml/text-after-block-indicator «3»"],
  ["no space after the colon", "a: 1\nb:2\nc: 3\n", "2:1 yaml/missing-colon «b:2»"],
  ["no space after the first colon", "a:1\nb: 2\n", "1:1 yaml/missing-colon «a:1»"],
  ["a line without a colon", "a: 1\nb\nc: 2\n", "2:1 yaml/missing-colon «b»"],
  ["a line without a colon below a mapping", "a:\n  b: 1\nc\n", "3:1 yaml/missing-colon «c»"],
  ["a last line without a colon", "a: 1\nb", "2:1 yaml/missing-colon «b»"],
  [
    "a block that is not indented",
    "q: |\nprocess where\n  x : y\nb: 1\n",
    "2:1 yaml/missing-colon «process where»",
  ],
  ["too deep a key", "a: 1\n  b: 2\n", "2:3 yaml/indentation «b: 2»"],
  ["a key between two levels", "a:\n  b: 1\n c: 2\n", "3:2 yaml/indentation «c: 2»"],
  ["an entry between two levels", "a:\n   - x\n  - y\n", "3:3 yaml/indentation «- y»"],
  ["a key among entries", "a:\n  - b\n  c: 1\n", "3:3 yaml/indentation «c: 1»"],
  ["text below a comment", "a: b # c\n  more\n", "2:3 yaml/indentation «more»"],
  ["keys left of the first", "  a: 1\nb: 2\n", "2:1 yaml/indentation «b: 2»"],
  ["a bell", "a: x\u0007\n", "1:5 yaml/control-character «\u0007»"],
  ["UTF-16", "a\0:\0 \0b\0", "1:2 yaml/control-character «\0»"],
  ["half a surrogate pair", "a: \ud800\n", "1:4 yaml/control-character «\ud800»"],
  ["a directive of another version", "%YAML 2.0\n---\na: 1\n", "2:1 yaml/syntax «-»"],
];

describe("one mistake", () => {
  it.each(oneMistake)("%s", (_, text, finding) => {
    expect(findingsOf(text)).toEqual([finding]);
    expect(parseDocument(text, "x").data).toBeUndefined();
  });

  it.each(oneMistake)("%s, with CRLF", (_, text, finding) => {
    expect(findingsOf(text.replaceAll("\n", "\r\n"))).toEqual([finding]);
  });

  it.each(oneMistake.filter(([, text]) => !/^[%\s]|:1\nb|\0/.test(text)))(
    "%s, below keys that are right",
    (_, text, finding) => {
      const [line, ...rest] = finding.split(":");
      const lower = [Number(line) + 3, ...rest].join(":");
      expect(findingsOf(`first: 'x'\nlist:\n- {a: "b"}\n${text}`)).toEqual([lower]);
    },
  );
});

describe("several mistakes", () => {
  it("finds one in each top-level entry and in each entry of one", () => {
    const text = `name: "Windows
type: eql
author: 'SOC
index: [a, b
query: |
  process where x: y
severity: @low
guide:
  overview: a: b
  steps:
    - fine
    - 'open
    - text: 'a' b
      more: %x
`;
    expect(findingsOf(text)).toEqual([
      '1:7 yaml/unclosed-quote «"»',
      "3:9 yaml/unclosed-quote «'»",
      "4:8 yaml/unclosed-bracket «[»",
      "7:11 yaml/unquoted-special «@»",
      "9:14 yaml/unquoted-colon «:»",
      "12:7 yaml/unclosed-quote «'»",
      "13:17 yaml/text-after-value «b»",
      "14:13 yaml/unquoted-special «%»",
    ]);
  });

  it("stops after twenty", () => {
    const text = Array.from({ length: 50 }, (_, i) => `k${i}: @x\n`).join("");
    expect(findingsOf(text)).toHaveLength(20);
  });

  it("makes nothing up of lines that look like keys inside brackets", () => {
    expect(findingsOf('{\n"a": 1,\n"b": "x\n"c": 2\n}\n')).toHaveLength(1);
  });
});

describe("help", () => {
  it.each([
    ["a: 1\nb:2\n", "put a space after the colon"],
    ["a: 1\nb\n", "add a colon and a value, or indent the line if it belongs to the text above"],
    ["name: @x\n", "put the whole value in quotes"],
  ])("%j", (text, help) => {
    expect(parseDocument(text, "x").diagnostics[0]?.help).toBe(help);
  });
});
