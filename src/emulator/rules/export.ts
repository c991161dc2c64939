/** `POST rules/_export` and the export action: rules, their exception lists, their connectors, a summary. */
import { connectorLine } from "../connectors/saved-object.js";
import { exportedList } from "../exceptions/transfer.js";
import { ENDPOINT_LIST, exceptionsOf } from "../exceptions/lists.js";
import type { StoredRule } from "../store/state.js";
import { toResponse } from "./rule.js";
import type { Actor } from "./write.js";

interface ExportOptions {
  /** Only the rules: no lists, connectors or summary. */
  readonly rulesOnly?: boolean;
  /** The `rule_id`s that were asked for and are not there. */
  readonly missing?: readonly string[];
}

/** The lines of an export, in Kibana's order. */
export function exportLines(actor: Actor, rules: readonly StoredRule[], options: ExportOptions = {}): unknown[] {
  const ruleLines = rules.map(toResponse);
  if (options.rulesOnly === true) return ruleLines;
  const exceptions = exceptionLines(actor, rules);
  const connectors = connectorLines(actor, rules);
  const missing = (options.missing ?? []).map((rule_id) => ({ rule_id }));
  return [
    ...ruleLines,
    ...exceptions.lines,
    ...connectors.lines,
    {
      exported_count: ruleLines.length + exceptions.lines.length + connectors.lines.length,
      exported_rules_count: ruleLines.length,
      missing_rules: missing,
      missing_rules_count: missing.length,
      exported_exception_list_count: exceptions.lists,
      exported_exception_list_item_count: exceptions.lines.length - exceptions.lists,
      missing_exception_list_item_count: 0,
      missing_exception_list_items: [],
      missing_exception_lists: exceptions.missing,
      missing_exception_lists_count: exceptions.missing.length,
      exported_action_connector_count: connectors.lines.length,
      missing_action_connection_count: connectors.missing.length,
      missing_action_connections: connectors.missing,
      excluded_action_connection_count: 0,
      excluded_action_connections: [],
    },
  ];
}

function exceptionLines(actor: Actor, rules: readonly StoredRule[]) {
  const lines: unknown[] = [];
  const missing: { list_id: string }[] = [];
  const seen = new Set<string>();
  let lists = 0;
  for (const { list_id: listId, namespace_type: namespace } of rules.flatMap((rule) => rule.exceptions_list)) {
    const key = `${namespace}:${listId}`;
    if (listId === ENDPOINT_LIST || seen.has(key)) continue;
    seen.add(key);
    const list = exceptionsOf(actor, namespace).lists.named(listId);
    if (list === undefined) {
      missing.push({ list_id: listId });
    } else {
      lines.push(list, ...exportedList(actor, list, true));
      lists++;
    }
  }
  return { lines, lists, missing };
}

function connectorLines({ kernel, space }: Actor, rules: readonly StoredRule[]) {
  const lines: unknown[] = [];
  const missing: { id: string; type: string }[] = [];
  const ids = new Set(rules.flatMap((rule) => rule.actions).map((action) => action.id));
  for (const id of ids) {
    const connector = kernel.connector(space, id);
    if (connector === undefined) {
      if (!id.startsWith("system-connector-")) missing.push({ id, type: "action" });
    } else if (!connector.preconfigured) {
      lines.push(connectorLine(kernel, connector));
    }
  }
  return { lines, missing };
}
