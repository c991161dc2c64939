import type { Client } from "../../kibana/client.js";
import type { Dialect } from "../../kibana/dialect.js";
import {
  exportRules,
  findItems,
  findLists,
  isTooManyToExport,
  type ListKey,
  listConnectors,
  type LiveConnector,
  type LiveRule,
} from "../../kibana/endpoints/index.js";
import { actionsOf } from "../form/actions.js";
import { type Actual, byRuleId, searchRules } from "./actual.js";
import { itemKey, liveKey, liveListKey } from "./keys.js";
import { listKey } from "../desired/desired.js";
import { type Exported, sortExport } from "./exported.js";
import { findEveryRule, findNamedRules, PREBUILT } from "./find.js";
import { referencesOf } from "../form/comparable.js";
import { readWantedValueLists, type WantedValueLists } from "./value-lists.js";
import { ENDPOINT_LIST } from "../plan/references.js";

/** Which rules of a space are wanted, whoever owns them. */
export type WantedRules =
  | {
      readonly kind: "all";
      readonly source: "custom" | "prebuilt" | "all";
      /** Rules that are wanted where they exist, whatever their source. */
      readonly ids?: readonly string[];
    }
  /** By `rule_id`, and by what people know of a rule: its name, or Kibana's own id, which is in the address of its page. */
  | { readonly kind: "some"; readonly ids: readonly string[]; readonly named: readonly string[] };

export interface LiveWanted {
  readonly space: string;
  readonly rules: WantedRules;
  /** Lists that are wanted, where they exist, although no rule may refer to them. */
  readonly lists: readonly ListKey[];
  /** Names of connectors that are wanted, where they exist, although no rule may use them. */
  readonly connectors: readonly string[];
  /** Value lists that are wanted, where they exist; none by default. */
  readonly valueLists?: WantedValueLists;
}

/** What an export brought, and the rules that had to be searched, which come alone. */
interface Found {
  readonly exported: Exported;
  readonly searched: readonly LiveRule[];
}

const NOTHING: Exported = { rules: [], lists: [], items: [], connectors: [] };

/**
 * Reads rules of a space with the lists, items and connectors that they refer to. One export brings all of them; what it
 * does not bring is asked for once: lists, their items, connectors. Where Kibana does not export (more than 10,000
 * rules, prebuilt rules before 8.18, rules that are known by name) the rules are searched, page by page. Kibana's endpoint list
 * is left where it is: it is not one rule's, and no export has it.
 */
export async function readLive(client: Client, wanted: LiveWanted, dialect: Dialect): Promise<Actual> {
  const { space } = wanted;
  const { exported, searched } = await rulesOf(client, wanted, dialect);
  const missing = missingLists(exported, searched, wanted.lists);
  const [lists, listed] = await Promise.all([
    missing.length === 0 ? [] : findLists(client, space, missing),
    missesConnector(exported, searched, wanted.connectors)
      ? listConnectors(client, space, exported.connectors)
      : undefined,
  ]);
  const items = lists.length === 0 ? [] : await findItems(client, space, lists.map(liveKey));
  const valueLists = await readWantedValueLists(client, space, wanted.valueLists);
  return {
    space,
    rules: byRuleId(unique([...exported.rules, ...searched])),
    lists: new Map([...exported.lists, ...lists].map((list) => [liveListKey(list), list])),
    items: new Map([...exported.items, ...items].map((item) => [itemKey(item), item])),
    connectors: listed === undefined ? exported.connectors : withSecrets(listed, exported.connectors),
    ...(valueLists === undefined ? {} : { valueLists }),
  };
}

