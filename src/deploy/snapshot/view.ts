import { isJson, type Json } from "../../json/index.js";
import { SERVER_FIELDS } from "../../kibana/rule-fields.js";
import { withoutNulls } from "../form/state.js";
import type { Kind } from "../plan/types.js";

const STAMPS = new Set<string>(SERVER_FIELDS);
/** Kibana adds such a tag to the items of endpoint lists. */
const KIBANAS_TAG = /^ownerSpaceId:/;

/**
 * What of an object somebody chose: all but the stamps of Kibana's own. Two objects of the same view are the same to
 * everybody who uses them, and what a rollback restores is this. Values of value lists and comments are apart.
 */
export function viewOf(kind: Kind, object: Json): Json {
  switch (kind) {
    case "rule":
      return ruleView(object);
    case "exception-list":
      return { ...pick(object, "name", "description", "type"), ...extras(object) };
    case "exception-item":
      return { ...pick(object, "name", "description", "entries"), ...extras(object), ...expiry(object) };
    case "value-list":
      return { ...pick(object, "name", "description", "type"), ...metaOf(object) };
    case "connector":
      return {
        ...pick(object, "name", "connector_type_id"),
        config: withoutNulls(isJson(object["config"]) ? object["config"] : {}),
      };
  }
}

/** All fields of a rule that may be sent, also those that this version of kdac does not know. */
function ruleView(rule: Json): Json {
  const fields = Object.entries(rule).filter(
    ([name, value]) => !STAMPS.has(name) && name !== "meta" && value !== undefined && value !== null,
  );
  const required = rule["required_fields"];
  return {
    ...Object.fromEntries(fields),
    ...(Array.isArray(required) ? { required_fields: required.map(withoutEcs) } : {}),
    ...metaOf(rule),
  };
}

function withoutEcs(field: unknown): unknown {
  if (!isJson(field)) return field;
  const { ecs: _, ...rest } = field;
  return rest;
}

function extras(object: Json): Json {
  const tags = Array.isArray(object["tags"]) ? object["tags"] : [];
  return {
    tags: tags.filter((tag) => typeof tag !== "string" || !KIBANAS_TAG.test(tag)) as unknown[],
    os_types: object["os_types"] ?? [],
    ...metaOf(object),
  };
}

/** An empty `meta` is none: Kibana's lists cannot lose theirs. */
function metaOf({ meta }: Json): Json {
  return isJson(meta) && Object.keys(meta).length > 0 ? { meta } : {};
}

/** One text for one instant, however it is written. */
function expiry({ expire_time: time }: Json): Json {
  if (typeof time !== "string") return {};
  const instant = Date.parse(time);
  return { expire_time: Number.isNaN(instant) ? time : new Date(instant).toISOString() };
}

function pick(object: Json, ...names: string[]): Json {
  return Object.fromEntries(names.map((name) => [name, object[name]]));
}

/** The texts of an item's comments, oldest first. */
export function commentsOf(item: Json | null): string[] {
  const comments = item?.["comments"];
  return Array.isArray(comments) ? comments.filter(isJson).map(({ comment }) => String(comment)) : [];
}
