import { describe, expect, it } from "vitest";
import { report } from "../../src/diagnostics/index.js";
import { type Palette, render } from "../../src/report/index.js";
import { inputOf, warning } from "./support.js";

const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;

describe("pretty", () => {
  it("shows each finding with its source, help and other places, then the count", () => {
    const input = inputOf(
      {
        "rules/b.rule.yml": "name: One\ntype: eql\nname: Two\n",
        "rules/a.rule.yml": "# a\nname: a: b\n",
      },
      warning("the folder", { file: "rules/b.rule.yml", pointer: "/type" }),
      report(
        "file/unreadable",
        { file: "rules/gone.rule.yml", reason: "EACCES" },
        { file: "rules/gone.rule.yml" },
      ),
    );
    expect(render("pretty", { ...input, rules: 25 })).toBe(`\
rules/a.rule.yml:2:8  error  yaml/unquoted-colon  unquoted text cannot hold ": "
  1 | # a
  2 | name: a: b
    |        ^
  help: put the whole value in quotes

rules/b.rule.yml:2:7  warning  project/no-rules  no rules found in the folder
  1 | name: One
  2 | type: eql
    |       ^^^
  3 | name: Two

rules/b.rule.yml:3:1  error  yaml/duplicate-key  the key "name" stands here for the second time
  2 | type: eql
  3 | name: Two
    | ^^^^
  see: rules/b.rule.yml:1:1  it stands here first
  1 | name: One
    | ^^^^

rules/gone.rule.yml  error  file/unreadable  cannot read rules/gone.rule.yml: EACCES

3 errors, 1 warning in 3 files (25 rules checked)
`);
  });

  it.each([
    [0, "No problems in 0 rules.\n"],
    [1, "No problems in 1 rule.\n"],
    [25, "No problems in 25 rules.\n"],
  ])("says so when there is nothing, of %i rules", (rules, text) => {
    expect(render("pretty", { diagnostics: [], documents: new Map(), rules })).toBe(text);
  });

  it("counts hints, and one of each in the singular", () => {
    const input = inputOf({ "a.rule.yml": "a: 1\n" });
    const target = { file: "a.rule.yml", pointer: "/a" };
    const hint = report("yaml/unused-suppression", { code: "x" }, target);
    expect(render("pretty", { ...input, diagnostics: [hint] })).toMatch(
      /\n1 hint in 1 file \(1 rule checked\)\n$/,
    );
  });

  it("uses the colours that it is given and no others", () => {
    const palette: Palette = {
      bold: tag("b"),
      dim: tag("i"),
      red: tag("red"),
      green: tag("green"),
      yellow: tag("yellow"),
      cyan: tag("cyan"),
    };
    const input = inputOf({ "a.rule.yml": "a: @x\n" });
    expect(render("pretty", input, palette)).toBe(`\
<b>a.rule.yml:1:4</b>  <red>error</red>  <i>yaml/unquoted-special</i>  unquoted text cannot begin with "@"
  <i>1 |</i> a: @x
  <i>  |</i>    <red>^</red>
  <cyan>help:</cyan> put the whole value in quotes

<b><red>1 error in 1 file (1 rule checked)</red></b>
`);
  });
});

describe("pretty, hostile text", () => {
  const clear = "\u001b[2J\u001b[31m";

  it("shows the escape sequences of a message, a file name and a source line instead of sending them", () => {
    const file = `rules/${clear}\n.rule.yml`;
    const input = inputOf(
      { [file]: `a: "x\u009b31m" # \u001b]8;;http://evil\u0007\nb: \u202eabc\u200b\n` },
      warning(`${clear}\nrules/fake.yml:1:1  error\r\u0008`, { file, pointer: "/a" }),
    );
    const text = render("pretty", input);
    expect(text).toContain("rules/\\u{1b}[2J\\u{1b}[31m\\n.rule.yml:1:4  warning");
    expect(text).toContain("no rules found in \\u{1b}[2J\\u{1b}[31m\\nrules/fake.yml:1:1  error\\r\\u{8}");
    expect(text).toContain('1 | a: "x\\u{9b}31m" # \\u{1b}]8;;http://evil\\u{7}');
    expect(text).toContain("2 | b: \\u{202e}abc\\u{200b}");
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e\u200b]/u);
  });
});
