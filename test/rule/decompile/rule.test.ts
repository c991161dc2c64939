import { describe, expect, it } from "vitest";
import { normalise } from "../../../src/rule/decompile/index.js";
import type { RuleDefaults } from "../../../src/schema/index.js";
import { type Fields, roundTrip, RULE } from "./support.js";

/** A round trip that has to give the rule back. */
function imported(
  source: Fields,
  ...rest: [Parameters<typeof roundTrip>[1]?, Parameters<typeof roundTrip>[2]?]
) {
  const made = roundTrip(source, ...rest);
  expect(normalise(made.rule)).toEqual(normalise(source));
  return { ...made, codes: made.notes.map(({ code, pointer }) => `${code} ${pointer}`) };
}

describe("what is left out", () => {
  it("is what Kibana fills in, and what it alone writes", () => {
    const { authored, codes } = imported({
      ...RULE,
      id: "0b1e1fd8-5b5a-4a6d-8f0a-1d7c7b6f2a11",
      enabled: false,
      version: 1,
      interval: "5m",
      from: "now-6m",
      to: "now",
      language: "kuery",
      max_signals: 100,
      author: [],
      actions: [],
      setup: "",
      output_index: "",
      immutable: false,
      rule_source: { type: "internal" },
      revision: 7,
      created_by: "elastic",
      execution_summary: {},
      status: "succeeded",
      license: "",
      filters: [],
      note: null,
      timestamp_override_fallback_disabled: false,
      outcome: "exactMatch",
    });
    expect(authored).toEqual({ ...RULE, query: `${String(RULE["query"])}\n` });
    expect(codes).toEqual([]);
  });

  it.each([
    ["eql", { query: 'process where process.name == "a"', language: "eql" }],
    ["esql", { query: "FROM a METADATA _id", language: "esql", index: undefined }],
    [
      "threat_match",
      {
        threat_query: "*:*",
        threat_index: ["ti"],
        threat_mapping: [],
        threat_indicator_path: "threat.indicator",
        language: "kuery",
      },
    ],
  ])("follows from the type %s", (type, fields) => {
    const { authored } = imported({ ...RULE, type, ...fields });
    expect(authored).not.toHaveProperty("language");
    expect(authored).not.toHaveProperty("threat_indicator_path");
  });

  it("is not what is another value than the default", () => {
    const others = {
      enabled: true,
      version: 3,
      from: "now-9m",
      language: "lucene",
      max_signals: 50,
      setup: "Do.",
      index: [],
    };
    expect(imported({ ...RULE, ...others }).authored).toMatchObject(others);
  });

  it("is kept where the project has another default", () => {
    const defaults: RuleDefaults = {
      lookback: "4m",
      author: ["ACME"],
      max_signals: 100,
      enabled: true,
      language: "lucene",
    };
    const { authored, codes } = imported({ ...RULE, author: ["ACME"] }, { defaults }, { defaults });
    expect(authored).toMatchObject({ from: "now-6m", enabled: false, language: "kuery" });
    expect(authored).not.toHaveProperty("author");
    expect(authored).not.toHaveProperty("max_signals");
    expect(codes).toEqual([]);
  });

  it("counts the project's look-back with the rule's own interval", () => {
    const defaults: RuleDefaults = { lookback: "4m", interval: "10m" };
    const { authored } = imported({ ...RULE, interval: "1h", from: "now-64m" }, { defaults }, { defaults });
    expect(authored).not.toHaveProperty("from");
    const other = imported({ ...RULE, from: "now-9m" }, { defaults }, { defaults });
    expect(other.authored).toMatchObject({ interval: "5m" });
    expect(other.authored).not.toHaveProperty("from");
  });

  it("is noted where the project's defaults would give it a value", () => {
    const defaults: RuleDefaults = {
      guide: "Look.",
      license: "MIT",
      anomaly: 1,
      data_view_id: "d",
    } as RuleDefaults;
    const { notes } = roundTrip({ ...RULE, type: "eql", index: undefined }, { defaults }, { defaults });
    expect(notes.map(({ code, params }) => [code, params])).toEqual([
      ["import/default-applies", { field: "note" }],
      ["import/default-applies", { field: "license" }],
      ["import/default-applies", { field: "data_view_id" }],
    ]);
    const ofIndex = { defaults: { index: ["logs-*"] } };
    expect(roundTrip({ ...RULE, index: undefined, data_view_id: "d" }, ofIndex, ofIndex).notes).toEqual([]);
  });
});

describe("required fields", () => {
  const derived = [{ name: "process.name", type: "keyword" }];
  it.each([
    [
      "are left out where the query gives the same",
      [{ name: "process.name", type: "keyword", ecs: true }],
      undefined,
    ],
    [
      "are kept where it gives others",
      [{ name: "host.name", type: "keyword" }],
      [{ name: "host.name", type: "keyword" }],
    ],
    ["are kept where there are none and it gives some", [], []],
    ["are derived where the source has no list", undefined, undefined],
  ])("%s", (_, given, expected) => {
    const { authored, rule } = imported({ ...RULE, required_fields: given });
    expect(authored["required_fields"]).toEqual(expected);
    expect(rule["required_fields"]).toEqual(expected ?? derived);
  });
});

