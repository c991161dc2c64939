/** The schemas of the bodies that create, replace and patch a rule, and of a rule line of an import. */
import type { RuleType } from "../../kibana/rule.js";
import * as parts from "./rule-parts.js";
import {
  anyObject,
  array,
  boolean,
  discriminated,
  integer,
  literal,
  nonBlank,
  object,
  oneOf,
  optional,
  refine,
  type Schema,
  string,
  union,
} from "./schema.js";
import { isDateMath } from "./date-math.js";

const REQUIRED = {
  name: string({ min: 1 }),
  description: string({ min: 1 }),
  risk_score: integer({ min: 0, max: 100 }),
  severity: oneOf(parts.SEVERITIES),
};

const OPTIONAL = {
  rule_name_override: optional(string()),
  timestamp_override: optional(string()),
  timestamp_override_fallback_disabled: optional(boolean()),
  timeline_id: optional(string()),
  timeline_title: optional(string()),
  outcome: optional(oneOf(["exactMatch", "aliasMatch", "conflict"])),
  alias_target_id: optional(string()),
  alias_purpose: optional(oneOf(["savedObjectConversion", "savedObjectImport"])),
  license: optional(string()),
  note: optional(string()),
  building_block_type: optional(string()),
  output_index: optional(string()),
  namespace: optional(string()),
  meta: optional(anyObject()),
  investigation_fields: optional(parts.investigationFields),
  throttle: optional(parts.throttle),
  version: optional(integer({ min: 1 })),
  tags: optional(parts.strings),
  enabled: optional(boolean()),
  risk_score_mapping: optional(parts.riskScoreMapping),
  severity_mapping: optional(parts.severityMapping),
  interval: optional(string()),
  from: optional(parts.dateMath),
  to: optional(string()),
  actions: optional(parts.actions),
  response_actions: optional(parts.responseActions),
  exceptions_list: optional(parts.exceptionsList),
  author: optional(parts.strings),
  false_positives: optional(parts.strings),
  references: optional(parts.strings),
  max_signals: optional(integer({ min: 1 })),
  threat: optional(parts.threat),
  setup: optional(string()),
  related_integrations: optional(parts.relatedIntegrations),
  required_fields: optional(parts.requiredFields),
};

const SOURCE = {
  index: optional(parts.strings),
  data_view_id: optional(string()),
  filters: optional(parts.filters),
};
const SUPPRESSION = { alert_suppression: optional(parts.alertSuppression) };
const LANGUAGE = { language: optional(parts.language) };

const historyStart = refine(nonBlank(), (text) =>
  isDateMath(text) ? undefined : "Failed to parse date-math expression",
);

/** What each type has beside the common fields. */
const BY_TYPE: Readonly<Record<RuleType, Readonly<Record<string, Schema<unknown>>>>> = {
  eql: {
    type: literal("eql"),
    query: string(),
    language: literal("eql"),
    ...SOURCE,
    event_category_override: optional(string()),
    tiebreaker_field: optional(string()),
    timestamp_field: optional(string()),
    ...SUPPRESSION,
  },
  query: {
    type: literal("query"),
    ...SOURCE,
    saved_id: optional(string()),
    ...SUPPRESSION,
    query: optional(string()),
    ...LANGUAGE,
  },
  saved_query: {
    type: literal("saved_query"),
    saved_id: string(),
    ...SOURCE,
    ...SUPPRESSION,
    query: optional(string()),
    ...LANGUAGE,
  },
  threshold: {
    type: literal("threshold"),
    query: string(),
    threshold: parts.threshold,
    ...SOURCE,
    saved_id: optional(string()),
    alert_suppression: optional(parts.thresholdSuppression),
    ...LANGUAGE,
  },
  threat_match: {
    type: literal("threat_match"),
    query: string(),
    threat_query: string(),
    threat_mapping: parts.threatMapping,
    threat_index: parts.strings,
    ...SOURCE,
    saved_id: optional(string()),
    threat_filters: optional(parts.filters),
    threat_indicator_path: optional(string()),
    threat_language: optional(parts.language),
    concurrent_searches: optional(integer({ min: 1 })),
    items_per_search: optional(integer({ min: 1 })),
    ...SUPPRESSION,
    ...LANGUAGE,
  },
  machine_learning: {
    type: literal("machine_learning"),
    anomaly_threshold: integer({ min: 0 }),
    machine_learning_job_id: union<string | string[]>([string(), array(string(), { min: 1 })]),
    ...SUPPRESSION,
  },
  new_terms: {
    type: literal("new_terms"),
    query: string(),
    new_terms_fields: array(string(), { min: 1, max: 3 }),
    history_window_start: historyStart,
    ...SOURCE,
    ...SUPPRESSION,
    ...LANGUAGE,
  },
  esql: { type: literal("esql"), language: literal("esql"), query: string(), ...SUPPRESSION },
};

const TYPES = Object.keys(BY_TYPE) as RuleType[];

/** A body that passed: fields by their names, checked, with nothing unknown in it. */
export type RuleBody = Readonly<Record<string, unknown>> & { readonly type: RuleType };
export type PatchBody = Readonly<Record<string, unknown>>;

function ofAllTypes(
  extra: Readonly<Record<string, Schema<unknown>>>,
  last: Readonly<Record<string, Schema<unknown>>> = {},
): Schema<RuleBody> {
  return discriminated<RuleBody>(
    "type",
    Object.fromEntries(
      TYPES.map((type) => [
        type,
        object({
          ...REQUIRED,
          ...OPTIONAL,
          ...extra,
          ...BY_TYPE[type],
          ...last,
        }) as unknown as Schema<RuleBody>,
      ]),
    ),
  );
}

const objectId = optional(string({ format: "uuid" }));
const signatureId = optional(string());

export const createBody = ofAllTypes({ rule_id: signatureId });
export const updateBody = ofAllTypes({ id: objectId, rule_id: signatureId });
export const importLine = ofAllTypes({ rule_id: string() });
export const previewBody = ofAllTypes(
  { rule_id: signatureId },
  { invocationCount: integer(), timeframeEnd: string({ format: "datetime" }) },
);

function allOptional(shape: Readonly<Record<string, Schema<unknown>>>): Record<string, Schema<unknown>> {
  return Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, optional(schema)]));
}

const sharedPatch = { ...allOptional(REQUIRED), ...OPTIONAL, id: objectId, rule_id: signatureId };

const isTypeField = new Set(TYPES.flatMap((type) => Object.keys(BY_TYPE[type])));

/** The common fields of a patch, checked; those of a type are kept unchecked until the stored rule's type is known. */
export const patchBody: Schema<PatchBody> = {
  run(value, at, check) {
    const common = object(sharedPatch).run(value, at, check);
    if (typeof value !== "object" || value === null) return common;
    const ofType = Object.entries(value).filter(
      ([key, field]) => isTypeField.has(key) && field !== undefined,
    );
    return { ...common, ...Object.fromEntries(ofType) };
  },
};

const PATCH_BY_TYPE = Object.fromEntries(
  TYPES.map((type) => [type, object(allOptional(BY_TYPE[type]))]),
) as unknown as Readonly<Record<RuleType, Schema<PatchBody>>>;

/** The fields of a patch that belong to the stored rule's type; those of other types are dropped. */
export function patchOfType(type: RuleType): Schema<PatchBody> {
  return PATCH_BY_TYPE[type];
}

/** The names of the fields that only some types have, `type` among them. */
export function typeFields(type: RuleType): readonly string[] {
  return Object.keys(BY_TYPE[type]);
}
