import { describe, expect, it } from "vitest";
import { ecsFields } from "../../src/fields/index.js";
import { exceptionFields } from "../../src/lint/exception-fields.js";
import type { ExceptionsFile } from "../../src/schema/index.js";

const found = (entries: object[]): string[] => {
  const authored = { items: [{ name: "n", entries }] } as unknown as ExceptionsFile;
  return [...exceptionFields([{ file: "a.exceptions.yml", authored }], ecsFields())].map(
    ({ code, target }) => `${target.pointer} ${code}`,
  );
};

describe("exceptionFields", () => {
  it.each([
    [{ field: "source.ip", type: "match", value: "10.0.0.1" }],
    [{ field: "process.name", type: "wildcard", value: "a*" }],
    [{ field: "user.name", type: "exists" }],
    [{ field: "source.ip", type: "list", list: { id: "l", type: "ip" } }],
    [{ field: "acme.thing", type: "match", value: "x" }],
    [{ field: "event.category", type: "match_any", value: ["process", "file"] }],
    [{ field: "file.elf.sections", type: "nested", entries: [{ field: "name", type: "match", value: "a" }] }],
    [{ type: "match", value: "no field" }],
  ])("takes %j", (entry) => {
    expect(found([entry])).toEqual([]);
  });

  it.each([
    [{ field: "sorce.ip", type: "match", value: "10.0.0.1" }, ["field field/unknown"]],
    [{ field: "source.ip", type: "match", value: "here" }, ["value field/type-mismatch"]],
    [{ field: "destination.port", type: "match_any", value: ["1", "x"] }, ["value/1 field/type-mismatch"]],
    [{ field: "source.ip", type: "wildcard", value: "10.*" }, ["value field/wildcard-on-type"]],
    [{ field: "event.kind", type: "match", value: "alrt" }, ["value field/not-allowed-value"]],
    [
      {
        field: "file.elf.sections",
        type: "nested",
        entries: [{ field: "physical_size", type: "match", value: "x" }],
      },
      ["entries/0/value field/type-mismatch"],
    ],
  ])("finds what is wrong with %j", (entry, places) => {
    expect(found([entry])).toEqual(places.map((place) => `/items/0/entries/0/${place}`));
  });
});
