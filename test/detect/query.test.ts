import { describe, expect, it } from "vitest";
import { createDetector } from "../../src/detect/index.js";
import { at, event, hit, pick, rule, runOn, sources } from "./support.js";

describe("a query rule", () => {
  it("writes the whole alert", () => {
    const { alerts, status, warnings, errors } = runOn(
      [
        hit("a", {
          ...event("11:58:00"),
          event: { kind: "event", category: ["process"], action: "start" },
          host: { name: "h1" },
          user: { name: "bob" },
          process: { name: "cmd.exe", parent: { name: "word.exe" } },
        }),
      ],
      rule("query", {
        query: "process.name: cmd.exe",
        index: ["logs*"],
        tags: ["x"],
        enabled: false,
        meta: { kdac: { project: "p" } },
      }),
    );
    expect({ status, warnings, errors }).toEqual({ status: "succeeded", warnings: [], errors: [] });
    const uuid = alerts[0]!["kibana.alert.uuid"];
    expect(uuid).toMatch(/^[0-9a-f]{64}$/);
    expect(alerts).toEqual([
      {
        "@timestamp": at("12:00:00"),
        event: { category: ["process"], action: "start" },
        "event.kind": "signal",
        host: { name: "h1" },
        user: { name: "bob" },
        process: { name: "cmd.exe", parent: { name: "word.exe" } },
        "kibana.space_ids": ["default"],
        "kibana.alert.uuid": uuid,
        "kibana.alert.ancestors": [{ id: "a", type: "event", index: "logs", depth: 0 }],
        "kibana.alert.depth": 1,
        "kibana.alert.status": "active",
        "kibana.alert.workflow_status": "open",
        "kibana.alert.workflow_tags": [],
        "kibana.alert.workflow_assignee_ids": [],
        "kibana.alert.reason":
          "process event with process cmd.exe, parent process word.exe, by bob on h1 created medium alert Rule.",
        "kibana.alert.severity": "medium",
        "kibana.alert.risk_score": 47,
        "kibana.alert.start": at("12:00:00"),
        "kibana.alert.last_detected": at("12:00:00"),
        "kibana.alert.intended_timestamp": at("12:00:00"),
        "kibana.alert.original_time": at("11:58:00"),
        "kibana.alert.original_event.kind": "event",
        "kibana.alert.original_event.category": "process",
        "kibana.alert.original_event.action": "start",
        "kibana.alert.rule.execution.uuid": expect.stringMatching(/^[0-9a-f-]{36}$/),
        "kibana.alert.rule.execution.timestamp": at("12:00:00"),
        "kibana.alert.rule.execution.type": "scheduled",
        "kibana.alert.rule.actions": [],
        "kibana.alert.rule.author": [],
        "kibana.alert.rule.category": "Custom Query Rule",
        "kibana.alert.rule.consumer": "siem",
        "kibana.alert.rule.created_at": at("12:00:00"),
        "kibana.alert.rule.created_by": "elastic",
        "kibana.alert.rule.description": "What it finds.",
        "kibana.alert.rule.enabled": false,
        "kibana.alert.rule.exceptions_list": [],
        "kibana.alert.rule.false_positives": [],
        "kibana.alert.rule.from": "now-6m",
        "kibana.alert.rule.immutable": false,
        "kibana.alert.rule.indices": ["logs*"],
        "kibana.alert.rule.interval": "5m",
        "kibana.alert.rule.max_signals": 100,
        "kibana.alert.rule.meta.kdac.project": "p",
        "kibana.alert.rule.name": "Rule",
        "kibana.alert.rule.producer": "siem",
        "kibana.alert.rule.references": [],
        "kibana.alert.rule.revision": 0,
        "kibana.alert.rule.risk_score": 47,
        "kibana.alert.rule.risk_score_mapping": [],
        "kibana.alert.rule.rule_id": "r",
        "kibana.alert.rule.rule_type_id": "siem.queryRule",
        "kibana.alert.rule.severity": "medium",
        "kibana.alert.rule.severity_mapping": [],
        "kibana.alert.rule.tags": ["x"],
        "kibana.alert.rule.threat": [],
        "kibana.alert.rule.to": "now",
        "kibana.alert.rule.type": "query",
        "kibana.alert.rule.updated_at": at("12:00:00"),
        "kibana.alert.rule.updated_by": "elastic",
        "kibana.alert.rule.uuid": expect.stringMatching(/^[0-9a-f-]{36}$/),
        "kibana.alert.rule.version": 1,
        "kibana.alert.rule.parameters": {
          author: [],
          description: "What it finds.",
          exceptions_list: [],
          false_positives: [],
          from: "now-6m",
          immutable: false,
          index: ["logs*"],
          language: "kuery",
          max_signals: 100,
          meta: { kdac: { project: "p" } },
          query: "process.name: cmd.exe",
          references: [],
          related_integrations: [],
          required_fields: [],
          risk_score: 47,
          risk_score_mapping: [],
          rule_id: "r",
          rule_source: { type: "internal" },
          setup: "",
          severity: "medium",
          severity_mapping: [],
          threat: [],
          to: "now",
          type: "query",
          version: 1,
        },
      },
    ]);
  });

  it("sees what lies in its window, both ends included, oldest first", () => {
    const times = ["11:53:59", "11:54:00", "11:59:00", "11:55:00", "12:00:00", "12:00:01"];
    const { alerts } = runOn(
      times.map((time) => event(time)),
      rule("query", { query: "*:*" }),
    );
    expect(pick(alerts, "original_time")).toEqual(
      ["11:54:00", "11:55:00", "11:59:00", "12:00:00"].map((time) => ({ original_time: at(time) })),
    );
  });

  it("takes each document once, however often its windows overlap", () => {
    const detector = createDetector();
    detector.index([hit("a", event("11:58:00"))]);
    const given = rule("query", { query: "*:*" });
    expect(detector.run(given, { at: at("12:00:00") }).alerts).toHaveLength(1);
    expect(detector.run(given, { at: at("12:02:00") }).alerts).toEqual([]);
    // The document was written anew: it is another version.
    detector.index([hit("a", event("11:58:00"))]);
    expect(detector.run(given, { at: at("12:03:00") }).alerts).toHaveLength(1);
    expect(detector.alerts).toHaveLength(2);
  });

  it("stops at max_signals with the earliest events, and says so only where there were more", () => {
    const events = ["11:58:00", "11:57:00", "11:59:00"].map((time) => event(time));
    const two = runOn(events, rule("query", { query: "*:*", max_signals: 2 }));
    expect(pick(two.alerts, "original_time")).toEqual([
      { original_time: at("11:57:00") },
      { original_time: at("11:58:00") },
    ]);
    expect([two.status, two.warnings]).toEqual([
      "partial failure",
      ["This rule reached the maximum alert limit for the rule execution. Some alerts were not created."],
    ]);
    expect(runOn(events, rule("query", { query: "*:*", max_signals: 3 })).warnings).toEqual([]);
  });

  it("obeys Kibana's own limit", () => {
    const { alerts, warnings } = runOn(
      [event("11:58:00"), event("11:58:00")],
      rule("query", { query: "*:*", max_signals: 5 }),
      {
        mappings: { maxAlerts: 1 },
      },
    );
    expect(alerts).toHaveLength(1);
    expect(warnings).toEqual([
      "The rule's max alerts per run setting (5) is greater than the Kibana alerting limit (1). The rule will only write a maximum of 1 alerts per rule run.",
      "This rule reached the maximum alert limit for the rule execution. Some alerts were not created.",
    ]);
  });

  it("searches the indices that its patterns name", () => {
    const events = ["logs-a", "logs-b", "other", ".hidden"].map((index) =>
      hit(index, event("11:58:00"), index),
    );
    const found = (index: readonly string[] | undefined) =>
      sources(
        runOn(events, rule("query", { query: "*:*", ...(index === undefined ? {} : { index }) })).alerts,
      );
    expect(found(["logs-*"])).toEqual(["logs-a", "logs-b"]);
    expect(found(["logs-*,other", "-logs-b"])).toEqual(["logs-a", "other"]);
    expect(found(["*"])).toEqual(["logs-a", "logs-b", "other"]);
    expect(found([".hid*"])).toEqual([".hidden"]);
    expect(found(undefined)).toEqual(["logs-a", "logs-b", "other"]);
  });

  it("warns where no index is there, and runs nothing", () => {
    const { status, alerts, warnings } = runOn(
      [hit("a", event("11:58:00"), "other")],
      rule("query", { query: "*:*", index: ["logs-*"] }),
    );
    expect({ status, alerts, warnings }).toEqual({
      status: "partial failure",
      alerts: [],
      warnings: [
        'This rule is attempting to query data from Elasticsearch indices listed in the "Index patterns" section of the rule definition, however no index matching: ["logs-*"] was found. This warning will continue to appear until a matching index is created or this rule is disabled.',
      ],
    });
  });

  it("finds a document of which nothing says where it is, and one in the data stream that it names", () => {
    const stream = { data_stream: { type: "logs", dataset: "a.b", namespace: "default" } };
    const { alerts } = runOn(
      [event("11:58:00"), event("11:59:00", stream)],
      rule("query", { query: "*:*", index: ["logs-a.b-*"] }),
    );
    expect(alerts.map((alert) => (alert["kibana.alert.ancestors"] as { index: string }[])[0]!.index)).toEqual(
      ["events", "logs-a.b-default"],
    );
    expect(alerts[1]!["kibana.alert.original_data_stream.dataset"]).toBe("a.b");
  });

  it("asks for the id and the index of documents", () => {
    const events = [hit("a", event("11:58:00")), hit("b", event("11:59:00"))];
    expect(sources(runOn(events, rule("query", { query: "_id: b" })).alerts)).toEqual(["b"]);
    expect(sources(runOn(events, rule("query", { query: "_index: log*" })).alerts)).toEqual(["a", "b"]);
  });

  it("runs Lucene, and the filters of the rule", () => {
    const events = [
      hit("a", event("11:57:00", { "user.name": "bob" })),
      hit("b", event("11:58:00", { "user.name": "eve" })),
      hit("c", event("11:59:00", { "user.name": "eve", "host.name": "h" })),
    ];
    const lucene = rule("query", { language: "lucene", query: "user.name:(bob OR eve)" });
    expect(sources(runOn(events, lucene).alerts)).toEqual(["a", "b", "c"]);
    const filters = [
      { meta: { negate: true }, query: { match_phrase: { "user.name": "bob" } } },
      { meta: { disabled: true }, query: { match_none: {} } },
      { meta: {}, exists: { field: "host.name" } },
    ];
    expect(sources(runOn(events, { ...lucene, filters }).alerts)).toEqual(["c"]);
    expect(sources(runOn(events, { ...lucene, query: "", filters: [] }).alerts)).toEqual(["a", "b", "c"]);
  });

  it("is not run where a filter cannot be, and fails where its query is invalid", () => {
    const script = rule("query", { query: "*:*", filters: [{ meta: {}, query: { script: {} } }] });
    expect(runOn([event("11:58:00")], script)).toEqual({
      status: "not run",
      alerts: [],
      warnings: [],
      errors: ["the filter cannot be run on events: `script`"],
    });
    const { status, errors } = runOn([event("11:58:00")], rule("query", { query: "a: (" }));
    expect([status, errors.length]).toEqual(["failed", 1]);
    expect(errors[0]).toContain("the query cannot be run");
  });

  it("runs a saved_query rule by its own query", () => {
    const { alerts } = runOn(
      [event("11:58:00", { "user.name": "bob" })],
      rule("saved_query", { saved_id: "s", query: "user.name: bob" }),
    );
    expect(pick(alerts, "rule.category", "rule.rule_type_id")).toEqual([
      { "rule.category": "Saved Query Rule", "rule.rule_type_id": "siem.savedQueryRule" },
    ]);
  });
});

