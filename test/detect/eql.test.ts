import { describe, expect, it } from "vitest";
import { createDetector } from "../../src/detect/index.js";
import { at, event, hit, pick, rule, runOn, sources } from "./support.js";

const eql = (query: string, more: Readonly<Record<string, unknown>> = {}) =>
  rule("eql", { language: "eql", query, ...more });
const on = (
  id: string,
  time: string,
  host: string,
  name: string,
  more: Readonly<Record<string, unknown>> = {},
) =>
  hit(id, event(time, { event: { category: "process" }, host: { name: host }, process: { name }, ...more }));

describe("an EQL rule for events", () => {
  it("alerts on each, and keeps the newest where there are more than max_signals", () => {
    const events = [
      on("a", "11:57:00", "h", "x"),
      on("b", "11:58:00", "h", "x"),
      on("c", "11:59:00", "h", "x"),
      on("d", "11:59:00", "h", "y"),
    ];
    expect(sources(runOn(events, eql('process where process.name == "x"')).alerts)).toEqual(["a", "b", "c"]);
    const two = runOn(events, eql('process where process.name == "x"', { max_signals: 2 }));
    expect([sources(two.alerts), two.warnings]).toEqual([
      ["b", "c"],
      ["This rule reached the maximum alert limit for the rule execution. Some alerts were not created."],
    ]);
  });

  it("uses the fields that the rule names for category, time and order", () => {
    const events = [
      hit("a", { "@timestamp": at("11:58:00"), kind: "p", n: 2 }),
      hit("b", { "@timestamp": at("11:58:00"), kind: "p", n: 1 }),
    ];
    const given = eql("p where true", { event_category_override: "kind", tiebreaker_field: "n" });
    expect(sources(runOn(events, given).alerts)).toEqual(["b", "a"]);
  });

  it("fails where no index has the time, and where the query is invalid", () => {
    expect(runOn([hit("a", { x: 1 })], eql("any where true"))).toMatchObject({
      status: "failed",
      errors: ["verification_exception: Found 1 problem\nline -1:-1: Unknown column [@timestamp]"],
    });
    const { errors } = runOn([event("11:58:00")], eql("any where"));
    expect(errors[0]).toContain("verification_exception: the query cannot be run");
  });

  it("suppresses by group", () => {
    const events = [
      on("a", "11:57:00", "h1", "x"),
      on("b", "11:58:00", "h1", "x"),
      on("c", "11:58:00", "h2", "x"),
    ];
    const { alerts } = runOn(
      events,
      eql("any where true", { alert_suppression: { group_by: ["host.name"] } }),
    );
    expect(sources(alerts)).toEqual(["a", "c"]);
    expect(pick(alerts, "suppression.terms", "suppression.docs_count")).toEqual([
      { "suppression.terms": [{ field: "host.name", value: ["h1"] }], "suppression.docs_count": 1 },
      { "suppression.terms": [{ field: "host.name", value: ["h2"] }], "suppression.docs_count": 0 },
    ]);
  });
});

describe("an EQL rule for a sequence", () => {
  const query =
    'sequence by host.name [process where process.name == "x"] [process where process.name == "y"]';
  const events = [
    on("a", "11:57:00", "h1", "x", { tags: ["1", "2"] }),
    on("b", "11:58:00", "h1", "y", { tags: ["2", "3"] }),
    on("c", "11:58:00", "h2", "y"),
  ];

  it("makes a building block of each event, and one alert of what they have in common", () => {
    const { alerts } = runOn(events, eql(query));
    const group = alerts[0]!["kibana.alert.group.id"];
    expect(group).toMatch(/^[0-9a-f]{64}$/);
    expect(
      pick(alerts, "building_block_type", "group.id", "group.index", "depth", "process", "host", "tags"),
    ).toEqual([
      {
        building_block_type: "default",
        "group.id": group,
        "group.index": 0,
        depth: 1,
        process: { name: "x" },
        host: { name: "h1" },
        tags: ["1", "2"],
      },
      {
        building_block_type: "default",
        "group.id": group,
        "group.index": 1,
        depth: 1,
        process: { name: "y" },
        host: { name: "h1" },
        tags: ["2", "3"],
      },
      {
        building_block_type: undefined,
        "group.id": group,
        "group.index": undefined,
        depth: 2,
        process: undefined,
        host: { name: "h1" },
        tags: ["2"],
      },
    ]);
    const rule = alerts[0]!["kibana.alert.rule.uuid"];
    expect(alerts[2]!["kibana.alert.ancestors"]).toEqual([
      { id: "a", type: "event", index: "logs", depth: 0 },
      { id: alerts[0]!["kibana.alert.uuid"], type: "signal", index: "", depth: 1, rule },
      { id: "b", type: "event", index: "logs", depth: 0 },
      { id: alerts[1]!["kibana.alert.uuid"], type: "signal", index: "", depth: 1, rule },
    ]);
    expect(alerts[2]!["kibana.alert.reason"]).toBe("process event on h1 created medium alert Rule.");
  });

  it("is not found where a filter or an exception takes one of its events away", () => {
    const entries = [
      { field: "process.name", operator: "included" as const, type: "match" as const, value: "y" },
    ];
    expect(runOn(events, eql(query), { exceptionItems: [{ entries }] }).alerts).toEqual([]);
    expect(
      runOn(events, eql(query, { filters: [{ query: { term: { "process.name": "x" } } }] })).alerts,
    ).toEqual([]);
  });

  it("alerts once in overlapping windows", () => {
    const detector = createDetector();
    detector.index(events);
    expect(detector.run(eql(query), { at: at("12:00:00") }).alerts).toHaveLength(3);
    expect(detector.run(eql(query), { at: at("12:02:00") }).alerts).toEqual([]);
  });

  it("counts sequences, not alerts, for max_signals", () => {
    const more = [...events, on("d", "11:58:30", "h2", "x"), on("e", "11:59:00", "h2", "y")];
    expect(runOn(more, eql(query)).alerts).toHaveLength(6);
    const { alerts, warnings } = runOn(more, eql(query, { max_signals: 1 }));
    expect(sources(alerts)).toEqual(["d", "e", "d"]);
    expect(warnings).toHaveLength(1);
  });

  it("suppresses what its alerts have in common; the events of a suppressed one make no alerts", () => {
    const twice = [...events, on("d", "11:58:30", "h1", "x"), on("e", "11:59:00", "h1", "y")];
    const given = eql(query, {
      alert_suppression: { group_by: ["host.name"], duration: { value: 1, unit: "h" } },
    });
    const { alerts } = runOn(twice, given);
    expect(
      pick(alerts, "group.index", "suppression.terms", "suppression.docs_count", "suppression.end"),
    ).toEqual([
      {
        "group.index": undefined,
        "suppression.terms": [{ field: "host.name", value: "h1" }],
        "suppression.docs_count": 1,
        "suppression.end": at("11:59:00"),
      },
      {
        "group.index": 0,
        "suppression.terms": undefined,
        "suppression.docs_count": undefined,
        "suppression.end": undefined,
      },
      {
        "group.index": 1,
        "suppression.terms": undefined,
        "suppression.docs_count": undefined,
        "suppression.end": undefined,
      },
    ]);
  });

  it("makes the same of a sample", () => {
    const sample = eql(
      'sample by host.name [process where process.name == "y"] [process where process.name == "x"]',
    );
    expect(sources(runOn(events, sample).alerts)).toEqual(["b", "a", "b"]);
  });
});
