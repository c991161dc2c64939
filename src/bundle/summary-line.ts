/** The last line of a rule export: all 15 keys that Kibana writes, in its order. */
export interface ExportSummary {
  readonly exported_count: number;
  readonly exported_rules_count: number;
  readonly missing_rules: readonly { readonly rule_id: string }[];
  readonly missing_rules_count: number;
  readonly exported_exception_list_count: number;
  readonly exported_exception_list_item_count: number;
  readonly missing_exception_list_item_count: number;
  readonly missing_exception_list_items: readonly unknown[];
  readonly missing_exception_lists: readonly { readonly list_id: string }[];
  readonly missing_exception_lists_count: number;
  readonly exported_action_connector_count: number;
  readonly missing_action_connection_count: number;
  readonly missing_action_connections: readonly { readonly id: string; readonly type: "action" }[];
  readonly excluded_action_connection_count: number;
  readonly excluded_action_connections: readonly unknown[];
}

/** What a bundle holds, and what its rules name that it does not hold. */
export interface Contents {
  readonly rules: number;
  readonly lists: number;
  readonly items: number;
  readonly connectors: number;
  /** `list_id`s. */
  readonly missingLists: readonly string[];
  /** Connector ids. */
  readonly missingConnectors: readonly string[];
}

export function summaryLine(contents: Contents): ExportSummary {
  const { rules, lists, items, connectors, missingLists, missingConnectors } = contents;
  return {
    exported_count: rules + lists + items + connectors,
    exported_rules_count: rules,
    missing_rules: [],
    missing_rules_count: 0,
    exported_exception_list_count: lists,
    exported_exception_list_item_count: items,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: missingLists.map((list_id) => ({ list_id })),
    missing_exception_lists_count: missingLists.length,
    exported_action_connector_count: connectors,
    missing_action_connection_count: missingConnectors.length,
    missing_action_connections: missingConnectors.map((id) => ({ id, type: "action" })),
    excluded_action_connection_count: 0,
    excluded_action_connections: [],
  };
}
