import * as t from "io-ts";
import { describe, expect, it } from "vitest";
import { PositiveInteger, PositiveIntegerGreaterThanZero } from "../src/internal/integer.js";
import { NonEmptyArray } from "../src/internal/non_empty_array.js";
import { operator } from "../src/internal/operator.js";
import { NonEmptyString, UUID } from "../src/internal/text.js";
import { TimeDuration, type TimeUnit } from "../src/internal/time_duration.js";
import { expectAccepted, expectRejected, supplied } from "./harness.js";

describe.each<readonly [t.Mixed, string, readonly unknown[], readonly unknown[]]>([
  [NonEmptyString, "NonEmptyString", ["1", " 1 "], [5, "", "  "]],
  [PositiveInteger, "PositiveInteger", [0, 1], [-1, "some string", 0.5]],
  [PositiveIntegerGreaterThanZero, "PositiveIntegerGreaterThanZero", [1], [0, -1, "some string"]],
  [
    UUID,
    "UUID",
    ["4656dc92-5832-11ea-8e2d-0242ac130003", "4656DC92-5832-11EA-8E2D-0242AC130003"],
    ["4656dc92-5832-11ea-8e2d", "", 5],
  ],
  [operator, '"equals"', ["equals"], ["included", "", null]],
])("%s", (codec, name, accepted, rejected) => {
  it("accepts and rejects", () => {
    expect(codec.name).toBe(name);
    for (const value of accepted) {
      expectAccepted(codec, [value]);
    }
    for (const value of rejected) {
      expectRejected(codec, [value, supplied(String(value), name)]);
    }
  });
});

describe("NonEmptyArray", () => {
  const words = t.keyof({ valid: null, also_valid: null });
  const named = NonEmptyArray(words, "TestSchemaArray");

  it("keeps the order of its values", () => {
    expectAccepted(named, [["valid"]]);
    expectAccepted(named, [["valid", "also_valid"]]);
  });

  it.each<readonly [unknown, string]>([
    [[], "[]"],
    [["valid", 123], "123"],
    [["valid", "invalid"], "invalid"],
    [null, "null"],
  ])("rejects %j", (input, shown) => {
    expectRejected(named, [input, supplied(shown, "TestSchemaArray")]);
  });

  it("is named after its codec", () => {
    expect(NonEmptyArray(words).name).toBe('NonEmptyArray<"valid" | "also_valid">');
  });
});

describe("TimeDuration", () => {
  it.each<readonly [string, TimeUnit[]]>([
    ["1s", ["s"]],
    ["100m", ["s", "m"]],
    ["10000000h", ["s", "m", "h"]],
    ["7d", ["s", "m", "h", "d"]],
    ["1e3h", ["h"]],
    ["05m", ["m"]],
  ])("accepts %j among %j", (value, allowedUnits) => {
    expectAccepted(TimeDuration({ allowedUnits }), [value]);
  });

  it.each<readonly [unknown, TimeUnit[]]>([
    ["30s", ["m", "h", "d"]],
    ["-10s", ["s"]],
    ["1.5s", ["s"]],
    ["10000000days", ["d"]],
    ["100ff0000w", ["w"]],
    ["", ["s"]],
    [100, ["s"]],
    ["9007199254740992h", ["h"]],
    [" 5m", ["m"]],
    ["5m ", ["m"]],
  ])("rejects %j among %j", (value, allowedUnits) => {
    expectRejected(TimeDuration({ allowedUnits }), [value, supplied(String(value), "TimeDuration")]);
  });
});