async function rulesOf(client: Client, wanted: LiveWanted, dialect: Dialect): Promise<Found> {
  const { space, rules } = wanted;
  if (rules.kind === "some") {
    const [found, named] = await Promise.all([
      some(client, space, rules.ids, dialect),
      findNamedRules(client, space, rules.named),
    ]);
    return { ...found, searched: [...found.searched, ...named] };
  }
  if (rules.source === "prebuilt")
    return { exported: NOTHING, searched: await findEveryRule(client, space, PREBUILT) };
  const [exported, prebuilt] = await Promise.all([
    exportOrNothing(client, space),
    rules.source === "all" && !dialect.exportsPrebuilt ? findEveryRule(client, space, PREBUILT) : [],
  ]);
  const filter = rules.source === "custom" || !dialect.exportsPrebuilt ? `not ${PREBUILT}` : undefined;
  const found = exported === undefined ? await findEveryRule(client, space, filter) : [];
  const searched = [...prebuilt, ...found];
  // All that the space has is there already, but for prebuilt rules.
  const isWhole = rules.source === "all" || (exported !== undefined && dialect.exportsPrebuilt);
  const seen = new Set([...(exported?.rules ?? []), ...searched].map((rule) => rule.rule_id));
  const unseen = isWhole ? [] : (rules.ids ?? []).filter((id) => !seen.has(id));
  return {
    exported: exported ?? NOTHING,
    searched: [...searched, ...(await searchRules(client, space, unseen))],
  };
}

/** The rules with these ids, those that no export has by a search. */
async function some(client: Client, space: string, ids: readonly string[], dialect: Dialect): Promise<Found> {
  if (ids.length === 0) return { exported: NOTHING, searched: [] };
  const exported = (await exportOrNothing(client, space, ids)) ?? NOTHING;
  const seen = new Set(exported.rules.map((rule) => rule.rule_id));
  const unseen = exported !== NOTHING && dialect.exportsPrebuilt ? [] : ids.filter((id) => !seen.has(id));
  return { exported, searched: await searchRules(client, space, unseen) };
}

/** Undefined where the space, or what is asked for, has more rules than Kibana exports. */
async function exportOrNothing(
  client: Client,
  space: string,
  ids?: readonly string[],
): Promise<Exported | undefined> {
  try {
    return sortExport(await exportRules(client, space, ids));
  } catch (error) {
    if (isTooManyToExport(error)) return undefined;
    throw error;
  }
}

/** Lists that were not exported: also those that a rule names by an id of old, which the export does not find. */
function missingLists(
  exported: Exported,
  searched: readonly LiveRule[],
  wanted: readonly ListKey[],
): ListKey[] {
  const known = new Set(exported.lists.map(liveListKey));
  const named = [...exported.rules, ...searched].flatMap((rule) =>
    referencesOf(rule).map(({ list_id, namespace_type }): ListKey => {
      return { list_id, namespace_type: namespace_type === "agnostic" ? "agnostic" : "single" };
    }),
  );
  const missing = new Map([...wanted, ...named].map((key) => [listKey(key), key]));
  return [...missing].filter(([key]) => !known.has(key) && key !== ENDPOINT_LIST).map(([, key]) => key);
}

function missesConnector(
  exported: Exported,
  searched: readonly LiveRule[],
  names: readonly string[],
): boolean {
  const { connectors } = exported;
  const ids = new Set(connectors.map(({ id }) => id));
  return (
    names.some((name) => !connectors.some((connector) => connector.name === name)) ||
    searched.some((rule) => actionsOf(rule).some(({ id }) => !ids.has(String(id))))
  );
}

/** Whether a connector has secrets is what only an export says. */
function withSecrets(
  listed: readonly LiveConnector[],
  exported: readonly LiveConnector[],
): readonly LiveConnector[] {
  const known = new Map(exported.map((connector) => [connector.id, connector["has_secrets"]]));
  return listed.map((connector) =>
    known.has(connector.id) ? { ...connector, has_secrets: known.get(connector.id) } : connector,
  );
}

/** A rule may be found by an id and by a name. */
function unique(rules: readonly LiveRule[]): LiveRule[] {
  // Rules of a scrubbed export have no id of their own.
  return [...new Map(rules.map((rule) => [rule.id || `rule_id ${rule.rule_id}`, rule])).values()];
}
