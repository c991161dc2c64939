import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRegexp } from "../../../src/query/match/index.js";

/** Compiles a pattern that has to be right. */
function compiled(pattern: string, insensitive = false): (text: string) => boolean {
  const regexp = compileRegexp(pattern, { insensitive });
  if (!regexp.ok) throw new Error(regexp.message);
  return regexp.test;
}

/** Pattern, texts that match, texts that do not. */
const MEANINGS: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
  ["", [""], ["a"]],
  ["abc", ["abc"], ["ab", "abcd", "xabc", "ABC"]],
  [".", ["a", "\n", "😀", "\ud83d"], ["", "ab"]],
  ["a?b", ["b", "ab"], ["aab"]],
  ["a*", ["", "aaaa"], ["b"]],
  ["a+", ["a", "aa"], [""]],
  ["a{2}", ["aa"], ["a", "aaa"]],
  ["a{2,}", ["aa", "aaaa"], ["a"]],
  ["a{1,3}", ["a", "aa", "aaa"], ["", "aaaa"]],
  ["a{0}b", ["b"], ["ab"]],
  ["(ab){2,3}", ["abab", "ababab"], ["ab", "abababab"]],
  ["(a?){3}b", ["b", "aab", "aaab"], ["aaaab"]],
  ["(a+){2}", ["aa", "aaaa"], ["a"]],
  ["(a{2,3})?", ["", "aa", "aaa"], ["a", "aaaa"]],
  ["(a{2,3})*", ["", "aa", "aaaa", "aaaaaaa"], ["a"]],
  ["a|bc|d", ["a", "bc", "d"], ["b", "ad", ""]],
  ["x(a|b|())y", ["xay", "xby", "xy"], ["xaby"]],
  ["[abc]", ["a", "c"], ["d", ""]],
  ["[a-cx]", ["b", "x"], ["d", "-"]],
  ["[^a-c]", ["d", "\n", "😀"], ["a", ""]],
  ["[-a]", ["-", "a"], ["b"]],
  ["[]a]", ["]", "a"], ["b"]],
  ["[^]a]", ["b"], ["]", "a"]],
  ["[.*]+", ["..*"], ["a"]],
  ["[\\]\\\\]", ["]", "\\"], ["a"]],
  ["[\\d_]+", ["1_2"], ["a"]],
  // What is escaped is an item of its own and begins no range.
  ["[A-Za-z0-9_\\\\-]+", ["aZ9_\\-"], [".", "]"]],
  ["[\\\\-z]", ["\\", "-", "z"], ["m", "a", "]"]],
  ["[^\\\\-z]", ["m"], ["\\", "-", "z"]],
  ["[\\\\-\\\\]", ["\\", "-"], ["a"]],
  ["[a\\\\--0]", ["a", "\\", "-", ".", "0"], ["1", "b"]],
  ["[\\w\\.-]+:x", ["a.b-c:x"], ["a/b:x", ":x"]],
  ["[\\.-9]", [".", "-", "9"], ["5", "/"]],
  ["[\\[-\\]]", ["[", "-", "]"], ["\\"]],
  ["[\\w-z]", ["a", "-"], ["."]],
  ["[+-\\.]", ["+", ",", "-", "."], ["/", "*"]],
  ["[--\\/]", ["-", ".", "/"], ["0"]],
  ["[\u{1f600}-\u{1f602}]", ["\u{1f601}"], ["\u{1f603}", "\ud83d"]],
  ["\\d\\D\\w\\W\\s\\S", ["1aa- a", "0x_.\tx"], ["aaa- a"]],
  ["\\.\\*\\\\\\1", [".*\\1"], ["x"]],
  ['"a.b*"', ["a.b*"], ["axb"]],
  ['x""y', ["xy"], ["x"]],
  ["@", ["", "anything\n"], []],
  ["#", [], ["", "a"]],
  ["a#|b", ["b"], ["a"]],
  ["~a", ["", "b", "aa"], ["a"]],
  ["~~a", ["a"], ["b"]],
  ["a~bc", ["adc", "aec", "ac", "abbc"], ["abc"]],
  ["~(a|b)c", ["c", "abc", "cc"], ["ac", "bc"]],
  ["~a*", ["", "b", "aa"], ["a"]],
  ["~(a*)", ["b", "ab"], ["", "aa"]],
  ["~(.*bad.*)", ["good", ""], ["so bad it is"]],
  [".*a.*&.*b.*", ["ab", "ba", "xbya"], ["a", "b", ""]],
  [".{3}&a.*&.*c", ["abc"], ["abbc", "xbc"]],
  ["(.*a&..)+", ["aa", "xaya"], ["xax"]],
  ["a|b&c", ["a"], ["b", "c"]],
  ["<1-100>", ["1", "42", "100", "007"], ["0", "101", "", "1000"]],
  ["<01-10>", ["01", "10", "09"], ["1", "00", "11", "010"]],
  ["<100-1>", ["1", "100"], ["0"]],
  ["<0-7>x", ["0x", "7x"], ["8x", "00x"]],
  ["<9-12>", ["9", "10", "12", "09", "0011"], ["8", "13"]],
  ["<255-1024>", ["255", "999", "1000", "1024", "0300"], ["254", "1025"]],
  ["v<1-3>.<0-10>", ["v1.0", "v3x10"], ["v4.0"]],
  // An operator with nothing to stand on is a literal, as in Lucene.
  ["*a", ["*a"], ["a"]],
  ["|a", ["|a"], ["a", ""]],
  ["a||b", ["a", "|b"], ["b"]],
  ["+?", ["", "+"], ["++"]],
  ["]}", ["]}"], []],
  [")", [")"], []],
  ["(a|))", ["a", ")"], []],
  ["^a$", ["^a$"], ["a"]],
  ["[24][0-9]{3}", ["4755", "2000"], ["755", "47555"]],
  [
    "(C:\\\\Program Files \\(x86\\)\\\\|C:\\\\Program Files\\\\)\\w+.exe",
    ["C:\\Program Files (x86)\\a.exe", "C:\\Program Files\\abc.exe"],
    ["C:\\Program Files\\a b.exe"],
  ],
];

