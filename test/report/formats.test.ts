import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type Diagnostic, report } from "../../src/diagnostics/index.js";
import { render, reportFormats } from "../../src/report/index.js";
import { inputOf, warning } from "./support.js";

const input = inputOf(
  { "rules/a, b.rule.yml": "name: One\nname: Two\n", "rules/fine.rule.yml": "name: Three\n" },
  report("project/no-rules", { where: "here" }, { file: "rules/a, b.rule.yml" }),
);

describe("json", () => {
  it("is one document with everything", () => {
    expect(JSON.parse(render("json", input))).toEqual({
      version: 1,
      summary: { errors: 1, warnings: 1, infos: 0, files: 1, rules: 2 },
      diagnostics: [
        {
          code: "project/no-rules",
          severity: "warning",
          message: "no rules found in here",
          help: "rules are files named *.rule.yml below the folders that `rules` lists in kdac.config.yml",
          file: "rules/a, b.rule.yml",
          related: [],
        },
        {
          code: "yaml/duplicate-key",
          severity: "error",
          message: 'the key "name" stands here for the second time',
          file: "rules/a, b.rule.yml",
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 5,
          related: [
            {
              message: "it stands here first",
              file: "rules/a, b.rule.yml",
              line: 1,
              column: 1,
              endLine: 1,
              endColumn: 5,
            },
          ],
        },
      ],
    });
  });

  it("carries the pointer", () => {
    const found = warning("x", { file: "rules/fine.rule.yml", pointer: "/name" });
    const [first] = JSON.parse(render("json", { ...input, diagnostics: [found] })).diagnostics;
    expect(first).toMatchObject({ pointer: "/name", line: 1, column: 7, endColumn: 12 });
  });
});

describe("github", () => {
  it("is one command a finding, and the summary", () => {
    expect(render("github", input)).toBe(
      [
        "::warning file=rules/a%2C b.rule.yml,title=project/no-rules::no rules found in here%0Ahelp: rules are files named *.rule.yml below the folders that `rules` lists in kdac.config.yml",
        '::error file=rules/a%2C b.rule.yml,line=2,endLine=2,col=1,endColumn=5,title=yaml/duplicate-key::the key "name" stands here for the second time%0Arules/a, b.rule.yml:1:1: it stands here first',
        "1 error, 1 warning in 1 file (2 rules checked)",
        "",
      ].join("\n"),
    );
  });

  it("shows a range over several lines at its beginning", () => {
    const files = { "a.rule.yml": "q: |\n  one\n  two\n" };
    const text = render("github", inputOf(files, warning("x", { file: "a.rule.yml", pointer: "/q" })));
    expect(text).toMatch(/^::warning file=a\.rule\.yml,line=1,col=4,title=/);
  });

  it("names hints notices", () => {
    const hint = report("yaml/unused-suppression", { code: "x" }, { file: "a" });
    expect(render("github", { ...input, diagnostics: [hint] })).toMatch(/^::notice file=a,/);
  });

  it("lets no text begin a command, end a property or fake a percent sign", () => {
    const file = "a:b,c%0A\n::error::x";
    const found = warning("50% \r\n::set-env name=PATH::evil\r::stop", { file });
    const lines = render("github", { ...input, diagnostics: [found] }).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(
      "::warning file=a%3Ab%2Cc%250A\\n%3A%3Aerror%3A%3Ax,title=project/no-rules::no rules found in 50%25 \\r\\n::set-env name=PATH::evil\\r::stop",
    );
    expect(lines[0]).not.toContain("\r");
  });
});

describe("junit", () => {
  it("is a suite a file and a case a code; warnings do not fail", () => {
    expect(render("junit", input)).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kdac" tests="3" failures="1" errors="0">
  <testsuite name="rules/a, b.rule.yml" tests="2" failures="1" errors="0" skipped="0">
    <testcase name="project/no-rules" classname="rules/a, b.rule.yml"><system-out>rules/a, b.rule.yml: warning: no rules found in here
  help: rules are files named *.rule.yml below the folders that \`rules\` lists in kdac.config.yml</system-out></testcase>
    <testcase name="yaml/duplicate-key" classname="rules/a, b.rule.yml"><failure message="the key &quot;name&quot; stands here for the second time" type="yaml/duplicate-key">rules/a, b.rule.yml:2:1: error: the key &quot;name&quot; stands here for the second time
  see rules/a, b.rule.yml:1:1: it stands here first</failure></testcase>
  </testsuite>
  <testsuite name="rules/fine.rule.yml" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="no findings" classname="rules/fine.rule.yml"/>
  </testsuite>
</testsuites>
`);
  });

  it("escapes markup and shows what XML cannot hold", () => {
    const found = warning(']]><x a="\'">&\u001b[31m\0\ufffe\ud800\r😀', { file: '<"&>' });
    const text = render("junit", { ...input, diagnostics: [found], documents: new Map() });
    expect(text).toContain('<testsuite name="&lt;&quot;&amp;&gt;" ');
    expect(text).toContain(
      "]]&gt;&lt;x a=&quot;'&quot;&gt;&amp;\\u{1b}[31m\\u{0}\\u{fffe}\\u{d800}\\r😀</system-out>",
    );
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\ufffe|\p{Cs}/u);
  });
});

describe("every format", () => {
  const places: readonly Diagnostic["target"][] = [
    { file: "rules/fine.rule.yml", pointer: "/name" },
    { file: "rules/fine.rule.yml" },
    { file: "rules/a, b.rule.yml", pointer: "/name", on: "key" },
    { file: "gone" },
  ];
  const many = fc.array(
    fc
      .tuple(fc.constantFrom("x", "y", "z"), fc.constantFrom(...places))
      .map(([where, target]) => warning(where, target)),
    { maxLength: 12 },
  );
  const shuffled = many.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );

  test.prop([fc.constantFrom(...reportFormats), shuffled])(
    "does not depend on the order in which findings come, and prints each once",
    (format, [all, other]) => {
      const once = render(format, { ...input, diagnostics: all });
      expect(render(format, { ...input, diagnostics: other })).toBe(once);
      expect(render(format, { ...input, diagnostics: [...all, ...other] })).toBe(once);
    },
  );

  it.each(reportFormats)(
    "%s takes findings that are not registered, and files that are not there",
    (format) => {
      const odd: Diagnostic = {
        code: "plugin/x",
        severity: "info",
        message: "m",
        target: { file: "nowhere", pointer: "/a" },
      };
      expect(render(format, { diagnostics: [odd], documents: new Map(), rules: 0 })).toContain("plugin/x");
    },
  );

  it.each(reportFormats)("%s ends in a line break", (format) => {
    expect(render(format, input)).toMatch(/[^\n]\n$/);
  });
});
