import { describe, expect, it } from "vitest";
import { frame } from "../../src/report/frame.js";
import { plain } from "../../src/report/palette.js";
import { LineIndex } from "../../src/yaml/index.js";

/** The frame of the text between «…», which are taken out. */
function framed(marked: string, context: 0 | 1 = 1): string[] {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const lines = new LineIndex(marked.replace(/[«»]/g, ""));
  const position = { start: lines.positionOf(start), end: lines.positionOf(end), range: { start, end } };
  return frame(lines, position, { palette: plain, mark: plain.red, context });
}

describe("frame", () => {
  it.each([
    ["one line", "a: «b»", ["  1 | a: b", "    |    ^"]],
    ["the first of many", "«a»: b\nc: d\ne: f", ["  1 | a: b", "    | ^", "  2 | c: d"]],
    ["the last", "a: b\nc: d\ne: «f»", ["  2 | c: d", "  3 | e: f", "    |    ^"]],
    ["empty lines around", "a: b\n\nc: «d»\n  \ne: f", ["  3 | c: d", "    |    ^"]],
    ["an empty range", "a:«»", ["  1 | a:", "    |   ^"]],
    ["an empty line", "a: b\n«»\nc: d", ["  1 | a: b", "  2 |", "    | ^", "  3 | c: d"]],
    ["several lines", "a: «|\n  b\n  c»\n", ["  1 | a: |", "    |    ^", "  2 |   b"]],
    [
      "several lines, to the end of the first",
      "a:\n  «b: c\n  d: e»\n",
      ["  1 | a:", "  2 |   b: c", "    |   ^^^^", "  3 |   d: e"],
    ],
    ["CRLF", "a: b\r\nc: «dd»\r\ne: f\r\n", ["  1 | a: b", "  2 | c: dd", "    |    ^^", "  3 | e: f"]],
    ["wide characters", "名前: «脚本» x", ["  1 | 名前: 脚本 x", "    |       ^^^^"]],
    ["emoji", "👩‍👩‍👧🔥: «🇩🇪» x", ["  1 | 👩‍👩‍👧🔥: 🇩🇪 x", "    |       ^^"]],
    ["combining marks", "e\u0301e\u0301: «e\u0301»", ["  1 | e\u0301e\u0301: e\u0301", "    |     ^"]],
    ["tabs", "a:\t«b»", ["  1 | a:    b", "    |       ^"]],
    ["line numbers of two widths", `${"x\n".repeat(8)}y\n«a»`, ["   9 | y", "  10 | a", "     | ^"]],
  ])("%s", (_, marked, expected) => {
    expect(framed(marked)).toEqual(expected);
  });

  it("without context", () => {
    expect(framed("a: b\nc: «d»\ne: f", 0)).toEqual(["  2 | c: d", "    |    ^"]);
  });

  it("leaves the byte order mark out", () => {
    const lines = new LineIndex("\ufeffab: c");
    const position = { start: lines.positionOf(1), end: lines.positionOf(3), range: { start: 1, end: 3 } };
    expect(frame(lines, position, { palette: plain, mark: plain.red, context: 1 })).toEqual([
      "  1 | ab: c",
      "    | ^^",
    ]);
  });

  it("cuts long lines around the place, and the lines beside it in the same columns", () => {
    const before = Array.from({ length: 20 }, (_, i) => `${i}`.padStart(10, ".")).join("");
    expect(framed(`${before}${"x".repeat(50)}«HERE»${"y".repeat(300)}\nshort\n`)).toEqual([
      `  1 | …${"x".repeat(30)}HERE${"y".repeat(66)}…`,
      `    |  ${" ".repeat(30)}^^^^`,
      "  2 | …",
    ]);
    expect(framed(`«a»${"y".repeat(300)}`)).toEqual([`  1 | a${"y".repeat(99)}…`, "    | ^"]);
    expect(framed(`${"y".repeat(300)}«z»`)[0]).toBe(`  1 | …${"y".repeat(30)}z`);
  });

  it("underlines what is left of a long range", () => {
    expect(framed(`a: «${"y".repeat(300)}»`)).toEqual([
      `  1 | a: ${"y".repeat(97)}…`,
      `    |    ${"^".repeat(97)}`,
    ]);
  });

  it("costs little on a line of megabytes", () => {
    const started = process.cpuUsage();
    const lines = framed(`${"é".repeat(2_000_000)}«x»${"é".repeat(2_000_000)}`);
    expect(lines[0]).toBe(`  1 | …${"é".repeat(30)}x${"é".repeat(69)}…`);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});
