import { describe, expect, it } from "vitest";
import { BASE, compiled } from "../support/rule.js";

const withQuery = (query: string): string => BASE.replace(/query: "process.*\n/, `query: ${query}\n`);

describe("texts", () => {
  it.each([
    ["|\n  a\n    b\n", "a\n  b"],
    ["|-\n  a", "a"],
    ["|+\n  a\n", "a\n"],
    [">\n  a\n  b\n", "a b"],
    ["!!str |\n  a\n", "a"],
    ["&q |\n  a\n", "a"],
    ['"a\\n"', "a\n"],
    ['" a  b "', " a  b "],
    ['"a\\tb\\\\c"', "a\tb\\c"],
    ["'it''s | no block'", "it's | no block"],
  ])("query: %j is %j", (yaml, query) => {
    expect((compiled(withQuery(yaml)).rule as { query?: string }).query).toBe(query);
  });

  it("lose a block's newline wherever they stand", () => {
    const text = `rule_id: r\ntype: query\nseverity: low\nrisk_score: 1
name: >
  A name
description: |
  Says it.
note: |
  A note.
setup: |
  A setup.
false_positives:
  - |
    One.
  - "Two.\\n"
`;
    expect(compiled(text).rule).toMatchObject({
      name: "A name",
      description: "Says it.",
      note: "A note.",
      setup: "A setup.",
      false_positives: ["One.", "Two."],
    });
  });

  it("lose it in translations, in guides and in defaults too", () => {
    const translation = "description: |\n  说明\nfalse_positives:\n  - |\n    误报\nsetup: |\n  设置\n";
    const { rule } = compiled(
      `${BASE}guide: |\n  A guide.\n`,
      { locale: "zh-CN", defaults: { setup: "x\n", license: "MIT" } },
      { "zh-CN": translation },
    );
    expect(rule).toMatchObject({
      description: "说明",
      false_positives: ["误报"],
      setup: "设置",
      note: "A guide.",
    });
    expect(compiled(BASE, { defaults: { setup: "x\n" } }).rule.setup).toBe("x");
  });
});
