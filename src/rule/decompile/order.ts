/** The fields of a rule's file in the order that tells its story: what, how severe, when, where, which events, what it means, what to do. */
export const RULE_ORDER: readonly string[] = [
  "rule_id", "name", "description", "type", "version", "stack", "enabled", "author", "license",
  "building_block_type", "rule_name_override",
  "severity", "risk_score", "severity_mapping", "risk_score_mapping",
  "interval", "lookback", "from", "to", "max_signals", "timestamp_override", "timestamp_override_fallback_disabled",
  "index", "data_view_id", "event_category_override", "timestamp_field", "tiebreaker_field",
  "machine_learning_job_id", "anomaly_threshold", "saved_id", "query", "language", "filters", "threshold",
  "new_terms_fields", "history_window_start",
  "threat_index", "threat_query", "threat_language", "threat_filters", "threat_indicator_path", "threat_mapping",
  "concurrent_searches", "items_per_search", "alert_suppression",
  "attack", "threat", "tags", "guide", "note", "false_positives", "references", "setup",
  "related_integrations", "required_fields", "investigation_fields", "timeline_id", "timeline_title",
  "exceptions", "exceptions_list", "actions", "throttle", "response_actions",
  "meta", "namespace", "output_index", "outcome", "alias_target_id", "alias_purpose", "extra",
]; // prettier-ignore

export const LIST_ORDER: readonly string[] = [
  "list_id", "name", "description", "type", "namespace_type", "os_types", "tags", "meta", "items",
]; // prettier-ignore

export const ITEM_ORDER: readonly string[] = [
  "item_id", "name", "description", "os_types", "tags", "entries", "comments", "expire_time", "meta",
]; // prettier-ignore

export const CONNECTOR_ORDER: readonly string[] = ["name", "connector_type_id", "id", "config", "secrets"];

export const ACTION_ORDER: readonly string[] = [
  "connector", "id", "action_type_id", "group", "uuid", "frequency", "alerts_filter", "params",
]; // prettier-ignore

/** The keys of a rule's smaller parts: none of these stands at another place in another part. */
const PART_ORDER: readonly string[] = [
  "framework", "tactic", "id", "name", "reference", "technique", "subtechnique",
  "package", "version", "integration",
  "list_id", "field", "type", "namespace_type", "operator", "value", "severity", "risk_score", "unit", "negate",
  "cardinality", "group_by", "duration", "missing_fields_strategy", "list", "entries",
]; // prettier-ignore

/** The object with its keys in the given order, those that are not in it last, as they stood. */
export function inKeyOrder(
  value: Readonly<Record<string, unknown>>,
  order: readonly string[],
): Record<string, unknown> {
  const rank = (key: string): number => {
    const at = order.indexOf(key);
    return at < 0 ? order.length : at;
  };
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => rank(a) - rank(b)));
}

/** Parts of a rule with the keys of each object in order, all the way down. */
export function partsInOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(partsInOrder);
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([key, part]) => [key, partsInOrder(part)]);
  return inKeyOrder(Object.fromEntries(inner) as Record<string, unknown>, PART_ORDER);
}
