/** `/api/lists/items`: the values of value lists. */
import { SiemError } from "../http/errors.js";
import { uploaded } from "../http/multipart.js";
import { attachment } from "../http/responses.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody, checkedQuery } from "../http/route.js";
import type { StoredValue, StoredValueList } from "../store/state.js";
import * as schemas from "../validate/values.js";
import { pageOf } from "../values/page.js";
import { addValue, addValueList, isStorable, requireStreams, restamped } from "../values/store.js";
import { checkVersion } from "../exceptions/lists.js";
import { VALUE_LISTS } from "./value-lists.js";

const ITEMS = `${VALUE_LISTS}/items`;
const MOST_IMPORT_BYTES = 9_000_000;

function requireList(call: Call, id: string, status = 404): StoredValueList {
  const list = call.space.valueLists.get(id);
  if (list === undefined) throw new SiemError(status, `list id: "${id}" does not exist`);
  return list;
}

function create(call: Call): StoredValue {
  const body = checkedBody(call, schemas.itemBody);
  const list = requireList(call, body.list_id);
  if (body.id !== undefined && call.space.values.get(body.id) !== undefined) {
    throw new SiemError(409, `list item id: "${body.id}" already exists`);
  }
  return addValue(call, list, body.value, body);
}

function change(call: Call, isPatch: boolean): StoredValue {
  const body = checkedBody(call, isPatch ? schemas.itemPatch : schemas.itemUpdate);
  const existing = call.space.values.get(body.id);
  if (existing === undefined) throw new SiemError(404, `list item id: "${body.id}" not found`);
  checkVersion(body, existing, `[${existing.id}]: version conflict`);
  const value = body.value ?? existing.value;
  if (!isStorable(existing.type, value)) throw new SiemError(400, "list item invalid");
  const { meta: oldMeta, ...kept } = existing;
  const meta = body.meta ?? (isPatch ? oldMeta : undefined);
  const item = restamped(call, { ...kept, value, ...(meta === undefined ? {} : { meta }) });
  call.space.values.put(item);
  return item;
}

/** One item by its id, or those of a list that have a value. */
function selected(call: Call): StoredValue | StoredValue[] {
  const query = checkedQuery(call, schemas.itemQuery);
  if (query.id !== undefined) {
    const item = call.space.values.get(query.id);
    if (item === undefined) throw new SiemError(404, `list item id: "${query.id}" does not exist`);
    return item;
  }
  if (query.list_id === undefined || query.value === undefined) {
    throw new SiemError(400, 'Either "list_id" or "id" needs to be defined in the request');
  }
  const { id } = requireList(call, query.list_id);
  const items = call.space.values.inGroup(id).filter((item) => item.value === query.value);
  if (items.length === 0) {
    throw new SiemError(404, `list_id: "${query.list_id}" item of ${query.value} does not exist`);
  }
  return items;
}

function remove(call: Call): StoredValue | StoredValue[] {
  const found = selected(call);
  for (const item of [found].flat()) call.space.values.delete(item.id);
  return found;
}

function find(call: Call) {
  const query = checkedQuery(call, schemas.findItemsQuery);
  const { id } = requireList(call, query.list_id);
  return pageOf(call.space.values.inGroup(id), query);
}

function exportValues(call: Call): Response {
  const { list_id: listId } = checkedQuery(call, schemas.exportQuery);
  const { id } = requireList(call, listId, 400);
  const lines = call.space.values.inGroup(id).map((item) => `${item.value}\n`);
  return attachment(lines.join(""), listId);
}

async function importValues(call: Call): Promise<StoredValueList> {
  const query = checkedQuery(call, schemas.importQuery);
  requireStreams(call, "To import a list item, the data steam must exist first.");
  const { name, text } = await uploaded(call.bytes, call.contentType);
  if (!/\.(?:csv|txt)$/i.test(name)) {
    throw new SiemError(415, "Unsupported media type. File must be one of the following types: [.csv, .txt]");
  }
  const list = importTarget(call, query, name);
  const values = text.split(/\r?\n/).filter((value) => value.trim() !== "" && isStorable(list.type, value));
  for (const value of values) addValue(call, list, value);
  return list;
}

function importTarget(
  call: Call,
  query: { readonly list_id?: string; readonly type?: string },
  name: string,
): StoredValueList {
  if (query.list_id !== undefined) return requireList(call, query.list_id, 409);
  if (query.type === undefined) {
    throw new SiemError(400, "Either type or list_id need to be defined in the query");
  }
  const body = {
    id: name,
    name,
    type: query.type as "keyword",
    description: `File uploaded from file system of ${name}`,
    version: 1,
  };
  return call.space.valueLists.get(name) ?? addValueList(call, body);
}

export const valueRoutes: readonly Route[] = [
  { method: "POST", path: ITEMS, privilege: "lists", handle: create },
  { method: "GET", path: ITEMS, privilege: "read", handle: selected },
  { method: "PUT", path: ITEMS, privilege: "lists", handle: (call) => change(call, false) },
  { method: "PATCH", path: ITEMS, privilege: "lists", handle: (call) => change(call, true) },
  { method: "DELETE", path: ITEMS, privilege: "lists", handle: remove },
  { method: "GET", path: `${ITEMS}/_find`, privilege: "read", handle: find },
  { method: "POST", path: `${ITEMS}/_export`, privilege: "read", readOnly: true, handle: exportValues },
  {
    method: "POST",
    path: `${ITEMS}/_import`,
    privilege: "lists",
    upload: true,
    maxBytes: MOST_IMPORT_BYTES,
    handle: importValues,
  },
];
