import { expect, it } from "vitest";
import { matchesRange } from "../../src/rule/index.js";

it.each([
  ["9.5", ">=9.2", true],
  ["9.1.9", ">=9.2", false],
  ["9.2.0", "> 9.1", true],
  ["9.1.5", "> 9.1", false],
  ["9.1.5", ">9.1.4", true],
  ["8.19.3", "^8.18", true],
  ["9.0", "^8.18", false],
  ["9.1.7", "~9.1", true],
  ["9.2", "~9.1", false],
  ["9.7", "~9", true],
  ["8.18.4", "8.18", true],
  ["8.19", "8.18", false],
  ["8.3", "8.x", true],
  ["9.3", ">=8.18 <9.3", false],
  ["9.2.9", ">=8.18 <9.3", true],
  ["9.3", "<=9.3", true],
  ["9.3.4", "<=9.3", true],
  ["9.3", "8.x || >=9.2", true],
  ["9.1", "8.x || >=9.2", false],
  ["9.5.0-SNAPSHOT", "9.5.0", true],
  ["9.5", "*", true],
  ["9.5", "newest", undefined],
  ["9.5", "", undefined],
  ["9.5", ">= ", undefined],
  ["serverless", ">=9", undefined],
  ["9.5", "9 ".repeat(200), undefined],
])("%s in %s: %s", (version, range, expected) => {
  expect(matchesRange(version, range)).toBe(expected);
});
