/** A rule from the body that was sent: completed by Kibana's defaults and brought into the stored form. */
import { isDeepStrictEqual } from "node:util";
import { isEcsField } from "../../fields/ecs.js";
import { serverDefaults } from "../../kibana/defaults.js";
import { type RequiredFieldInput, RULE_TYPES, type RuleResponse, type RuleType } from "../../kibana/rule.js";
import type { StoredRule } from "../store/state.js";
import { type RuleBody, typeFields } from "../validate/rule.js";

type Values = Readonly<Record<string, unknown>>;

/** The order of a response, as Kibana 9.5 writes it; the other fields of the type follow. */
const ORDER = [
  "id",
  "rule_id",
  "name",
  "immutable",
  "rule_source",
  "version",
  "revision",
  "updated_at",
  "updated_by",
  "created_at",
  "created_by",
  "enabled",
  "interval",
  "from",
  "to",
  "description",
  "tags",
  "author",
  "license",
  "threat",
  "related_integrations",
  "required_fields",
  "setup",
  "note",
  "false_positives",
  "references",
  "risk_score",
  "risk_score_mapping",
  "severity",
  "severity_mapping",
  "building_block_type",
  "rule_name_override",
  "timestamp_override",
  "timestamp_override_fallback_disabled",
  "timeline_id",
  "timeline_title",
  "meta",
  "namespace",
  "investigation_fields",
  "output_index",
  "max_signals",
  "exceptions_list",
  "actions",
  "response_actions",
  "type",
  "language",
  "index",
  "data_view_id",
  "query",
  "filters",
] as const;

/**
 * A rule in the order of a response, each field from the first source that has it; unknown and absent fields are left
 * out. A source that has a field as `undefined` removes it.
 */
function ordered(type: RuleType, sources: readonly Values[]): StoredRule {
  const rule: Record<string, unknown> = {};
  for (const name of NAMES[type]) {
    for (const source of sources) {
      if (!(name in source)) continue;
      if (source[name] !== undefined) rule[name] = source[name];
      break;
    }
  }
  return rule as unknown as StoredRule;
}

const NAMES = Object.fromEntries(
  RULE_TYPES.map((type) => [type, [...new Set([...ORDER, ...typeFields(type), "alert_type"])]]),
) as unknown as Readonly<Record<RuleType, readonly string[]>>;

/** The defaults of each type; stored rules share them, because nothing changes a stored rule in place. */
const DEFAULTS = Object.fromEntries(RULE_TYPES.map((type) => [type, serverDefaults(type)])) as Readonly<
  Record<RuleType, Values>
>;

/** What Kibana, not the caller, decides of a rule. */
export type ServerPart = Pick<
  StoredRule,
  | "id"
  | "rule_id"
  | "immutable"
  | "rule_source"
  | "revision"
  | "created_at"
  | "created_by"
  | "updated_at"
  | "updated_by"
  | "alert_type"
  | "actions"
>;

/** The server's part of a stored rule. */
export function serverPart(rule: StoredRule): ServerPart {
  const { id, rule_id, immutable, rule_source, revision, alert_type, actions } = rule;
  const { created_at, created_by, updated_at, updated_by } = rule;
  return {
    id,
    rule_id,
    immutable,
    rule_source,
    revision,
    created_at,
    created_by,
    updated_at,
    updated_by,
    alert_type,
    actions,
  };
}

interface ThresholdBody {
  readonly field: string | readonly string[];
}

/** The stored form of a checked body. `version` and `enabled` default as on create where the body has none. */
export function storedRule(body: RuleBody, server: ServerPart): StoredRule {
  return ordered(body.type, [server, normalised(body), body, DEFAULTS[body.type]]);
}

/** The fields that are stored in another form than they may be sent in. */
function normalised(body: RuleBody): Values {
  const values: Record<string, unknown> = {};
  if (body["threshold"] !== undefined) {
    const threshold = body["threshold"] as ThresholdBody;
    values["threshold"] = { ...threshold, field: fieldList(threshold.field) };
  }
  const job = body["machine_learning_job_id"];
  if (typeof job === "string") values["machine_learning_job_id"] = [job];
  const required = body["required_fields"] as readonly RequiredFieldInput[] | undefined;
  if (required !== undefined) {
    values["required_fields"] = required.map(({ name, type }) => ({ name, type, ecs: isEcsField(name, type) }));
  }
  return values;
}

function fieldList(field: string | readonly string[]): readonly string[] {
  return typeof field === "string" ? (field === "" ? [] : [field]) : field;
}

/** A stored rule with some values replaced; `undefined` removes a field. */
export function changed(rule: StoredRule, values: Values): StoredRule {
  return ordered((values["type"] as RuleType | undefined) ?? rule.type, [values, rule]);
}

/** The rule as the API returns it. */
export function toResponse(rule: StoredRule): RuleResponse {
  const { alert_type: _ignored, ...response } = rule;
  return response as unknown as RuleResponse;
}

const NOT_REVISED = new Set([
  "id",
  "enabled",
  "revision",
  "created_at",
  "created_by",
  "updated_at",
  "updated_by",
  "alert_type",
]);

/** Whether an update changed anything that counts as a new revision. Enabling does not. */
export function isRevised(before: StoredRule, after: StoredRule): boolean {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!NOT_REVISED.has(name) && !isDeepStrictEqual(before[name], after[name])) return true;
  }
  return false;
}
