import { describe, expect, it } from "vitest";
import { createDetector } from "../../src/detect/index.js";
import { at, event, hit, pick, rule, runOn, sources } from "./support.js";

const SHOWN = [
  "suppression.terms",
  "suppression.start",
  "suppression.end",
  "suppression.docs_count",
] as const;
const on = (id: string, time: string, host?: unknown) =>
  hit(id, event(time, host === undefined ? {} : { "host.name": host }));
const query = (
  suppression: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
) => rule("query", { query: "*:*", alert_suppression: { group_by: ["host.name"], ...suppression }, ...more });
const eql = (suppression: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) =>
  rule("eql", {
    language: "eql",
    query: "any where true",
    alert_suppression: { group_by: ["host.name"], ...suppression },
    ...more,
  });
const hour = { duration: { value: 1, unit: "h" } };

describe("suppression of a query rule", () => {
  it("makes one alert a group, from its earliest event; what lacks the field is a group too, the last one", () => {
    const { alerts } = runOn(
      [on("a", "11:58:00", "h1"), on("b", "11:57:00", "h1"), on("c", "11:58:00"), on("d", "11:59:00")],
      query({}),
    );
    expect(sources(alerts)).toEqual(["b", "c"]);
    expect(pick(alerts, ...SHOWN)).toEqual([
      {
        "suppression.terms": [{ field: "host.name", value: "h1" }],
        "suppression.start": at("11:57:00"),
        "suppression.end": at("11:58:00"),
        "suppression.docs_count": 1,
      },
      {
        "suppression.terms": [{ field: "host.name", value: null }],
        "suppression.start": at("11:58:00"),
        "suppression.end": at("11:59:00"),
        "suppression.docs_count": 1,
      },
    ]);
  });

  it("leaves documents without the field alone where it is told to, as far as max_signals goes", () => {
    const events = [
      on("a", "11:57:00", "h1"),
      on("b", "11:58:00", "h1"),
      on("c", "11:58:00"),
      on("d", "11:59:00"),
    ];
    const strategy = { missing_fields_strategy: "doNotSuppress" };
    const { alerts } = runOn(events, query(strategy));
    expect(sources(alerts)).toEqual(["a", "c", "d"]);
    expect(pick(alerts, "suppression.docs_count")).toEqual(
      [1, undefined, undefined].map((count) => ({ "suppression.docs_count": count })),
    );
    const two = runOn(events, query(strategy, { max_signals: 2 }));
    expect([sources(two.alerts), two.warnings]).toEqual([
      ["a", "c"],
      [
        "This rule reached the maximum alert limit for the rule execution. Some alerts were not created or suppressed.",
      ],
    ]);
  });

  it("counts a document once in each group of its values", () => {
    const { alerts } = runOn([on("a", "11:57:00", ["h1", "h2"]), on("b", "11:58:00", "h2")], query({}));
    expect(pick(alerts, "suppression.terms", "suppression.docs_count")).toEqual([
      { "suppression.terms": [{ field: "host.name", value: "h1" }], "suppression.docs_count": 0 },
      { "suppression.terms": [{ field: "host.name", value: "h2" }], "suppression.docs_count": 1 },
    ]);
  });

  it("goes on where the last run stopped, in overlapping windows", () => {
    const detector = createDetector();
    detector.index([on("a", "11:57:00", "h1"), on("b", "11:58:00", "h1")]);
    detector.run(query({}), { at: at("12:00:00") });
    detector.index([on("c", "12:01:00", "h1")]);
    const { alerts } = detector.run(query({}), { at: at("12:02:00") });
    expect([sources(alerts), pick(alerts, "suppression.docs_count")]).toEqual([
      ["c"],
      [{ "suppression.docs_count": 0 }],
    ]);
    expect(detector.alerts).toHaveLength(2);
  });

  it("adds to the open alert of the group within the duration", () => {
    const detector = createDetector();
    detector.index([on("a", "11:57:00", "h1")]);
    const [first] = detector.run(query(hour), { at: at("12:00:00") }).alerts;
    detector.index([on("b", "12:01:00", "h1"), on("c", "12:02:00", "h1")]);
    const { alerts } = detector.run(query(hour), { at: at("12:03:00") });
    expect(pick(alerts, "uuid", "start", "last_detected", ...SHOWN)).toEqual([
      {
        uuid: first!["kibana.alert.uuid"],
        start: at("12:00:00"),
        last_detected: at("12:03:00"),
        "suppression.terms": [{ field: "host.name", value: "h1" }],
        "suppression.start": at("11:57:00"),
        "suppression.end": at("12:02:00"),
        "suppression.docs_count": 2,
      },
    ]);
    expect(detector.alerts).toEqual(alerts);
    // Alerts that began before are left alone: the duration counts from the run back to the alert's beginning.
    detector.index([on("d", "12:59:00", "h1"), on("e", "13:01:00", "h1")]);
    expect(pick(detector.run(query(hour), { at: at("13:00:00") }).alerts, "suppression.docs_count")).toEqual([
      { "suppression.docs_count": 3 },
    ]);
    expect(pick(detector.run(query(hour), { at: at("13:01:00") }).alerts, "suppression.docs_count")).toEqual([
      { "suppression.docs_count": 0 },
    ]);
  });

  it("adds nothing to a closed alert", () => {
    const detector = createDetector();
    detector.index([on("a", "11:57:00", "h1")]);
    detector.close(
      detector
        .run(query(hour), { at: at("12:00:00") })
        .alerts.map((alert) => alert["kibana.alert.uuid"] as string),
    );
    detector.index([on("b", "12:01:00", "h1")]);
    detector.run(query(hour), { at: at("12:03:00") });
    expect(pick(detector.alerts, "workflow_status", "suppression.docs_count")).toEqual([
      { workflow_status: "closed", "suppression.docs_count": 0 },
      { workflow_status: "open", "suppression.docs_count": 0 },
    ]);
  });

  it("keeps to max_signals groups, in the order of their values", () => {
    const run = runOn([on("b", "11:57:00", "h2"), on("a", "11:58:00", "h1")], query({}, { max_signals: 1 }));
    expect(sources(run.alerts)).toEqual(["a"]);
    expect(run.warnings).toEqual([
      "This rule reached the maximum alert limit for the rule execution. Some alerts were not created or suppressed.",
    ]);
  });
});