describe("older forms", () => {
  const action = { id: "a", action_type_id: ".index", group: "default", params: {} };
  it.each<[string, Fields, Fields, string[]]>([
    [
      "investigation_fields as a list",
      { investigation_fields: ["host.name"] },
      { investigation_fields: { field_names: ["host.name"] } },
      ["import/legacy-form /investigation_fields"],
    ],
    ["no investigation_fields", { investigation_fields: [] }, {}, []],
    [
      "custom_highlighted_fields",
      { custom_highlighted_fields: ["host.name"] },
      { investigation_fields: { field_names: ["host.name"] } },
      ["import/legacy-form /custom_highlighted_fields"],
    ],
    ["none of them", { custom_highlighted_fields: [] }, {}, []],
    [
      "a throttle of all actions",
      { throttle: "1h", actions: [action] },
      {
        actions: [
          {
            id: "a",
            action_type_id: ".index",
            frequency: { summary: true, throttle: "1h", notifyWhen: "onThrottleInterval" },
            params: {},
          },
        ],
      },
      ["import/legacy-form /throttle"],
    ],
    [
      "a throttle that says nothing",
      { throttle: "rule", actions: [action] },
      { actions: [{ id: "a", action_type_id: ".index", params: {} }] },
      [],
    ],
    [
      "numbers as text",
      { risk_score: "21", version: "3" },
      { version: 3 },
      ["import/text-for-value /risk_score", "import/text-for-value /version"],
    ],
    ["booleans as text", { enabled: "true" }, { enabled: true }, ["import/text-for-value /enabled"]],
    [
      "the look-back in meta",
      { meta: { from: "1m", kibana_siem_app_url: "https://k" }, from: "now-360s" },
      { from: "now-360s" },
      [],
    ],
    [
      "another look-back in meta",
      { meta: { from: "4m", a: 1, kdac: {} }, from: "now-360s" },
      { from: "now-360s", meta: { from: "4m", a: 1 } },
      [],
    ],
    [
      "ids of one job as text",
      {
        type: "machine_learning",
        machine_learning_job_id: ["j"],
        anomaly_threshold: 50,
        query: undefined,
        index: undefined,
      },
      { type: "machine_learning", machine_learning_job_id: "j", anomaly_threshold: 50 },
      [],
    ],
  ])("%s", (_, given, expected, noted) => {
    const { authored: plain } = imported(RULE);
    const { authored, codes } = imported({ ...RULE, ...given });
    const own = Object.entries(authored).filter(
      ([field, value]) => plain[field] !== value && field !== "index",
    );
    expect(Object.fromEntries(own)).toEqual(expected);
    expect(codes).toEqual(noted);
  });

  it.each([
    ["host.name", ["host.name"]],
    ["", []],
    [
      ["a", "b"],
      ["a", "b"],
    ],
  ])("threshold.field %j", (field, expected) => {
    const { authored } = imported({
      ...RULE,
      type: "threshold",
      threshold: { field, value: "3", cardinality: [] },
    });
    expect(authored["threshold"]).toEqual({ field: expected, value: 3 });
  });
});

describe("what has no place of its own", () => {
  it("goes under extra, with a note", () => {
    const fields = { x_new: { a: null }, stack: "9.9", threshold: { field: [], value: 1 } };
    const { authored, codes, rule } = imported({ ...RULE, ...fields });
    expect(authored["extra"]).toEqual(fields);
    expect(rule).toMatchObject(fields);
    expect(codes).toEqual([
      "import/unknown-field /x_new",
      "import/unknown-field /stack",
      "import/field-of-other-type /threshold",
    ]);
  });

  it("is noted where the rule lacks what every rule has", () => {
    const { rule_id: _, ...rest } = RULE;
    expect(roundTrip({ ...rest, type: "sigma", from: "now-6m" })).toMatchObject({
      authored: { from: "now-6m" },
      notes: [
        { code: "import/no-rule-id", params: { name: "A name" } },
        { code: "import/unknown-type", params: { type: "sigma" } },
      ],
    });
  });

  it("is left out where it is too deep for any file", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const { authored, codes } = imported({ ...RULE, meta: { deep }, x: 1 });
    expect(authored).not.toHaveProperty("meta");
    expect(codes).toEqual(["import/too-deep /meta", "import/unknown-field /x"]);
  });
});

describe("texts", () => {
  it.each([
    "a",
    "a\nb",
    "a\n",
    "a\nb\n\n",
    "\n a",
    " a\t\n  b \n",
    "é\u2028\n",
    "a\r\nb\n",
    "\u0001\n",
    " \n",
  ])("%j come back to the letter", (text) => {
    const filled = text.trim() === "" ? { query: text } : { name: text, description: text, query: text };
    const { rule } = imported({ ...RULE, ...filled, note: text, setup: text, false_positives: [text] });
    expect(rule).toMatchObject({ ...filled, note: text, setup: text, false_positives: [text] });
  });

  it("of several lines are blocks", () => {
    const { yaml } = imported({
      ...RULE,
      query: "a: b\nand c: d",
      note: "Look.\nAct.",
      description: "One.\nTwo.",
    });
    expect(yaml).toContain("query: |\n  a: b\n  and c: d\n");
    expect(yaml).toContain("note: |\n  Look.\n  Act.\n");
    expect(yaml).toContain("description: |\n  One.\n  Two.\n");
  });
});

it("stands in the order that tells the rule's story, inner keys too", () => {
  const { authored } = imported({
    threshold: { cardinality: [{ value: 2, field: "b" }], value: 1, field: ["a"] },
    severity_mapping: [{ severity: "high", value: "v", operator: "equals", field: "f" }],
    references: ["https://example.com"],
    ...RULE,
    type: "threshold",
    enabled: true,
  });
  expect(Object.keys(authored)).toEqual([
    "rule_id",
    "name",
    "description",
    "type",
    "enabled",
    "severity",
    "risk_score",
    "severity_mapping",
    "index",
    "query",
    "threshold",
    "references",
  ]);
  expect(JSON.stringify(authored["severity_mapping"])).toBe(
    '[{"field":"f","operator":"equals","value":"v","severity":"high"}]',
  );
  expect(JSON.stringify(authored["threshold"])).toBe(
    '{"field":["a"],"value":1,"cardinality":[{"field":"b","value":2}]}',
  );
});
