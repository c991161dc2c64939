/** Requests that the tests vary. */
import type { RuleType } from "../../src/kibana/rule.js";

type Json = Record<string, unknown>;

export const RULES = "/api/detection_engine/rules";
export const LISTS = "/api/exception_lists";
export const ITEMS = "/api/exception_lists/items";

const BASE = { name: "Simple Rule Query", description: "Simple Rule Query", risk_score: 1, severity: "high" };

const BY_TYPE: Readonly<Record<RuleType, Json>> = {
  query: { query: "user.name: root" },
  saved_query: { saved_id: "saved-1" },
  eql: { language: "eql", query: "process where true" },
  esql: { language: "esql", query: "from logs-* metadata _id" },
  threshold: { query: "*:*", threshold: { field: "host.name", value: 5 } },
  threat_match: {
    query: "*:*",
    threat_query: "*:*",
    threat_index: ["logs-ti_*"],
    threat_mapping: [{ entries: [{ field: "host.ip", type: "mapping", value: "threat.indicator.ip" }] }],
  },
  machine_learning: { anomaly_threshold: 50, machine_learning_job_id: "job-1" },
  new_terms: { query: "*:*", new_terms_fields: ["user.name"], history_window_start: "now-14d" },
};

/** A rule of a type with no more than it needs; `undefined` takes a field away. */
export function ruleOf(type: RuleType, changes: Json = {}): Json {
  return { ...BASE, rule_id: "rule-1", type, ...BY_TYPE[type], ...changes };
}

export const queryRule = (changes: Json = {}): Json => ruleOf("query", changes);

export const listOf = (changes: Json = {}): Json => ({
  list_id: "some-list-id",
  name: "some name",
  description: "some description",
  type: "detection",
  ...changes,
});

export const itemOf = (changes: Json = {}): Json => ({
  list_id: "some-list-id",
  item_id: "some-list-item-id",
  type: "simple",
  name: "some name",
  description: "some description",
  entries: [{ field: "host.name", operator: "included", type: "match", value: "web-1" }],
  ...changes,
});

export const reference = (changes: Json = {}): Json => ({
  id: "some-object-id",
  list_id: "some-list-id",
  type: "detection",
  namespace_type: "single",
  ...changes,
});

export const indexConnector = (changes: Json = {}): Json => ({
  name: "alerts to an index",
  connector_type_id: ".index",
  config: { index: "soc-alerts" },
  ...changes,
});

export const webhook = (changes: Json = {}): Json => ({
  name: "soc webhook",
  connector_type_id: ".webhook",
  config: { url: "https://soc.example/hook" },
  secrets: { user: "kdac", password: "not-a-password" },
  ...changes,
});

export const action = (connectorId: unknown, changes: Json = {}): Json => ({
  group: "default",
  id: connectorId,
  action_type_id: ".index",
  params: { documents: [{ rule: "{{rule.name}}" }] },
  ...changes,
});

export const connectorLine = (id: string, changes: Json = {}): Json => ({
  id,
  type: "action",
  attributes: {
    actionTypeId: ".webhook",
    name: "imported webhook",
    isMissingSecrets: false,
    config: { url: "https://soc.example/imported" },
    secrets: {},
    ...changes,
  },
  references: [],
  coreMigrationVersion: "8.8.0",
});

/** The last line of every export with details: these 15 keys. */
export const NOTHING_EXPORTED = {
  exported_count: 0,
  exported_rules_count: 0,
  missing_rules: [],
  missing_rules_count: 0,
  exported_exception_list_count: 0,
  exported_exception_list_item_count: 0,
  missing_exception_list_item_count: 0,
  missing_exception_list_items: [],
  missing_exception_lists: [],
  missing_exception_lists_count: 0,
  exported_action_connector_count: 0,
  missing_action_connection_count: 0,
  missing_action_connections: [],
  excluded_action_connection_count: 0,
  excluded_action_connections: [],
};
