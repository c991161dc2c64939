import { describe, expect, it } from "vitest";
import { selector, wildcard } from "../../src/project/select.js";

const rule = {
  file: "rules/windows/a.rule.yml",
  name: "Script Executing PowerShell",
  tags: ["Domain: Endpoint", "OS: Windows"],
};

describe("selector", () => {
  it.each([
    [["rules/windows/**"], true],
    [["rules/windows/"], true],
    [["rules/*/a.rule.yml"], true],
    [["rules/linux/**"], false],
    [["tag:Domain: Endpoint"], true],
    [["tag:domain: *"], true],
    [["tag:Domain"], false],
    [["name:*powershell"], true],
    [["rules/linux/**", "tag:OS: Windows"], true],
    [["rules/**", "!tag:OS: Windows"], false],
    [["!rules/linux/**"], true],
  ])("%j → %s", (patterns, taken) => {
    expect(selector(patterns)(rule)).toBe(taken);
  });
});

describe("wildcard", () => {
  it.each([
    ["a*b", "ab", true],
    ["a*b", "a", false],
    ["aa*aa", "aaa", false],
    ["*x*y*", "_x_y_", true],
    ["*x*y*", "_y_x_", false],
    ["", "", true],
    ["*", "", true],
  ])("%s on %s → %s", (pattern, text, matches) => {
    expect(wildcard(pattern)(text)).toBe(matches);
  });

  it("does not blow up on many stars", () => {
    expect(wildcard("*a".repeat(50) + "b")("a".repeat(5000))).toBe(false);
  });
});