describe("a regular expression", () => {
  it.each(MEANINGS)("%s", (pattern, yes, no) => {
    const test = compiled(pattern);
    expect(yes.filter((text) => !test(text))).toEqual([]);
    expect(no.filter((text) => test(text))).toEqual([]);
    // The second time from the table alone.
    expect(yes.every(test)).toBe(true);
  });

  it.each([
    ["(Azure|sharp)hound/.*", ["AZUREhound/1", "SHARPHOUND/", "sharphound/X"], ["hound/"]],
    ["[a-c]+", ["aBC"], ["d"]],
    ["[^a-c]", ["D", "1"], ["A", "b"]],
    ['"AB"', ["ab", "Ab"], ["b"]],
    ["straße σ", ["STRAßE Σ", "straẞe ς"], ["strasse σ"]],
    ["[а-я]+", ["Привет"], ["hi"]],
    ["k", ["K", "\u212a"], ["c"]],
    ["~(abc)", ["abd"], ["ABC", "abc"]],
    ["<1-9>X", ["5x"], ["x"]],
  ])("ignores case in %s", (pattern, yes, no) => {
    const test = compiled(pattern, true);
    expect(yes.filter((text) => !test(text))).toEqual([]);
    expect(no.filter((text) => test(text))).toEqual([]);
  });

  it.each([
    ["(a", `")" is missing`, "("],
    ["a)", `")" has no "(" before it`, ")"],
    ["x(a|)", `")" stands for itself here`, ")"],
    ["[ab", `"]" is missing`, "["],
    ["x[]", `"]" is missing`, "["],
    ["[b-a]", `the range "b-a" is out of order`, "b-a"],
    ['x"ab', `the closing '"' is missing`, '"'],
    ["a{", `a number is missing after "{"`, "{"],
    ["a{x}", `a number is missing after "{"`, "{"],
    ["a{1", `"}" is missing`, "{1"],
    ["a{1,2", `"}" is missing`, "{1,2"],
    ["a{3,2}", "the repetition 3 to 2 is out of order", "{3,2}"],
    ["a{99999999999}", "a repetition ends at 2147483647", "99999999999"],
    ["a|", `the regular expression ends after "|"`, "|"],
    ["a&", `the regular expression ends after "&"`, "&"],
    ["a~", `the regular expression ends after "~"`, "~"],
    ["a\\", `the regular expression ends after "\\\\"`, "\\"],
    ["a\\nb", `"\\n" is no character class`, "\\n"],
    ["[\\q]", `"\\q" is no character class`, "\\q"],
    ["x<1-2", `">" is missing`, "<"],
    ["x<name>", `"<name>" is no range of numbers`, "<name>"],
    ["<1-2-3>", `"<1-2-3>" is no range of numbers`, "<1-2-3>"],
    ["<-2>", `"<-2>" is no range of numbers`, "<-2>"],
    ["<1-99999999999>", `"<1-99999999999>" is no range of numbers`, "<1-99999999999>"],
    ["xa{1000}{1000}", "this is too large", "a{1000}{1000}"],
    ["(a{0,100}){0,100}", "this is too large", "(a{0,100}){0,100}"],
    ["(){9999}", "this is too large", "(){9999}"],
    ["x~(.*a.{30})", "this is too complex", "~(.*a.{30})"],
    [".*&(.*a.{30})", "this is too complex", ".*&(.*a.{30})"],
  ])("refuses %s", (pattern, message, place) => {
    const regexp = compileRegexp(pattern);
    if (regexp.ok) throw new Error("it is taken");
    expect(regexp.message).toContain(message);
    expect(pattern.slice(regexp.start, regexp.end)).toBe(place);
  });
});

