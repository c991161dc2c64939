import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "../../src/diagnostics/index.js";

const fields = [
  "severity",
  "risk_score",
  "interval",
  "index",
  "query",
  "language",
  "type",
  "threat",
  "tags",
  "to",
  "from",
];

describe("nearest", () => {
  it.each([
    ["serverity", ["severity"]],
    ["SEVERITY", ["severity"]],
    ["riskscore", ["risk_score"]],
    ["risk_socre", ["risk_score"]],
    ["qurey", ["query"]],
    ["tpye", ["type"]],
    ["form", ["from"]],
    ["indexx", ["index"]],
    ["tag", ["tags"]],
    ["o", ["to"]],
    ["completely_else", []],
    ["", []],
  ])("%j → %j", (name, expected) => {
    expect(nearest(name, fields)).toEqual(expected);
  });

  it("puts the nearest first, ties by name, and gives at most three", () => {
    expect(nearest("abcdefghi", ["abcdefxxi", "abcdefghx", "abcdefghi", "abcdefgha", "abcdefgh"])).toEqual([
      "abcdefghi",
      "abcdefgh",
      "abcdefgha",
    ]);
  });

  test.prop([
    fc.string({ minLength: 3, maxLength: 20 }),
    fc.nat(),
    fc.constantFrom("drop", "double", "swap"),
  ])("finds a name again after one slip of the keyboard", (name, at, slip) => {
    const i = at % (name.length - 1);
    const mistyped = {
      drop: name.slice(0, i) + name.slice(i + 1),
      double: name.slice(0, i) + name[i] + name.slice(i),
      swap: name.slice(0, i) + name[i + 1] + name[i] + name.slice(i + 2),
    }[slip];
    expect(nearest(mistyped, [name])).toEqual([name]);
  });
});

describe("did you mean", () => {
  it.each([
    ["severty", ["severity"], 'did you mean "severity"?'],
    ["abcd", ["abce", "abcf"], 'did you mean "abce" or "abcf"?'],
    ["abcd", ["abce", "abcf", "abcg"], 'did you mean "abce", "abcf" or "abcg"?'],
    ["abcd", ["zzzz"], undefined],
    ["abcd", [], undefined],
  ])("%j of %j", (name, candidates, text) => {
    expect(didYouMean(name, candidates)).toBe(text);
  });
});
