import type { Json } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import {
  findItems,
  listConnectors,
  listLists,
  listSpaces,
  type LiveConnector,
  type LiveItem,
} from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { itemKey, liveKey } from "../live/keys.js";
import { findEveryRule } from "../live/find.js";
import { valueListsOf } from "../live/value-lists.js";
import { ruleUses, type Used } from "./uses.js";

/** What uses something. */
export interface User {
  readonly kind: "rule" | "exception-item" | "other";
  readonly space: string;
  /** The rule_id, or `namespace:item_id`; of what is known by its number alone, nothing. */
  readonly id: string;
  readonly name: string;
}

/** All that may use things of a space, whoever's it is, as far as it could be read. */
export interface Users {
  readonly rules: readonly { readonly space: string; readonly rule: Json }[];
  /** The items of every list, where value lists are asked about. */
  readonly items: readonly LiveItem[];
  /** Where connectors are asked about. */
  readonly connectors: readonly LiveConnector[];
  /** Spaces of which something could not be read, with the reason. */
  readonly unread: ReadonlyMap<string, string>;
}

/** Who uses something; `unknown` says why that may not be all. */
export interface Usage {
  readonly users: readonly User[];
  readonly unknown?: string;
}

/** Stands for the list of spaces itself, which no space can be named. */
const SPACES = "*";

/**
 * Reads all that may use things of a space: every rule of the space, custom and prebuilt, by a search that needs no export;
 * those of every space that the credentials may see where one is shared by all. It never rejects because of Kibana: what
 * could not be read is in `unread`, so that nothing is taken for unused because nobody could look.
 */
export async function readUsers(client: Client, space: string, used: readonly Used[]): Promise<Users> {
  const unread = new Map<string, string>();
  const attempt = async <T>(at: string, read: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await read();
    } catch (error) {
      if (!isKibanaError(error)) throw error;
      unread.set(at, error.problem);
      return [];
    }
  };
  const others = used.some(isShared) ? await attempt(SPACES, () => spacesOf(client)) : [];
  const [items, connectors, ...rules] = await Promise.all([
    used.some(({ kind }) => kind === "value-list") ? attempt(space, () => everyItem(client, space)) : [],
    used.some(({ kind }) => kind === "connector") ? attempt(space, () => listConnectors(client, space)) : [],
    ...[...new Set([space, ...others])].map(async (one) =>
      (await attempt(one, () => findEveryRule(client, one))).map((rule) => ({
        space: one,
        rule: slim(rule),
      })),
    ),
  ]);
  return { rules: rules.flat(), items, connectors, unread };
}

/** Who of these uses something of a space. */
export function usageOf(used: Used, space: string, { rules, items, connectors, unread }: Users): Usage {
  const isNear = (other: string): boolean => isShared(used) || other === space;
  const own = rules.filter((one) => isNear(one.space) && ruleUses(one.rule, used, space));
  const users: User[] = own.map(({ space: at, rule }) => ({
    kind: "rule",
    space: at,
    id: String(rule["rule_id"]),
    name: String(rule["name"]),
  }));
  if (used.kind === "value-list")
    for (const item of items)
      if (valueListsOf(item).includes(used.id))
        users.push({ kind: "exception-item", space, id: itemKey(item), name: String(item["name"]) });
  if (used.kind === "connector") {
    // Kibana counts rules of every kind, and what else refers to it.
    const count = Number(connectors.find(({ id }) => id === used.id)?.["referenced_by_count"] ?? 0);
    if (count > own.length) users.push({ kind: "other", space, id: "", name: String(count - own.length) });
  }
  const [lack] = [...unread].filter(([at]) => at === SPACES || isNear(at));
  if (lack === undefined) return { users };
  return { users, unknown: lack[0] === SPACES ? lack[1] : `space "${lack[0]}": ${lack[1]}` };
}

/** A user in a sentence; its space is named where that is another. */
export function userText({ kind, space, name }: User, here: string): string {
  const where = space === here ? "" : ` of space "${space}"`;
  if (kind === "rule") return `the rule "${name}"${where}`;
  if (kind === "exception-item") return `the exception item "${name}"`;
  return name === "1" ? "something that is no detection rule" : `${name} things that are no detection rules`;
}

function isShared(used: Used): boolean {
  return used.kind === "exception-list" && used.namespace_type === "agnostic";
}

/** A Kibana whose spaces are switched off has the default one alone. */
async function spacesOf(client: Client): Promise<string[]> {
  try {
    return await listSpaces(client);
  } catch (error) {
    if (isKibanaError(error, "no-api")) return [];
    throw error;
  }
}

async function everyItem(client: Client, space: string): Promise<readonly LiveItem[]> {
  const lists = await listLists(client, space);
  return lists.length === 0 ? [] : findItems(client, space, lists.map(liveKey));
}

const KEPT = [
  "rule_id",
  "name",
  "type",
  "exceptions_list",
  "actions",
  "index",
  "threat_index",
  "query",
  "threat_query",
  "filters",
  "threat_filters",
];

/** Of a rule what says what it uses: an estate is large. */
function slim(rule: Json): Json {
  return Object.fromEntries(KEPT.map((name) => [name, rule[name]]));
}
