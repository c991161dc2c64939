import { describe, expect, it } from "vitest";
import { moveSetup } from "../../../src/bundle/sources/toml/setup/move-setup.js";

/** The note in front of the part, the part, and what becomes of it. */
const GUIDE = "## Triage\n\nLook at it.";

const CASES: readonly (readonly [name: string, part: string, setup: string, left?: string])[] = [
  ["a sentence", "Install it.", "Install it."],
  ["a final newline", "Install it.\n", "Install it."],
  ["two paragraphs", "Install it.\n\nThen run it.", "Install it.\n\nThen run it."],
  ["lines", "Install it.\nThen run it.", "Install it.\nThen run it."],
  ["code", "Run `x --all`.", "Run `x --all`."],
  ["code with signs of HTML", "Run `a < b && \"c\"`.", "Run `a &lt; b &amp;&amp; &quot;c&quot;`.", 'Run `a < b && "c"`.'],
  ["code with more backticks", "Run `` a`b ``.", "Run `a`b`.", "Run `` a`b ``."],
  ["a backtick alone", "Run ` it ``.", "Run ` it ``."],
  ["a fence", "Run:\n\n```\na\n\nb\n```", "Run:\n\n```\na\n\nb\n```"],
  ["a fence with a language", "Run:\n```sh\na\n```\nThen wait.", "Run:\n```\na\n```\nThen wait.", "Run:\n```sh\na\n```\nThen wait."],
  ["a link", "See [the docs](https://x.example/a_(b)).", "See the docs.", "See [the docs](https://x.example/a_(b))."],
  ["an address", "See https://x.example/a_b_c and <https://y.example>.", "See https://x.example/a_b_c and https://y.example.", "See https://x.example/a_b_c and <https://y.example>."],
  ["what is no link", "See [this] and [that]( and a_b_c, 2 * 3 * 4.", "See [this] and [that]( and a_b_c, 2 * 3 * 4."],
  ["emphasis", "Use **all** of *it*, _now_, ***here***, ~~never~~.", "Use all of it, now, here, never.", "Use **all** of *it*, _now_, ***here***, ~~never~~."],
  ["signs that are no emphasis", "logs-* and *.exe, snake_case_name, ** a **", "logs-* and *.exe, snake_case_name, ** a **"],
  ["an escaped sign", "Use \\*.", "Use *.", "Use \\*."],
  ["a list", "Do:\n\n- **One** thing\n- another\n\nThen wait.", "Do:\n\nOne thinganother\nThen wait.", "Do:\n\n- **One** thing\n- another\n\nThen wait."],
  ["a list in a list", "Do:\n- one\n  - below\n  - it\n- another", "Do:\none\nbelowitanother", "Do:\n- one\n  - below\n  - it\n- another"],
  ["a list with numbers", "1. one\n   goes on\n2. two", "one\ngoes ontwo", "1. one\n   goes on\n2. two"],
  ["a quote", "> one\n> two\n\nthree", "one\ntwo\nthree", "> one\n> two\n\nthree"],
  ["indented code", "Run:\n\n    a\n    b", "Run:\n\na\n    b".replace("    b", "b"), "Run:\n\n    a\n    b"],
  ["a heading below", "Install it.\n\n### More\n- one", "Install it.", "### More\n- one"],
  ["an underlined heading", "Install it.\n\nMore\n----\n\nThen wait.", "Install it.\n\nMore\nThen wait.", "Install it.\n\nMore\n----\n\nThen wait."],
  ["a heading that is underlined twice", "Install it.\n\nMore\n====\nThen wait.", "Install it.\n\nMoreThen wait.", "Install it.\n\nMore\n====\nThen wait."],
  ["a heading underlined with one sign", "Install *it*\n=\n\n### End", "Install it", "Install *it*\n=\n\n### End"],
  ["a heading of the first level", "Install it.\n\n# More\n\nThen wait.", "Install it.\n\nMore\nThen wait.", "Install it.\n\n# More\n\nThen wait."],
  ["a break", "Install it.\n\n---\n\nThen wait.", "Install it.\n\n\nThen wait.", "Install it.\n\n---\n\nThen wait."],
  ["nothing", "", ""],
]; // prettier-ignore

describe("moveSetup", () => {
  it.each(CASES)("%s", (_, part, setup, left) => {
    const note = `${GUIDE}\n\n## Setup\n\n${part}`;
    const repeated = left !== undefined && !left.startsWith("###");
    const rest = left === undefined ? GUIDE : `${GUIDE}\n\n${repeated ? "" : "\n\n"}${left}`;
    expect(moveSetup(note, note)).toEqual({ setup, note: rest, repeated });
  });

  it.each([
    ["no such heading", GUIDE],
    ["another level", "### Setup\n\nx"],
    ["another word", "## Setup of it\n\nx"],
    ["another case", "## setup\n\nx"],
    ["code", "```\n## Setup\n\nx\n```"],
    ["a list", "- one\n\n  ## Setup\n\n  x"],
    ["a quote", "> ## Setup\n> x"],
    ["an underlined heading", "Setup\n-----\n\nx"],
    ["a sharp without a blank", "##Setup\n\nx"],
  ])("leaves a note alone that has it as %s", (_, note) => {
    expect(moveSetup(note, note)).toBeUndefined();
  });

  it("begins at the first heading that has the word", () => {
    const note = "### Setup of x\n\nfirst\n\n## Setup\n\nsecond\n\n## End\n\nthird";
    expect(moveSetup(note, note)).toEqual({ setup: "first", note: "### Setup of x\n\n\n\nsecond\n\n## End\n\nthird", repeated: false });
  }); // prettier-ignore

  it("keeps what follows in the note, and marks that close a heading", () => {
    const note = "## Setup ##\n\nfirst\n\n## End ##\n\nx";
    expect(moveSetup(note, note)).toEqual({ setup: "first", note: "## Setup ##\n\n\n\n## End ##\n\nx", repeated: false });
  }); // prettier-ignore

  it.each([
    ["brackets", "[".repeat(50_000)],
    ["links", "[a](".repeat(50_000)],
    ["signs of emphasis", "*a_b~~".repeat(30_000)],
    ["openers", "**a ".repeat(50_000)],
    ["backticks of many lengths", Array.from({ length: 400 }, (_, i) => "`".repeat(i + 1)).join(" ")],
    ["angles", "<".repeat(50_000)],
    ["backslashes", "\\".repeat(100_000)],
    ["blanks", `${" ".repeat(100_000)}x`],
    ["lists in lists", "- ".repeat(50_000)],
    ["quotes in quotes", "> ".repeat(50_000)],
    ["an indent that grows", Array.from({ length: 500 }, (_, i) => `${" ".repeat(i * 2)}- x`).join("\n")],
    ["fences", "```\n````\n".repeat(20_000)],
    ["headings", "# ".repeat(50_000)],
    ["breaks", "- - - x".repeat(30_000)],
  ])("reads %s", (_, text) => {
    for (const note of [`## Setup\n\n${text}`, `${text}\n## Setup\n\nx`])
      expect(["object", "undefined"]).toContain(typeof moveSetup(note, note));
  });
});
