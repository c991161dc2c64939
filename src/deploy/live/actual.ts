import type { Client } from "../../kibana/client.js";
import type { Dialect } from "../../kibana/dialect.js";
import {
  exportRules,
  findItems,
  findRules,
  isTooManyToExport,
  type ListKey,
  listConnectors,
  listLists,
  type LiveConnector,
  type LiveItem,
  type LiveList,
  type LiveRule,
  type LiveValueList,
} from "../../kibana/endpoints/index.js";
import { type Desired, listKey } from "../desired/desired.js";
import { referencesOf } from "../form/comparable.js";
import { isMarkedBy } from "../form/mark.js";
import { type Exported, sortExport } from "./exported.js";
import { itemKey, liveKey, liveListKey } from "./keys.js";
import { surveyRules } from "./survey.js";
import type { Used } from "../users/uses.js";
import { readUsers, type Users } from "../users/users.js";
import { readValueLists } from "./value-lists.js";

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
  /** Value lists by id; absent where nobody asked for them. */
  readonly valueLists?: ReadonlyMap<string, LiveValues>;
  /** Who uses what may be deleted, whoever they are; absent where nobody asked. */
  readonly users?: Users;
  /** Rules that carry this project's mark under another rule_id: duplicates that somebody made in Kibana. */
  readonly copies?: readonly RuleName[];
}

/** A rule of which nothing else is kept. */
export type RuleName = Pick<LiveRule, "id" | "rule_id" | "name">;

/** A value list with its values, where those were read. */
export interface LiveValues {
  readonly list: LiveValueList;
  readonly values?: readonly string[];
}

/** What a reading of a space is for. */
export interface ReadFor {
  /** The project, whose marked objects are read although no file wants them. */
  readonly project: string;
  /** Whether what no file wants is to be deleted. */
  readonly prune?: boolean;
}

/** As many rules as one export takes, and one search reaches (trap 25). */
export const EXPORT_LIMIT = 10_000;
/** Rule ids in the filter of one search, which travels in the address. */
const IDS_A_SEARCH = 100;

/**
 * Reads what a space has. One export brings all rules with the lists, items and connectors that they refer to, with
 * their live ids; what is neither wanted nor this project's is dropped at once. One search brings the lists that no rule
 * refers to. What those two do not bring is asked for: the items of such lists, and the connectors where one is wanted
 * that no rule uses or that has secrets. So three requests suffice however many rules there are, and a fourth is
 * needed only where lists that exist without a rule and connectors that no rule uses meet, as after an apply that was cut
 * off. Where something may be deleted, every rule is searched for, as no export has prebuilt ones before 8.18. Value lists, where the project has any, cost a search and an export each.
 * Spaces with more than 10,000 rules, which Kibana does not export, are searched by `rule_id` and by the project's mark
 * instead; so are prebuilt rules on stacks that do not export those.
 */
export async function readActual(
  client: Client,
  desired: Desired,
  dialect: Dialect,
  reading: ReadFor,
): Promise<Actual> {
  const { space } = desired;
  const wanted = new Set(wantedLists(desired).map(listKey));
  const listing = listLists(client, space);
  // Where both fail, the rules' failure is told: it says more.
  listing.catch(() => undefined);
  const found = await surveyRules(client, desired, dialect, reading.project, wanted);
  const allLists = await listing;
  const lists = new Map([...found.lists, ...allLists].map((list) => [liveListKey(list), list]));
  const known = new Set(found.lists.map(liveListKey));
  // What an update may take off a rule is looked into; where Kibana exports, its items are here already.
  const attached = new Set(found.rules.flatMap((rule) => referencesOf(rule).map(listKey)));
  const unused = [...lists].filter(
    ([key, list]) =>
      !known.has(key) && (wanted.has(key) || attached.has(key) || isMarkedBy(list, reading.project)),
  );
  const names = wantedConnectors(desired);
  const isExported = (name: string): boolean => found.connectors.some((one) => one.name === name);
  // An export does not tell whether secrets are missing. It is asked for where that keeps to three requests.
  const mayMissSecrets =
    unused.length === 0 &&
    desired.connectors.some(({ name, secrets }) => Object.keys(secrets).length > 0 && isExported(name));
  const wantsConnectors = mayMissSecrets || names.some((name) => !isExported(name));
  const [unusedItems, all] = await Promise.all([
    unused.length === 0
      ? []
      : findItems(
          client,
          space,
          unused.map(([, list]) => liveKey(list)),
        ),
    wantsConnectors ? listConnectors(client, space, found.connectors) : undefined,
  ]);
  const items = [...found.items, ...unusedItems];
  const valueLists = await readValueLists(client, desired, items, reading);
  const used = reading.prune === true ? unwanted(desired, lists, valueLists, reading.project) : [];
  return {
    space,
    rules: byRuleId(found.rules),
    lists,
    items: new Map(items.map((item) => [itemKey(item), item])),
    connectors: all ?? found.connectors,
    copies: found.copies,
    ...(valueLists === undefined ? {} : { valueLists }),
    ...(used.length === 0 ? {} : { users: await readUsers(client, space, used) }),
  };
}

/** The project's lists and value lists that no file wants, which may be deleted; what all spaces share never is. */
function unwanted(
  desired: Desired,
  lists: ReadonlyMap<string, LiveList>,
  valueLists: Actual["valueLists"],
  project: string,
): Used[] {
  const wanted = new Set(desired.lists.map(({ list }) => listKey(list)));
  const wantedValues = new Set(desired.valueLists.map(({ id }) => id));
  return [
    ...[...lists]
      .filter(([key, list]) => !wanted.has(key) && isMarkedBy(list, project))
      .map(([, list]): Used => ({ kind: "exception-list", ...liveKey(list), id: list.id }))
      .filter((used) => used.kind === "exception-list" && used.namespace_type === "single"),
    ...[...(valueLists?.values() ?? [])]
      .filter(({ list }) => !wantedValues.has(list.id) && isMarkedBy(list, project))
      .map(({ list }): Used => ({ kind: "value-list", id: list.id })),
  ];
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

/** Rules by their ids, with what an export brings besides. */
export async function exported(
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
    searches.push(findRules(client, space, { filter, perPage: IDS_A_SEARCH * 2 }));
  }
  return (await Promise.all(searches)).flatMap(({ rules }) => rules);
}

/** The lists of the project for this space, and those of others that its rules name. */
export function wantedLists(desired: Desired): ListKey[] {
  const wanted = new Map<string, ListKey>();
  for (const { list_id, namespace_type } of [
    ...desired.lists.map(({ list }) => list),
    ...desired.rules.flatMap(({ rule }) => rule.exceptions_list ?? []),
  ]) {
    wanted.set(listKey({ list_id, namespace_type }), { list_id, namespace_type });
  }
  return [...wanted.values()];
}

/** The names of the project's connectors for this space, and of those of others that its rules name. */
export function wantedConnectors(desired: Desired): string[] {
  return [
    ...desired.connectors.map(({ name }) => name),
    ...desired.rules.flatMap(({ connectors }) => connectors.filter((name) => name !== undefined)),
  ];
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
