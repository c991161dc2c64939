/** `/api/exception_lists`, `/api/exceptions` and `/api/endpoint_list`. */
import type { ExceptionListResponse } from "../../kibana/exceptions.js";
import { findItems, findLists } from "../exceptions/find.js";
import { createItem, deleteItem, requireItem, updateItem } from "../exceptions/items.js";
import {
  createList,
  deleteList,
  ENDPOINT_LIST,
  ensureEndpointList,
  exceptionsOf,
  findList,
  requireList,
  updateList,
} from "../exceptions/lists.js";
import { duplicateList, exportedList, exportSummary, importExceptions } from "../exceptions/transfer.js";
import { SiemError } from "../http/errors.js";
import { ndjson } from "../http/responses.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody, checkedQuery } from "../http/route.js";
import * as schemas from "../validate/exceptions.js";
import type { Infer } from "../validate/schema.js";
import { uploadedLines } from "./rule-collections.js";

const LISTS = "/api/exception_lists";
const ITEMS = `${LISTS}/items`;
const ENDPOINT = "/api/endpoint_list";
const MOST_IMPORT_BYTES = 9_000_000;
const MOST_IMPORTED = 10_000;

type Selector = Infer<typeof schemas.selector>;

/** The list that a query names; `unnamed` is what Kibana says where it names none. */
function selectedList(call: Call, query: Omit<Selector, "item_id">, unnamed: string): ExceptionListResponse {
  if (query.id === undefined && query.list_id === undefined) throw new SiemError(400, unnamed);
  return requireList(call, query);
}

function readList(call: Call): ExceptionListResponse {
  return selectedList(call, checkedQuery(call, schemas.selector), "id or list_id required");
}

function removeList(call: Call): ExceptionListResponse {
  const unnamed = 'Either "list_id" or "id" needs to be defined in the request';
  const list = selectedList(call, checkedQuery(call, schemas.selector), unnamed);
  deleteList(call, list);
  return list;
}

function selectedItem(call: Call, query: Selector, unnamed: string) {
  if (query.id === undefined && query.item_id === undefined) throw new SiemError(400, unnamed);
  return requireItem(call, query);
}

function readItem(call: Call) {
  return selectedItem(call, checkedQuery(call, schemas.selector), "id or item_id required");
}

function removeItem(call: Call) {
  const unnamed = 'Either "item_id" or "id" needs to be defined in the request';
  const item = selectedItem(call, checkedQuery(call, schemas.selector), unnamed);
  deleteItem(call, item);
  return item;
}

function exportList(call: Call): Response {
  const query = checkedQuery(call, schemas.exportQuery);
  const list = findList(call, query);
  if (list === undefined) {
    throw new SiemError(
      400,
      `exception list with list_id: ${query.list_id} or id: ${query.id} does not exist`,
    );
  }
  const items = exportedList(call, list, query.include_expired_exceptions);
  return ndjson([list, ...items, exportSummary(1, items.length)], list.list_id);
}

function parsedLine(text: string): Readonly<Record<string, unknown>> | Error {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    return error as Error;
  }
}

async function importLists(call: Call) {
  const { overwrite, as_new_list: asNewList } = checkedQuery(call, schemas.importQuery);
  const lines = (await uploadedLines(call))
    .map(parsedLine)
    .filter((line) => line instanceof Error || !("exported_exception_list_count" in line));
  if (lines.length > MOST_IMPORTED) {
    throw new SiemError(500, `Can't import more than ${MOST_IMPORTED} exceptions`);
  }
  return importExceptions(call, lines, { overwrite, asNewList });
}

function copyList(call: Call): ExceptionListResponse {
  const query = checkedQuery(call, schemas.duplicateQuery);
  const list = findList(call, query);
  if (list === undefined) {
    throw new SiemError(404, `exception list id: "${query.list_id}" does not exist`);
  }
  return duplicateList(call, list, query.include_expired_exceptions);
}

function summary(call: Call) {
  const list = selectedList(call, checkedQuery(call, schemas.summaryQuery), "id or list_id required");
  const items = exceptionsOf(call, list.namespace_type).items.inGroup(list.list_id);
  const withOs = (os: "windows" | "linux" | "macos"): number =>
    items.filter((item) => item.os_types?.includes(os)).length;
  return { windows: withOs("windows"), linux: withOs("linux"), macos: withOs("macos"), total: items.length };
}

