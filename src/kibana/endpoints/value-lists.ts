import { isJson, type Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { isKibanaError } from "../errors.js";
import type { ValueListCreate, ValueListUpdate } from "../value-lists.js";
import { createWithReadBack, orUndefined } from "./read-back.js";
import { objects, unexpected, withStrings } from "./values.js";

const LISTS = "/api/lists";
const INDEX = "/api/lists/index";
const READ = 'Security, read, and read on the indices ".lists-*" and ".items-*"';
const WRITE = 'Security, all, and write on the indices ".lists-*" and ".items-*"';
const MANAGE = 'Security, all, and manage on the indices ".lists-*" and ".items-*"';
/** As many as one search returns. */
const PAGE = 10_000;

export type LiveValueList = Json & { readonly id: string; readonly name: string; readonly type: string };

/**
 * `GET /api/lists/_find`: all value lists of a space. None where their data stream does not exist yet (trap 36).
 * Value lists are in no export of rules, so this is the only way to see them.
 */
export async function findValueLists(client: Client, space: string): Promise<LiveValueList[]> {
  const doing = "find value lists";
  const found: LiveValueList[] = [];
  let cursor: string | undefined;
  for (let page = 1; ; page++) {
    const body = await orUndefined(
      client.json({
        ...at(space, `${LISTS}/_find`, READ),
        method: "GET",
        // Kibana walks to a page past the 10,000th entry from the place that its cursor tells.
        query: { page, per_page: PAGE, cursor },
        doing,
        repeat: "repeatable",
        large: true,
      }),
    );
    if (body === undefined) return [];
    if (!isJson(body) || typeof body["total"] !== "number") throw unexpected(doing);
    const data = objects(body["data"]).map((value) => withStrings(value, doing, "id", "name", "type"));
    found.push(...data);
    if (data.length === 0 || found.length >= body["total"]) return found;
    cursor = typeof body["cursor"] === "string" ? body["cursor"] : undefined;
  }
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
  const doing = "look for the data streams of value lists";
  const found = await orUndefined(
    client.json({ ...at(space, INDEX, READ), method: "GET", doing, repeat: "repeatable" }),
  );
  if (isJson(found) && found["list_index"] !== false && found["list_item_index"] !== false) return;
  try {
    await client.json({
      ...at(space, INDEX, MANAGE),
      method: "POST",
      doing: "create the data streams of value lists",
      repeat: "repeatable",
    });
  } catch (error) {
    // Somebody else was faster.
    if (!isKibanaError(error, "conflict")) throw error;
  }
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
    client.json({
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
  return withStrings(await client.json(call), call.doing, "id", "name", "type");
}
