/**
 * The stack version that brought a field, or a use of it. From Kibana's release history and the per-version rule
 * schemas that Elastic publishes; what came before 8.0 is taken for granted.
 */
import type { AlertSuppression } from "./rule-parts.js";
import type { CreateField, RuleCreate, RuleType } from "./rule.js";
import { compareVersions, versionIn } from "./version.js";

/** Something in a rule that an older stack does not know. */
export interface Unavailable {
  /** JSON pointer into the rule in its create form. */
  readonly pointer: string;
  /** First version that has it, `major.minor`. */
  readonly since: string;
  /** What it is, for a sentence: "alert_suppression of eql rules". */
  readonly what: string;
}

/** Rule types younger than 8.0. */
export const TYPE_SINCE: Readonly<Partial<Record<RuleType, string>>> = { new_terms: "8.4", esql: "8.11" };

/** Fields younger than 8.0. */
export const FIELD_SINCE: Readonly<Partial<Record<CreateField, string>>> = {
  timestamp_override_fallback_disabled: "8.1",
  setup: "8.3",
  related_integrations: "8.3",
  required_fields: "8.3",
  data_view_id: "8.3",
  response_actions: "8.5",
  investigation_fields: "8.11",
};

/** Alert suppression came to one type after the other. */
export const SUPPRESSION_SINCE: Readonly<Record<RuleType, string>> = {
  query: "8.6",
  saved_query: "8.6",
  threshold: "8.12",
  threat_match: "8.13",
  new_terms: "8.14",
  eql: "8.14",
  machine_learning: "8.15",
  esql: "8.15",
};

/** Group fields that a threshold rule may have: three, and five from 9.2 on. */
const THRESHOLD_FIELDS_BEFORE = 3;

/**
 * Whether a stack of `version` (`9.2`, `9.2.1`, `9.2.0-SNAPSHOT`) is older than `since`; only major and minor count. What
 * is no version is newer than all.
 */
export function isOlder(version: string, since: string): boolean {
  const known = versionIn(version);
  return known !== undefined && compareVersions(known, since) < 0;
}

function* fieldUses(rule: RuleCreate): Generator<Unavailable> {
  const typeSince = TYPE_SINCE[rule.type];
  if (typeSince !== undefined) {
    yield { pointer: "/type", since: typeSince, what: `the rule type "${rule.type}"` };
  }
  for (const [name, since] of Object.entries(FIELD_SINCE)) {
    if (name in rule) {
      yield { pointer: `/${name}`, since, what: `"${name}"` };
    }
  }
}

function* suppressionUses(rule: RuleCreate): Generator<Unavailable> {
  if (rule.alert_suppression === undefined) {
    return;
  }
  const what = `"alert_suppression" of ${rule.type} rules`;
  yield { pointer: "/alert_suppression", since: SUPPRESSION_SINCE[rule.type], what };
  if (rule.type !== "query" && rule.type !== "saved_query") {
    return;
  }
  const suppression: AlertSuppression = rule.alert_suppression;
  if (suppression.duration !== undefined) {
    yield { pointer: "/alert_suppression/duration", since: "8.7", what: `"duration" of ${what}` };
  }
  if (suppression.missing_fields_strategy !== undefined) {
    const pointer = "/alert_suppression/missing_fields_strategy";
    yield { pointer, since: "8.8", what: `"missing_fields_strategy" of ${what}` };
  }
}

function* responseActionUses(rule: RuleCreate): Generator<Unavailable> {
  for (const [at, action] of (rule.response_actions ?? []).entries()) {
    if (action.action_type_id === ".endpoint") {
      const pointer = `/response_actions/${at}`;
      yield { pointer: `${pointer}/action_type_id`, since: "8.10", what: `".endpoint" response actions` };
    }
  }
}

function* detailUses(rule: RuleCreate): Generator<Unavailable> {
  for (const [at, list] of (rule.exceptions_list ?? []).entries()) {
    if (list.type === "endpoint_trusted_devices") {
      const what = `exception lists of type "endpoint_trusted_devices"`;
      yield { pointer: `/exceptions_list/${at}/type`, since: "9.2", what };
    }
  }
  if (rule.type === "new_terms" && rule.new_terms_fields.length > 1) {
    yield { pointer: "/new_terms_fields/1", since: "8.6", what: `more than one entry in "new_terms_fields"` };
  }
  if (rule.type === "threshold" && Array.isArray(rule.threshold.field)) {
    if (rule.threshold.field.length > THRESHOLD_FIELDS_BEFORE) {
      const pointer = `/threshold/field/${THRESHOLD_FIELDS_BEFORE}`;
      const what = `more than ${THRESHOLD_FIELDS_BEFORE} fields in "threshold.field"`;
      yield { pointer, since: "9.2", what };
    }
  }
  if (rule.type === "threat_match") {
    for (const [group, { entries }] of rule.threat_mapping.entries()) {
      for (const [at, entry] of entries.entries()) {
        if (entry.negate !== undefined) {
          const pointer = `/threat_mapping/${group}/entries/${at}/negate`;
          yield { pointer, since: "9.2", what: `"negate" in "threat_mapping"` };
        }
      }
    }
  }
}

/**
 * What a rule uses that a stack of `version` (`9.1`, `9.1.4`) does not have, in the rule's order of parts. A version
 * that cannot be read, such as a serverless build's, counts as the newest.
 */
export function unavailable(rule: RuleCreate, version: string): Unavailable[] {
  const uses = [
    ...fieldUses(rule),
    ...suppressionUses(rule),
    ...responseActionUses(rule),
    ...detailUses(rule),
  ];
  return uses.filter((use) => isOlder(version, use.since));
}
