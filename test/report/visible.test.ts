import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { jsonText, safeJson, visible } from "../../src/report/index.js";

/** Whatever must not reach a terminal, a log or a page as it is. */
const FORBIDDEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff\u{e0000}-\u{e0fff}]/u;

describe("visible", () => {
  it.each([
    ["plain text, Größe, 日本語, α", "plain text, Größe, 日本語, α"],
    ["a\nb\r\nc\td", "a\\nb\\r\\nc\\td"],
    ["\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m"],
    ["\u009b31m\u007f\u0000", "\\u{9b}31m\\u{7f}\\u{0}"],
    ["No changes.\u2028\u2029", "No changes.\\u{2028}\\u{2029}"],
    ["a\u2060b\u200bc\ufeffd\u00ade", "a\\u{2060}b\\u{200b}c\\u{feff}d\\u{ad}e"],
    ["\u202eabc\u202c\u2066x\u2069", "\\u{202e}abc\\u{202c}\\u{2066}x\\u{2069}"],
    ["\u{e0041}\u3164\ud800", "\\u{e0041}\\u{3164}\\u{d800}"],
    ["a\u200db", "a\\u{200d}b"],
    ["👩‍💻 👍🏽 ❤️", "👩‍💻 👍🏽 ❤️"],
    ["👩\u200d", "👩\\u{200d}"],
    ["::error::x", "\\u{3a}:error::x"],
    ["  ::stop-commands::x", "  \\u{3a}:stop-commands::x"],
    ["a ::error::x", "a ::error::x"],
    ["x ##[error]y ##[z]", "x #\\u{23}[error]y #\\u{23}[z]"],
    ["## heading", "## heading"],
  ])("%j → %j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test.prop([fc.string({ unit: "binary" })])("leaves nothing that would not be seen", (text) => {
    const shown = visible(text);
    expect(shown).not.toMatch(FORBIDDEN);
    expect(visible(shown)).toBe(shown);
  });
});

describe("JSON", () => {
  test.prop([fc.jsonValue(), fc.string({ unit: "binary" })])(
    "means the same, and is safe to print",
    (value, text) => {
      const printed = jsonText({ value, [text]: text });
      expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify({ value, [text]: text })));
      for (const line of printed.split("\n")) expect(line).not.toMatch(FORBIDDEN);
      expect(printed).not.toContain("##[");
    },
  );

  it("is escaped by UTF-16 units", () => {
    expect(jsonText({ a: "\u2028\u{e0041}\u009b##[x]" })).toBe(
      '{\n  "a": "\\u2028\\udb40\\udc41\\u009b#\\u0023[x]"\n}\n',
    );
    expect(safeJson('{\t"a":\r\n1}')).toBe('{ "a": \n1}');
  });
});
