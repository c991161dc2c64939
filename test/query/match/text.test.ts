import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokens } from "../../../src/query/match/index.js";

describe("the tokens of a text", () => {
  it.each([
    ["", []],
    [" ... --", []],
    ["The QUICK brown-fox", ["the", "quick", "brown", "fox"]],
    ["foo.bar cmd.exe.", ["foo.bar", "cmd.exe"]],
    ["it's 'quoted' rock'n'roll it’s", ["it's", "quoted", "rock'n'roll", "it’s"]],
    ["C:\\Windows\\System32", ["c", "windows", "system32"]],
    ["a:b a::b", ["a:b", "a", "b"]],
    ["192.168.0.1 1,000.50 1;2", ["192.168.0.1", "1,000.50", "1;2"]],
    ["a1.b2 1a.2b v1.2", ["a1", "b2", "1a", "2b", "v1.2"]],
    ["1.a a.1 a,b 1:2", ["1", "a", "a", "1", "a", "b", "1", "2"]],
    ["snake_case _x_ __ a_1 _.a", ["snake_case", "_x_", "a_1", "a"]],
    ["user@example.com", ["user", "example.com"]],
    ["Straße ÉTÉ e\u0301te\u0301", ["straße", "été", "e\u0301te\u0301"]],
    ["ΑΣ ας", ["ασ", "ασ"]],
    ["Привет, мир!", ["привет", "мир"]],
    ["漢字 ひらがな カタカナ カ_ナ", ["漢", "字", "ひ", "ら", "が", "な", "カタカナ", "カ_ナ"]],
    ["aカ カa", ["a", "カ", "カ", "a"]],
    ["한국어 테스트", ["한국어", "테스트"]],
    ["สวัสดี ok", ["สวัสดี", "ok"]],
    ["\u{10400}x", ["\u{10428}x"]],
    ["½ 5½ ٣٤", ["5", "٣٤"]],
    ["🚀 go 🚀", ["🚀", "go", "🚀"]],
    ["\u0301a", ["a"]],
  ])("%s", (text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });

  it("are cut where they are too long", () => {
    expect(tokens("a".repeat(600)).map((token) => token.length)).toEqual([255, 255, 90]);
    expect(tokens("a.".repeat(500_000)).length).toBeGreaterThan(1_000);
  });

  it("are parts of the text in their order, each one token again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const all = tokens(text);
        expect(all.map(tokens)).toEqual(all.map((token) => [token]));
        expect(tokens(all.join(" "))).toEqual(all);
      }),
      { numRuns: 300 },
    );
  });
});
