import { isJson, type Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { isKibanaError } from "../errors.js";
import type { ValueListCreate, ValueListUpdate } from "../value-lists.js";
import { createWithReadBack, orUndefined } from "./read-back.js";
import { readPages, WINDOW } from "./pages.js";
import { unexpected, withStrings } from "./values.js";

const LISTS = "/api/lists";
const INDEX = "/api/lists/index";
const READ = 'Security, read, and read on the indices ".lists-*" and ".items-*"';
const WRITE = 'Security, all, and write on the indices ".lists-*" and ".items-*"';
const MANAGE = 'Security, all, and manage on the indices ".lists-*" and ".items-*"';

export type LiveValueList = Json & { readonly id: string; readonly name: string; readonly type: string };

/**
 * `GET /api/lists/_find`: all value lists of a space. None where their data stream does not exist yet (trap 36).
 * Value lists are in no export of rules, so this is the only way to see them.
 */
export async function findValueLists(client: Client, space: string): Promise<LiveValueList[]> {
  const call: Call = {
    ...at(space, `${LISTS}/_find`, READ),
    method: "GET",
    doing: "find value lists",
    repeat: "repeatable",
    large: true,
  };
  const found = await orUndefined(readPages(client, { call, size: WINDOW, isCapped: true }));
  return (found?.entries ?? []).map((value) => withStrings(value, call, "id", "name", "type"));
}

export function getValueList(client: Client, space: string, id: string): Promise<LiveValueList | undefined> {
  return orUndefined(
    one(client, {
      ...at(space, LISTS, READ),
      method: "GET",
      query: { id },
      doing: `read value list "${id}"`,
      repeat: "repeatable",
    }),
  );
}

/**
 * Makes the two data streams of a space's value lists where they are missing (trap 36): Kibana refuses lists and values
 * without them. Looks first, because looking needs a lesser privilege.
 */
export async function ensureListStreams(client: Client, space: string): Promise<void> {
  if (await hasListStreams(client, space)) return;
  const call: Call = {
    ...at(space, INDEX, MANAGE),
    method: "POST",
    doing: "create the data streams of value lists",
    repeat: "repeatable",
  };
  try {
    const made = await client.json(call);
    if (!isJson(made) || made["acknowledged"] !== true) throw unexpected(call);
  } catch (error) {
    // Somebody else was faster.
    if (!isKibanaError(error, "conflict")) throw error;
  }
}

/** `GET /api/lists/index`: whether the two data streams of a space's value lists are there. */
export async function hasListStreams(client: Client, space: string): Promise<boolean> {
  const call: Call = {
    ...at(space, INDEX, READ),
    method: "GET",
    doing: "look for the data streams of value lists",
    repeat: "repeatable",
  };
  const found = await orUndefined(client.json(call));
  if (found === undefined) return false;
  const { list_index: lists, list_item_index: items } = isJson(found) ? found : {};
  if (typeof lists !== "boolean" || typeof items !== "boolean") throw unexpected(call);
  return lists && items;
}

/** `POST /api/lists`, with the outcome read back when the connection breaks. The list is empty at first. */
export function createValueList(
  client: Client,
  space: string,
  body: ValueListCreate,
  isOurs: (found: LiveValueList) => boolean,
): Promise<LiveValueList> {
  return createWithReadBack<LiveValueList>(client, {
    create: () =>
      one(client, {
        ...at(space, LISTS, WRITE),
        method: "POST",
        body,
        doing: `create value list "${body.id}"`,
        repeat: "refused-only",
      }),
    read: () => getValueList(client, space, body.id),
    isOurs,
  });
}

/** `PUT /api/lists`: name, description and meta; the type cannot change. A stale `_version` is refused with 409. */
export function updateValueList(
  client: Client,
  space: string,
  body: ValueListUpdate,
): Promise<LiveValueList> {
  return one(client, {
    ...at(space, LISTS, WRITE),
    method: "PUT",
    body,
    doing: `update value list "${body.id}"`,
    repeat: "repeatable",
  });
}

/**
 * `DELETE /api/lists`, with all its values; one that is gone already counts as deleted. A list that an exception item
 * names is refused with 409: Kibana is never asked to delete the references, because then it deletes whole items.
 */
export async function deleteValueList(client: Client, space: string, id: string): Promise<void> {
  await orUndefined(
    one(client, {
      ...at(space, LISTS, WRITE),
      method: "DELETE",
      query: { id },
      doing: `delete value list "${id}"`,
      repeat: "repeatable",
    }),
  );
}

function at(space: string, path: string, privilege: string): Pick<Call, "path" | "space" | "privilege"> {
  return { path, space, privilege };
}

async function one(client: Client, call: Call): Promise<LiveValueList> {
  return withStrings(await client.json(call), call, "id", "name", "type");
}
