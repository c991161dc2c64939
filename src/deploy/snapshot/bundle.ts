import { isJson, type Json } from "../../json/index.js";
import type { ConnectorSavedObject } from "../../kibana/connector.js";
import type { LiveConnector } from "../../kibana/endpoints/index.js";
import type { Seen } from "../apply/look.js";
import { withoutNulls } from "../form/state.js";

/**
 * What was seen of a space as one bundle that Kibana's `_import` takes by hand: rules, the exception lists that they and
 * the plan name with their items, and connectors. Value lists have no place in it. Undefined where there is nothing.
 */
export function bundleOf({ rules, lists, items, connectors }: Seen): string | undefined {
  const own = [...rules.values()].flat();
  const using = new Set(
    own.flatMap(({ actions }) => (Array.isArray(actions) ? actions : []) as Json[]).map(({ id }) => id),
  );
  const used = connectors.filter(({ id, ...rest }) => using.has(id) && rest["is_preconfigured"] !== true);
  if (own.length + lists.size + items.size + used.length === 0) return undefined;
  const lines: Json[] = [
    ...own.map(({ execution_summary: _, ...rule }) => rule),
    ...lists.values(),
    ...items.values(),
    ...used.map((connector) => ({ ...savedObject(connector) })),
    {
      exported_count: own.length + lists.size + items.size + used.length,
      exported_rules_count: own.length,
      exported_exception_list_count: lists.size,
      exported_exception_list_item_count: items.size,
      exported_action_connector_count: used.length,
    },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** No answer of Kibana's has secrets, so an import of any connector asks for them. */
function savedObject({ id, name, connector_type_id, config }: LiveConnector): ConnectorSavedObject {
  return {
    id,
    type: "action",
    attributes: {
      name,
      actionTypeId: connector_type_id,
      config: withoutNulls(isJson(config) ? config : {}),
      isMissingSecrets: true,
      secrets: {},
    },
    references: [],
  };
}
