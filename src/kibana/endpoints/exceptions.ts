import type { Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { createWithReadBack, orUndefined } from "./read-back.js";
import { readPages, WINDOW } from "./pages.js";
import { withStrings } from "./values.js";

const LISTS = "/api/exception_lists";
const ITEMS = "/api/exception_lists/items";
const READ = "Security: Exceptions, read";
const WRITE = "Security: Exceptions, all";
/** Characters of a filter; above it all lists are read, because it travels in the address. */
const LONGEST_FILTER = 4_000;
/** Lists asked for in one address. */
const LISTS_A_REQUEST = 100;

export type Namespace = "single" | "agnostic";
export type LiveList = Json & { readonly id: string; readonly list_id: string; readonly type: string };
export type LiveItem = Json & { readonly id: string; readonly item_id: string; readonly list_id: string };

/** An exception list is known by its `list_id` in a namespace: `single` is one space, `agnostic` all of them. */
export interface ListKey {
  readonly list_id: string;
  readonly namespace_type: Namespace;
}

export interface ItemKey {
  readonly item_id: string;
  readonly namespace_type: Namespace;
}

export function getList(client: Client, space: string, key: ListKey): Promise<LiveList | undefined> {
  return orUndefined(
    list(client, {
      ...at(space, LISTS, READ),
      method: "GET",
      query: { list_id: key.list_id, namespace_type: key.namespace_type },
      doing: `read exception list "${key.list_id}"`,
      repeat: "repeatable",
    }),
  );
}

/** `GET /exception_lists/_find`: which of these lists exist. */
export async function findLists(
  client: Client,
  space: string,
  keys: readonly ListKey[],
): Promise<LiveList[]> {
  const filter = keys
    .map((key) => `${savedObjectOf(key.namespace_type)}.attributes.list_id: ${JSON.stringify(key.list_id)}`)
    .join(" or ");
  const namespaces = [...new Set(keys.map((key) => key.namespace_type))];
  const found = await pagesOfLists(client, space, {
    namespace_type: namespaces.join(","),
    // Kibana puts its own condition before the filter without parentheses of its own.
    ...(filter.length > LONGEST_FILTER ? {} : { filter: `(${filter})` }),
  });
  const wanted = new Set(keys.map(listKeyOf));
  return found.filter((value) => wanted.has(listKeyOf(value)));
}

/** `GET /exception_lists/_find`: all lists of a space, and those of all spaces. */
export function listLists(client: Client, space: string): Promise<LiveList[]> {
  return pagesOfLists(client, space, { namespace_type: "single,agnostic" });
}

/** `POST /exception_lists`, with the outcome read back when the connection breaks. */
export function createList(
  client: Client,
  space: string,
  body: Json & ListKey,
  isOurs: (found: LiveList) => boolean,
): Promise<LiveList> {
  return createWithReadBack<LiveList>(client, {
    create: () =>
      list(client, {
        ...at(space, LISTS, WRITE),
        method: "POST",
        body,
        doing: `create exception list "${body.list_id}"`,
        repeat: "refused-only",
      }),
    read: () => getList(client, space, body),
    isOurs,
  });
}

/** `PUT /exception_lists`. With `_version` in the body, Kibana answers 409 when the list was changed since. */
export function updateList(client: Client, space: string, body: Json & ListKey): Promise<LiveList> {
  return list(client, {
    ...at(space, LISTS, WRITE),
    method: "PUT",
    body,
    doing: `update exception list "${body.list_id}"`,
    repeat: "repeatable",
  });
}

/** `DELETE /exception_lists`, with all its items. Rules that refer to it keep the dangling reference. */
export async function deleteList(client: Client, space: string, key: ListKey): Promise<void> {
  await orUndefined(
    list(client, {
      ...at(space, LISTS, WRITE),
      method: "DELETE",
      query: { list_id: key.list_id, namespace_type: key.namespace_type },
      doing: `delete exception list "${key.list_id}"`,
      repeat: "repeatable",
    }),
  );
}

export function getItem(client: Client, space: string, key: ItemKey): Promise<LiveItem | undefined> {
  return orUndefined(
    item(client, {
      ...at(space, ITEMS, READ),
      method: "GET",
      query: { item_id: key.item_id, namespace_type: key.namespace_type },
      doing: `read exception item "${key.item_id}"`,
      repeat: "repeatable",
    }),
  );
}

/** `GET /exception_lists/items/_find`: all items of these lists, which must exist. */
export async function findItems(
  client: Client,
  space: string,
  keys: readonly ListKey[],
): Promise<LiveItem[]> {
  const found: LiveItem[] = [];
  for (let from = 0; from < keys.length; from += LISTS_A_REQUEST) {
    const some = keys.slice(from, from + LISTS_A_REQUEST);
    const call = finding(space, `${ITEMS}/_find`, "find exception items", {
      list_id: some.map((key) => key.list_id).join(","),
      namespace_type: some.map((key) => key.namespace_type).join(","),
    });
    const { entries } = await readPages(client, { call, size: WINDOW });
    for (const entry of entries) found.push(withStrings(entry, call, "id", "item_id", "list_id"));
  }
  return found;
}

/** `POST /exception_lists/items`, with the outcome read back when the connection breaks. */
export function createItem(
  client: Client,
  space: string,
  body: Json & ItemKey,
  isOurs: (found: LiveItem) => boolean,
): Promise<LiveItem> {
  return createWithReadBack<LiveItem>(client, {
    create: () =>
      item(client, {
        ...at(space, ITEMS, WRITE),
        method: "POST",
        body,
        doing: `create exception item "${body.item_id}"`,
        repeat: "refused-only",
      }),
    read: () => getItem(client, space, body),
    isOurs,
  });
}

/** `PUT /exception_lists/items`: replaces an item but for its comments, which can only be added to. */
export function updateItem(client: Client, space: string, body: Json & ItemKey): Promise<LiveItem> {
  return item(client, {
    ...at(space, ITEMS, WRITE),
    method: "PUT",
    body,
    doing: `update exception item "${body.item_id}"`,
    repeat: "repeatable",
  });
}

export async function deleteItem(client: Client, space: string, key: ItemKey): Promise<void> {
  await orUndefined(
    item(client, {
      ...at(space, ITEMS, WRITE),
      method: "DELETE",
      query: { item_id: key.item_id, namespace_type: key.namespace_type },
      doing: `delete exception item "${key.item_id}"`,
      repeat: "repeatable",
    }),
  );
}

async function pagesOfLists(
  client: Client,
  space: string,
  query: Readonly<Record<string, string>>,
): Promise<(LiveList & { readonly namespace_type: string })[]> {
  const call = finding(space, `${LISTS}/_find`, "find exception lists", query);
  const { entries } = await readPages(client, { call, size: WINDOW });
  return entries.map((value) => withStrings(value, call, "id", "list_id", "type", "namespace_type"));
}

function finding(space: string, path: string, doing: string, query: Readonly<Record<string, string>>): Call {
  return { ...at(space, path, READ), method: "GET", query, doing, repeat: "repeatable", large: true };
}

/** One text for the two parts of a list's name. */
export function listKeyOf(list: { readonly list_id: string; readonly namespace_type: string }): string {
  return `${list.namespace_type}:${list.list_id}`;
}

function savedObjectOf(namespace: Namespace): string {
  return namespace === "agnostic" ? "exception-list-agnostic" : "exception-list";
}

function at(space: string, path: string, privilege: string): Pick<Call, "path" | "space" | "privilege"> {
  return { path, space, privilege };
}

async function list(client: Client, call: Call): Promise<LiveList> {
  return withStrings(await client.json(call), call, "id", "list_id", "type");
}

async function item(client: Client, call: Call): Promise<LiveItem> {
  return withStrings(await client.json(call), call, "id", "item_id", "list_id");
}
