import { isJson, type Json } from "../../json/index.js";
import { isRuleType } from "../../kibana/rule.js";
import { kindOf } from "../ndjson-read.js";
import type { SourceCode, SourceFormat } from "./model.js";

/** What a JSON object is. */
export type Recognised =
  | {
      readonly kind: "rule" | "exception-list" | "exception-item" | "connector";
      readonly value: Json;
      readonly format?: SourceFormat;
    }
  | { readonly kind: "summary"; readonly value: Json }
  | { readonly kind: "version-lock"; readonly versions: ReadonlyMap<string, number> }
  /** Known, and nothing that can be imported. */
  | { readonly kind: "problem"; readonly code: SourceCode; readonly params: Record<string, string | number> }
  | { readonly kind: "unknown" };

/** Tells by its keys what an object is: as Kibana's import does, but what is no rule either is unknown. */
export function recognise(value: Json): Recognised {
  // A rule stays one whatever other keys it has; Kibana would take it for something else.
  if (typeof value["rule_id"] === "string" && isRuleType(value["type"])) return { kind: "rule", value };
  const isSaved = isJson(value["attributes"]) && typeof value["type"] === "string";
  if (isSaved) return savedObject(value, value["attributes"] as Json);
  if (isError(value))
    return { kind: "problem", code: "source/error-answer", params: { message: errorText(value) } };
  if (typeof value["connector_type_id"] === "string") return { kind: "connector", value: fromApi(value) };
  const kind = kindOf(value);
  switch (kind) {
    case "summary":
      return { kind, value };
    case "exception-item":
      return Array.isArray(value["entries"]) || typeof value["item_id"] === "string"
        ? { kind, value }
        : UNKNOWN;
    case "exception-list":
      return typeof value["list_id"] === "string" && typeof value["type"] === "string" && !("value" in value)
        ? { kind, value }
        : UNKNOWN;
    default: {
      if (isRule(value)) return { kind: "rule", value };
      const versions = lockedVersions(value);
      return versions === undefined ? UNKNOWN : { kind: "version-lock", versions };
    }
  }
}

const UNKNOWN: Recognised = { kind: "unknown" };

/** Connectors are exported as saved objects, and Elastic's package carries rules as such. */
function savedObject(value: Json, attributes: Json): Recognised {
  const type = value["type"];
  if (type === "security-rule") {
    if (attributes["deprecated"] === true && attributes["type"] === undefined)
      return { kind: "problem", code: "source/deprecated-stub", params: { name: text(attributes["name"]) } };
    return isRule(attributes) ? { kind: "rule", value: attributes, format: "prebuilt" } : UNKNOWN;
  }
  if (typeof attributes["actionTypeId"] === "string") return { kind: "connector", value };
  return { kind: "problem", code: "source/other-saved-object", params: { type: text(type) } };
}

/** A rule has an id and says something, or it is of a rule's type and has a name. */
function isRule(value: Json): boolean {
  const { rule_id, type, name } = value;
  if (typeof rule_id === "string" && (typeof name === "string" || typeof type === "string")) return true;
  return isRuleType(type) && typeof name === "string";
}

/** The form of Kibana's own errors, and of those that stand in the answers to bulk requests. */
function isError({ error, message, statusCode, status_code, success }: Json): boolean {
  if (isJson(error) && typeof error["message"] === "string") return true;
  return (
    typeof message === "string" && (typeof (statusCode ?? status_code) === "number" || success === false)
  );
}

function errorText({ error, message }: Json): string {
  const found = isJson(error) ? error["message"] : message;
  return text(found).slice(0, 300);
}

const text = (value: unknown): string => (typeof value === "string" ? value : typeof value);

/** A connector as the actions API answers, in the form of its saved object. */
function fromApi(connector: Json): Json {
  const { id, name, connector_type_id, config, is_missing_secrets } = connector;
  return {
    id,
    type: "action",
    attributes: {
      actionTypeId: connector_type_id,
      name,
      isMissingSecrets: is_missing_secrets === true,
      config: config ?? {},
      secrets: {},
    },
    references: [],
  };
}

/** `version.lock.json` of detection-rules: by `rule_id` an object with the rule's name, hash and version. */
function lockedVersions(value: Json): Map<string, number> | undefined {
  const versions = new Map<string, number>();
  for (const [id, entry] of Object.entries(value)) {
    if (!isJson(entry) || typeof entry["version"] !== "number") return undefined;
    if (typeof entry["sha256"] !== "string" && typeof entry["rule_name"] !== "string") return undefined;
    versions.set(id, entry["version"]);
  }
  return versions.size === 0 ? undefined : versions;
}
