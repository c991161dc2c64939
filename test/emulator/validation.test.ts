/** What the schema refuses, in the words of zod 4 (Kibana 9.4 on) and of zod 3 (before). */
import { describe, expect, it } from "vitest";
import { RULE_TYPES, type RuleType } from "../../src/kibana/rule.js";
import { startKibana } from "../support/kibana.js";
import { action, queryRule, reference, ruleOf, RULES } from "./samples.js";

async function refusal(rule: unknown, version: string): Promise<unknown> {
  const { status, body } = await startKibana({ version }).post(RULES, rule);
  expect(status, JSON.stringify(body)).toBe(400);
  return String(body["message"]).replace(/^\[request body\]: /, "");
}

const LIST_TYPES = [
  "detection",
  "rule_default",
  "endpoint",
  "endpoint_trusted_apps",
  "endpoint_trusted_devices",
  "endpoint_events",
  "endpoint_host_isolation_exceptions",
  "endpoint_blocklists",
];
const option = (options: readonly string[]): string =>
  `Invalid option: expected one of ${options.map((each) => `"${each}"`).join("|")}`;

describe("zod 4 wording", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["no type", { ...queryRule(), type: undefined }, "type: Invalid input"],
    [
      "a missing number",
      queryRule({ risk_score: undefined }),
      "risk_score: Invalid input: expected number, received undefined",
    ],
    [
      "a missing string",
      ruleOf("saved_query", { saved_id: undefined }),
      "saved_id: Invalid input: expected string, received undefined",
    ],
    ["a wrong type", queryRule({ filters: "x" }), "filters: Invalid input: expected array, received string"],
    ["meta as text", queryRule({ meta: "x" }), "meta: Invalid input: expected object, received string"],
    ["null", queryRule({ note: null }), "note: Invalid input: expected string, received null"],
    [
      "elements",
      queryRule({ tags: [1, "a", 2] }),
      "tags.0: Invalid input: expected string, received number, tags.2: Invalid input: expected string, received number",
    ],
    [
      "an enum",
      queryRule({ severity: "huge" }),
      `severity: ${option(["low", "medium", "high", "critical"])}`,
    ],
    [
      "a missing enum",
      queryRule({ severity: undefined }),
      `severity: ${option(["low", "medium", "high", "critical"])}`,
    ],
    ["a language", queryRule({ language: "eql" }), `language: ${option(["kuery", "lucene"])}`],
    ["a fixed language", ruleOf("eql", { language: "kuery" }), 'language: Invalid input: expected "eql"'],
    ["too small", queryRule({ risk_score: -1 }), "risk_score: Too small: expected number to be >=0"],
    ["too big", queryRule({ risk_score: 101 }), "risk_score: Too big: expected number to be <=100"],
    [
      "no integer",
      queryRule({ risk_score: 1.5 }),
      "risk_score: Invalid input: expected int, received number",
    ],
    ["an empty name", queryRule({ name: "" }), "name: Too small: expected string to have >=1 characters"],
    [
      "an empty list",
      ruleOf("threat_match", { threat_mapping: [] }),
      "threat_mapping: Too small: expected array to have >=1 items",
    ],
    [
      "several, in schema order",
      ruleOf("threat_match", { threat_query: undefined, threat_index: undefined, threat_mapping: undefined }),
      "threat_query: Invalid input: expected string, received undefined, threat_mapping: Invalid input: expected array, received undefined, threat_index: Invalid input: expected array, received undefined",
    ],
    [
      "text where a list is measured",
      queryRule({ alert_suppression: { group_by: "host.name" } }),
      "alert_suppression.group_by: Invalid input: expected array, received string, alert_suppression.group_by: Too big: expected string to have <=3 characters",
    ],
    [
      "suppression of a threshold rule without duration",
      ruleOf("threshold", { alert_suppression: { group_by: ["a"] } }),
      "alert_suppression.duration: Invalid input: expected object, received undefined",
    ],
    [
      "an exception list reference",
      queryRule({ exceptions_list: [{ id: "1", namespace_type: "x" }] }),
      `exceptions_list.0.list_id: Invalid input: expected string, received undefined, exceptions_list.0.type: ${option(LIST_TYPES)}, exceptions_list.0.namespace_type: ${option(["agnostic", "single"])}`,
    ],
    [
      "a blank text",
      queryRule({ exceptions_list: [reference({ list_id: " " })] }),
      "exceptions_list.0.list_id: No empty strings allowed",
    ],
    [
      "an action without its id",
      queryRule({ actions: [action(undefined)] }),
      "actions.0.id: Invalid input: expected string, received undefined",
    ],
    [
      "an action without params",
      queryRule({ actions: [action("1", { params: undefined })] }),
      "actions.0.params: Invalid input: expected object, received undefined",
    ],
    [
      "more than five problems",
      queryRule({ tags: [1, 2, 3, 4, 5, 6, 7] }),
      `${[0, 1, 2, 3, 4].map((i) => `tags.${i}: Invalid input: expected string, received number`).join(", ")}, and 2 more`,
    ],
    [
      "no branch of a union",
      ruleOf("machine_learning", { machine_learning_job_id: 1 }),
      "machine_learning_job_id: Invalid input: expected string, received number, machine_learning_job_id: Invalid input: expected array, received number",
    ],
    [
      "history_window_start that is no date math",
      ruleOf("new_terms", { history_window_start: "two weeks" }),
      "history_window_start: Failed to parse date-math expression",
    ],
    [
      "a response action of no kind",
      queryRule({ response_actions: [{ action_type_id: ".other", params: {} }] }),
      "response_actions.0.action_type_id: Invalid input",
    ],
  ])("%s", async (_, rule, text) => {
    expect(await refusal(rule, "9.5.1")).toBe(text);
  });
});

