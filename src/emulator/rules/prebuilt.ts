/** Prebuilt rules: which rules come from the assets that this Kibana knows, and whether they were changed since. */
import { isDeepStrictEqual } from "node:util";
import type { RuleSource } from "../../kibana/rule.js";
import type { Kernel } from "../kernel.js";
import type { StoredRule } from "../store/state.js";
import type { RuleBody } from "../validate/rule.js";
import { serverPart, storedRule } from "./rule.js";

type Asset = Readonly<Record<string, unknown>>;

/** The rule fields that Kibana compares with the asset, by the name under which it reports them. */
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

/** Where a rule comes from, by its `rule_id`; `rule` is compared with the asset of that id. */
export function sourceOf(kernel: Kernel, rule: StoredRule): RuleSource {
  const asset = kernel.prebuilt.get(rule.rule_id);
  if (asset === undefined) return { type: "internal" };
  const fields = customized(rule, asset);
  const source = { type: "external" as const, is_customized: fields.length > 0 };
  if (!kernel.has("sourceDetails")) return source;
  return {
    ...source,
    has_base_version: rule.version === asset["version"],
    customized_fields: fields.map((field_name) => ({ field_name })),
  };
}

function customized(rule: StoredRule, asset: Asset): string[] {
  const base = storedRule(asset as RuleBody, serverPart(rule));
  const differs = (names: readonly string[]): boolean =>
    names.some((name) => !isDeepStrictEqual(rule[name], base[name]));
  const fields = Object.entries(COMPARED)
    .filter(([, names]) => differs(names))
    .map(([name]) => name);
  return differs(QUERY_PARTS) ? [...fields, QUERY_NAME[rule.type] ?? "kql_query"] : fields;
}
