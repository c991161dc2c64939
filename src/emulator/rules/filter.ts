/** `filter`, `sort_field` and paging over rules, which Kibana answers from the saved objects `alert`. */
import { SiemError } from "../http/errors.js";
import { type Attributes, compileFilter, KqlError } from "../kql/filter.js";
import type { StoredRule } from "../store/state.js";

/** Attributes that are no params, and where the stored rule has them. */
const ATTRIBUTES: Readonly<Record<string, { readonly type: string; readonly of: (rule: StoredRule) => unknown }>> = {
  name: { type: "text", of: (rule) => rule.name },
  "name.keyword": { type: "keyword", of: (rule) => rule.name.toLowerCase() },
  tags: { type: "keyword", of: (rule) => rule.tags },
  enabled: { type: "boolean", of: (rule) => rule.enabled },
  alertTypeId: { type: "keyword", of: (rule) => ALERT_TYPES[rule.alert_type] },
  consumer: { type: "keyword", of: () => "siem" },
  "schedule.interval": { type: "keyword", of: (rule) => rule.interval },
  createdAt: { type: "date", of: (rule) => rule.created_at },
  createdBy: { type: "keyword", of: (rule) => rule.created_by },
  updatedAt: { type: "date", of: (rule) => rule.updated_at },
  updatedBy: { type: "keyword", of: (rule) => rule.updated_by },
  revision: { type: "long", of: (rule) => rule.revision },
  "actions.actionTypeId": { type: "keyword", of: (rule) => rule.actions.map((action) => action.action_type_id) },
  "actions.group": { type: "keyword", of: (rule) => rule.actions.map((action) => action.group) },
  muteAll: { type: "boolean", of: () => false },
  "executionStatus.status": { type: "keyword", of: () => "pending" },
  "lastRun.outcome": { type: "keyword", of: () => undefined },
};

const ALERT_TYPES: Readonly<Record<StoredRule["alert_type"], string>> = {
  query: "siem.queryRule",
  saved_query: "siem.savedQueryRule",
  eql: "siem.eqlRule",
  esql: "siem.esqlRule",
  threshold: "siem.thresholdRule",
  threat_match: "siem.indicatorRule",
  machine_learning: "siem.mlRule",
  new_terms: "siem.newTermsRule",
};

const PREFIX = "alert.attributes.";
const PARAMS = "params.";

/** Whether a rule passes a filter; a blank one lets all pass. Throws a 400 `SiemError` for one that is no filter. */
export function ruleFilter(filter: string | undefined): (rule: StoredRule) => boolean {
  if (filter === undefined) return () => true;
  try {
    return compileFilter(filter, RULE_ATTRIBUTES);
  } catch (error) {
    if (error instanceof KqlError) throw new SiemError(400, error.message);
    throw error;
  }
}

function checkField(field: string | undefined): void {
  if (field === undefined) {
    throw refused("The key is empty and needs to be wrapped by a saved object type like alert");
  }
  if (field === "alert.id") return;
  if (!field.startsWith("alert.")) {
    throw refused(`This key '${field}' need to be wrapped by a saved object type like alert`);
  }
  if (!field.startsWith(PREFIX)) {
    throw refused(`This key '${field}' does NOT match the filter proposition SavedObjectType.attributes.key`);
  }
  const attribute = field.slice(PREFIX.length);
  if (attribute.startsWith(PARAMS) || Object.hasOwn(ATTRIBUTES, attribute)) return;
  throw refused(`This key '${field}' does NOT exist in alert saved object index patterns`);
}

const refused = (text: string): SiemError => new SiemError(400, `${text}: Bad Request`);

const RULE_ATTRIBUTES: Attributes<StoredRule> = {
  check: checkField,
  typeOf: (field) => ATTRIBUTES[field.slice(PREFIX.length)]?.type ?? "keyword",
  valuesOf(rule, field) {
    if (field === "alert.id") return [rule.id, `alert:${rule.id}`];
    const attribute = field.slice(PREFIX.length);
    if (!attribute.startsWith(PARAMS)) return leaves(ATTRIBUTES[attribute]!.of(rule), []);
    return paramValues(rule, attribute.slice(PARAMS.length).split("."));
  },
};

/** `params` is one flattened field: any path below it can be asked for, and values are exact texts. */
function paramValues(rule: StoredRule, path: readonly string[]): unknown[] {
  const [first = "", ...rest] = path;
  const name = snakeCase(first);
  const inside = name === "rule_source" ? rest.map(snakeCase) : rest;
  return leaves(rule[name], inside).filter((value) => String(value).length <= IGNORE_ABOVE);
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const IGNORE_ABOVE = 4096;

function leaves(value: unknown, path: readonly string[]): unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => leaves(each, path));
  if (typeof value !== "object") return path.length === 0 ? [value] : [];
  const [first, ...rest] = path;
  if (first === undefined) return Object.values(value).flatMap((each) => leaves(each, []));
  return Object.hasOwn(value, first) ? leaves((value as Record<string, unknown>)[first], rest) : [];
}

const SEVERITY_RANK: Readonly<Record<string, number>> = { low: 1, medium: 2, high: 3, critical: 4 };

type Key = (rule: StoredRule) => string | number;

const createdAt: Key = (rule) => rule.created_at;
const updatedAt: Key = (rule) => rule.updated_at;
const riskScore: Key = (rule) => Number(rule["risk_score"]);
/** Rules never ran here, so nothing tells them apart. */
const neverRan: Key = () => 0;

/** What `sort_field` takes. */
export const SORT_KEYS = {
  created_at: createdAt,
  createdAt,
  enabled: (rule) => Number(rule.enabled),
  "execution_summary.last_execution.date": neverRan,
  "execution_summary.last_execution.metrics.execution_gap_duration_s": neverRan,
  "execution_summary.last_execution.metrics.total_indexing_duration_ms": neverRan,
  "execution_summary.last_execution.metrics.total_search_duration_ms": neverRan,
  "execution_summary.last_execution.status": neverRan,
  name: (rule) => rule.name.toLowerCase(),
  risk_score: riskScore,
  riskScore,
  severity: (rule) => SEVERITY_RANK[String(rule["severity"])] ?? 0,
  updated_at: updatedAt,
  updatedAt,
} as const satisfies Readonly<Record<string, Key>>;

export type SortField = keyof typeof SORT_KEYS;

/** The rules in order; equal ones stay as they were. */
export function sortRules(rules: StoredRule[], field: SortField, order: "asc" | "desc"): StoredRule[] {
  const key: Key = SORT_KEYS[field];
  const sign = order === "asc" ? 1 : -1;
  return rules
    .map((rule) => ({ rule, at: key(rule) }))
    .sort((a, b) => (a.at < b.at ? -sign : a.at > b.at ? sign : 0))
    .map(({ rule }) => rule);
}