describe("zod 3 wording", () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      "no type",
      { ...queryRule(), type: undefined },
      "type: Invalid discriminator value. Expected 'eql' | 'query' | 'saved_query' | 'threshold' | 'threat_match' | 'machine_learning' | 'new_terms' | 'esql'",
    ],
    [
      "missing",
      queryRule({ risk_score: undefined, severity: undefined }),
      "risk_score: Required, severity: Required",
    ],
    ["a wrong type", queryRule({ filters: "x" }), "filters: Expected array, received string"],
    [
      "an enum",
      queryRule({ severity: "huge" }),
      "severity: Invalid enum value. Expected 'low' | 'medium' | 'high' | 'critical', received 'huge'",
    ],
    [
      "an enum of another type",
      queryRule({ severity: 1 }),
      "severity: Expected 'low' | 'medium' | 'high' | 'critical', received number",
    ],
    ["a literal", ruleOf("eql", { language: "kuery" }), 'language: Invalid literal value, expected "eql"'],
    ["too big", queryRule({ risk_score: 101 }), "risk_score: Number must be less than or equal to 100"],
    ["no integer", queryRule({ risk_score: 1.5 }), "risk_score: Expected integer, received float"],
    ["an empty name", queryRule({ name: "" }), "name: String must contain at least 1 character(s)"],
    [
      "text where a list is measured",
      queryRule({ alert_suppression: { group_by: "host.name" } }),
      "alert_suppression.group_by: Expected array, received string",
    ],
  ])("%s", async (_, rule, text) => {
    expect(await refusal(rule, "9.3.0")).toBe(text);
  });
});

