import { describe, expect, it } from "vitest";
import { risksOf } from "../../../src/deploy/risks/risks.js";
import type { Json } from "../../../src/json/index.js";

const rule: Json = {
  type: "query",
  language: "kuery",
  query: 'process.name: "a.exe" and not user.name: "svc"',
  index: ["logs-endpoint.events.*"],
  enabled: true,
  severity: "high",
  risk_score: 73,
  interval: "5m",
  from: "now-9m",
  threat: [
    {
      tactic: { id: "TA0002", name: "Execution" },
      technique: [{ id: "T1059", name: "Command", subtechnique: [{ id: "T1059.001", name: "PowerShell" }] }],
    },
  ],
  actions: [{ id: "c1", action_type_id: ".slack", group: "default", params: {} }],
};
const mail = { id: "c2", action_type_id: ".email", group: "default", params: {} };
const list = { id: "x", list_id: "noise", type: "detection", namespace_type: "single" };
const isolate = { action_type_id: ".endpoint", params: { command: "isolate" } };

type Row = readonly [
  title: string,
  before: Json,
  after: Json,
  codes: readonly string[],
  message?: string | RegExp,
];

const rows: readonly Row[] = [
  ["nothing changes", {}, {}, []],
  ["disabled", {}, { enabled: false }, ["disabled"]],
  ["enabled", { enabled: false }, {}, ["enabled"]],
  ["enabled left to Kibana before", { enabled: undefined }, {}, []],
  ["enabled left to Kibana after", {}, { enabled: undefined }, []],
  ["another type", {}, { type: "eql", language: "eql", query: "any where true" }, ["replaced"]],
  ["query to saved query is no other type", {}, { type: "saved_query", saved_id: "s" }, []],
  [
    "tactic and its techniques",
    {},
    { threat: [] },
    ["tactic-lost", "technique-lost"],
    /TA0002 \(Execution\)/,
  ],
  [
    "subtechnique alone",
    {},
    { threat: [{ tactic: { id: "TA0002" }, technique: [{ id: "T1059" }] }] },
    ["technique-lost"],
    "it no longer covers T1059.001 (PowerShell)",
  ],
  ["index lost", { index: ["a-*", "b-*"] }, { index: ["a-*"] }, ["index-lost"], "it no longer reads b-*"],
  ["index narrowed", { index: ["logs-*"] }, { index: ["logs-a-*"] }, ["index-lost"], /logs-\*/],
  ["index broadened", { index: ["logs-a-*"] }, { index: ["logs-*"] }, ["index-broadened"], /logs-\*/],
  ["index that another takes in", { index: ["logs-*"] }, { index: ["logs-*", "logs-a-*"] }, []],
  ["index left out", { index: ["a-*"] }, { index: ["a-*", "-a-b-*"] }, ["index-lost"], "it leaves out a-b-*"],
  ["index no longer left out", { index: ["a-*", "-a-b-*"] }, { index: ["a-*"] }, ["index-broadened"]],
  ["other order", { index: ["a-*", "b-*"] }, { index: ["b-*", "a-*"] }, []],
  ["index to data view", {}, { index: undefined, data_view_id: "v" }, ["source-changed"], /data view "v"/],
  ["severity", {}, { severity: "low" }, ["severity-lowered"], "its severity falls from high to low"],
  ["severity raised", {}, { severity: "critical" }, []],
  ["risk score", {}, { risk_score: 21 }, ["risk-score-lowered"]],
  ["exception list", {}, { exceptions_list: [list] }, ["exception-added"], /"noise"/],
  ["list made anew", { exceptions_list: [list] }, { exceptions_list: [{ ...list, id: "y" }] }, []],
  [
    "filter",
    {},
    { filters: [{ meta: { negate: true, key: "host.name" }, query: { match_phrase: {} } }] },
    ["filter-added"],
    /not host\.name/,
  ],
  ["filter that is off", {}, { filters: [{ meta: { disabled: true }, query: {} }] }, []],
  ["gap", {}, { from: "now-4m" }, ["schedule-gap"], /1m of every 5m/],
  ["gap by a longer interval", {}, { interval: "10m" }, ["schedule-gap"]],
  ["gap that was there", { from: "now-4m" }, { from: "now-4m" }, []],
  ["gap that shrinks", { from: "now-2m" }, { from: "now-4m" }, []],
  [
    "max_signals below the default",
    {},
    { max_signals: 50 },
    ["max-signals-lowered"],
    /50 alerts, no longer 100/,
  ],
  [
    "suppression",
    {},
    { alert_suppression: { group_by: ["host.name"] } },
    ["suppression-added"],
    /host\.name/,
  ],
  [
    "suppression by fewer fields",
    { alert_suppression: { group_by: ["a", "b"] } },
    { alert_suppression: { group_by: ["a"] } },
    ["suppression-widened"],
  ],
  [
    "suppression for longer",
    { alert_suppression: { group_by: ["a"], duration: { value: 5, unit: "m" } } },
    { alert_suppression: { group_by: ["a"], duration: { value: 1, unit: "h" } } },
    ["suppression-widened"],
    /1h/,
  ],
  ["action", {}, { actions: [] }, ["action-lost"], "it loses 1 action"],
  ["action of another connector", {}, { actions: [mail] }, ["action-lost"]],
  ["actions left to Kibana", {}, { actions: undefined }, []],
  [
    "action whose connector has no id yet",
    {},
    { actions: [{ action_type_id: ".slack", group: "default", params: {} }] },
    [],
  ],
  ["response action", { response_actions: [isolate] }, { response_actions: [] }, ["action-lost"]],
  ["building block", {}, { building_block_type: "default" }, ["building-block"]],
  [
    "threshold",
    { type: "threshold", threshold: { field: [], value: 5 } },
    { type: "threshold", threshold: { field: [], value: 50 } },
    ["threshold-raised"],
    /from 5 to 50/,
  ],
  [
    "cardinality",
    { type: "threshold", threshold: { field: [], value: 5 } },
    { type: "threshold", threshold: { field: [], value: 5, cardinality: [{ field: "user.id", value: 3 }] } },
    ["threshold-raised"],
    /3 distinct values of user\.id/,
  ],
  [
    "anomaly threshold",
    { type: "machine_learning", index: undefined, anomaly_threshold: 50 },
    { type: "machine_learning", index: undefined, anomaly_threshold: 75 },
    ["threshold-raised"],
  ],
];

