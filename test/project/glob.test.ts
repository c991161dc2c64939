import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { glob, globProblem } from "../../src/project/glob.js";

describe("glob", () => {
  it.each([
    ["rules/**", "rules/a.yml", true],
    ["rules/**", "rules/a/b/c.yml", true],
    ["rules/**", "other/a.yml", false],
    ["**/a.yml", "a.yml", true],
    ["**/a.yml", "x/y/a.yml", true],
    ["**/a.yml", "x/ya.yml", false],
    ["a/**/b", "a/b", true],
    ["a/**/b", "a/x/y/b", true],
    ["a/**/b", "ab", false],
    ["a/*", "a/b", true],
    ["a/*", "a/b/c", false],
    ["a/*.yml", "a/.yml", false],
    ["a/.*", "a/.b", true],
    ["**", ".git/config", false],
    ["**", "a/.b", false],
    ["**", "a.b/c", true],
    ["a**b", "axxb", true],
    ["a**b", "a/b", false],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["?a", ".a", false],
    ["[abc]x", "bx", true],
    ["[a-c]x", "dx", false],
    ["[!a-c]x", "dx", true],
    ["[^a]x", "ax", false],
    ["[!a]x", "/x", false],
    ["[]a]x", "]x", true],
    ["[ax", "[ax", true],
    ["{a,b}/c", "a/c", true],
    ["{a,b}/c", "b/c", true],
    ["{a,b}/c", "c/c", false],
    ["{a,{b,c}d}e", "cde", true],
    ["{a,}b", "b", true],
    ["{a}b", "{a}b", true],
    ["{a,b", "{a,b", true],
    ["a\\*b", "a*b", true],
    ["a\\*b", "axb", false],
    ["./a/*", "a/b", true],
    ["rules/(old)/a", "rules/(old)/a", true],
    ["", "", true],
    ["", "a", false],
    ["日*", "日本", true],
    ["*😀", "x😀", true],
  ])("%j on %j → %s", (pattern, path, matches) => {
    expect(glob(pattern)(path)).toBe(matches);
  });

  it.each([
    ["rules/*(*(*(*(*(*(a))))))b", "has a group such as *(…), which path patterns do not have"],
    ["@(a|b)", "has a group such as *(…), which path patterns do not have"],
    ["x+(a+)+", "has a group such as *(…), which path patterns do not have"],
    ["{a,b}".repeat(8), "has more than 200 alternatives in {…}"],
    ["a".repeat(1_001), "is longer than 1000 characters"],
  ])("refuses %j, which then matches nothing", (pattern, problem) => {
    expect(globProblem(pattern)).toBe(problem);
    expect(glob(pattern)(pattern)).toBe(false);
  });

  it("takes what is close to the limits", () => {
    expect(globProblem("{a,b}".repeat(7))).toBeUndefined();
    expect(globProblem("a".repeat(1_000))).toBeUndefined();
    expect(glob("{a,b}".repeat(7))("abababa")).toBe(true);
  });

  it("does a bounded amount of work on patterns made to hang", () => {
    const path = `${"a/".repeat(500)}${"a".repeat(1_000)}`;
    expect(glob(`${"**/".repeat(9)}b`)(path)).toBe(false);
    expect(glob(`${"*a".repeat(400)}b`)(path)).toBe(false);
    expect(glob(`${"**/*a".repeat(100)}b`)(path)).toBe(false);
  });

  test.prop([fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 6 }), fc.nat()])(
    "a path is matched by itself, by stars for its names, and by ** for the folders in front",
    (names, at) => {
      const path = names.join("/");
      const from = at % names.length;
      expect(glob(path)(path)).toBe(true);
      expect(glob(names.map(() => "*").join("/"))(path)).toBe(true);
      expect(glob(`**/${names.slice(from).join("/")}`)(path)).toBe(true);
      expect(glob(`${names.slice(0, from).join("/")}${from === 0 ? "" : "/"}**`)(path)).toBe(true);
    },
  );
});