describe("what is let pass", () => {
  it.each(RULE_TYPES)("the least %s rule", async (type) => {
    const { status, body } = await startKibana().post(RULES, ruleOf(type));
    expect(status, JSON.stringify(body)).toBe(200);
  });

  it.each<[RuleType, Record<string, unknown>, readonly string[]]>([
    ["query", { nonsense: 1, threshold: { field: "a", value: 1 }, id: "x" }, ["nonsense", "threshold"]],
    ["esql", { index: ["a"], filters: [], data_view_id: "d" }, ["index", "filters", "data_view_id"]],
    ["machine_learning", { index: ["a"], query: "x", language: "kuery" }, ["index", "query", "language"]],
    ["eql", { outcome: "conflict", alias_target_id: "x" }, ["outcome", "alias_target_id"]],
  ])("unknown and foreign fields of a %s rule are dropped", async (type, extra, dropped) => {
    const { status, body } = await startKibana().post(RULES, ruleOf(type, extra));
    expect(status).toBe(200);
    for (const name of dropped) expect(body).not.toHaveProperty(name);
    expect(body["id"]).not.toBe("x");
  });

  it("unknown keys inside known objects are dropped, those of open ones kept", async () => {
    const meta = { kdac: { project: "soc" }, camelCase: { "a.b": [1] } };
    const threat = {
      framework: "MITRE ATT&CK",
      tactic: { id: "TA0001", name: "Initial Access", reference: "https://attack.mitre.org/tactics/TA0001/" },
    };
    const { body } = await startKibana().post(
      RULES,
      queryRule({ meta, threat: [{ ...threat, note: 1, tactic: { ...threat.tactic, x: 1 } }] }),
    );
    expect(body["meta"]).toEqual(meta);
    expect(body["threat"]).toEqual([threat]);
  });

  it("__proto__ is a key like any other, and changes nothing", async () => {
    const kibana = startKibana();
    const text = JSON.stringify(queryRule({ meta: {} })).replace(
      '"meta":{}',
      '"meta":{"__proto__":{"polluted":true}}',
    );
    await kibana.post(RULES, JSON.parse(text));
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect((await kibana.get(`${RULES}?rule_id=rule-1`)).status).toBe(200);
  });

  it.each(["now-6m", "now-1d/d", "now/w", "2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01||-1d/d"])(
    "from %s",
    async (from) => {
      expect((await startKibana().post(RULES, queryRule({ from }))).status).toBe(200);
    },
  );

  it.each(["", "now-", "yesterday", "now-6x", "now6m", "2026-13-01", "2026-01-01||x"])(
    "from %j is refused",
    async (from) => {
      const text = await refusal(queryRule({ from }), "9.5.1");
      expect(text).toBe("from: Failed to parse date-math expression");
    },
  );
});

describe("checks beyond the schema", () => {
  const negate = (entries: unknown[]) => ruleOf("threat_match", { threat_mapping: [{ entries }] });
  const entry = { field: "host.ip", type: "mapping", value: "threat.indicator.ip" };
  it.each<[string, Record<string, unknown>, string]>([
    [
      "timeline_id alone",
      queryRule({ timeline_id: "x" }),
      'when "timeline_id" exists, "timeline_title" must also exist',
    ],
    [
      "timeline_title alone",
      queryRule({ timeline_title: "x" }),
      'when "timeline_title" exists, "timeline_id" must also exist',
    ],
    [
      "concurrent_searches alone",
      ruleOf("threat_match", { concurrent_searches: 1 }),
      'when "concurrent_searches" exists, "items_per_search" must also exist',
    ],
    [
      "nothing but a negated mapping",
      negate([{ ...entry, negate: true }]),
      "Negate mappings cannot be used as a single entry in the AND condition. Please use at least one matching mapping entry.",
    ],
    [
      "a mapping and its negation",
      negate([entry, { ...entry, negate: true }]),
      "Negate and matching mappings cannot have identical fields and values in the same AND condition.",
    ],
    [
      "a window shorter than the interval",
      queryRule({ from: "now-4m" }),
      'the time range defined by "from" and "to" must be greater than or equal to "interval"',
    ],
  ])("%s", async (_, rule, text) => {
    const { status, body } = await startKibana().post(RULES, rule);
    expect(status).toBe(400);
    expect(body).toEqual({ message: [text], status_code: 400 });
  });

  it("a short window was let pass before 9.4", async () => {
    const kibana = startKibana({ version: "9.3.0" });
    expect((await kibana.post(RULES, queryRule({ from: "now-4m" }))).status).toBe(200);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      "an interval that is none",
      queryRule({ interval: "five minutes" }),
      "Error validating create data - [schedule.interval]: string is not a valid duration: five minutes",
    ],
    [
      "a history that begins after the window",
      ruleOf("new_terms", { history_window_start: "now-5m" }),
      "params invalid: History window size is smaller than rule interval + additional lookback, 'historyWindowStart' must be earlier than 'from'",
    ],
    [
      "an unknown connector",
      queryRule({ actions: [action("none")] }),
      "Failed to load action none (404): Saved object [action/none] not found",
    ],
    [
      "a response action that names a field it may not",
      queryRule({
        response_actions: [
          {
            action_type_id: ".endpoint",
            params: { command: "kill-process", config: { field: "process.pid" } },
          },
        ],
      }),
      "Invalid [kill-process] response action configuration: 'field' is not allowed when 'overwrite' is 'true'",
    ],
  ])("%s", async (_, rule, message) => {
    const { status, body } = await startKibana().post(RULES, rule);
    expect(status).toBe(400);
    expect(body).toEqual({ message, status_code: 400 });
  });
});
