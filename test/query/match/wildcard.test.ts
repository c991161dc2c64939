import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileWildcard, fold, type Piece } from "../../../src/query/match/index.js";

const ANY = { any: true } as const;
const ONE = { one: true } as const;

/** What a pattern means, said slowly: which lengths of the text each prefix of the pattern can take. */
function reference(pieces: readonly Piece[], text: string, insensitive: boolean): boolean {
  const chars = Array.from(insensitive ? fold(text) : text);
  const steps = pieces.flatMap((piece): readonly (Exclude<Piece, string> | string)[] =>
    typeof piece === "string" ? Array.from(insensitive ? fold(piece) : piece) : [piece],
  );
  let ends = new Set([0]);
  for (const step of steps) {
    const next = new Set<number>();
    for (const end of ends) {
      if (typeof step === "object" && "any" in step)
        for (let to = end; to <= chars.length; to++) next.add(to);
      else if (end < chars.length && (typeof step === "object" || chars[end] === step)) next.add(end + 1);
    }
    ends = next;
  }
  return ends.has(chars.length);
}

const SMALL_TEXT = fc
  .array(fc.constantFrom("a", "b", "A", "é", "É", "😀", "σ", "ς"), { maxLength: 12 })
  .map((parts) => parts.join(""));
const PIECES = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("a", "b", "A", "ab", "É", "😀", "Σ", "") },
    fc.constant(ANY),
    fc.constant(ONE),
  ),
  { maxLength: 8 },
);

