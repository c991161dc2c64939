import { EcsFlat } from "@elastic/ecs";
import { describe, expect, it } from "vitest";
import { ecsFields, isEcsField } from "../../src/fields/ecs.js";

const ecsType = (name: string): string | undefined => ecsFields().find(name)?.type;

describe("ecsType", () => {
  it.each([
    ["@timestamp", "date"],
    ["process.name", "keyword"],
    ["process.name.text", "match_only_text"],
    ["source.ip", "ip"],
    ["event.severity", "long"],
    ["process.command_line", "wildcard"],
    ["my-non-ecs-field", undefined],
    ["process", undefined],
    ["toString", undefined],
    ["__proto__", undefined],
  ])("%s is %s", (name, type) => {
    expect(ecsType(name)).toBe(type);
  });

  it("knows every field of the package that it was made from", () => {
    const wrong = Object.entries(EcsFlat as unknown as Record<string, { type: string }>).filter(
      ([name, field]) => ecsType(name) !== field.type,
    );
    expect(wrong).toEqual([]);
  });
});

describe("isEcsField", () => {
  it.each([
    ["@timestamp", "date", true],
    ["@timestamp", "keyword", false],
    ["process.name.text", "match_only_text", false],
    ["my-non-ecs-field", "keyword", false],
  ])("%s of type %s: %s", (name, type, expected) => {
    expect(isEcsField(name, type)).toBe(expected);
  });
});