describe("a class that older releases read otherwise", () => {
  it.each([
    ["x[\\w\\.-]", "\\.-"],
    ["[\\.-9\\+-z]", "\\.-"],
    ["[\\\\-z]", undefined],
    ["[\\w-]", undefined],
    ["[+-\\.]", undefined],
    ["[\\.]-", undefined],
    ["\\.-", undefined],
  ])("%s", (pattern, place) => {
    const regexp = compileRegexp(pattern);
    if (!regexp.ok) throw new Error(regexp.message);
    const { newer } = regexp;
    expect(newer && pattern.slice(newer.start, newer.end)).toBe(place);
  });
});

/** Patterns that mean the same to Lucene and to JavaScript, with the text of one that JavaScript reads. */
const letter = fc.constantFrom("a", "b", "c", "[ab]", "[^a]", ".", "[b-c]", "😀", "\\.");
const { pattern: COMMON } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    letter,
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => a + b),
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(${a}|${b})`),
    fc
      .tuple(tie("pattern"), fc.constantFrom("?", "*", "+", "{2}", "{1,3}", "{2,}", "{0,1}"))
      .map(([a, times]) => `(${a})${times}`),
  ),
}));
const TEXT = fc
  .array(fc.constantFrom("a", "b", "c", "😀", "."), { maxLength: 8 })
  .map((parts) => parts.join(""));

describe("regular expressions", () => {
  it("mean what they mean to JavaScript on the common subset", () => {
    fc.assert(
      fc.property(COMMON, fc.array(TEXT, { minLength: 1, maxLength: 10 }), (pattern, texts) => {
        fc.pre(compileRegexp(pattern).ok);
        const test = compiled(pattern);
        const reference = new RegExp(`^(?:${pattern})$`, "su");
        expect(texts.map((text) => test(text))).toEqual(texts.map((text) => reference.test(text)));
      }),
      { numRuns: 1_000 },
    );
  });

  it("obey the laws of complement and intersection", () => {
    fc.assert(
      fc.property(COMMON, COMMON, fc.array(TEXT, { minLength: 1, maxLength: 10 }), (a, b, texts) => {
        const [left, right] = [compiled(a), compiled(b)];
        const not = compileRegexp(`~(${a})`);
        const both = compileRegexp(`(${a})&(${b})`);
        fc.pre(not.ok && both.ok);
        for (const text of texts) {
          expect(not.test(text)).toBe(!left(text));
          expect(both.test(text)).toBe(left(text) && right(text));
        }
      }),
    );
  });

  it("count as numbers do in a range", () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_000), fc.nat(2_500), fc.nat(2), (a, b, number, zeros) => {
        const text = "0".repeat(zeros) + String(number);
        const isInside = number >= Math.min(a, b) && number <= Math.max(a, b);
        const isFixed = String(a).length === String(b).length;
        const isLong = text.length === String(a).length;
        expect(compiled(`<${a}-${b}>`)(text)).toBe(isInside && (!isFixed || isLong));
      }),
      { numRuns: 500 },
    );
  });

  it("never throw, whatever the pattern", () => {
    const soup = fc.array(fc.constantFrom(...'ab.?+*|{}()[]^-"@&~<>#\\,019dws😀'), { maxLength: 30 });
    fc.assert(
      fc.property(soup, fc.boolean(), TEXT, (parts, insensitive, text) => {
        const pattern = parts.join("");
        const regexp = compileRegexp(pattern, { insensitive });
        if (regexp.ok) regexp.test(text);
        else {
          expect(regexp.start).toBeGreaterThanOrEqual(0);
          expect(regexp.start).toBeLessThan(regexp.end);
          expect(regexp.end).toBeLessThanOrEqual(pattern.length);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("a hostile regular expression", () => {
  const long = "ab".repeat(500_000);

  it.each([
    ["(a*)*b", "a".repeat(1_000_000)],
    ["(a|a)*b", "a".repeat(1_000_000)],
    ["(a?){100}a{100}", "a".repeat(100)],
    ["(.*)*(.*)*(.*)*x", long],
    ["((a+)+)+b", long],
    ["(.*a){20}c", long],
    [".*a.{12}c", long],
  ])("%s is followed in one pass", (pattern, text) => {
    const test = compiled(pattern);
    expect(test(`${text}!`)).toBe(false);
  });

  it("is followed without a table where the sets are ever new", () => {
    let seed = 1;
    const random = Array.from({ length: 50_000 }, () => {
      seed = (seed * 48_271) % 0x7fffffff;
      return seed % 2 === 0 ? "a" : "b";
    }).join("");
    const test = compiled(".*a.{60}x");
    expect(test(random)).toBe(false);
    expect(test(`${random}a${"b".repeat(60)}x`)).toBe(true);
    expect(test(`${random}b${"b".repeat(60)}x`)).toBe(false);
  });

  it("may have a long chain of operators, brackets or items", () => {
    expect(compiled(`a${"*".repeat(100_000)}`)("aaa")).toBe(true);
    expect(compiled(`a${"?+".repeat(50_000)}`)("aaa")).toBe(true);
    expect(compiled(`${"~".repeat(100_001)}a`)("a")).toBe(false);
    expect(compiled(`[${"abcé".repeat(100_000)}]`, true)("É")).toBe(true);
    expect(compileRegexp("(".repeat(100_000)).ok).toBe(false);
    expect(compileRegexp("a".repeat(1_000_000)).ok).toBe(false);
    expect(compileRegexp("a|".repeat(500_000)).ok).toBe(false);
    expect(compileRegexp("~(".repeat(150) + "a*b".repeat(20) + ")".repeat(150)).ok).toBe(true);
  });
});
