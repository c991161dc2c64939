import { describe, expect, it } from "vitest";
import { toBoolean, toNumber } from "../../../src/query/match/index.js";

describe("a value as a number", () => {
  it.each([
    [4, 4],
    [-0.5, -0.5],
    [12n, 12],
    ["4", 4],
    ["-4.5e3", -4_500],
    ["+.5", 0.5],
    ["1.", 1],
    [Number.NaN, undefined],
    ["", undefined],
    [" 4", undefined],
    ["0x10", undefined],
    ["Infinity", undefined],
    ["1e", undefined],
    ["1.2.3", undefined],
    ["--1", undefined],
    [true, undefined],
    [null, undefined],
    [[4], undefined],
    ["1".repeat(1_000_000), Infinity],
    [`${"1".repeat(1_000_000)}x`, undefined],
  ])("%s", (value, number) => {
    expect(toNumber(value)).toBe(number);
  });
});

describe("a value as a boolean", () => {
  it.each([
    [true, true],
    [false, false],
    ["true", true],
    ["false", false],
    ["", false],
    ["True", undefined],
    ["yes", undefined],
    [1, undefined],
    [undefined, undefined],
  ])("%s", (value, boolean) => {
    expect(toBoolean(value)).toBe(boolean);
  });
});
