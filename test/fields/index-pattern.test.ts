import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { covers, overlap, patternsOf } from "../../src/fields/index-pattern.js";

describe("a pattern of indices", () => {
  it.each([
    ["logs-*", "logs-*", true],
    ["logs-*", "logs-endpoint.events.*", true],
    ["logs-*", "logs-endpoint.events.process-default", true],
    ["logs-endpoint.events.*", "logs-*", false],
    ["logs-*-prod", "logs-*", false],
    ["logs-*-prod", "logs-*-x-prod", true],
    ["*", "anything*", true],
    ["*", "", true],
    ["", "", true],
    ["logs", "logs-*", false],
    ["logs-*", "logs", false],
    ["*:logs-*", "*:logs-endpoint*", true],
    ["logs-*", "remote:logs-*", false],
    ["logs-**", "logs-*", true],
    ["a*b*c", "a*c", false],
    ["a*b*c", "axbyc", true],
    ["a*b", "*ab", false],
    ["Logs-*", "logs-x", false],
  ])("%s covers %s: %s", (pattern, other, expected) => {
    expect(covers(pattern, other)).toBe(expected);
  });

  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });

  test.prop([pattern, pattern, fc.array(fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 3 }))])(
    "matches every name that a pattern it covers does",
    (one, other, texts) => {
      let i = 0;
      const name = other.replaceAll("*", () => texts[i++] ?? "");
      if (covers(one, other)) expect(new RegExp(`^${one.replaceAll("*", ".*")}$`).test(name)).toBe(true);
    },
  );

  test.prop([pattern, pattern])("overlaps both ways or neither", (one, other) => {
    expect(overlap(one, other)).toBe(overlap(other, one));
    expect(overlap(one, one)).toBe(true);
  });

  it("overlaps those that it covers and those that cover it", () => {
    expect(overlap("logs-*", "logs-aws*")).toBe(true);
    expect(overlap("logs-aws*", "logs-*")).toBe(true);
    expect(overlap("logs-aws*", "logs-gcp*")).toBe(false);
  });

  it("is one of a rule's index, where lists in one text count as lists and exclusions do not count", () => {
    expect(patternsOf(["logs-*, winlogbeat-*", "-logs-test*", " ", "logs-*", "a,-b"])).toEqual([
      "logs-*",
      "winlogbeat-*",
      "a",
    ]);
  });
});
