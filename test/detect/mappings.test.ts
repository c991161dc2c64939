import { describe, expect, it } from "vitest";
import type { MappingsInput } from "../../src/detect/index.js";
import { readMappings } from "../../src/detect/store/mappings.js";
import { event, hit, rule, runOn, sources } from "./support.js";

const found = (
  query: string,
  source: Readonly<Record<string, unknown>>,
  mappings: MappingsInput,
  index = "logs-a",
): boolean =>
  runOn([hit("a", event("11:58:00", source), index)], rule("query", { query }), { mappings: { mappings } })
    .alerts.length > 0;

describe("mappings", () => {
  it("are those of ECS where none are given", () => {
    expect(readMappings(undefined).of("x").fields.find("process.pid")?.type).toBe("long");
  });

  it.each<[string, MappingsInput]>([
    ["types by name", { "@timestamp": "date", a: "keyword, .caseless" }],
    [
      "fields by name",
      {
        "@timestamp": { type: "date" },
        a: { type: "keyword", fields: { caseless: { type: "keyword", normalizer: "lowercase" } } },
      } as never,
    ],
    [
      "a mapping",
      {
        properties: {
          "@timestamp": { type: "date" },
          a: { type: "keyword", fields: { caseless: { type: "keyword", normalizer: "lowercase" } } },
        },
      },
    ],
    [
      "types by index",
      {
        "logs-*": { "@timestamp": "date", a: "keyword, .caseless keyword (lowercase)" },
        other: { a: "text" },
      },
    ],
  ])("are read as %s", (_name, mappings) => {
    expect(found("a.caseless: x", { a: "X" }, mappings)).toBe(true);
    expect(found("a: x", { a: "X" }, mappings)).toBe(false);
  });

  it("are those of the first pattern that covers an index, and of ECS elsewhere", () => {
    const mappings = { "logs-a": { a: "text" }, "logs-*": { a: "keyword" } } as never;
    expect(found("a: x", { a: "x y" }, mappings)).toBe(true);
    expect(found("a: x", { a: "x y" }, mappings, "logs-b")).toBe(false);
    expect(readMappings(mappings).of("other").fields.find("process.pid")?.type).toBe("long");
    expect(readMappings(mappings).names).toEqual(["logs-a"]);
  });

  it("come from a catalogue, by index", () => {
    const catalogue = {
      for: ([index]: readonly string[]) =>
        readMappings({ a: index === "logs-a" ? "text" : "keyword" }).of("").fields,
    };
    expect(found("a: x", { a: "x y" }, catalogue)).toBe(true);
    expect(found("a: x", { a: "x y" }, catalogue, "logs-b")).toBe(false);
  });

  it("leave room for fields that they do not name", () => {
    expect(found("b: x and n > 1", { b: "x", n: 2 }, { a: "keyword" })).toBe(true);
  });

  it("say which values are too long, and which dates are in seconds", () => {
    expect(found("a: *", { a: "12345" }, { a: "keyword (ignore_above 4)" })).toBe(false);
    expect(found("a: *", { a: "1234" }, { a: "keyword (ignore_above 4)" })).toBe(true);
    const seconds = { "@timestamp": "date (epoch_second)" } as const;
    const run = runOn([hit("a", { "@timestamp": 1714564680 })], rule("query", { query: "*:*" }), {
      mappings: { mappings: seconds },
    });
    expect(run.alerts[0]!["kibana.alert.original_time"]).toBe("2024-05-01T11:58:00.000Z");
  });

  it("of indices searched together count for each by itself", () => {
    const mappings = { one: { a: "text" }, two: { a: "keyword" } } as never;
    const events = [
      hit("a", event("11:57:00", { a: "x y" }), "one"),
      hit("b", event("11:58:00", { a: "x y" }), "two"),
    ];
    expect(
      sources(runOn(events, rule("query", { query: "a: x" }), { mappings: { mappings } }).alerts),
    ).toEqual(["a"]);
  });
});
