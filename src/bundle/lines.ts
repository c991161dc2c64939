import type { ConnectorSavedObject } from "../kibana/connector.js";
import type { BundleConnector, BundleList, BundleRule } from "./input.js";
import { compare, ordered } from "./order.js";

const LIST = ["list_id", "name", "description", "type", "namespace_type", "id"];
const ITEM = ["item_id", "name", "description", "entries", "type", "list_id", "namespace_type"];
const ENTRY = ["field", "type", "operator", "value"];

/** The rule's line. It always carries a version: an import that overwrites a rule without one sets it back to 1. */
export function ruleLine({ rule }: BundleRule): string {
  return line({ ...rule, version: rule.version ?? 1 });
}

/** The list's line and those of its items, by `item_id`. */
export function listLines({ list, items }: BundleList): string {
  return [
    line(ordered({ ...list, id: list.list_id }, LIST)),
    ...[...items]
      .sort((a, b) => compare(a.item_id, b.item_id))
      .map((item) => line(ordered(item, ITEM, ENTRY))),
  ].join("");
}

/** The connector as a saved object, the form in which Kibana exports and imports it. */
export function connectorLine(connector: BundleConnector): string {
  const { id, name, connector_type_id, config, needsSecrets } = connector;
  const attributes = {
    actionTypeId: connector_type_id,
    name,
    isMissingSecrets: needsSecrets,
    config: ordered(config, []) as Record<string, unknown>,
    secrets: {},
  };
  return line({ id, type: "action", attributes, references: [] } satisfies ConnectorSavedObject);
}

export function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
