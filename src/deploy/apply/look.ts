import type { Json } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import type { Dialect } from "../../kibana/dialect.js";
import {
  exportRules,
  exportValues,
  findItems,
  findLists,
  findValueLists,
  getItem,
  isTooManyToExport,
  type ListKey,
  listConnectors,
  type LiveConnector,
  type LiveItem,
  type LiveList,
  type LiveRule,
  type Namespace,
} from "../../kibana/endpoints/index.js";
import { listKey } from "../desired/desired.js";
import { byRuleId, EXPORT_LIMIT, type LiveValues, searchRules } from "../live/actual.js";
import { itemKey, liveKey, liveListKey } from "../live/keys.js";
import { type Exported, sortExport } from "../live/exported.js";
import type { Change, Kind } from "../plan/types.js";

/** An object of a space that is looked at before it is written. */
export interface Target {
  readonly kind: Kind;
  /** rule_id, list_id, item_id, the value list's id, or the connector's name. */
  readonly id: string;
  readonly namespace: Namespace;
  /** Of items: their list's id, where that is known. */
  readonly list?: string;
  /** Of connectors: their own id, where that is known. A name can change in Kibana. */
  readonly connector?: string;
}

/** What a space has of the objects that were looked at, and of what those refer to. */
export interface Seen {
  readonly space: string;
  /** By `rule_id`; more than one where a race made duplicates. */
  readonly rules: ReadonlyMap<string, readonly LiveRule[]>;
  /** By `namespace:list_id`; also the lists that the rules refer to. */
  readonly lists: ReadonlyMap<string, LiveList>;
  /** By `namespace:item_id`: every item of the lists above. */
  readonly items: ReadonlyMap<string, LiveItem>;
  /** Where a connector was to be looked at: all of the space; otherwise those that the rules use. */
  readonly connectors: readonly LiveConnector[];
  /** By id. */
  readonly valueLists: ReadonlyMap<string, Required<LiveValues>>;
}

export function targetOf({ action, kind, id, key, expected, write }: Change): Target {
  // An item that moves is not in the list that it is written to.
  const list = action === "replace" ? undefined : write?.body["list_id"];
  const connector = expected?.id ?? write?.body["id"];
  return {
    kind,
    id,
    namespace: key.startsWith(`${kind}/*/`) ? "agnostic" : "single",
    ...(kind === "exception-item" && typeof list === "string" ? { list } : {}),
    ...(kind === "connector" && typeof connector === "string" ? { connector } : {}),
  };
}

/**
 * Looks at objects of a space in few requests: one export of the rules brings what they refer to; the lists, their items,
 * the connectors and the value lists are asked for once where some are to be looked at.
 */
export async function look(
  client: Client,
  space: string,
  targets: readonly Target[],
  dialect: Dialect,
): Promise<Seen> {
  const of = (kind: Kind): Target[] => targets.filter((target) => target.kind === kind);
  const ruleIds = of("rule").map(({ id }) => id);
  const [found, connectors, valueLists] = await Promise.all([
    rulesOf(client, space, ruleIds, dialect),
    of("connector").length === 0 ? undefined : listConnectors(client, space),
    valueListsOf(client, space, new Set(of("value-list").map(({ id }) => id))),
  ]);
  const known = new Set(found.lists.map(liveListKey));
  const loose = of("exception-item").filter(({ list }) => list === undefined);
  const keys = new Map<string, ListKey>();
  for (const { kind, id, namespace, list } of targets) {
    const list_id = kind === "exception-list" ? id : list;
    if (list_id !== undefined)
      keys.set(listKey({ list_id, namespace_type: namespace }), { list_id, namespace_type: namespace });
  }
  const missing = [...keys].filter(([key]) => !known.has(key)).map(([, key]) => key);
  const [lists, single] = await Promise.all([
    missing.length === 0 ? [] : findLists(client, space, missing),
    Promise.all(
      loose.map(({ id, namespace }) => getItem(client, space, { item_id: id, namespace_type: namespace })),
    ),
  ]);
  const items = lists.length === 0 ? [] : await findItems(client, space, lists.map(liveKey));
  const here = single.filter((item) => item !== undefined);
  return {
    space,
    rules: byRuleId(found.rules),
    lists: new Map([...found.lists, ...lists].map((list) => [liveListKey(list), list])),
    items: new Map([...found.items, ...items, ...here].map((item) => [itemKey(item), item])),
    connectors: connectors ?? found.connectors,
    valueLists,
  };
}

/** The rules with these ids, with what an export brings besides; alone where Kibana does not export. */
async function rulesOf(
  client: Client,
  space: string,
  ids: readonly string[],
  dialect: Dialect,
): Promise<Exported> {
  const nothing: Exported = { rules: [], lists: [], items: [], connectors: [] };
  if (ids.length === 0) return nothing;
  const searched = async (): Promise<Exported> => ({
    ...nothing,
    rules: await searchRules(client, space, ids),
  });
  if (ids.length > EXPORT_LIMIT) return searched();
  try {
    const found = sortExport(await exportRules(client, space, ids));
    if (dialect.exportsPrebuilt) return found;
    const seen = new Set(found.rules.map((rule) => rule.rule_id));
    const unseen = ids.filter((id) => !seen.has(id));
    return { ...found, rules: [...found.rules, ...(await searchRules(client, space, unseen))] };
  } catch (error) {
    if (isTooManyToExport(error)) return searched();
    throw error;
  }
}

async function valueListsOf(
  client: Client,
  space: string,
  ids: ReadonlySet<string>,
): Promise<Map<string, Required<LiveValues>>> {
  if (ids.size === 0) return new Map();
  const lists = (await findValueLists(client, space)).filter(({ id }) => ids.has(id));
  const seen = await Promise.all(
    lists.map(async (list) => ({ list, values: await exportValues(client, space, list.id) })),
  );
  return new Map(seen.map((one) => [one.list.id, one]));
}

/** The live object of a target: none, one, or several where Kibana has duplicates. */
export function liveOf(seen: Seen, { kind, id, namespace, connector }: Target): readonly Json[] {
  const one = (object: Json | undefined): readonly Json[] => (object === undefined ? [] : [object]);
  switch (kind) {
    case "rule":
      return seen.rules.get(id) ?? [];
    case "exception-list":
      return one(seen.lists.get(listKey({ list_id: id, namespace_type: namespace })));
    case "exception-item":
      return one(seen.items.get(itemKey({ item_id: id, namespace_type: namespace })));
    case "connector": {
      const own = seen.connectors.filter((one) => one.id === connector);
      return own.length > 0 ? own : seen.connectors.filter(({ name }) => name === id);
    }
    case "value-list":
      return one(seen.valueLists.get(id)?.list);
  }
}