describe("alerts on alerts", () => {
  const onAlerts = rule("query", {
    rule_id: "second",
    name: "Second",
    query: "kibana.alert.rule.name: Rule",
    index: [".alerts-security.alerts-default"],
  });

  it("name the alert and what it comes from", () => {
    const detector = createDetector();
    detector.index([hit("a", event("11:58:00", { "user.name": "bob" }))]);
    const [first] = detector.run(rule("query", { query: "*:*" }), { at: at("12:00:00") }).alerts;
    const [second] = detector.run(onAlerts, { at: at("12:01:00") }).alerts;
    expect(pick([second!], "depth", "ancestors", "rule.name", "user.name")).toEqual([
      {
        depth: 2,
        ancestors: [
          { id: "a", type: "event", index: "logs", depth: 0 },
          {
            id: first!["kibana.alert.uuid"],
            type: "signal",
            index: ".internal.alerts-security.alerts-default-000001",
            depth: 1,
            rule: first!["kibana.alert.rule.uuid"],
          },
        ],
        "rule.name": "Second",
        "user.name": "bob",
      },
    ]);
  });

  it("leave out the rule's own alerts", () => {
    const detector = createDetector();
    detector.index([hit("a", event("11:58:00"))]);
    detector.run(rule("query", { query: "*:*" }), { at: at("12:00:00") });
    const every = { ...onAlerts, query: "*:*" };
    expect(detector.run(every, { at: at("12:01:00") }).alerts).toHaveLength(1);
    expect(detector.run(every, { at: at("12:02:00") }).alerts).toEqual([]);
  });
});