function createFromBody(call: Call) {
  const { list_id, namespace_type, ...body } = checkedBody(call, schemas.itemBody);
  return createItem(call, { list_id, namespace_type }, body);
}

const ENDPOINT_WHERE = { list_id: ENDPOINT_LIST, namespace_type: "agnostic" } as const;

function endpointItem(call: Call) {
  const query = { ...checkedQuery(call, schemas.selector), namespace_type: "agnostic" as const };
  return selectedItem(call, query, "id or item_id required");
}

export const exceptionRoutes: readonly Route[] = [
  {
    method: "POST",
    path: LISTS,
    privilege: "exceptions",
    handle: (call) => createList(call, checkedBody(call, schemas.listBody)),
  },
  {
    method: "GET",
    path: LISTS,
    privilege: "read",
    handle: readList,
  },
  {
    method: "PUT",
    path: LISTS,
    privilege: "exceptions",
    handle: (call) => updateList(call, checkedBody(call, schemas.listUpdate)),
  },
  { method: "DELETE", path: LISTS, privilege: "exceptions", handle: removeList },
  {
    method: "GET",
    path: `${LISTS}/_find`,
    privilege: "read",
    handle: (call) => findLists(call, checkedQuery(call, schemas.findQuery)),
  },
  { method: "GET", path: `${LISTS}/summary`, privilege: "read", handle: summary },
  { method: "POST", path: `${LISTS}/_duplicate`, privilege: "exceptions", handle: copyList },
  { method: "POST", path: `${LISTS}/_export`, privilege: "read", readOnly: true, handle: exportList },
  {
    method: "POST",
    path: `${LISTS}/_import`,
    privilege: "exceptions",
    upload: true,
    maxBytes: MOST_IMPORT_BYTES,
    handle: importLists,
  },
  { method: "POST", path: ITEMS, privilege: "exceptions", handle: createFromBody },
  {
    method: "GET",
    path: ITEMS,
    privilege: "read",
    handle: readItem,
  },
  {
    method: "PUT",
    path: ITEMS,
    privilege: "exceptions",
    handle: (call) => updateItem(call, checkedBody(call, schemas.itemUpdate)),
  },
  { method: "DELETE", path: ITEMS, privilege: "exceptions", handle: removeItem },
  {
    method: "GET",
    path: `${ITEMS}/_find`,
    privilege: "read",
    handle: (call) => findItems(call, checkedQuery(call, schemas.findItemsQuery)),
  },
  {
    method: "POST",
    path: "/api/exceptions/shared",
    privilege: "exceptions",
    handle: (call) =>
      createList(call, {
        ...checkedBody(call, schemas.sharedListBody),
        type: "detection",
        namespace_type: "single",
      }),
  },
  {
    method: "POST",
    path: ENDPOINT,
    privilege: "exceptions",
    handle: (call) => ensureEndpointList(call) ?? {},
  },
  {
    method: "POST",
    path: `${ENDPOINT}/items`,
    privilege: "exceptions",
    handle: (call) => {
      ensureEndpointList(call);
      return createItem(call, ENDPOINT_WHERE, checkedBody(call, schemas.looseItem));
    },
  },
  { method: "GET", path: `${ENDPOINT}/items`, privilege: "read", handle: endpointItem },
  {
    method: "PUT",
    path: `${ENDPOINT}/items`,
    privilege: "exceptions",
    handle: (call) =>
      updateItem(call, { ...checkedBody(call, schemas.itemUpdate), namespace_type: "agnostic" }),
  },
  {
    method: "DELETE",
    path: `${ENDPOINT}/items`,
    privilege: "exceptions",
    handle: (call) => {
      const item = endpointItem(call);
      deleteItem(call, item);
      return item;
    },
  },
  {
    method: "GET",
    path: `${ENDPOINT}/items/_find`,
    privilege: "read",
    handle: (call) => {
      ensureEndpointList(call);
      const query = checkedQuery(call, schemas.endpointFindQuery);
      return findItems(call, { ...query, list_id: ENDPOINT_LIST, namespace_type: "agnostic" });
    },
  },
];
