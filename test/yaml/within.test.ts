import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/yaml/index.js";

/** The file's text for a part of the value at `/q`. */
function underlined(source: string, part: string): string {
  const document = parseDocument(source, "x");
  const value = (document.data as { q: string }).q;
  const start = value.indexOf(part);
  expect(start).toBeGreaterThanOrEqual(0);
  const range = document.rangeOf({ pointer: "/q", within: { start, end: start + part.length } });
  return source.slice(range.start, range.end);
}

const line = fc.string({ unit: fc.constantFrom("a", "b", " ", ":", "#", "é", "😀", "\t", "'") });
const lines = fc.array(line, { minLength: 1, maxLength: 6 }).filter((all) => /^[^\s]/.test(all[0]!));

describe("a place inside a literal block", () => {
  test.prop(
    [
      lines,
      fc.constantFrom("|", "|-", "|+", "|2", "|2-", "|+2"),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.integer({ min: 1, max: 6 }),
    ],
    { numRuns: 500 },
  )(
    "is the same place in the file, whatever the indicators and line breaks",
    (content, header, lineBreak, wide) => {
      const indent = " ".repeat(header.includes("2") ? 2 : wide);
      const body = content.map((text) => (text === "" ? "" : indent + text));
      const source = [`a: 1`, `q: ${header} # comment`, ...body, "z: 2", ""].join(lineBreak);
      const document = parseDocument(source, "x");
      expect(document.diagnostics).toEqual([]);
      const value = (document.data as { q: string }).q;
      for (let start = 0; start < value.length; start++) {
        const { start: from, end: to } = document.rangeOf({
          pointer: "/q",
          within: { start, end: start + 1 },
        });
        if (value[start] === "\n") expect(to).toBe(from);
        else expect(source.slice(from, to)).toBe(value[start]);
      }
    },
  );

  it("a range over several lines ends in the last, not after it", () => {
    expect(underlined("q: |\n  one\n  two\n  three\n", "one\ntwo\n")).toBe("one\n  two");
    expect(underlined("q: |\n    one\n      two\n\n    three\n", "  two\n\nth")).toBe("  two\n\n    th");
  });
});

describe("a place inside other scalars", () => {
  it.each([
    ["plain", "q: process where x\n", "where", "where"],
    ["plain behind a byte order mark", "\ufeffq: process where x\n", "where", "where"],
    ["single quotes", "q: 'process where x'\n", "where", "where"],
    ["single quotes with a quote", "q: 'it''s : it''s x'\n", "'s x", "''s x"],
    ["double quotes", 'q: "process where"\n', "where", "where"],
    ["escapes", 'q: "a\\n\\"b\\" \\x41 \\u00e9 \\U0001F600 c"\n', '"b" A', '\\"b\\" \\x41'],
    ["a code point beyond U+FFFF", 'q: "\\U0001F600 c"\n', "😀", "\\U0001F600"],
    ["after it", 'q: "\\U0001F600 c"\n', "c", "c"],
    ["brackets", "{q: [x, y], 'q': a b}\n", "b", "b"],
    ["a tag", "q: !!str a b\n", "b", "b"],
    ["folded", "q: >\n  process where\n  x == y\n\n  and z\n", "where x", "where\n  x"],
    ["folded over an empty line", "q: >-\n  one\n\n  two\n", "two", "two"],
    ["folded and more indented", "q: >\n  one\n    two\n  three\n", "two", "two"],
    ["plain over lines", "q: process\n  where x\n\n  == y\n", "where x\n==", "where x\n\n  =="],
  ])("%s", (_, source, part, expected) => {
    expect(underlined(source, part)).toBe(expected);
  });

  it.each([
    ["quotes over several lines", 'q: "one\n  two"\n', '"one\n  two"'],
    ["an alias", "a: &x one two\nq: *x\n", "*x"],
  ])("%s is the whole value", (_, source, expected) => {
    expect(underlined(source, "two")).toBe(expected);
  });

  it("offsets outside the text are moved to its ends", () => {
    const document = parseDocument("q: abc\n", "x");
    expect(document.rangeOf({ pointer: "/q", within: { start: 2, end: 99 } })).toEqual({ start: 5, end: 6 });
    expect(document.rangeOf({ pointer: "/q", within: { start: 3, end: 3 } })).toEqual({ start: 6, end: 6 });
    expect(document.rangeOf({ pointer: "/q", within: { start: -5, end: 1 } })).toEqual({ start: 3, end: 4 });
  });

  test.prop([lines.filter((all) => all.every((text) => !/\t|#|:/.test(text)))], { numRuns: 300 })(
    "in folded text every visible character keeps its place",
    (content) => {
      const source = `q: >-\n${content.map((text) => `  ${text}`).join("\n")}\n`;
      const document = parseDocument(source, "x");
      const value = (document.data as { q: string }).q;
      for (let start = 0; start < value.length; start++) {
        if (/\s/.test(value[start]!)) continue;
        const { start: from, end: to } = document.rangeOf({
          pointer: "/q",
          within: { start, end: start + 1 },
        });
        expect(source.slice(from, to)).toBe(value[start]);
      }
    },
  );
});