describe("a wildcard pattern", () => {
  it.each([
    ["abc", ["abc"], ["", "ab", "abcd", "ABC"]],
    ["", [""], ["a"]],
    ["*", ["", "a", "\n"], []],
    ["**", ["", "a"], []],
    ["a*", ["a", "abc"], ["ba", ""]],
    ["*a", ["a", "cba"], ["ab"]],
    ["*a*", ["a", "bab"], ["", "b"]],
    ["ab*ba", ["abba", "abxba"], ["aba"]],
    ["a*b*c", ["abc", "axbxc", "abbc", "abcbc"], ["ac", "acb"]],
    ["*ab*ab*", ["abab", "xabxabx"], ["ab", "aab"]],
    ["a?c", ["a?c"], ["abc"]],
    ["C:\\*\\x.exe", ["C:\\a\\b\\x.exe"], ["C:\\x.exe"]],
  ])("%s", (pattern, yes, no) => {
    const test = compileWildcard(pattern);
    expect(yes.filter((text) => !test(text))).toEqual([]);
    expect(no.filter((text) => test(text))).toEqual([]);
  });

  it.each([
    ["a?c", ["abc", "a😀c", "a?c"], ["ac", "abbc"]],
    ["?", ["a", "😀", "\ud83d"], ["", "ab"]],
    ["??", ["ab", "😀😀"], ["😀", "abc"]],
    ["*?", ["a", "abc", "😀"], [""]],
    ["?*", ["a", "abc"], [""]],
    ["*??*", ["ab", "abc"], ["a", "😀"]],
    ["*a?b*", ["axb", "aab", "aaab", "a😀b", "abaxb"], ["ab", "axxb"]],
    ["a?*?b", ["axyb", "axxxb"], ["axb", "ab"]],
    ["*?b?", ["abc", "xxabc", "😀b😀"], ["bc", "ab"]],
  ])("%s with single characters", (pattern, yes, no) => {
    const test = compileWildcard(pattern, { single: true });
    expect(yes.filter((text) => !test(text))).toEqual([]);
    expect(no.filter((text) => test(text))).toEqual([]);
  });

  it.each([
    ["CMD.exe", ["cmd.EXE", "CMD.EXE"], ["cmd.ex", "xcmd.exe"]],
    ["Cmd*", ["cMDx", "CMD"], ["xcmd", "cm"]],
    ["*.EXE", ["a.exe", ".Exe"], ["exe"]],
    ["*Temp*", ["c:\\TEMP\\x"], ["tmp"]],
    ["c:\\*\\Temp\\*.Exe", ["C:\\Windows\\TEMP\\a.EXE"], ["C:\\TEMP\\a.exe"]],
    ["Ünïcode*", ["üNÏCODE!"], ["unicode"]],
    ["k*", ["\u212aelvin"], []],
    ["*ΣΑΣ", ["σας", "ΣΑΣ", "xσασ"], ["σα"]],
    ["İ", ["İ"], ["i"]],
    ["@[`{", ["@[`{"], ["`{@["]],
  ])("%s without case", (pattern, yes, no) => {
    const test = compileWildcard(pattern, { insensitive: true });
    expect(yes.filter((text) => !test(text))).toEqual([]);
    expect(no.filter((text) => test(text))).toEqual([]);
  });

  it("may be given as pieces, whose text stands for itself", () => {
    const test = compileWildcard(["a*", ONE, "?", ANY]);
    expect(["a*x?", "a*😀?yz"].every(test)).toBe(true);
    expect(["axx?", "a*?", "a*xx"].some(test)).toBe(false);
    expect(compileWildcard([])("")).toBe(true);
  });

  it("means what the definition says", () => {
    fc.assert(
      fc.property(
        PIECES,
        fc.boolean(),
        fc.array(SMALL_TEXT, { minLength: 1, maxLength: 8 }),
        (pieces, insensitive, texts) => {
          const test = compileWildcard(pieces, { insensitive });
          expect(texts.map(test)).toEqual(texts.map((text) => reference(pieces, text, insensitive)));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it("means what the definition says with long parts between the runs", () => {
    const part = fc.array(fc.constantFrom("a", "b", "😀", ONE, ONE), { minLength: 60, maxLength: 140 });
    const text = fc.array(fc.constantFrom("a", "b", "😀"), { minLength: 60, maxLength: 300 });
    fc.assert(
      fc.property(part, text, fc.nat(200), (pieces, chars, at) => {
        // A place that fits, but for one of its characters perhaps.
        const fitting = pieces.map((piece) => (typeof piece === "string" ? piece : "b"));
        const planted = [...chars.slice(0, at), ...fitting, ...chars.slice(at + 1)].join("");
        for (const candidate of [planted, planted.replace("a", "b"), chars.join("")]) {
          const pattern = [ANY, ...pieces, ANY];
          expect(compileWildcard(pattern)(candidate)).toBe(reference(pattern, candidate, false));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a hostile wildcard pattern", () => {
  const long = "a".repeat(1_000_000);

  it.each([
    ["thousands of runs", "*a".repeat(50_000) + "*b*"],
    ["runs in a row", "*".repeat(1_000_000) + "b"],
    ["runs and single characters by turns", "*?".repeat(50_000) + "b"],
    ["a long part that nearly fits", "*" + "a".repeat(20_000) + "b*"],
    ["a long part that fits at its end", "*b" + "a".repeat(20_000) + "*"],
    ["a short part with single characters", "*" + "a?".repeat(30) + "b*"],
    ["a long part with single characters", "*" + "a?".repeat(1_000) + "b*"],
    ["many parts with single characters", "*a?a".repeat(10_000) + "*b"],
  ])("ends: %s", (_, pattern) => {
    expect(compileWildcard(pattern, { single: true })(long)).toBe(false);
    expect(compileWildcard(pattern, { single: true, insensitive: true })(long)).toBe(false);
    expect(compileWildcard(pattern.replace("b", "a"), { single: true })(long)).toBe(true);
  });
});

describe("fold", () => {
  it("keeps the length and works on each code point by itself", () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const char = String.fromCodePoint(code);
      const folded = fold(char);
      if (folded === char) continue;
      expect(folded).toHaveLength(char.length);
      expect(fold(folded)).toBe(folded);
      expect(fold(`Α${char}`)).toBe(`α${folded}`);
    }
  });

  it("gives the same text where nothing is to be done", () => {
    expect(["", "abc", "ABC", "Straße ΑΣ", "İi"].map(fold)).toEqual(["", "abc", "abc", "straße ασ", "İi"]);
  });
});
