import type { Json } from "../json/index.js";
import { type Actual, listKey } from "../deploy/index.js";
import { type Reference, referencesOf } from "../deploy/form/comparable.js";
import { ENDPOINT_LIST } from "../deploy/plan/references.js";
import type { LiveItem, LiveList, LiveRule } from "../kibana/endpoints/index.js";

/** Where Kibana's form notes its own address. */
const FORM_META = "kibana_siem_app_url";
/** A tag that Kibana adds to the items of endpoint lists: it names a space. */
const SPACE_TAG = /^ownerSpaceId:/;

/** A rule of Elastic's, and what was changed on it; undefined of other rules. */
export function prebuiltOf(rule: Json): { customized: boolean; fields: string[] } | undefined {
  const source = rule["rule_source"];
  const { type, is_customized, customized_fields } = (
    typeof source === "object" && source !== null ? source : {}
  ) as Json;
  if (rule["immutable"] !== true && type !== "external") return undefined;
  const fields = Array.isArray(customized_fields) ? (customized_fields as Json[]) : [];
  return {
    customized: is_customized === true,
    fields: fields.flatMap((field) => (typeof field["field_name"] === "string" ? [field["field_name"]] : [])),
  };
}

/** The exception lists that a rule refers to and that do not exist. */
export function missingListsOf(rule: LiveRule, actual: Actual): Reference[] {
  return referencesOf(rule).filter((reference) => {
    const key = listKey(reference);
    return key !== ENDPOINT_LIST && !actual.lists.has(key);
  });
}

/**
 * The rule as a plan is to see it: one like any other, whoever made it, without references to lists that do not exist.
 */
export function forPlan(rule: LiveRule, actual: Actual): LiveRule {
  const { immutable: _, rule_source: __, ...rest } = rule;
  const missing = new Set(missingListsOf(rule, actual).map(listKey));
  if (missing.size === 0) return rest;
  return {
    ...rest,
    exceptions_list: referencesOf(rule).filter((reference) => !missing.has(listKey(reference))),
  };
}

/** The rule as it goes into a file: without marks, and without the ids that actions have in Kibana alone. */
export function forFile(rule: LiveRule): Json {
  const { actions } = rule;
  return {
    ...withoutMarks(rule),
    ...(Array.isArray(actions)
      ? {
          actions: (actions as Json[]).map((action) => {
            const { uuid: _, ...rest } = action;
            return rest;
          }),
        }
      : {}),
  };
}

/** A list or an item as it goes into a file. */
export function partForFile(part: LiveList | LiveItem): Json {
  const { tags } = part;
  return {
    ...withoutMarks(part),
    ...(Array.isArray(tags)
      ? { tags: tags.filter((tag: unknown) => typeof tag !== "string" || !SPACE_TAG.test(tag)) }
      : {}),
  };
}

/** Without what kdac and Kibana's form write into `meta`. */
function withoutMarks({ meta, ...rest }: Json): Json {
  if (typeof meta !== "object" || meta === null) return rest;
  const { kdac: _, [FORM_META]: __, ...others } = meta as Json;
  return Object.keys(others).length === 0 ? rest : { ...rest, meta: others };
}
