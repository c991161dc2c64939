import { EcsFlat } from "@elastic/ecs";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ecsTable } from "../../scripts/generate/ecs.js";
import { ecsFields, type FieldInfo, isEcsField, isKeyword } from "../../src/fields/index.js";

interface EcsField {
  readonly type: string;
  readonly normalize: readonly string[];
  readonly ignore_above?: number;
  readonly multi_fields?: readonly { readonly flat_name: string; readonly type: string }[];
  readonly allowed_values?: readonly { readonly name: string }[];
  readonly expected_values?: readonly string[];
}

const PACKAGE = Object.entries(EcsFlat as unknown as Readonly<Record<string, EcsField>>);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const find = (name: string): FieldInfo | undefined => ecsFields().find(name);

describe("the table of ECS", () => {
  it("is what npm run generate makes of the package", () => {
    const { path, text } = ecsTable(ROOT);
    expect(readFileSync(ROOT + path, "utf8")).toBe(text);
  });

  it("stays small, since every run that reads a query loads it", () => {
    expect(readFileSync(`${ROOT}src/fields/ecs.generated.json`).length).toBeLessThan(100_000);
  });

  it("says of every field what the package says", () => {
    for (const [name, field] of PACKAGE) {
      const info = find(name);
      expect.soft(info, name).toMatchObject({ name, type: field.type, source: "ecs" });
      expect.soft(info?.array ?? false, name).toBe(field.normalize.includes("array"));
      expect.soft(info?.ignoreAbove, name).toBe(field.ignore_above);
      expect.soft(info?.allowed, name).toEqual(field.allowed_values?.map((value) => value.name));
      expect.soft(info?.usual, name).toEqual(field.expected_values);
      for (const multi of field.multi_fields ?? [])
        expect
          .soft(find(multi.flat_name), multi.flat_name)
          .toMatchObject({ type: multi.type, source: "ecs" });
    }
  });

  it("names each of its fields once, and finds each by its name", () => {
    const names = [...ecsFields().names()];
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => find(name)?.name !== name)).toEqual([]);
    const known = PACKAGE.flatMap(([name, field]) => [
      name,
      ...(field.multi_fields ?? []).map((multi) => multi.flat_name),
    ]);
    expect(known.filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each([
    ["@timestamp", "date"],
    ["process.name", "keyword"],
    ["process.name.text", "match_only_text"],
    ["source.ip", "ip"],
    ["event.severity", "long"],
    ["process.command_line", "wildcard"],
    ["labels", "object"],
    ["labels.team", "keyword"],
    ["labels.team.lead", "keyword"],
    ["container.labels.app", "keyword"],
    ["process.pe.imports.kernel32", "keyword"],
    ["vulnerability.status", "keyword"],
    ["process.pgid", "long"],
    ["_id", "keyword"],
    ["_version", "long"],
    ["my-non-ecs-field", undefined],
    ["process", undefined],
    ["process.", undefined],
    ["process..name", undefined],
    [".process", undefined],
    ["", undefined],
    ["process.name.txt", undefined],
    ["toString", undefined],
    ["process.toString", undefined],
    ["__proto__", undefined],
    ["process.__proto__.name", undefined],
  ])("%s is %s", (name, type) => {
    expect(find(name)?.type).toBe(type);
  });

  it("knows the path of the nested field above", () => {
    expect(find("threat.enrichments")?.nestedIn).toBeUndefined();
    expect(find("threat.enrichments.indicator.ip")?.nestedIn).toBe("threat.enrichments");
    expect(find("threat.enrichments.indicator.file.elf.sections.name")?.nestedIn).toBe(
      "threat.enrichments.indicator.file.elf.sections",
    );
    expect(find("threat.indicator.ip")?.nestedIn).toBeUndefined();
    expect(find("email.attachments.file.name")?.nestedIn).toBe("email.attachments");
  });

  it("knows since which version there is a field, where it is not old", () => {
    expect(find("process.name")?.since).toBeUndefined();
    expect(find("device.serial_number")?.since).toBe("8.16");
    expect(find("entity.id")?.since).toBe("9.3");
    expect(find("entity.display_name.text")?.since).toBe("9.3");
    expect(find("vulnerability.status")?.since).toBe("9.5");
  });

  it("knows which types of event go with a category", () => {
    const expected = find("event.type")?.expected;
    expect(expected?.get("driver")).toEqual(["change", "end", "info", "start"]);
    expect([...(expected?.keys() ?? [])]).toEqual(find("event.category")?.allowed);
    const types = find("event.type")?.allowed ?? [];
    for (const [category, values] of expected ?? [])
      expect.soft(values.filter((value) => category !== "database" && !types.includes(value))).toEqual([]);
  });

  it("is open, since indices have more", () => {
    expect(ecsFields().closed).toBe(false);
  });
});

describe("isEcsField", () => {
  it.each([
    ["@timestamp", "date", true],
    ["@timestamp", "keyword", false],
    ["process.name.text", "match_only_text", false],
    ["process.pgid", "long", false],
    ["labels.team", "keyword", false],
    ["_id", "keyword", false],
    ["my-non-ecs-field", "keyword", false],
  ])("%s of type %s: %s", (name, type, expected) => {
    expect(isEcsField(name, type)).toBe(expected);
  });

  it("counts all fields of the package", () => {
    expect(PACKAGE.filter(([name, { type }]) => !isEcsField(name, type))).toEqual([]);
    expect(PACKAGE.filter(([, { type }]) => isKeyword(type)).length).toBeGreaterThan(1900);
  });
});
