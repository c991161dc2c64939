import { describe, expect, it } from "vitest";
import { createDetector } from "../../src/detect/index.js";
import { at, event, hit, pick, rule, runOn } from "./support.js";

const login = (time: string, user: string, ip: string | readonly string[]) =>
  event(time, { "user.name": user, "source.ip": ip });
const threshold = (fields: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) =>
  rule("threshold", { query: "*:*", threshold: fields, ...more });

describe("a threshold rule", () => {
  const events = [
    login("11:57:00", "eve", "10.0.0.2"),
    login("11:56:00", "bob", "10.0.0.1"),
    login("11:58:00", "bob", "10.0.0.2"),
    login("11:59:00", "eve", "10.0.0.2"),
    event("11:59:00", { "source.ip": "10.0.0.1" }),
  ];

  it("alerts on each group that is large enough, in the order of the values", () => {
    const { alerts, status } = runOn(events, threshold({ field: ["user.name"], value: 2 }));
    expect(status).toBe("succeeded");
    expect(pick(alerts, "user.name", "threshold_result", "original_time", "depth", "reason")).toEqual([
      {
        "user.name": "bob",
        threshold_result: { terms: [{ field: "user.name", value: "bob" }], count: 2, from: at("11:56:00") },
        original_time: at("11:58:00"),
        depth: 1,
        reason: "event by bob created medium alert Rule.",
      },
      {
        "user.name": "eve",
        threshold_result: { terms: [{ field: "user.name", value: "eve" }], count: 2, from: at("11:57:00") },
        original_time: at("11:59:00"),
        depth: 1,
        reason: "event by eve created medium alert Rule.",
      },
    ]);
    expect(alerts[0]!["kibana.alert.ancestors"]).toEqual([
      { id: alerts[0]!["kibana.alert.uuid"], type: "event", index: "events", depth: 0 },
    ]);
  });

  it("groups by several fields, and counts a list once for each of its values", () => {
    const { alerts } = runOn(
      [login("11:58:00", "bob", ["10.0.0.1", "10.0.0.2", "10.0.0.1"])],
      threshold({ field: ["user.name", "source.ip"], value: 1 }),
    );
    expect(pick(alerts, "user.name", "source.ip")).toEqual([
      { "user.name": "bob", "source.ip": "10.0.0.1" },
      { "user.name": "bob", "source.ip": "10.0.0.2" },
    ]);
  });

  it("counts all events without a field", () => {
    const { alerts } = runOn(events, threshold({ field: [], value: 5 }));
    expect(pick(alerts, "threshold_result")).toEqual([
      { threshold_result: { terms: [], count: 5, from: at("11:56:00") } },
    ]);
    expect(runOn(events, threshold({ field: "", value: 6 })).alerts).toEqual([]);
  });

  it("never counts more than 10,000 events without a field", () => {
    const many = Array.from({ length: 10_001 }, () => event("11:58:00"));
    expect(runOn(many, threshold({ field: [], value: 10_000 })).alerts).toHaveLength(1);
    expect(runOn(many, threshold({ field: [], value: 10_001 })).alerts).toEqual([]);
  });

  it("asks for so many distinct values of the first cardinality", () => {
    const cardinality = (value: number) => [
      { field: "source.ip", value },
      { field: "nothing", value: 9 },
    ];
    const { alerts } = runOn(
      events,
      threshold({ field: ["user.name"], value: 2, cardinality: cardinality(2) }),
    );
    expect(pick(alerts, "user.name", "threshold_result")).toEqual([
      {
        "user.name": "bob",
        threshold_result: {
          terms: [{ field: "user.name", value: "bob" }],
          cardinality: [{ field: "source.ip", value: 2 }],
          count: 2,
          from: at("11:56:00"),
        },
      },
    ]);
    expect(
      runOn(events, threshold({ field: ["user.name"], value: 2, cardinality: cardinality(1) })).alerts,
    ).toHaveLength(2);
  });

  it("keeps to max_signals", () => {
    const { alerts, warnings } = runOn(
      events,
      threshold({ field: ["user.name"], value: 1 }, { max_signals: 1 }),
    );
    expect(pick(alerts, "user.name")).toEqual([{ "user.name": "bob" }]);
    expect(warnings).toEqual([
      "This rule reached the maximum alert limit for the rule execution. Some alerts were not created.",
    ]);
  });

  it("does not count an event that has alerted again", () => {
    const detector = createDetector();
    const given = threshold({ field: ["user.name"], value: 2 });
    detector.index([login("11:57:00", "bob", "10.0.0.1"), login("11:58:00", "bob", "10.0.0.1")]);
    expect(detector.run(given, { at: at("12:00:00") }).alerts).toHaveLength(1);
    detector.index([login("12:01:00", "bob", "10.0.0.1")]);
    expect(detector.run(given, { at: at("12:02:00") }).alerts).toEqual([]);
    detector.index([login("12:02:00", "bob", "10.0.0.1")]);
    const { alerts } = detector.run(given, { at: at("12:03:00") });
    expect(pick(alerts, "threshold_result")).toEqual([
      { threshold_result: { terms: [{ field: "user.name", value: "bob" }], count: 2, from: at("12:01:00") } },
    ]);
  });

  it("adds to an open alert within the duration of its suppression, and makes a new one of a closed one", () => {
    const detector = createDetector();
    const given = threshold(
      { field: ["user.name"], value: 1 },
      { alert_suppression: { duration: { value: 1, unit: "h" } } },
    );
    detector.index([login("11:58:00", "bob", "10.0.0.1")]);
    const [first] = detector.run(given, { at: at("12:00:00") }).alerts;
    detector.index([login("12:01:00", "bob", "10.0.0.1")]);
    const second = detector.run(given, { at: at("12:03:00") });
    const names = [
      "original_time",
      "suppression.terms",
      "suppression.start",
      "suppression.end",
      "suppression.docs_count",
      "last_detected",
    ];
    expect(pick(second.alerts, "uuid", ...names)).toEqual([
      {
        uuid: first!["kibana.alert.uuid"],
        original_time: at("11:58:00"),
        "suppression.terms": [{ field: "user.name", value: "bob" }],
        "suppression.start": at("11:58:00"),
        "suppression.end": at("12:01:00"),
        "suppression.docs_count": 1,
        last_detected: at("12:03:00"),
      },
    ]);
    detector.close([first!["kibana.alert.uuid"] as string]);
    detector.index([login("12:04:00", "bob", "10.0.0.1")]);
    const third = detector.run(given, { at: at("12:06:00") });
    expect(pick(third.alerts, "suppression.docs_count", "suppression.start")).toEqual([
      { "suppression.docs_count": 0, "suppression.start": at("12:04:00") },
    ]);
    expect(detector.alerts).toHaveLength(2);
  });

  it("groups numbers as numbers and by the mapping's type", () => {
    const mappings = { mappings: { "@timestamp": "date", port: "long" } };
    const events = [10, 9, "9"].map((port) => event("11:58:00", { port }));
    const { alerts } = runOn(events, threshold({ field: ["port"], value: 1 }), { mappings });
    expect(pick(alerts, "port", "threshold_result")).toMatchObject([
      { port: 9, threshold_result: { count: 2 } },
      { port: 10, threshold_result: { count: 1 } },
    ]);
  });
});

it("a threshold's alert has the rule's fields in hits too", () => {
  const { alerts } = runOn(
    [hit("a", event("11:58:00", { "user.name": "bob" }))],
    threshold({ field: ["user.name"], value: 1 }),
  );
  expect(pick(alerts, "rule.category", "original_event.kind")).toEqual([
    { "rule.category": "Threshold Rule", "original_event.kind": undefined },
  ]);
});
