import { describe, expect, it } from "vitest";
import { createDetector } from "../../src/detect/index.js";
import { at, event, hit, pick, rule, runOn, sources } from "./support.js";

const everything = rule("query", { query: "*:*" });

describe("the window", () => {
  it("has no beginning without `from`, and ends where `to` says", () => {
    const { from: _from, ...open } = everything;
    const events = [
      hit("old", { "@timestamp": "1999-01-01" }),
      hit("a", event("11:58:00")),
      hit("b", event("11:59:30")),
    ];
    expect(sources(runOn(events, { ...open, to: "now-1m" }).alerts)).toEqual(["old", "a"]);
  });

  it("catches up with up to four windows that were missed, and fails where that is not enough", () => {
    const detector = createDetector();
    const times = ["11:31:00", "11:36:00", "11:41:00", "11:46:00", "11:51:00", "11:56:00"];
    detector.index(times.map((time) => hit(time, event(time))));
    detector.run(everything, { at: at("11:30:00") });
    const run = detector.run(everything, { at: at("12:00:00") });
    // 30 minutes since the last run, 6 of which the own window covers: four more windows leave 4 minutes.
    expect(sources(run.alerts)).toEqual(["11:36:00", "11:41:00", "11:46:00", "11:51:00", "11:56:00"]);
    expect([run.status, run.errors]).toEqual([
      "failed",
      [
        "4 minutes (240000ms) were not queried between this rule execution and the last execution, so signals may have been missed. Consider increasing your look behind time or adding more Kibana instances",
      ],
    ]);
    expect(detector.run(everything, { at: at("12:05:00") })).toMatchObject({
      status: "succeeded",
      errors: [],
    });
  });

  it("catches up without an error where four windows do", () => {
    const detector = createDetector();
    detector.index([hit("missed", event("11:51:00")), hit("now", event("11:58:00"))]);
    detector.run(everything, { at: at("11:50:00") });
    const run = detector.run(everything, { at: at("12:00:00") });
    expect([sources(run.alerts), run.status]).toEqual([["missed", "now"], "succeeded"]);
  });

  it("is one of each interval in a manual run, with a memory of its own", () => {
    const detector = createDetector();
    detector.index([hit("a", event("03:01:00")), hit("b", event("03:07:00")), hit("c", event("03:30:00"))]);
    const run = detector.run(everything, {
      at: at("12:00:00"),
      manual: { from: at("03:00:00"), to: at("03:10:00") },
    });
    expect(sources(run.alerts)).toEqual(["a", "b"]);
    expect(pick(run.alerts, "rule.execution.type", "@timestamp")).toEqual([
      { "rule.execution.type": "manual", "@timestamp": at("03:05:00") },
      { "rule.execution.type": "manual", "@timestamp": at("03:10:00") },
    ]);
    // The schedule knows nothing of it.
    expect(detector.run(everything, { at: at("03:34:00") }).status).toBe("succeeded");
  });

  it.each([
    [{ from: "yesterday" }, "`from: yesterday` is no time"],
    [{ to: "now+" }, "`to: now+` is no time"],
    [{ interval: "often" }, "`interval: often` is no duration"],
  ])("fails for %o", (fields, message) => {
    expect(runOn([event("11:58:00")], { ...everything, ...fields })).toEqual({
      status: "failed",
      alerts: [],
      warnings: [],
      errors: [message],
    });
  });
});

describe("timestamp_override", () => {
  const events = [
    hit("both", event("11:00:00", { event: { ingested: at("11:58:00") } })),
    hit("fallback", event("11:57:00")),
    hit("outside", event("11:59:00", { event: { ingested: at("11:00:00") } })),
  ];
  const given = rule("query", { query: "*:*", timestamp_override: "event.ingested" });

  it("falls back to @timestamp, and sorts by the override first", () => {
    const { alerts, status } = runOn(events, given);
    expect(sources(alerts)).toEqual(["both", "fallback"]);
    expect(pick(alerts, "original_time")).toEqual([
      { original_time: at("11:00:00") },
      { original_time: at("11:57:00") },
    ]);
    expect(status).toBe("succeeded");
  });

  it("does not where that is turned off", () => {
    expect(sources(runOn(events, { ...given, timestamp_override_fallback_disabled: true }).alerts)).toEqual([
      "both",
    ]);
  });

  it("warns of indices that do not have it", () => {
    const { status, warnings } = runOn([hit("a", event("11:58:00"), "logs-a"), ...events], given);
    expect([status, warnings]).toEqual([
      "partial failure",
      ['The following indices are missing the timestamp override field "event.ingested": ["logs-a"]'],
    ]);
    expect(runOn([hit("a", { x: 1 }, "logs-a")], rule("query", { query: "*:*" })).warnings).toEqual([
      'The following indices are missing the timestamp field "@timestamp": ["logs-a"]',
    ]);
  });
});

describe("a rule that is not whole", () => {
  it.each([
    [{ type: "magic" }, "there is no type of rule `magic`"],
    [{ type: "constructor" }, "there is no type of rule `constructor`"],
    [{}, "there is no type of rule `undefined`"],
    [{ type: "threshold", query: "*:*" }, "a rule of type `threshold` needs `threshold`"],
    [
      { type: "threat_match", threat_index: ["a"] },
      "a rule of type `threat_match` needs `threat_query`, `threat_mapping`",
    ],
    [{ type: "eql", query: null }, "a rule of type `eql` needs `query`"],
  ])("fails: %j", (given, message) => {
    expect(runOn([event("11:58:00")], given as never)).toEqual({
      status: "failed",
      alerts: [],
      warnings: [],
      errors: [message],
    });
  });

  it("fails at a time that is none", () => {
    expect(runOn([event("11:58:00")], everything, { at: "noon" }).errors).toEqual(["`at: noon` is no time"]);
  });
});
