/** The fields of prebuilt rules that Kibana compares, each under the name by which it reports it. */
import { isDeepStrictEqual } from "node:util";
import type { StoredRule } from "../store/state.js";

const COMPARED: Readonly<Record<string, readonly string[]>> = {
  name: ["name"],
  tags: ["tags"],
  description: ["description"],
  severity: ["severity"],
  severity_mapping: ["severity_mapping"],
  risk_score: ["risk_score"],
  risk_score_mapping: ["risk_score_mapping"],
  references: ["references"],
  false_positives: ["false_positives"],
  threat: ["threat"],
  note: ["note"],
  setup: ["setup"],
  related_integrations: ["related_integrations"],
  required_fields: ["required_fields"],
  rule_schedule: ["interval", "from", "to"],
  max_signals: ["max_signals"],
  investigation_fields: ["investigation_fields"],
  rule_name_override: ["rule_name_override"],
  timestamp_override: ["timestamp_override", "timestamp_override_fallback_disabled"],
  timeline_template: ["timeline_id", "timeline_title"],
  building_block: ["building_block_type"],
  data_source: ["index", "data_view_id"],
  alert_suppression: ["alert_suppression"],
  threshold: ["threshold"],
  threat_query: ["threat_query", "threat_language", "threat_filters"],
  threat_index: ["threat_index"],
  threat_mapping: ["threat_mapping"],
  threat_indicator_path: ["threat_indicator_path"],
  anomaly_threshold: ["anomaly_threshold"],
  machine_learning_job_id: ["machine_learning_job_id"],
  new_terms_fields: ["new_terms_fields"],
  history_window_start: ["history_window_start"],
};
const QUERY_PARTS = ["query", "language", "filters", "saved_id"];
const QUERY_NAME: Readonly<Record<string, string>> = { eql: "eql_query", esql: "esql_query" };

/** What is compared of a rule of a type: by reported name, the parts of the rule. */
export function comparedFields(type: StoredRule["type"]): readonly (readonly [string, readonly string[]])[] {
  return [...Object.entries(COMPARED), [QUERY_NAME[type] ?? "kql_query", QUERY_PARTS]];
}

/** A compared field of a rule; its parts that the rule lacks are left out. */
export function fieldOf(rule: StoredRule, parts: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(parts.filter((part) => part in rule).map((part) => [part, rule[part]]));
}

/** The compared fields in which two rules differ. */
export function differingFields(rule: StoredRule, base: StoredRule): string[] {
  return comparedFields(rule.type)
    .filter(([, parts]) => !isDeepStrictEqual(fieldOf(rule, parts), fieldOf(base, parts)))
    .map(([name]) => name);
}
