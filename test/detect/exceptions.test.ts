import { describe, expect, it } from "vitest";
import type { Entry, ExceptionItem, ValueList } from "../../src/detect/index.js";
import { at, event, hit, rule, runOn, sources } from "./support.js";

const everything = rule("query", { query: "*:*" });
const item = (entries: readonly Entry[], more: Partial<ExceptionItem> = {}): ExceptionItem => ({
  entries,
  ...more,
});
const match = (field: string, value: string, operator: "included" | "excluded" = "included"): Entry => ({
  field,
  operator,
  type: "match",
  value,
});
const inList = (field: string, id: string, operator: "included" | "excluded" = "included"): Entry => ({
  field,
  operator,
  type: "list",
  list: { id, type: "keyword" },
});

const mappings = {
  "@timestamp": "date", user: "keyword, .text text, .caseless", message: "text", ip: "ip", count: "long", nested: "nested", "nested.a": "keyword",
  "nested.b": "keyword", version: "version", on: "boolean",
}; // prettier-ignore
const events = [
  hit(
    "a",
    event("11:57:00", {
      user: "Bob",
      message: "access denied for Bob",
      ip: "10.0.0.1",
      count: 1,
      on: true,
      nested: [
        { a: "1", b: "2" },
        { a: "3", b: "4" },
      ],
    }),
  ),
  hit(
    "b",
    event("11:58:00", {
      user: ["eve", "ann"],
      message: "access granted",
      ip: "192.0.2.7",
      count: "2",
      on: "false",
    }),
  ),
  hit("c", event("11:59:00", {})),
];

/** What is left of the events. */
function left(items: readonly ExceptionItem[], valueLists: Readonly<Record<string, ValueList>> = {}): string {
  const run = runOn(events, everything, { exceptionItems: items, valueLists, mappings: { mappings } });
  expect(run.errors).toEqual([]);
  return sources(run.alerts).join("");
}

describe("an exception item", () => {
  it.each<[string, Entry, string]>([
    ["a keyword in its case", match("user", "Bob"), "bc"],
    ["a keyword in another case", match("user", "bob"), "abc"],
    ["a field that ignores case", match("user.caseless", "BOB"), "bc"],
    ["any value of a list", match("user", "ann"), "ac"],
    ["words in a row", match("message", "Access denied"), "bc"],
    ["words apart", match("message", "access for"), "abc"],
    ["a number", match("count", "2"), "ac"],
    ["a boolean", match("on", "false"), "ac"],
    ["an address", match("ip", "10.0.0.1"), "bc"],
    ["a network", match("ip", "10.0.0.0/8"), "bc"],
    ["excluded values, which missing ones are too", match("user", "Bob", "excluded"), "a"],
    [
      "one of several",
      { field: "user", operator: "included", type: "match_any", value: ["Bob", "ann"] },
      "c",
    ],
    [
      "none of several",
      { field: "user", operator: "excluded", type: "match_any", value: ["Bob", "zoe"] },
      "a",
    ],
    ["a field that is there", { field: "user", operator: "included", type: "exists" }, "c"],
    ["a field that is not", { field: "user", operator: "excluded", type: "exists" }, "ab"],
    ["a pattern", { field: "user", operator: "included", type: "wildcard", value: "B?b" }, "bc"],
    [
      "a pattern in another case",
      { field: "user", operator: "included", type: "wildcard", value: "b*" },
      "abc",
    ],
    ["no pattern", { field: "user", operator: "excluded", type: "wildcard", value: "*nn" }, "b"],
  ])("is about %s", (_name, entry, expected) => expect(left([item([entry])])).toBe(expected));

  it("is about what all of its entries are about; items are alternatives", () => {
    expect(left([item([match("user", "Bob"), match("count", "2")])])).toBe("abc");
    expect(left([item([match("user", "Bob"), match("count", "1")])])).toBe("bc");
    expect(left([item([match("user", "Bob")]), item([match("count", "2")])])).toBe("c");
  });

  it("is about one object of a nested field", () => {
    const nested = (a: string, b: string): Entry => ({
      type: "nested",
      field: "nested",
      entries: [match("a", a), match("b", b)],
    });
    expect(left([item([nested("1", "2")])])).toBe("bc");
    expect(left([item([nested("1", "4")])])).toBe("abc");
  });

  it("ends at its time", () => {
    const bob = [match("user", "Bob")];
    expect(left([item(bob, { expire_time: at("11:59:59") })])).toBe("abc");
    expect(left([item(bob, { expire_time: at("12:00:00") })])).toBe("bc");
  });

  it("is for the operating systems that it names", () => {
    const on = (id: string, fields: object) => hit(id, event("11:58:00", { x: "1", ...fields }));
    const hosts = [
      on("type", { "host.os.type": "linux" }),
      on("name", { "host.os.name": "Linux" }),
      on("other", { "host.os.type": "macos" }),
    ];
    const found = (os_types: readonly string[] | null) =>
      sources(runOn(hosts, everything, { exceptionItems: [item([match("x", "1")], { os_types })] }).alerts);
    expect(found(["linux"])).toEqual(["other"]);
    expect(found(["windows", "macos"])).toEqual(["type", "name"]);
    expect(found([])).toEqual([]);
    expect(found(null)).toEqual([]);
  });

  it("of Elastic Defend's list has an effect unless Kibana applies those by policy", () => {
    const exceptionItems = [item([match("user", "Bob")], { list_type: "endpoint" })];
    const found = (endpointExceptions?: boolean) =>
      sources(
        runOn(events, everything, {
          exceptionItems,
          mappings: { mappings, ...(endpointExceptions === undefined ? {} : { endpointExceptions }) },
        }).alerts,
      );
    expect(found()).toEqual(["b", "c"]);
    expect(found(false)).toEqual(["a", "b", "c"]);
  });

  it("without entries would silence the rule, and fails it", () => {
    const run = runOn(events, everything, { exceptionItems: [item([], { name: "nothing" })] });
    expect([run.status, run.errors, sources(run.alerts)]).toEqual([
      "failed",
      ["the exception item `nothing` has no entries"],
      ["a", "b", "c"],
    ]);
  });
});

