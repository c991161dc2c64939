import { isJson } from "../../json/index.js";
import { asStored } from "../../kibana/defaults.js";
import { isRuleField, isRuleType, RULE_FIELDS, type RuleCreate, type RuleType } from "../../kibana/rule.js";
import { listKey } from "../desired/desired.js";
import { isSame } from "./canonical.js";
import type { Fingerprint } from "./mark.js";
import * as form from "./parts.js";

/** Fields that the author may leave to Kibana: what is there is kept. */
export const LEFT_TO_KIBANA = ["enabled", "version", "actions", "response_actions"] as const;

/** Fields that say which rule it is, that have no effect, that only echo, or that are compared by themselves. */
const APART = new Set<string>([
  "rule_id",
  "meta",
  "exceptions_list",
  "outcome",
  "alias_target_id",
  "alias_purpose",
  "output_index",
]);

/** The fields that are compared, in the order in which people write them. */
const FIELD_NAMES = Object.entries(RULE_FIELDS)
  .filter(([name, info]) => !info.serverOnly && !APART.has(name))
  .map(([name]) => name);

const FORMS: Readonly<Record<string, form.Form>> = {
  query: form.text,
  threat_query: form.text,
  note: form.text,
  setup: form.text,
  description: form.text,
  from: form.lookback,
  tags: form.set,
  index: form.indexPatterns,
  threat_index: form.indexPatterns,
  threat: form.threat,
  required_fields: form.requiredFields,
  related_integrations: form.set,
  investigation_fields: form.investigationFields,
  threshold: form.threshold,
  threat_mapping: form.threatMapping,
  alert_suppression: form.suppression,
  actions: form.actions,
  response_actions: form.responseActions,
  filters: form.absentWhenEmptyList,
  threat_filters: form.absentWhenEmptyList,
  timestamp_override_fallback_disabled: form.absentWhenFalse,
};

/** Keys of `meta` that are no author's: our own mark, and what Kibana's forms write. */
const KIBANAS_META = new Set(["kdac", "kibana_siem_app_url", "from"]);

/** Texts where "" means something else than absence. */
const MEANT_EMPTY = new Set(["query", "threat_query", "setup"]);

/**
 * The comparable form of a rule, desired or live: Kibana's defaults filled in, what only Kibana writes taken off, and
 * equal meanings brought into one form. Two rules behave the same when these are the same, for the fields that we know.
 */
export function comparable(rule: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const stored = storedForm(rule) ?? rule;
  const fields: Record<string, unknown> = {};
  for (const name of FIELD_NAMES) {
    const formed = inForm(name, stored[name]);
    if (formed !== undefined) fields[name] = formed;
  }
  return fields;
}

/** A rule as Kibana stores it; undefined for one that lacks what the defaults are worked out from. */
export function storedForm(
  rule: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  return isWhole(rule) ? { ...asStored(rule) } : undefined;
}

/** The compared fields that rules of a type have, but for those of {@link LEFT_TO_KIBANA}. */
export function comparedFields(type: RuleType): readonly string[] {
  const before = comparedBefore.get(type);
  if (before !== undefined) return before;
  const left = new Set<string>(LEFT_TO_KIBANA);
  const fields = FIELD_NAMES.filter(
    (name) =>
      name !== "throttle" && !left.has(name) && isRuleField(name) && RULE_FIELDS[name].types.includes(type),
  );
  comparedBefore.set(type, fields);
  return fields;
}

const comparedBefore = new Map<RuleType, readonly string[]>();

/** Whether two values of a field, as Kibana stores it, have the same comparable form. What costs least is tried first. */
export function isSameField(name: string, a: unknown, b: unknown): boolean {
  if (name === "required_fields" ? isSameButForEcs(a, b) : isSame(a, b)) return true;
  return isSame(inForm(name, a), inForm(name, b));
}

/** Whether a rule has what the defaults are worked out from; a live one may come from a Kibana of any version. */
function isWhole(
  rule: Readonly<Record<string, unknown>>,
): rule is Readonly<Record<string, unknown>> & RuleCreate {
  if (!isRuleType(rule["type"])) return false;
  if (rule["type"] === "threshold" && !isJson(rule["threshold"])) return false;
  return rule["actions"] === undefined || Array.isArray(rule["actions"]);
}

/** Kibana says of each required field whether it is of ECS, so no rule's are the same to the letter. */
function isSameButForEcs(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((entry: unknown, i) => {
    const other: unknown = b[i];
    return (
      isJson(entry) && isJson(other) && isSame({ ...entry, ecs: undefined }, { ...other, ecs: undefined })
    );
  });
}

function inForm(name: string, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const formed = name in FORMS ? FORMS[name]!(value) : value;
  return MEANT_EMPTY.has(name) ? formed : form.absentWhenEmptyText(formed);
}

/** The keys of the exception lists that a rule refers to, but for a rule's own default list, which belongs to analysts. */
export function sharedLists(rule: Readonly<Record<string, unknown>>): string[] {
  return referencesOf(rule)
    .filter((reference) => reference.type !== "rule_default")
    .map(listKey);
}

export interface Reference {
  readonly id?: string;
  readonly list_id: string;
  readonly type: string;
  readonly namespace_type: string;
}

export function referencesOf(rule: Readonly<Record<string, unknown>>): Reference[] {
  const value = rule["exceptions_list"];
  return Array.isArray(value) ? (value as Reference[]) : [];
}

/** The fields of a rule that this version of kdac does not know: from `extra` on the desired side, of a newer Kibana on the live one. */
export function unknownFields(rule: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(rule).filter(([name, value]) => !isRuleField(name) && value !== undefined),
  );
}

export interface FingerprintOptions {
  /** Which of the fields that may be left to Kibana count. */
  readonly authored: (name: string) => boolean;
  /** Keys of the exception lists that count. */
  readonly lists: readonly string[];
  /** The desired side's unknown fields, for a live rule too, since Kibana may drop a field that it does not know. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/**
 * What a rule's digest is taken of. Lists and keys of `meta` are options one by one, because others add theirs too. The connectors'
 * ids are left out: they are not known before the connector is made, and differ from space to space.
 */
export function fingerprint(
  rule: Readonly<Record<string, unknown>>,
  { authored, lists, extra }: FingerprintOptions,
): Fingerprint {
  const core = comparable(rule);
  const options: Record<string, unknown> = {};
  for (const name of LEFT_TO_KIBANA) {
    if (authored(name)) options[name] = withoutIds(core[name] ?? []);
    delete core[name];
  }
  for (const list of lists) options[`list:${list}`] = true;
  const { meta } = rule;
  for (const [key, value] of Object.entries(isJson(meta) ? meta : {}))
    if (!KIBANAS_META.has(key)) options[`meta:${key}`] = value;
  if (Object.keys(extra).length > 0) options["extra"] = extra;
  return { core, options };
}

function withoutIds(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return form.set(value.map((action: Record<string, unknown>) => ({ ...action, id: undefined })));
}