describe("suppression of the other types", () => {
  it("takes all values of a field for one group, in whatever order", () => {
    const { alerts } = runOn(
      [on("a", "11:57:00", ["h1", "h2"]), on("b", "11:58:00", ["h2", "h1"]), on("c", "11:58:00", "h1")],
      eql({}),
    );
    expect(pick(alerts, "suppression.terms", "suppression.docs_count")).toEqual([
      { "suppression.terms": [{ field: "host.name", value: ["h1", "h2"] }], "suppression.docs_count": 1 },
      { "suppression.terms": [{ field: "host.name", value: ["h1"] }], "suppression.docs_count": 0 },
    ]);
  });

  it("counts no event twice in overlapping windows, with and without a duration", () => {
    for (const settings of [hour, {}]) {
      const detector = createDetector();
      detector.index([on("a", "11:57:00", "h1"), on("b", "11:58:00", "h1")]);
      detector.run(eql(settings), { at: at("12:00:00") });
      expect(detector.run(eql(settings), { at: at("12:02:00") }).alerts).toEqual([]);
      detector.index([on("c", "12:01:00", "h1")]);
      detector.run(eql(settings), { at: at("12:03:00") });
      expect(pick(detector.alerts, "suppression.docs_count")).toEqual(
        settings === hour
          ? [{ "suppression.docs_count": 2 }]
          : [{ "suppression.docs_count": 1 }, { "suppression.docs_count": 0 }],
      );
    }
  });

  it("leaves events without the field alone where it is told to", () => {
    const events = [on("a", "11:57:00", "h1"), on("b", "11:58:00"), on("c", "11:59:00")];
    expect(runOn(events, eql({})).alerts).toHaveLength(2);
    const { alerts } = runOn(events, eql({ missing_fields_strategy: "doNotSuppress" }));
    expect(pick(alerts, "suppression.docs_count")).toEqual(
      [undefined, undefined, 0].map((count) => ({ "suppression.docs_count": count })),
    );
  });

  it("looks at five times as many events as it may alert on", () => {
    const events = Array.from({ length: 11 }, (_, i) => on(`e${i}`, `11:58:${10 + i}`, "h1"));
    const { alerts, warnings } = runOn(events, eql({}, { max_signals: 2 }));
    expect(pick(alerts, "suppression.docs_count")).toEqual([{ "suppression.docs_count": 9 }]);
    expect(warnings).toContain(
      "This rule reached the maximum alert limit for the rule execution. Some alerts were not created or suppressed.",
    );
    expect(runOn(events.slice(0, 9), eql({}, { max_signals: 2 })).warnings).toEqual([]);
  });
});

describe("suppression in manual runs", () => {
  const stretch = (to: string) => ({ at: at("12:00:00"), manual: { from: at("03:00:00"), to: at(to) } });
  const hourly = { from: "now-1h", interval: "1h" };

  it("adds to the alert of an earlier one what that has not counted", () => {
    const detector = createDetector();
    const given = query(hour, hourly);
    detector.index([on("a", "03:01:00", "h1"), on("b", "03:02:00", "h1")]);
    detector.run(given, stretch("03:10:00"));
    expect(detector.run(given, stretch("03:10:00")).alerts).toEqual([]);
    detector.index([on("c", "03:05:00", "h1")]);
    expect(
      pick(detector.run(given, stretch("03:10:00")).alerts, "suppression.docs_count", "suppression.end"),
    ).toEqual([{ "suppression.docs_count": 2, "suppression.end": at("03:05:00") }]);
    expect(detector.alerts).toHaveLength(1);
  });

  it("makes the alert of a run once", () => {
    const detector = createDetector();
    detector.index([on("a", "03:01:00", "h1"), on("b", "03:02:00", "h1")]);
    expect(detector.run(query({}, hourly), stretch("03:10:00")).alerts).toHaveLength(1);
    expect(detector.run(query({}, hourly), stretch("03:10:00")).alerts).toEqual([]);
  });
});
