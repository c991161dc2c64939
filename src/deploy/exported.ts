import {
  isJson,
  type Json,
  type LiveConnector,
  type LiveItem,
  type LiveList,
  type LiveRule,
} from "../kibana/endpoints/index.js";

/** The objects of an export, told apart. */
export interface Exported {
  readonly rules: LiveRule[];
  readonly lists: LiveList[];
  readonly items: LiveItem[];
  readonly connectors: LiveConnector[];
}

/**
 * Sorts the lines of a rule export. A line says what it is by its fields: connectors are saved objects with
 * `attributes`, items have an `item_id`, lists a `list_id`, the last line is a summary. An object without the id that
 * Kibana gave it (a scrubbed export) is of no use here and is left out.
 */
export function sortExport(lines: readonly Json[]): Exported {
  const found: Exported = { rules: [], lists: [], items: [], connectors: [] };
  for (const line of lines) {
    if (typeof line["id"] !== "string") continue;
    if (isJson(line["attributes"])) found.connectors.push(connector(line["id"], line["attributes"]));
    else if (typeof line["item_id"] === "string") found.items.push(line as LiveItem);
    else if (typeof line["list_id"] === "string") found.lists.push(line as LiveList);
    else if (typeof line["rule_id"] === "string") found.rules.push(line as LiveRule);
  }
  return found;
}

/** A connector's saved object in the form of the connectors API. */
function connector(id: string, attributes: Json): LiveConnector {
  const { name, actionTypeId, config, isMissingSecrets } = attributes;
  return {
    id,
    name: String(name),
    connector_type_id: String(actionTypeId),
    config: isJson(config) ? config : {},
    is_missing_secrets: isMissingSecrets === true,
  };
}
