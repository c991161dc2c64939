import type { BundleConnector, BundleInput, BundleList, BundleRule } from "./input.js";
import { compare } from "./order.js";

/** The endpoint list, which Kibana makes by itself in each space and never exports. */
const ENDPOINT_LIST = "agnostic:endpoint_list";
/** System connectors are part of Kibana: every space has them, and no export carries them. */
const SYSTEM_CONNECTOR = "system-connector-";

interface ListIdentity {
  readonly list_id: string;
  readonly namespace_type?: string;
}

/** A list of one space and a list of all spaces may have the same `list_id`. */
export function listKey({ list_id, namespace_type = "single" }: ListIdentity): string {
  return `${namespace_type}:${list_id}`;
}

/** The exception lists that a rule names and a bundle has to carry. */
export function listsNamed({ rule }: BundleRule): readonly ListIdentity[] {
  return (rule.exceptions_list ?? []).filter((list) => listKey(list) !== ENDPOINT_LIST);
}

/** The connectors that a rule names and a bundle has to carry, by the place of their action. */
export function connectorsNamed({
  rule,
}: BundleRule): readonly { readonly id: string; readonly at: number }[] {
  return (rule.actions ?? [])
    .map(({ id }, at) => ({ id, at }))
    .filter(({ id }) => !id.startsWith(SYSTEM_CONNECTOR));
}

/** What the rules of a bundle name: what there is of it, and what there is not. */
export interface Carried {
  readonly lists: readonly BundleList[];
  readonly connectors: readonly BundleConnector[];
  /** `list_id`s by their keys. */
  readonly missingLists: ReadonlyMap<string, string>;
  /** Connector ids. */
  readonly missingConnectors: ReadonlySet<string>;
}

export function carriedBy({ rules, lists, connectors }: BundleInput): Carried {
  const named = new Map(rules.flatMap(listsNamed).map((list) => [listKey(list), list.list_id]));
  const used = new Set(rules.flatMap(connectorsNamed).map(({ id }) => id));
  // What is found is taken off, so that what remains is what is missing.
  const listed = lists.filter(({ list }) => named.delete(listKey(list)));
  const connected = connectors.filter(({ id }) => used.delete(id));
  return {
    lists: listed.sort((a, b) => compare(a.list.list_id, b.list.list_id)),
    connectors: connected.sort((a, b) => compare(a.id, b.id)),
    missingLists: named,
    missingConnectors: used,
  };
}
