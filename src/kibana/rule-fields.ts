/**
 * Which fields a rule has: the one table that the schema checks, the compiler, the differ, the emulator and the
 * codecs ask. It restates Kibana's published rule schemas (2023-10-31); the order is the one in which people write
 * a rule.
 */
import type { RuleCreate, RuleCreateByType, RuleType } from "./rule.js";
import type { ServerFields } from "./rule-response.js";

type KeysOfUnion<T> = T extends unknown ? keyof T : never;

/** A field that one may send on create. */
export type CreateField = KeysOfUnion<RuleCreate>;
/** A field that Kibana alone writes. */
export type ServerField = keyof ServerFields;
export type RuleField = CreateField | ServerField;

export const RULE_TYPES = [
  "query",
  "saved_query",
  "eql",
  "esql",
  "threshold",
  "threat_match",
  "machine_learning",
  "new_terms",
] as const satisfies readonly RuleType[];

export interface FieldInfo {
  /** The types that have it. */
  readonly types: readonly RuleType[];
  /** The types whose create form must have it. */
  readonly requiredOnCreate: readonly RuleType[];
  /** The types whose response always has it. */
  readonly alwaysInResponse: readonly RuleType[];
  /** Kibana writes it; it is no part of the create form. */
  readonly serverOnly: boolean;
}

const ALL: readonly RuleType[] = RULE_TYPES;
const NONE: readonly RuleType[] = [];
const SEARCHING: readonly RuleType[] = [
  "query",
  "saved_query",
  "eql",
  "threshold",
  "threat_match",
  "new_terms",
];
const QUERYING: readonly RuleType[] = [
  "query",
  "saved_query",
  "eql",
  "esql",
  "threshold",
  "threat_match",
  "new_terms",
];
const QUERY_REQUIRED: readonly RuleType[] = ["eql", "esql", "threshold", "threat_match", "new_terms"];

/** `always`: sent or not, a response has it. */
type Presence = "required" | "always" | "optional";

function field(presence: Presence, types: readonly RuleType[] = ALL): FieldInfo {
  return {
    types,
    requiredOnCreate: presence === "required" ? types : NONE,
    alwaysInResponse: presence === "optional" ? NONE : types,
    serverOnly: false,
  };
}

function serverField(always: boolean): FieldInfo {
  return { types: ALL, requiredOnCreate: NONE, alwaysInResponse: always ? ALL : NONE, serverOnly: true };
}

const THREAT_MATCH: readonly RuleType[] = ["threat_match"];
const EQL: readonly RuleType[] = ["eql"];
const ML: readonly RuleType[] = ["machine_learning"];
const NEW_TERMS: readonly RuleType[] = ["new_terms"];

export const RULE_FIELDS: Readonly<Record<RuleField, FieldInfo>> = {
  rule_id: field("always"),
  name: field("required"),
  description: field("required"),
  author: field("always"),
  license: field("optional"),
  version: field("always"),
  enabled: field("always"),
  type: field("required"),
  severity: field("required"),
  severity_mapping: field("always"),
  risk_score: field("required"),
  risk_score_mapping: field("always"),
  interval: field("always"),
  from: field("always"),
  to: field("always"),
  max_signals: field("always"),
  index: field("optional", SEARCHING),
  data_view_id: field("optional", SEARCHING),
  language: { ...field("always", QUERYING), requiredOnCreate: ["eql", "esql"] },
  query: {
    ...field("optional", QUERYING),
    requiredOnCreate: QUERY_REQUIRED,
    alwaysInResponse: ["query", ...QUERY_REQUIRED],
  },
  saved_id: {
    ...field("optional", ["query", "saved_query", "threshold", "threat_match"]),
    requiredOnCreate: ["saved_query"],
    alwaysInResponse: ["saved_query"],
  },
  filters: field("optional", SEARCHING),
  event_category_override: field("optional", EQL),
  tiebreaker_field: field("optional", EQL),
  timestamp_field: field("optional", EQL),
  threshold: field("required", ["threshold"]),
  threat_index: field("required", THREAT_MATCH),
  threat_query: field("required", THREAT_MATCH),
  threat_language: field("optional", THREAT_MATCH),
  threat_filters: field("optional", THREAT_MATCH),
  threat_mapping: field("required", THREAT_MATCH),
  threat_indicator_path: field("optional", THREAT_MATCH),
  concurrent_searches: field("optional", THREAT_MATCH),
  items_per_search: field("optional", THREAT_MATCH),
  anomaly_threshold: field("required", ML),
  machine_learning_job_id: field("required", ML),
  new_terms_fields: field("required", NEW_TERMS),
  history_window_start: field("required", NEW_TERMS),
  alert_suppression: field("optional"),
  timestamp_override: field("optional"),
  timestamp_override_fallback_disabled: field("optional"),
  rule_name_override: field("optional"),
  building_block_type: field("optional"),
  tags: field("always"),
  threat: field("always"),
  references: field("always"),
  false_positives: field("always"),
  note: field("optional"),
  setup: field("always"),
  investigation_fields: field("optional"),
  related_integrations: field("always"),
  required_fields: field("always"),
  timeline_id: field("optional"),
  timeline_title: field("optional"),
  exceptions_list: field("always"),
  actions: field("always"),
  throttle: field("optional"),
  response_actions: field("optional"),
  meta: field("optional"),
  namespace: field("optional"),
  output_index: field("optional"),
  outcome: field("optional"),
  alias_target_id: field("optional"),
  alias_purpose: field("optional"),
  id: serverField(true),
  immutable: serverField(true),
  rule_source: serverField(true),
  revision: serverField(true),
  created_at: serverField(true),
  created_by: serverField(true),
  updated_at: serverField(true),
  updated_by: serverField(true),
  execution_summary: serverField(false),
};

const NAMES = Object.keys(RULE_FIELDS) as RuleField[];

function byType<F extends RuleField>(
  keep: (info: FieldInfo, type: RuleType) => boolean,
): Readonly<Record<RuleType, readonly F[]>> {
  return Object.fromEntries(
    RULE_TYPES.map((type) => [type, NAMES.filter((name) => keep(RULE_FIELDS[name], type))]),
  ) as unknown as Record<RuleType, F[]>;
}

/** The create form's fields of each type, in writing order. */
export const FIELDS_BY_TYPE = byType<CreateField>(
  (info, type) => !info.serverOnly && info.types.includes(type),
);

/** The fields that the create form of each type must have. */
export const REQUIRED_FIELDS_BY_TYPE = byType<CreateField>((info, type) =>
  info.requiredOnCreate.includes(type),
);

/** The fields that a response of each type always has. */
export const RESPONSE_FIELDS_BY_TYPE = byType<RuleField>((info, type) =>
  info.alwaysInResponse.includes(type),
);

/** The fields that Kibana alone writes. */
export const SERVER_FIELDS = NAMES.filter((name): name is ServerField => RULE_FIELDS[name].serverOnly);

export function isRuleType(value: unknown): value is RuleType {
  return (RULE_TYPES as readonly unknown[]).includes(value);
}

export function isRuleField(name: string): name is RuleField {
  return Object.hasOwn(RULE_FIELDS, name);
}

/** Whether a rule of this type takes the field on create. */
export function isFieldOf<T extends RuleType>(
  name: string,
  type: T,
): name is keyof RuleCreateByType[T] & string {
  return isRuleField(name) && !RULE_FIELDS[name].serverOnly && RULE_FIELDS[name].types.includes(type);
}