const query = (language: string, text: string): Json => ({ ...rule, type: "query", language, query: text });
const eqlRule = (text: string): Json => ({ ...rule, type: "eql", language: "eql", query: text });
const esqlRule = (text: string): Json => ({
  ...rule,
  type: "esql",
  language: "esql",
  index: undefined,
  query: text,
});

type QueryRow = readonly [
  make: (text: string) => Json,
  before: string,
  after: string,
  codes: readonly string[],
  message?: RegExp,
];

const queries: readonly QueryRow[] = [
  [(t) => query("kuery", t), "a: 1", "a : 1", []],
  [(t) => query("kuery", t), "a: 1", "a: 1 and not b: (2 or 3)", ["exclusion-grown"], /not b: 2, not b: 3/],
  [
    (t) => query("kuery", t),
    "a: 1 and not b: 2",
    "a: 1 and not b: (2 or 3)",
    ["exclusion-grown"],
    /more: not b: 3$/,
  ],
  [(t) => query("kuery", t), "not b: (3 or 2) and a: 1", "a: 1 and not (b: 2 or b: 3)", []],
  [(t) => query("kuery", t), "a: 1", "a: 1 and c: 2", ["query-narrowed"], /also asks for c: 2/],
  [(t) => query("kuery", t), "a: (1 or 2)", "a: 1", ["query-narrowed"]],
  [(t) => query("kuery", t), "a: 1", "a: (1 or 2)", ["query-widened"]],
  [(t) => query("kuery", t), "a: 1 and not b: 2", "a: 1", ["query-widened"], /not b: 2/],
  [(t) => query("kuery", t), "a: 1", "b: 1", []],
  [(t) => query("kuery", t), "a: 1 and not (b: 1 and c: 2)", "a: 1 and not b: 1", ["exclusion-grown"]],
  [
    (t) => query("kuery", t),
    "a: (",
    "a: ( and not b: 2 and not",
    ["exclusion-grown"],
    /2 exclusions, where it had 0/,
  ],
  [(t) => query("lucene", t), "a:1", "a:1 -b:2", ["exclusion-grown"], /not b:2/],
  [(t) => query("lucene", t), "+a:1", "+a:1 +c:2", ["query-narrowed"]],
  [(t) => query("lucene", t), "a:1", "a:1 OR b:2", ["query-widened"]],
  [eqlRule, "process where a == 1", 'process where a == 1 and b != "x"', ["exclusion-grown"], /not b == "x"/],
  [
    eqlRule,
    'any where not b in ("x")',
    'any where not b in ("x", "y")',
    ["exclusion-grown"],
    /more: not b in "y"$/,
  ],
  [eqlRule, 'any where b not in ("x")', 'any where not b in ("x")', []],
  [eqlRule, 'any where b : ("x", "y")', 'any where b : "x"', ["query-narrowed"]],
  [eqlRule, "any where a == 1", "process where a == 1", ["query-narrowed"], /process events/],
  [
    eqlRule,
    "sequence by host.id [any where a == 1] [any where b == 2]",
    "sequence by host.id [any where a == 1 and not c == 3] [any where b == 2]",
    ["exclusion-grown"],
  ],
  [
    eqlRule,
    "sequence [any where true] [any where true]",
    "sequence [any where a == 1] [any where true]",
    ["query-narrowed"],
  ],
  [
    eqlRule,
    "sequence [any where a == 1] ![any where b == 2]",
    "sequence [any where a == 1] ![any where true]",
    [],
  ],
  [
    esqlRule,
    "FROM a | WHERE x == 1",
    "FROM a | WHERE x == 1 AND y NOT IN (1, 2)",
    ["exclusion-grown"],
    /not y IN 1/,
  ],
  [esqlRule, "FROM a | WHERE x == 1", "FROM a | WHERE x == 1 | WHERE z > 2", ["query-narrowed"]],
  [
    esqlRule,
    "FROM a | STATS c = COUNT(*) | WHERE c > 1",
    "FROM a | STATS c = COUNT(*) | WHERE c > 1 AND c < 9",
    [],
  ],
  [esqlRule, "FROM a, b | WHERE x == 1", "FROM a | WHERE x == 1", ["index-lost"], /no longer reads b/],
];

