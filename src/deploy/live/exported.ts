import { isJson, type Json } from "../../json/index.js";
import {
  type LiveConnector,
  type LiveItem,
  type LiveList,
  type LiveRule,
} from "../../kibana/endpoints/index.js";

/** The objects of an export, told apart. */
export interface Exported {
  readonly rules: LiveRule[];
  readonly lists: LiveList[];
  readonly items: LiveItem[];
  readonly connectors: LiveConnector[];
}

/**
 * Sorts the lines of a rule export. A line says what it is by its fields: connectors are saved objects with
 * `attributes`, items have an `item_id`, lists a `list_id`, the last line is a summary. A list or connector without the
 * id that Kibana gave it (a scrubbed export) cannot be referred to and is left out, as if it were not exported.
 */
export function sortExport(lines: readonly Json[]): Exported {
  const found: Exported = { rules: [], lists: [], items: [], connectors: [] };
  for (const line of lines) {
    const id = typeof line["id"] === "string" ? line["id"] : undefined;
    if (isJson(line["attributes"])) {
      if (id !== undefined) found.connectors.push(connector(id, line["attributes"]));
    } else if (typeof line["item_id"] === "string") {
      found.items.push(withId(line) as LiveItem);
    } else if (typeof line["list_id"] === "string") {
      if (id !== undefined) found.lists.push(line as LiveList);
    } else if (typeof line["rule_id"] === "string") {
      found.rules.push(withId(line) as LiveRule);
    }
  }
  return found;
}

/** Objects of a scrubbed export have none. */
function withId(line: Json): Json {
  return line["id"] === undefined ? { id: "", ...line } : line;
}

/**
 * A connector's saved object in the form of the connectors API. Whether it misses its secrets cannot be told: an export
 * says so of every connector that has some, since it leaves them out. `has_secrets` says that it has some.
 */
function connector(id: string, attributes: Json): LiveConnector {
  const { name, actionTypeId, config, isMissingSecrets } = attributes;
  return {
    id,
    name: String(name),
    connector_type_id: String(actionTypeId),
    config: isJson(config) ? config : {},
    has_secrets: isMissingSecrets === true,
  };
}
