import { fc, test } from "@fast-check/vitest";
import { dump, loadAll } from "js-yaml";
import { describe, expect } from "vitest";
import { applySuppressions, LineIndex, parseDocument } from "../../src/yaml/index.js";

const piece = fc.constantFrom(
  "a",
  "b: ",
  "- ",
  ": ",
  "\n",
  "\n  ",
  "\n    ",
  "\r\n",
  "\t",
  " ",
  '"',
  "'",
  "[",
  "]",
  "{",
  "}",
  ",",
  "#",
  " # ",
  "&x ",
  "*x",
  "!t ",
  "!!str ",
  "|",
  ">",
  "|-\n",
  "|2\n",
  "---\n",
  "...\n",
  "%",
  "@",
  "`",
  "? ",
  "<<: ",
  "\\",
  "\\x",
  "\ufeff",
  "\0",
  "\ud800",
  "é😀",
  "1.10",
  "null",
  "# kdac-ignore x/y -- z",
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

function parses(source: string): boolean {
  try {
    loadAll(source);
    return true;
  } catch {
    return false;
  }
}

describe("any text", () => {
  test.prop([text], { numRuns: 1500 })("never throws, and points inside the text", (source) => {
    const document = parseDocument(source, "x");
    const all = [
      ...applySuppressions(document, document.diagnostics),
      ...document.diagnostics.flatMap(({ related = [] }) => related),
    ];
    const lines = new LineIndex(source);
    for (const { target } of all) {
      const { start, end } = document.rangeOf(target);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(source.length);
      expect(lines.positionOf(start).line).toBeLessThanOrEqual(lines.lineCount);
    }
    document.comments();
    document.entriesStartingIn({ start: 0, end: source.length });
    for (const pointer of ["", "/a", "/b/0", "/b/b/b"])
      document.rangeOf({ pointer, within: { start: 1, end: 3 } });
    if (!parses(source)) expect(document.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    if (document.data === undefined) expect(document.diagnostics.length).toBeGreaterThan(0);
    else JSON.stringify(document.data);
  });
});

describe("one broken entry among many that are right", () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", ":", "#", "'", '"', "@", "- ", "{", "k: v") }),
    fc.array(fc.string({ unit: fc.constantFrom("a", ":", " ", "'") })),
    fc.dictionary(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.string({ unit: fc.constantFrom("a", "\n", ": ", '"') }),
    ),
  );
  const entries = fc.array(value, { minLength: 1, maxLength: 5 });
  const broken = fc.constantFrom(
    'x: "open',
    "x: 'open",
    "x: @a",
    "x: a: b",
    "x: [a",
    "x: {a: 1",
    'x: "\\q"',
    "x:\n\t- a",
    "x: - a",
    "no colon",
  );

  test.prop([entries, fc.nat(), broken, fc.constantFrom(-1, 20), fc.constantFrom(0, 1, 2)], { numRuns: 300 })(
    "is the only finding, in its own lines",
    (values, at, wrong, lineWidth, level) => {
      const flowLevel = level === 0 ? -1 : level;
      const parts = values.map((value, i) =>
        // The writer ends a text that keeps its empty lines with a document marker.
        dump({ [`key${i}`]: value }, { lineWidth, flowLevel }).replace(/^\.\.\.\n$/m, ""),
      );
      const position = at % (parts.length + 1);
      const before = parts.slice(0, position).join("");
      const source = `${before}${wrong}\n${parts.slice(position).join("")}`;
      const document = parseDocument(source, "x");
      expect(document.diagnostics).toHaveLength(1);
      const { start } = document.rangeOf(document.diagnostics[0]!.target);
      expect(start).toBeGreaterThanOrEqual(before.length);
      expect(start).toBeLessThan(before.length + wrong.length);
    },
  );
});
