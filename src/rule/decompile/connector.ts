import { isJson, type Json } from "../../json/index.js";
import type { ImportNote } from "./context.js";
import { shallow } from "./depth.js";
import type { DecompiledFile } from "./list.js";
import { CONNECTOR_ORDER, inKeyOrder } from "./order.js";

/** The secrets of the connector types that one meets, by the names that Kibana's API has for them. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  ".slack": ["webhookUrl"],
  ".slack_api": ["token"],
  ".teams": ["webhookUrl"],
  ".email": ["user", "password"],
  ".webhook": ["user", "password"],
  ".cases-webhook": ["user", "password"],
  ".pagerduty": ["routingKey"],
  ".opsgenie": ["apiKey"],
  ".jira": ["email", "apiToken"],
  ".servicenow": ["username", "password"],
  ".servicenow-sir": ["username", "password"],
  ".servicenow-itom": ["username", "password"],
  ".swimlane": ["apiToken"],
  ".resilient": ["apiKeyId", "apiKeySecret"],
  ".tines": ["email", "token"],
  ".torq": ["token"],
  ".xmatters": ["user", "password"],
  ".thehive": ["apiKey"],
  ".d3security": ["token"],
};

/** Kibana takes no other id for a connector. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * The file of a connector: of its saved object, as exports of rules carry it, or of an answer of Kibana. Secrets are in
 * neither; the file names an environment variable for each, and a note says which.
 */
export function decompileConnector(connector: Json): DecompiledFile {
  const notes: ImportNote[] = [];
  const fields = isJson(connector["attributes"])
    ? ofSavedObject(connector, connector["attributes"])
    : connector;
  const { id } = fields;
  const { config } = shallow(fields, notes);
  const name = textOf(fields["name"]);
  const type = textOf(fields["connector_type_id"]);
  const authored: Record<string, unknown> = { name, connector_type_id: type };
  if (typeof id === "string" && UUID.test(id)) authored["id"] = id;
  else if (id !== undefined)
    notes.push({ code: "import/connector-id", params: { id: textOf(id), name }, pointer: "/id" });
  if (isJson(config) && Object.keys(config).length > 0) authored["config"] = config;
  if (fields["is_missing_secrets"] === true) {
    const variables = SECRETS[type]?.map((key) => [key, variable(name, key)] as const);
    if (variables === undefined)
      notes.push({ code: "import/connector-secrets-unknown", params: { name, type }, pointer: "" });
    else {
      authored["secrets"] = Object.fromEntries(variables.map(([key, of]) => [key, `\${${of}}`]));
      const params = { name, variables: variables.map(([, of]) => of).join(", ") };
      notes.push({ code: "import/connector-secrets", params, pointer: "" });
    }
  }
  return { authored: inKeyOrder(authored, CONNECTOR_ORDER), notes };
}

function ofSavedObject({ id }: Json, attributes: Json): Json {
  const { name, actionTypeId, config, isMissingSecrets } = attributes;
  return { id, name, connector_type_id: actionTypeId, config, is_missing_secrets: isMissingSecrets };
}

/** `SOC_PAGER_ROUTING_KEY` for the `routingKey` of `soc-pager`. */
function variable(name: string, key: string): string {
  const words = `${name} ${key.replace(/([a-z])([A-Z])/g, "$1 $2")}`;
  const text = words
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^\d/.test(text) ? `_${text}` : text;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
