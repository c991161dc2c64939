import { describe, expect, it } from "vitest";
import { type Diagnostic, report, type Target } from "../../src/diagnostics/index.js";
import { applySuppressions, parseDocument } from "../../src/yaml/index.js";
import { shown } from "./support.js";

const CODE = "project/no-rules";
const OTHER = "project/unknown-file";

function finding(target: Omit<Target, "file">, code: typeof CODE | typeof OTHER = CODE): Diagnostic {
  const at = { file: "x", ...target };
  return code === CODE ? report(code, { where: "here" }, at) : report(code, { name: "y" }, at);
}

/** The findings at these pointers that remain, and what is said of the comments. */
function remaining(text: string, ...found: Diagnostic[]): string[] {
  const document = parseDocument(text, "x");
  expect(document.diagnostics).toEqual([]);
  return applySuppressions(document, found).map((diagnostic) => shown(document, diagnostic));
}

const a = finding({ pointer: "/a" });
const bc = finding({ pointer: "/b/c" });
const bd = finding({ pointer: "/b/d" });

describe("a suppression", () => {
  it.each([
    ["in the line", "a: 1 # kdac-ignore project/no-rules -- why\n", [a], []],
    ["in the line above", "z: 0\n# kdac-ignore project/no-rules -- why\na: 1\n", [a], []],
    [
      "with empty lines and comments between",
      "z: 0\n# kdac-ignore project/no-rules -- why\n\n# more\na: 1\n",
      [a],
      [],
    ],
    [
      "for everything below a key",
      "z: 0\n# kdac-ignore project/no-rules -- why\nb:\n  c: 1\n  d: 2\n",
      [bc, bd],
      [],
    ],
    [
      "for one entry",
      "b:\n  # kdac-ignore project/no-rules -- why\n  c: 1\n  d: 2\n",
      [bc, bd],
      ["4:6 project/no-rules «2»"],
    ],
    [
      "for one list entry",
      "z: 0\nb:\n  # kdac-ignore project/no-rules -- why\n  - c: 1\n    d: 2\n  - c: 3\n",
      [finding({ pointer: "/b/0/d" }), finding({ pointer: "/b/1/c" })],
      ["6:8 project/no-rules «3»"],
    ],
    [
      "for the whole file",
      "# kdac-ignore project/no-rules -- why\na: 1\nb: {c: 2}\n",
      [a, bc, finding({})],
      [],
    ],
    [
      "for the whole file, behind a byte order mark",
      "\ufeff# kdac-ignore project/no-rules -- why\n---\na: 1\n",
      [a],
      [],
    ],
    [
      "not for the line below one with content",
      "a: 1 # kdac-ignore project/no-rules -- why\nb: {c: 1}\n",
      [a, bc],
      ["2:8 project/no-rules «1»"],
    ],
    [
      "not for all below a key in its line",
      "b: # kdac-ignore project/no-rules -- why\n  c: 1\n",
      [bc],
      ["2:6 project/no-rules «1»", "1:18 yaml/unused-suppression «project/no-rules»"],
    ],
    [
      "for the text that opens in the line",
      "z: 0\na: | # kdac-ignore project/no-rules -- why\n  one\n  two\n",
      [finding({ pointer: "/a", within: { start: 5, end: 6 } })],
      [],
    ],
    [
      "of several codes",
      "a: 1 # kdac-ignore project/no-rules, project/unknown-file -- why\n",
      [a, finding({ pointer: "/a" }, OTHER)],
      [],
    ],
    [
      "of another code",
      "a: 1 # kdac-ignore project/unknown-file -- why\n",
      [a],
      ["1:4 project/no-rules «1»", "1:20 yaml/unused-suppression «project/unknown-file»"],
    ],
    ["with CRLF", "z: 0\r\n# kdac-ignore project/no-rules -- why\r\na: 1\r\n", [a], []],
    [
      "at the end of the file",
      "a: 1\n# kdac-ignore project/no-rules -- why",
      [a],
      ["1:4 project/no-rules «1»", "2:15 yaml/unused-suppression «project/no-rules»"],
    ],
    [
      "of findings about the file",
      "z: 0\n# kdac-ignore project/no-rules -- why\na: 1\n",
      [finding({})],
      ["1:1 project/no-rules «»", "2:15 yaml/unused-suppression «project/no-rules»"],
    ],
  ] as const)("%s", (_, text, found, expected) => {
    expect(remaining(text, ...found)).toEqual(expected);
  });

  it.each([
    [
      "without reason",
      "a: 1 # kdac-ignore project/no-rules\n",
      "1:6 yaml/suppression-without-reason «# kdac-ignore project/no-rules»",
    ],
    [
      "with an empty reason",
      "a: 1 # kdac-ignore project/no-rules --  \n",
      "1:6 yaml/suppression-without-reason «# kdac-ignore project/no-rules --  »",
    ],
    [
      "without code",
      "a: 1 # kdac-ignore -- why\n",
      "1:6 yaml/suppression-without-code «# kdac-ignore -- why»",
    ],
    [
      "of an unknown code",
      "a: 1 # kdac-ignore project/no-rule -- why\n",
      "1:20 yaml/unknown-suppression «project/no-rule»",
    ],
    [
      "of broken YAML",
      "a: 1 # kdac-ignore yaml/duplicate-key -- why\n",
      "1:20 yaml/cannot-suppress «yaml/duplicate-key»",
    ],
    [
      "of what its schema refuses",
      "a: 1 # kdac-ignore schema/bad-value -- why\n",
      "1:20 yaml/cannot-suppress «schema/bad-value»",
    ],
    [
      "of findings about suppressions",
      "a: 1 # kdac-ignore yaml/unused-suppression -- why\n",
      "1:20 yaml/unknown-suppression «yaml/unused-suppression»",
    ],
  ])("%s has no effect and is reported", (_, text, complaint) => {
    expect(remaining(text, a)).toEqual(["1:4 project/no-rules «1»", complaint]);
  });

  it("offers the code that was meant", () => {
    const document = parseDocument("a: 1 # kdac-ignore project/no-rule -- why\n", "x");
    expect(applySuppressions(document, [])[0]?.help).toBe('did you mean "project/no-rules"?');
  });

  it.each([
    ["in a block of text", "z: 0\nt: |\n  # kdac-ignore project/no-rules -- why\na: 1\n"],
    ["in quotes", "z: 0\nt: ' # kdac-ignore project/no-rules -- why'\na: 1\n"],
    ["glued to a word", "t: x# kdac-ignore project/no-rules -- why\na: 1\n"],
    ["of another tool", "z: 0\n# kdac-ignored project/no-rules -- why\na: 1\n"],
  ])("is none %s", (_, text) => {
    expect(remaining(text, a)).toEqual([expect.stringMatching(/^\d:4 project\/no-rules «1»$/)]);
  });

  it("does not touch the findings of other files, nor those of a file that is broken", () => {
    const elsewhere = report(CODE, { where: "there" }, { file: "y", pointer: "/a" });
    const document = parseDocument("# kdac-ignore project/no-rules -- why\na: 1\n", "x");
    expect(applySuppressions(document, [elsewhere, a])[0]).toBe(elsewhere);
    const broken = parseDocument("# kdac-ignore project/no-rules -- why\na: @x\n", "x");
    expect(applySuppressions(broken, broken.diagnostics)).toEqual(broken.diagnostics);
  });
});
