import type { Client } from "../../kibana/client.js";
import type { Dialect } from "../../kibana/dialect.js";
import {
  exportRules,
  findItems,
  findLists,
  findRules,
  isTooManyToExport,
  type ListKey,
  listConnectors,
  type LiveConnector,
  type LiveItem,
  type LiveList,
  type LiveRule,
  type Namespace,
} from "../../kibana/endpoints/index.js";
import { type Desired, listKey } from "../desired/desired.js";
import { type Exported, sortExport } from "./exported.js";

/** What one space has, as far as the desired state concerns it. */
export interface Actual {
  readonly space: string;
  /** By `rule_id`; more than one where a race once made duplicates. */
  readonly rules: ReadonlyMap<string, readonly LiveRule[]>;
  /** By `namespace:list_id`. */
  readonly lists: ReadonlyMap<string, LiveList>;
  /** By `namespace:item_id`. */
  readonly items: ReadonlyMap<string, LiveItem>;
  readonly connectors: readonly LiveConnector[];
}

/** As many as one export takes. */
const EXPORT_LIMIT = 10_000;
/** Rule ids in the filter of one search, which travels in the address. */
const IDS_A_SEARCH = 100;

/**
 * Reads what a space has. One export brings the rules with the lists, items and connectors that they refer to, with
 * their live ids. What it does not bring is asked for: the lists that are wanted but that no exported rule has, their
 * items where such lists exist, and the connectors where one is wanted that no exported rule uses or that has secrets. So
 * three requests suffice however many rules there are, and a fourth is needed only where lists that exist without a
 * rule and connectors that no rule uses meet, as after an apply that was cut off.
 * Spaces with more than 10,000 rules, which Kibana does not export, are searched by `rule_id` instead; so are
 * prebuilt rules on stacks that do not export those.
 */
export async function readActual(client: Client, desired: Desired, dialect: Dialect): Promise<Actual> {
  const { space } = desired;
  const ids = desired.rules.map(({ rule }) => rule.rule_id);
  const found = await exported(client, space, ids, dialect);
  const known = new Set(found.lists.map(liveListKey));
  const missing = wantedLists(desired).filter((key) => !known.has(listKey(key)));
  const names = [
    ...desired.connectors.map((connector) => connector.name),
    ...desired.rules.flatMap(({ connectors }) => connectors),
  ];
  const isExported = (name: string): boolean => found.connectors.some((one) => one.name === name);
  // An export does not tell whether secrets are missing. It is asked for where that keeps to three requests.
  const mayMissSecrets =
    missing.length === 0 &&
    desired.connectors.some(({ name, secrets }) => Object.keys(secrets).length > 0 && isExported(name));
  const wantsConnectors = mayMissSecrets || names.some((name) => name !== undefined && !isExported(name));
  const [unused, all] = await Promise.all([
    missing.length === 0 ? [] : findLists(client, space, missing),
    wantsConnectors ? listConnectors(client, space) : undefined,
  ]);
  const unusedItems = unused.length === 0 ? [] : await findItems(client, space, unused.map(liveKey));
  return {
    space,
    rules: byRuleId(found.rules),
    lists: new Map([...found.lists, ...unused].map((list) => [liveListKey(list), list])),
    items: new Map([...found.items, ...unusedItems].map((item) => [itemKey(item), item])),
    connectors: all ?? found.connectors,
  };
}

/** The rules with these ids as they are now: one export, or searches where Kibana refuses to export. */
export async function readRules(
  client: Client,
  space: string,
  ids: readonly string[],
  dialect: Dialect,
): Promise<ReadonlyMap<string, readonly LiveRule[]>> {
  return byRuleId((await exported(client, space, ids, dialect)).rules);
}

async function exported(
  client: Client,
  space: string,
  ids: readonly string[],
  dialect: Dialect,
): Promise<Exported> {
  const nothing: Exported = { rules: [], lists: [], items: [], connectors: [] };
  if (ids.length === 0) return nothing;
  try {
    if (ids.length > EXPORT_LIMIT) return { ...nothing, rules: await searchRules(client, space, ids) };
    const found = sortExport(await exportRules(client, space, ids));
    if (dialect.exportsPrebuilt) return found;
    const seen = new Set(found.rules.map((rule) => rule.rule_id));
    const unseen = ids.filter((id) => !seen.has(id));
    return { ...found, rules: [...found.rules, ...(await searchRules(client, space, unseen))] };
  } catch (error) {
    if (!isTooManyToExport(error)) throw error;
    return { ...nothing, rules: await searchRules(client, space, ids) };
  }
}

/** The rules with these ids, by searches, for spaces whose rules Kibana does not export. */
export async function searchRules(
  client: Client,
  space: string,
  ids: readonly string[],
): Promise<LiveRule[]> {
  const searches: Promise<{ rules: LiveRule[] }>[] = [];
  for (let from = 0; from < ids.length; from += IDS_A_SEARCH) {
    const some = ids.slice(from, from + IDS_A_SEARCH);
    const filter = `alert.attributes.params.ruleId: (${some.map((id) => JSON.stringify(id)).join(" or ")})`;
    // Room for a few duplicates.
    searches.push(findRules(client, space, { filter, page: 1, perPage: IDS_A_SEARCH * 2 }));
  }
  return (await Promise.all(searches)).flatMap(({ rules }) => rules);
}

/** The lists of the project for this space, and those of others that its rules name. */
function wantedLists(desired: Desired): ListKey[] {
  const wanted = new Map<string, ListKey>();
  for (const { list_id, namespace_type } of [
    ...desired.lists.map(({ list }) => list),
    ...desired.rules.flatMap(({ rule }) => rule.exceptions_list ?? []),
  ]) {
    wanted.set(listKey({ list_id, namespace_type }), { list_id, namespace_type });
  }
  return [...wanted.values()];
}

/** Rules by their `rule_id`, of which a race can make several. */
export function byRuleId(rules: readonly LiveRule[]): Map<string, LiveRule[]> {
  const grouped = new Map<string, LiveRule[]>();
  for (const rule of rules) {
    const same = grouped.get(rule.rule_id);
    if (same === undefined) grouped.set(rule.rule_id, [rule]);
    else same.push(rule);
  }
  return grouped;
}

/** The two parts of the name of a list, or of the list that an item is in. */
export function liveKey(object: LiveList | LiveItem): ListKey {
  const namespace: Namespace = object["namespace_type"] === "agnostic" ? "agnostic" : "single";
  return { list_id: object.list_id, namespace_type: namespace };
}

/** {@link listKey} of a list as Kibana returns it. */
export function liveListKey(list: LiveList): string {
  return listKey(liveKey(list));
}

/** The text by which an item is known here: like lists, items of different namespaces may share an id. */
export function itemKey(item: { readonly item_id: string; readonly namespace_type?: unknown }): string {
  return `${item.namespace_type === "agnostic" ? "agnostic" : "single"}:${item.item_id}`;
}