describe("value lists", () => {
  it.each<[string, Entry, ValueList, string]>([
    ["keywords", inList("user", "l"), { type: "keyword", values: ["Bob"] }, "bc"],
    [
      "keywords that are not in it",
      inList("user", "l", "excluded"),
      { type: "keyword", values: ["Bob"] },
      "a",
    ],
    ["addresses", inList("ip", "l"), { type: "ip", values: ["192.0.2.7"] }, "ac"],
    [
      "networks and ranges",
      inList("ip", "l"),
      { type: "ip_range", values: ["10.0.0.0/24", "192.0.2.1-192.0.2.7"] },
      "c",
    ],
    ["numbers", inList("count", "l"), { type: "long", values: ["2"] }, "ac"],
    ["ranges of numbers", inList("count", "l"), { type: "long_range", values: ["-1-1"] }, "bc"],
    ["no number", inList("count", "l", "excluded"), { type: "long", values: ["2"] }, "b"],
    [
      "texts all of whose words are in one of it",
      inList("message", "l"),
      { type: "text", values: ["it says: access granted!"] },
      "ac",
    ],
    ["dates", inList("@timestamp", "l"), { type: "date", values: [at("11:57:00")] }, "bc"],
    [
      "ranges of dates",
      inList("@timestamp", "l"),
      { type: "date_range", values: [`${at("11:58:00")},${at("12:00:00")}`] },
      "a",
    ],
    ["values under another name", inList("user", "l"), { type: "keyword", items: ["ann"] }, "ac"],
  ])("hold %s", (_name, entry, list, expected) => expect(left([item([entry])], { l: list })).toBe(expected));

  it("fail the run where they are missing", () => {
    expect(runOn(events, everything, { exceptionItems: [item([inList("user", "gone")])] })).toMatchObject({
      status: "failed",
      errors: ["the value list `gone` was not found"],
    });
  });

  const numbers = { l: { type: "long", values: ["1", "2"] } };
  const late = [item([inList("count", "l")], { name: "numbers" })];

  it.each<[string, ReturnType<typeof rule>]>([
    ["eql", rule("eql", { language: "eql", query: "any where true" })],
    ["threshold", rule("threshold", { query: "*:*", threshold: { field: [], value: 1 } })],
    [
      "new_terms",
      rule("new_terms", { query: "*:*", new_terms_fields: ["count"], history_window_start: "now-1h" }),
    ],
    ["query with suppression", rule("query", { query: "*:*", alert_suppression: { group_by: ["count"] } })],
  ])("that are no part of a search have no effect on %s rules", (_name, given) => {
    const run = runOn(events, given, { exceptionItems: late, valueLists: numbers, mappings: { mappings } });
    expect(run.warnings).toEqual(["The following exceptions won't be applied to rule execution: numbers"]);
    expect(run.alerts.length).toBeGreaterThan(0);
    const keywords = { l: { type: "keyword", values: ["1", "2"] } };
    expect(
      runOn(events, given, { exceptionItems: late, valueLists: keywords, mappings: { mappings } }).warnings,
    ).toEqual([]);
  });

  it("of more than 65,536 values are no part of the search", () => {
    const values = Array.from({ length: 65_537 }, (_, i) => `v${i}`);
    const grouped = rule("query", { query: "*:*", alert_suppression: { group_by: ["user"] } });
    const run = (count: number) =>
      runOn(events, grouped, {
        exceptionItems: [item([inList("user", "l")], { name: "long" })],
        valueLists: { l: { type: "keyword", values: values.slice(0, count) } },
      });
    expect(run(65_536).warnings).toEqual([]);
    expect(run(65_537).warnings).toEqual([
      "The following exceptions won't be applied to rule execution: long",
    ]);
  });

  it("count after the search: alerts are not cut before", () => {
    const two = rule("query", { query: "*:*", max_signals: 1 });
    const run = runOn(events, two, { exceptionItems: late, valueLists: numbers, mappings: { mappings } });
    expect([sources(run.alerts), run.warnings]).toEqual([["c"], []]);
  });
});
