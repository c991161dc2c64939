import { isJson, type Json } from "../../json/index.js";
import { asStored } from "../../kibana/defaults.js";
import type { RuleAction } from "../../kibana/rule.js";
import { isEmptyList, isJsonList, without } from "./json.js";

/** Takes a field's value to the one form that says it; undefined where it says nothing. */
type Form = (value: unknown) => unknown;

const unlessEmpty: Form = (value) => (value === "" || isEmptyList(value) ? undefined : value);
const eachOf = (value: unknown, form: (entry: Json) => Json): unknown =>
  Array.isArray(value) ? value.map((entry: unknown) => (isJson(entry) ? form(entry) : entry)) : value;

/** The lists that a tactic or technique has nothing in are left out. */
const threat: Form = (value) =>
  eachOf(value, (entry) =>
    withList(entry, "technique", (technique) => withList(technique, "subtechnique", (node) => node)),
  );

function withList(entry: Json, key: string, form: (node: Json) => Json): Json {
  if (entry[key] === undefined) return entry;
  return isEmptyList(entry[key]) || entry[key] === null
    ? without(entry, key)
    : { ...entry, [key]: eachOf(entry[key], form) };
}

/** Kibana works out by itself whether a field is of ECS. */
const requiredFields: Form = (value) => eachOf(value, (field) => without(field, "ecs"));

const LIST_KEYS: readonly string[] = ["id", "list_id", "type", "namespace_type"];

/** The object id of a list is that of one space, and an import looks the list up by its `list_id`: that stands for it. */
const exceptionsList: Form = (value) =>
  isJsonList(value) && value.every(isListReference)
    ? value.map(({ list_id, type = "detection", namespace_type = "single" }) => ({
        id: list_id,
        list_id,
        type,
        namespace_type,
      }))
    : value;

export function isListReference(entry: Json): boolean {
  return typeof entry["list_id"] === "string" && Object.keys(entry).every((key) => LIST_KEYS.includes(key));
}

/** That an entry is not negated is what leaving it out says. */
const threatMapping: Form = (value) =>
  eachOf(value, (group) =>
    group["entries"] === undefined
      ? group
      : {
          ...group,
          entries: eachOf(group["entries"], (entry) =>
            entry["negate"] === false ? without(entry, "negate") : entry,
          ),
        },
  );

const investigationFields: Form = (value) =>
  isJson(value) && isEmptyList(value["field_names"]) ? undefined : value;

const jobIds: Form = (value) => (typeof value === "string" ? [value] : value);

/** `note: ""` and the like say no more than no field. */
const OPTIONAL_TEXTS = [
  "license", "note", "building_block_type", "rule_name_override", "timestamp_override", "timeline_id", "timeline_title",
  "event_category_override", "tiebreaker_field", "timestamp_field", "data_view_id", "namespace",
]; // prettier-ignore

/** How each field is brought to one form; the others are taken as they are. */
export const FORMS: Readonly<Record<string, Form>> = {
  ...Object.fromEntries(OPTIONAL_TEXTS.map((field) => [field, unlessEmpty])),
  filters: unlessEmpty,
  threat_filters: unlessEmpty,
  response_actions: unlessEmpty,
  timestamp_override_fallback_disabled: (value) => (value === false ? undefined : value),
  threat,
  required_fields: requiredFields,
  exceptions_list: exceptionsList,
  threat_mapping: threatMapping,
  investigation_fields: investigationFields,
  machine_learning_job_id: jobIds,
};

/**
 * Actions as Kibana stores them: each with a frequency, which `throttle` says where the action does not, and with a group; but for
 * system actions, which have neither. The Elasticsearch form of an alert filter's query is Kibana's to write.
 */
export function storedActions(actions: unknown, throttle: unknown): unknown {
  if (!isJsonList(actions)) return actions;
  const stored = asStored({
    type: "query",
    actions: actions as unknown as RuleAction[],
    ...(typeof throttle === "string" ? { throttle } : {}),
  } as Parameters<typeof asStored>[0]).actions as unknown as readonly Json[];
  return stored.map((action) => {
    const filter = action["alerts_filter"];
    const query = isJson(filter) ? filter["query"] : undefined;
    return {
      ...action,
      ...(action["group"] === undefined && action["frequency"] !== undefined ? { group: "default" } : {}),
      ...(isJson(filter) && isJson(query)
        ? { alerts_filter: { ...filter, query: without(query, "dsl") } }
        : {}),
    };
  });
}