describe("the risks of a change", () => {
  it.each(rows.map((row) => ({ title: row[0], row })))("$title", ({ row }) => {
    const [, before, after, codes, message] = row;
    const risks = risksOf({ ...rule, ...before }, { ...rule, ...after });
    expect(risks.map(({ code }) => code)).toEqual(codes);
    if (message !== undefined) expect(risks[0]!.message).toMatch(message);
  });

  it.each(queries.map((row) => ({ title: `${row[1]} → ${row[2]}`, row })))("$title", ({ row }) => {
    const [make, before, after, codes, message] = row;
    const risks = risksOf(make(before), make(after));
    expect(risks.map(({ code }) => code)).toEqual(codes);
    if (message !== undefined) expect(risks[0]!.message).toMatch(message);
  });

  it("a rule that comes is none, one that goes is the worst", () => {
    expect(risksOf(undefined, rule)).toEqual([]);
    expect(risksOf(rule, undefined).map(({ code }) => code)).toEqual(["removed"]);
  });

  it("lists the worst first", () => {
    const risks = risksOf(rule, { ...rule, enabled: false, severity: "low", index: ["logs-*"], threat: [] });
    expect(risks.map(({ code }) => code)).toEqual([
      "disabled",
      "tactic-lost",
      "technique-lost",
      "severity-lowered",
      "index-broadened",
    ]);
  });

  it("takes rules of any shape", () => {
    const odd = {
      type: 7,
      query: 3,
      index: "a",
      threat: [null, { tactic: 1 }],
      filters: [1],
      actions: "x",
      threshold: 1,
    };
    expect(() => risksOf(odd, rule)).not.toThrow();
    expect(() => risksOf(rule, odd)).not.toThrow();
    expect(() =>
      risksOf(odd, { ...odd, exceptions_list: 3, alert_suppression: { duration: {} } }),
    ).not.toThrow();
  });
});
