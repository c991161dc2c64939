/**
 * What Kibana's rule form makes of a rule when somebody presses "Save changes": the body is built anew from the form,
 * so that whatever the form does not show is lost or rewritten.
 */
import { durationMs, offsetFromNow } from "../validate/date-math.js";

type Json = Readonly<Record<string, unknown>>;

/** What the form sends as it was: nothing else of a rule survives a save. */
const KEPT = [
  "id",
  "name",
  "description",
  "type",
  "risk_score",
  "risk_score_mapping",
  "severity",
  "severity_mapping",
  "enabled",
  "interval",
  "tags",
  "license",
  "setup",
  "max_signals",
  "related_integrations",
  "exceptions_list",
  "actions",
  "response_actions",
  "timeline_id",
  "timeline_title",
  "timestamp_override_fallback_disabled",
  "query",
  "language",
  "filters",
  "saved_id",
  "alert_suppression",
  "event_category_override",
  "tiebreaker_field",
  "timestamp_field",
  "threat_query",
  "threat_language",
  "threat_filters",
  "threat_index",
  "threat_mapping",
  "threat_indicator_path",
  "anomaly_threshold",
  "machine_learning_job_id",
  "new_terms_fields",
  "history_window_start",
];

const TEXTS = ["rule_name_override", "timestamp_override", "note"];
const TEXT_LISTS = ["author", "false_positives", "references"];

/** The body of the PUT by which the form saves a rule. `url`: the address that the form was opened at. */
export function savedByForm(rule: Json, url: string): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const name of KEPT) if (rule[name] !== undefined) body[name] = rule[name];
  for (const name of TEXTS) if (rule[name] !== undefined && rule[name] !== "") body[name] = rule[name];
  for (const name of TEXT_LISTS) body[name] = listOf(rule[name]).filter((text) => text !== "");
  if (rule["building_block_type"] !== undefined) body["building_block_type"] = "default";
  const fields = (rule["investigation_fields"] as { field_names?: unknown } | undefined)?.field_names;
  if (listOf(fields).length > 0) body["investigation_fields"] = { field_names: fields };
  body["required_fields"] = listOf(rule["required_fields"]).map((field) => {
    const { name, type } = field as Json;
    return { name, type };
  });
  body["threat"] = listOf(rule["threat"]).map((threat) => ({
    ...(threat as Json),
    framework: "MITRE ATT&CK",
  }));
  return {
    ...body,
    ...source(rule),
    ...threshold(rule["threshold"]),
    from: start(rule),
    to: "now",
    meta: { kibana_siem_app_url: url },
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The form has a data view or index patterns, whichever is chosen. */
function source({ data_view_id: view, index }: Json): Json {
  if (view !== undefined) return { data_view_id: view };
  return index === undefined ? {} : { index };
}

function threshold(value: unknown): Json {
  if (typeof value !== "object" || value === null) return {};
  const { cardinality, ...rest } = value as Json;
  const first = listOf(cardinality).slice(0, 1);
  return { threshold: first.length === 0 ? rest : { ...rest, cardinality: first } };
}

/** The form knows an interval and a look-back, and writes their sum in seconds. */
function start({ from, interval }: Json): unknown {
  const [offset, every] = [offsetFromNow(String(from)), durationMs(String(interval))];
  if (offset === undefined || every === undefined) return from;
  return `now-${Math.max(-offset, every) / 1000}s`;
}
