import { describe, expect, it } from "vitest";
import { createDetector } from "../../src/detect/index.js";
import { at, event, hit, pick, rule, runOn, sources } from "./support.js";

const mappings = {
  mappings: {
    "@timestamp": "date",
    "host.name": "keyword",
    "host.ip": "ip",
    "user.name": "keyword",
    "event.ingested": "date",
  },
};
const esql = (query: string, more: Readonly<Record<string, unknown>> = {}) =>
  rule("esql", { language: "esql", query, ...more });
const on = (id: string, time: string, host: unknown, more: Readonly<Record<string, unknown>> = {}) =>
  hit(id, event(time, { host: { name: host, ip: "10.0.0.1" }, ...more }));
const LIMIT =
  "This rule reached the maximum alert limit for the rule execution. Some alerts were not created.";

describe("an ES|QL rule", () => {
  it("brings what a row lacks from its document, and alerts on it once", () => {
    const detector = createDetector(mappings);
    detector.index([
      on("a", "11:57:00", "h1", { event: { kind: "event", action: "x" } }),
      on("b", "11:58:00", "h2"),
    ]);
    const given = esql(
      'FROM logs METADATA _id | WHERE host.name == "h1" | EVAL host.name = "changed", own = 1 | KEEP _id, host.name, own',
    );
    const { alerts, status } = detector.run(given, { at: at("12:00:00") });
    expect(status).toBe("succeeded");
    expect(
      pick(
        alerts,
        "host",
        "host.name",
        "own",
        "_id",
        "event",
        "original_time",
        "ancestors",
        "rule.indices",
        "rule.category",
        "original_event.action",
      ),
    ).toEqual([
      {
        host: { ip: "10.0.0.1" },
        "host.name": "changed",
        own: 1,
        _id: undefined,
        event: { action: "x" },
        original_time: at("11:57:00"),
        ancestors: [{ id: "a", type: "event", index: "logs", depth: 0 }],
        "rule.indices": ["logs"],
        "rule.category": "ES|QL Rule",
        "original_event.action": "x",
      },
    ]);
    expect(detector.run(given, { at: at("12:02:00") }).alerts).toEqual([]);
  });

  it("sees what the window and the exceptions leave, by the override's time too", () => {
    const events = [
      on("a", "11:00:00", "h1"),
      on("b", "11:58:00", "h1"),
      on("c", "11:58:00", "h2"),
      on("d", "11:00:00", "h3", { "event.ingested": at("11:59:00") }),
    ];
    const query = "FROM logs METADATA _id";
    expect(sources(runOn(events, esql(query), { mappings }).alerts)).toEqual(["b", "c"]);
    const entries = [
      { field: "host.name", operator: "included" as const, type: "match" as const, value: "h1" },
    ];
    expect(sources(runOn(events, esql(query), { mappings, exceptionItems: [{ entries }] }).alerts)).toEqual([
      "c",
    ]);
    expect(
      sources(runOn(events, esql(query, { timestamp_override: "event.ingested" }), { mappings }).alerts),
    ).toEqual(["b", "c", "d"]);
  });

  it("alerts on groups, which are new in each window", () => {
    const detector = createDetector(mappings);
    detector.index([on("a", "11:57:00", "h1"), on("b", "11:58:00", "h1"), on("c", "11:58:00", "h2")]);
    const given = esql("FROM logs | STATS n = COUNT(*) BY host.name | WHERE n > 1");
    const { alerts } = detector.run(given, { at: at("12:00:00") });
    expect(pick(alerts, "n", "host.name", "original_time", "ancestors")).toEqual([
      {
        n: 2,
        "host.name": "h1",
        original_time: undefined,
        ancestors: [{ id: "", type: "event", index: "", depth: 0 }],
      },
    ]);
    expect(detector.run(given, { at: at("12:01:00") }).alerts).toHaveLength(1);
    expect(detector.run(given, { at: at("12:01:00") }).alerts).toEqual([]);
  });

  it("makes one alert of each row that MV_EXPAND gives; equal ones are one", () => {
    const found = (rest: string) =>
      runOn(
        [on("a", "11:58:00", ["h1", "h2"])],
        esql(`FROM logs METADATA _id | MV_EXPAND host.name ${rest}`),
        { mappings },
      ).alerts;
    expect(pick(found(""), "host.name")).toEqual([{ "host.name": "h1" }, { "host.name": "h2" }]);
    expect(found("| RENAME host.name AS name")).toHaveLength(2);
    expect(found("| DROP host.name")).toHaveLength(1);
  });

  it("goes on in the next run where max_signals cut it off", () => {
    const detector = createDetector(mappings);
    detector.index(["a", "b", "c", "d", "e"].map((id, i) => on(id, `11:58:0${i}`, "h1")));
    const given = esql("FROM logs METADATA _id", { max_signals: 2 });
    const runs = ["12:00:00", "12:00:10", "12:00:20", "12:00:30"].map((time) =>
      detector.run(given, { at: at(time) }),
    );
    expect(runs.map(({ alerts }) => sources(alerts))).toEqual([["a", "b"], ["c", "d"], ["e"], []]);
    expect(runs.map(({ warnings }) => warnings)).toEqual([[LIMIT], [LIMIT], [], []]);
  });

  it("suppresses by what a row gives, or by what its document has, which is a list", () => {
    const events = [
      on("a", "11:57:00", "h1"),
      on("b", "11:58:00", "h1"),
      on("c", "11:59:00", "h2", { "user.name": "bob" }),
    ];
    const grouped = (query: string, group: string) =>
      pick(
        runOn(events, esql(query, { alert_suppression: { group_by: [group] } }), { mappings }).alerts,
        "suppression.terms",
        "suppression.docs_count",
        "suppression.end",
      );
    expect(grouped("FROM logs METADATA _id", "host.name")).toEqual([
      {
        "suppression.terms": [{ field: "host.name", value: "h1" }],
        "suppression.docs_count": 1,
        "suppression.end": at("11:58:00"),
      },
      {
        "suppression.terms": [{ field: "host.name", value: "h2" }],
        "suppression.docs_count": 0,
        "suppression.end": at("11:59:00"),
      },
    ]);
    expect(grouped("FROM logs METADATA _id | DROP user.name", "user.name")).toEqual([
      {
        "suppression.terms": [{ field: "user.name", value: null }],
        "suppression.docs_count": 1,
        "suppression.end": at("11:58:00"),
      },
      {
        "suppression.terms": [{ field: "user.name", value: ["bob"] }],
        "suppression.docs_count": 0,
        "suppression.end": at("11:59:00"),
      },
    ]);
    // A group has no time of its own: that of the run is taken.
    expect(grouped("FROM logs | STATS n = COUNT(*) BY host.name", "host.name")).toMatchObject([
      { "suppression.end": at("12:00:00") },
      { "suppression.end": at("12:00:00") },
    ]);
  });

  it("tells documents of the same id in two indices apart", () => {
    const events = [
      hit("a", event("11:57:00", { "host.name": "h1" }), "logs-1"),
      hit("a", event("11:58:00", { "host.name": "h2" }), "logs-2"),
    ];
    const { alerts } = runOn(events, esql("FROM logs-* METADATA _id, _index | SORT @timestamp"), {
      mappings,
    });
    expect(pick(alerts, "host.name", "ancestors")).toMatchObject([
      { "host.name": "h1", ancestors: [{ index: "logs-1" }] },
      { "host.name": "h2", ancestors: [{ index: "logs-2" }] },
    ]);
  });

  it("finds documents that name no index, and knows the fields that only documents have", () => {
    const { alerts } = runOn(
      [event("11:58:00", { own: { n: 2 }, text: "x" })],
      esql('FROM logs-* METADATA _id | WHERE own.n == 2 AND text == "x"'),
    );
    expect(pick(alerts, "own.n", "text")).toEqual([{ "own.n": 2, text: "x" }]);
  });

  it("fails where the query is invalid, and is not run where kdac cannot calculate it", () => {
    const failed = runOn([on("a", "11:58:00", "h1")], esql("FROM logs | WHERE nothing == 1"), { mappings });
    expect([failed.status, failed.alerts]).toEqual(["failed", []]);
    expect(failed.errors[0]).toContain("verification_exception: ");
    const { status, alerts, errors } = runOn(
      [on("a", "11:58:00", "h1")],
      esql("FROM logs METADATA _id | WHERE KNN(host.name, [1])"),
      { mappings },
    );
    expect([status, alerts, errors.length]).toEqual(["not run", [], 1]);
  });
});
