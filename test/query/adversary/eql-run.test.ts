/** `eql.run` on events as people have them: dotted, nested, with times of every unit, with ties and without times. */
import { describe, expect, it } from "vitest";
import { eql, type Event } from "../../../src/query/index.js";

const EVENTS: readonly Event[] = [
  { "process.name": "a.exe", "event.category": "process", "@timestamp": "2024-01-01T00:00:00Z" },
  { process: { name: "a.exe" }, event: { category: ["process", "file"] }, "@timestamp": "2024-01-01T00:00:01Z" },
  { process: { name: "b" }, event: { category: "network" }, "@timestamp": "2024-01-01T00:00:02Z" },
  { process: [{ name: "x" }, { name: "a.exe" }], "event.category": "process", "@timestamp": "2024-01-01T00:00:03Z" },
  { "process.parent": { name: "p" }, event: { category: "process" }, "@timestamp": "2024-01-01T00:00:04Z" },
]; // prettier-ignore

describe("events of any shape", () => {
  it.each([
    ['process where process.name == "a.exe"', [0, 1, 3]],
    ['any where process.name != "a.exe"', [2, 4]],
    ["file where true", [1]],
    ['process where process.parent.name : "P"', [4]],
    ['"network" where true', [2]],
    ["Process where true", []],
    ['"any" where true', []],
    ["any where true | head 2 | tail 1", [1]],
    ["any where true | tail 3 | head 1", [2]],
    ["any where true | head 0", []],
    ["any where true | tail 10", [0, 1, 2, 3, 4]],
  ])("%s", (query, found) => {
    expect(eql.run(query, EVENTS).events).toEqual(found);
  });

  it("keeps the last ones where not all are asked for", () => {
    expect(eql.run("any where true", EVENTS, { size: 2 }).events).toEqual([3, 4]);
    expect(eql.run("any where true | head 3", EVENTS, { size: 2 }).events).toEqual([1, 2]);
  });

  it("takes another field for the category", () => {
    const events = [{ k: "a" }, { k: ["b", "a"] }, { k: "A" }];
    expect(eql.run("a where true", events, { categoryField: "k" }).events).toEqual([0, 1]);
  });
});

const second = [0, 1];
const none = undefined;

describe("times", () => {
  it.each<[unknown, unknown, string, number[] | undefined]>([
    ["2024-01-01T00:00:00.000000001Z", "2024-01-01T00:00:00.000000002Z", "1ms", second],
    ["2024-01-01T00:00:00.000000002Z", "2024-01-01T00:00:00.000000001Z", "1ms", none],
    ["2024-01-01T01:00:00+01:00", "2024-01-01T00:00:01Z", "1s", second],
    ["2024-01-01 00:00:00", "2024-01-01 00:00:01.5", "2s", second],
    [1704067200000, 1704067201000, "1s", second],
    ["1704067200000", "1704067201000", "1s", second],
    [1704067200000000, 1704067201000000, "1s", second],
    [1704067200000000, 1704067201000001, "1s", none],
    [133485408000000000, 133485408010000000, "1s", second],
    ["133485408000000000", "133485408010000010", "1s", none],
    [new Date(0), new Date(1000), "1s", second],
    [1, 2, "1ms", second],
    [[1, 9], [2], "1ms", second],
  ])("%s and %s within %s", (first, then, maxspan, found) => {
    const events = [
      { "@timestamp": first, i: 0 },
      { "@timestamp": then, i: 1 },
    ];
    const query = `sequence with maxspan=${maxspan} [any where i == 0] [any where i == 1]`;
    expect(eql.run(query, events).sequences?.[0]?.events).toEqual(found);
  });

  const query = "sequence [any where i == 0] [any where i == 1]";

  it("stand in any field", () => {
    const events = [
      { i: 1, t: { at: 2 } },
      { i: 0, "t.at": 1 },
    ];
    expect(eql.run(query, events, { timestampField: "t.at" }).sequences).toEqual([
      { joinKeys: [], events: [1, 0] },
    ]);
  });

  it("are not needed, and those that have none take no part where others have", () => {
    expect(eql.run(query, [{ i: 0 }, { i: 1 }]).sequences).toHaveLength(1);
    const some = [{ i: 0, "@timestamp": 1 }, { i: 1 }, { i: 1, "@timestamp": 3 }];
    expect(eql.run(query, some).sequences).toEqual([{ joinKeys: [], events: [0, 2] }]);
  });

  it.each([
    [
      [
        { i: 1, seq: 2 },
        { i: 0, seq: 1 },
      ],
      [[1, 0]],
    ],
    [[{ i: 1, seq: 1 }, { i: 0, seq: 2 }, { i: 1 }], [[1, 2]]],
    [
      [
        { i: 1, seq: 10 },
        { i: 0, seq: 9 },
      ],
      [[1, 0]],
    ],
  ])("of ties are told apart by the tiebreaker: %j", (ties, found) => {
    const events = ties.map((event) => ({ ...event, "@timestamp": 1 }));
    const { sequences } = eql.run(query, events, { tiebreakerField: "seq" });
    expect(sequences?.map((one) => one.events)).toEqual(found);
  });
});

describe("types that nobody tells", () => {
  it.each([
    ['any where d > "2024-01-01"', [{ d: "2024-06-01" }, { d: "2023-06-01" }], [0]],
    ['any where d > "2024"', [{ d: "abc" }, { d: "1" }], [0]],
    ["any where d == 10", [{ d: 10n }, { d: "10" }, { d: [1, [2, [10]]] }], [0, 1, 2]],
    ['any where d == "10"', [{ d: 10 }, { d: "10" }], [0, 1]],
  ])("%s", (query, events, found) => {
    expect(eql.run(query, events).events).toEqual(found);
  });

  it.each([
    [5, "5"],
    [true, "true"],
  ])("keys: %j joins %j", (first, then) => {
    const events = [
      { i: 0, k: first, "@timestamp": 1 },
      { i: 1, k: then, "@timestamp": 2 },
    ];
    const { sequences } = eql.run("sequence by k [any where i == 0] [any where i == 1]", events);
    expect(sequences).toEqual([{ joinKeys: [first], events: [0, 1] }]);
  });
});
