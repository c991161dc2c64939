import { describe, expect, it } from "vitest";
import {
  FIELDS_BY_TYPE,
  isFieldOf,
  isRuleField,
  isRuleType,
  REQUIRED_FIELDS_BY_TYPE,
  RESPONSE_FIELDS_BY_TYPE,
  RULE_FIELDS,
  RULE_TYPES,
  type RuleType,
  SERVER_FIELDS,
} from "../../src/kibana/rule.js";

const SEARCHING = "query saved_query eql threshold threat_match new_terms";

/** Fields that not every type has, as Kibana's published rule schemas have them. */
const SOME_TYPES: Readonly<Record<string, string>> = {
  index: SEARCHING,
  data_view_id: SEARCHING,
  filters: SEARCHING,
  query: `${SEARCHING} esql`,
  language: `${SEARCHING} esql`,
  saved_id: "query saved_query threshold threat_match",
  event_category_override: "eql",
  tiebreaker_field: "eql",
  timestamp_field: "eql",
  threshold: "threshold",
  threat_query: "threat_match",
  threat_mapping: "threat_match",
  threat_index: "threat_match",
  threat_language: "threat_match",
  threat_filters: "threat_match",
  threat_indicator_path: "threat_match",
  concurrent_searches: "threat_match",
  items_per_search: "threat_match",
  anomaly_threshold: "machine_learning",
  machine_learning_job_id: "machine_learning",
  new_terms_fields: "new_terms",
  history_window_start: "new_terms",
};

const REQUIRED: Readonly<Record<RuleType, string[]>> = {
  query: [],
  saved_query: ["saved_id"],
  eql: ["language", "query"],
  esql: ["language", "query"],
  threshold: ["query", "threshold"],
  threat_match: ["query", "threat_index", "threat_mapping", "threat_query"],
  machine_learning: ["anomaly_threshold", "machine_learning_job_id"],
  new_terms: ["history_window_start", "new_terms_fields", "query"],
};

describe("the table of rule fields", () => {
  it("has all 73 fields, nine of them Kibana's own", () => {
    expect(Object.keys(RULE_FIELDS)).toHaveLength(73);
    expect(SERVER_FIELDS).toEqual([
      "id",
      "immutable",
      "rule_source",
      "revision",
      "created_at",
      "created_by",
      "updated_at",
      "updated_by",
      "execution_summary",
    ]);
  });

  it("gives each field to its types", () => {
    const some = Object.entries(RULE_FIELDS).filter(([, { types }]) => types.length < RULE_TYPES.length);
    const sorted = Object.fromEntries(some.map(([name, { types }]) => [name, [...types].sort()]));
    expect(sorted).toEqual(
      Object.fromEntries(Object.entries(SOME_TYPES).map(([name, types]) => [name, types.split(" ").sort()])),
    );
  });

  it.each(RULE_TYPES)("knows what a rule of type %s must have", (type) => {
    const base = ["name", "description", "type", "severity", "risk_score"];
    expect([...REQUIRED_FIELDS_BY_TYPE[type]].sort()).toEqual([...base, ...REQUIRED[type]].sort());
    for (const name of REQUIRED_FIELDS_BY_TYPE[type]) {
      expect(FIELDS_BY_TYPE[type]).toContain(name);
      expect(RESPONSE_FIELDS_BY_TYPE[type]).toContain(name);
    }
    expect(FIELDS_BY_TYPE[type].filter((name) => (SERVER_FIELDS as string[]).includes(name))).toEqual([]);
  });

  it("knows that only a saved query may come back without its query", () => {
    const without = RULE_TYPES.filter((type) => !RESPONSE_FIELDS_BY_TYPE[type].includes("query"));
    expect(without).toEqual(["saved_query", "machine_learning"]);
  });

  it("answers by name", () => {
    expect(isFieldOf("threshold", "threshold")).toBe(true);
    expect(isFieldOf("threshold", "query")).toBe(false);
    expect(isFieldOf("revision", "query")).toBe(false);
    expect(isFieldOf("constructor", "query")).toBe(false);
    expect(isRuleField("revision")).toBe(true);
    expect(isRuleField("toString")).toBe(false);
    expect(isRuleType("esql")).toBe(true);
    expect(isRuleType("sigma")).toBe(false);
    expect(isRuleType(undefined)).toBe(false);
  });
});
