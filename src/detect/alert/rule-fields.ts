import { isJson, type Json } from "../../json/index.js";
import type { RuleType } from "../../kibana/rule.js";
import { patternsOfRule, type PreparedRule } from "../rule.js";

const CATEGORIES: Readonly<Record<RuleType, readonly [category: string, typeId: string]>> = {
  query: ["Custom Query Rule", "siem.queryRule"],
  saved_query: ["Saved Query Rule", "siem.savedQueryRule"],
  eql: ["Event Correlation Rule", "siem.eqlRule"],
  esql: ["ES|QL Rule", "siem.esqlRule"],
  threshold: ["Threshold Rule", "siem.thresholdRule"],
  threat_match: ["Indicator Match Rule", "siem.indicatorRule"],
  machine_learning: ["Machine Learning Rule", "siem.mlRule"],
  new_terms: ["New Terms Rule", "siem.newTermsRule"],
};

/** Fields of a rule that alerting keeps beside the parameters. */
const BESIDE: ReadonlySet<string> = new Set(["name", "tags", "enabled", "interval", "actions", "throttle"]);

/** Copied into `kibana.alert.rule.*` as they are, where the rule has them. */
const COPIED = [
  "author", "building_block_type", "description", "exceptions_list", "false_positives", "from", "interval", "license", "max_signals",
  "namespace", "note", "references", "risk_score", "risk_score_mapping", "rule_id", "rule_name_override", "severity",
  "severity_mapping", "tags", "threat", "timeline_id", "timeline_title", "timestamp_override", "to", "type", "version",
] as const; // prettier-ignore

/** What an alert says of its rule: the same for every alert of a run. */
export function ruleFields(
  { params, given, uuid }: PreparedRule,
  indices: readonly string[] | undefined,
  at: string,
): Json {
  const all = params as unknown as Json;
  const [category, typeId] = CATEGORIES[params.type];
  const fields: Record<string, unknown> = {};
  const set = (name: string, value: unknown): void => {
    if (value !== undefined) fields[`kibana.alert.rule.${name}`] = value;
  };
  for (const name of COPIED) set(name, all[name]);
  set("uuid", uuid);
  set("name", params.name);
  set("actions", params.actions);
  set("category", category);
  set("rule_type_id", typeId);
  set("producer", "siem");
  set("consumer", "siem");
  set("enabled", given["enabled"] ?? true);
  set("immutable", given["immutable"] ?? false);
  set("revision", given["revision"] ?? 0);
  set("created_at", given["created_at"] ?? at);
  set("updated_at", given["updated_at"] ?? at);
  set("created_by", given["created_by"] ?? "elastic");
  set("updated_by", given["updated_by"] ?? "elastic");
  set("indices", indices ?? patternsOfRule(params));
  set("parameters", parametersOf(all, given));
  for (const [name, value] of metaFields(params.meta, "kibana.alert.rule.meta")) fields[name] = value;
  return fields;
}

function parametersOf(params: Json, given: Json): Json {
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params))
    if (!BESIDE.has(name) && !(name === "output_index" && value === "")) own[name] = value;
  own["immutable"] = given["immutable"] ?? false;
  own["rule_source"] = given["rule_source"] ?? { type: "internal" };
  return own;
}

function metaFields(value: unknown, name: string): [string, unknown][] {
  if (!isJson(value)) return value === undefined ? [] : [[name, value]];
  return Object.entries(value).flatMap(([key, below]) => metaFields(below, `${name}.${key}`));
}
