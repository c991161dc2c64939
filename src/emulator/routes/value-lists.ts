/** `/api/lists`: value lists. */
import { may } from "../http/auth.js";
import { SiemError } from "../http/errors.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody, checkedQuery } from "../http/route.js";
import type { StoredValueList } from "../store/state.js";
import * as schemas from "../validate/values.js";
import { checkUnreferenced, dropReferences } from "../values/references.js";
import { pageOf } from "../values/page.js";
import { addValueList, removeValueList, requireStreams, restamped } from "../values/store.js";
import { checkVersion } from "../exceptions/lists.js";

export const VALUE_LISTS = "/api/lists";

function requireList(call: Call, id: string, missing = `list id: "${id}" does not exist`): StoredValueList {
  const list = call.space.valueLists.get(id);
  if (list === undefined) throw new SiemError(404, missing);
  return list;
}

function create(call: Call): StoredValueList {
  const body = checkedBody(call, schemas.listBody);
  requireStreams(call, "To create a list, the data stream must exist first.");
  if (body.id !== undefined && call.space.valueLists.has(body.id)) {
    throw new SiemError(409, `list id: "${body.id}" already exists`);
  }
  return addValueList(call, body);
}

/** Replaces or patches a list; its version goes up unless one is sent. */
function change(call: Call, isPatch: boolean): StoredValueList {
  const body = checkedBody(call, isPatch ? schemas.listPatch : schemas.listUpdate);
  const existing = requireList(call, body.id, `list id: "${body.id}" not found`);
  checkVersion(body, existing, `[${existing.id}]: version conflict`);
  const { meta: oldMeta, ...kept } = existing;
  const meta = body.meta ?? (isPatch ? oldMeta : undefined);
  const list = restamped(call, {
    ...kept,
    name: body.name ?? existing.name,
    description: body.description ?? existing.description,
    version: body.version ?? existing.version + 1,
    ...(meta === undefined ? {} : { meta }),
  });
  call.space.valueLists.set(list.id, list);
  return list;
}

function remove(call: Call): StoredValueList {
  const query = checkedQuery(call, schemas.deleteQuery);
  const list = requireList(call, query.id, `list id: "${query.id}" was not found`);
  if (query.deleteReferences) dropReferences(call, list.id);
  else if (!query.ignoreReferences) checkUnreferenced(call, list.id);
  removeValueList(call, list);
  return list;
}

function streams({ space }: Call) {
  if (space.hasListStreams) return { list_index: true, list_item_index: true };
  throw new SiemError(
    404,
    `data stream .lists-${space.id} and data stream .items-${space.id} does not exist`,
  );
}

function createStreams({ kernel, space }: Call) {
  if (space.hasListStreams && !kernel.has("repeatableListStreams")) {
    throw new SiemError(409, `data stream: ".lists-${space.id}" and ".items-${space.id}" already exists`);
  }
  space.hasListStreams = true;
  return { acknowledged: true };
}

function deleteStreams(call: Call) {
  const { space } = call;
  if (!space.hasListStreams) {
    throw new SiemError(
      404,
      `index and data stream: ".lists-${space.id}" and ".items-${space.id}" does not exist`,
    );
  }
  for (const list of space.valueLists.values()) removeValueList(call, list);
  space.hasListStreams = false;
  return { acknowledged: true };
}

function privileges({ user, space }: Call) {
  const over = (index: string) => ({
    username: user.username,
    has_all_requested: may(user, "lists"),
    cluster: { manage: may(user, "lists"), monitor: may(user, "read") },
    index: { [index]: { all: may(user, "lists"), read: may(user, "read"), write: may(user, "lists") } },
    application: {},
  });
  return {
    lists: over(`.lists-${space.id}`),
    listItems: over(`.items-${space.id}`),
    is_authenticated: true,
  };
}

export const valueListRoutes: readonly Route[] = [
  { method: "POST", path: VALUE_LISTS, privilege: "lists", handle: create },
  {
    method: "GET",
    path: VALUE_LISTS,
    privilege: "read",
    handle: (call) => requireList(call, checkedQuery(call, schemas.idQuery).id),
  },
  { method: "PUT", path: VALUE_LISTS, privilege: "lists", handle: (call) => change(call, false) },
  { method: "PATCH", path: VALUE_LISTS, privilege: "lists", handle: (call) => change(call, true) },
  { method: "DELETE", path: VALUE_LISTS, privilege: "lists", handle: remove },
  {
    method: "GET",
    path: `${VALUE_LISTS}/_find`,
    privilege: "read",
    handle: (call) => pageOf([...call.space.valueLists.values()], checkedQuery(call, schemas.findQuery)),
  },
  { method: "GET", path: `${VALUE_LISTS}/index`, privilege: "read", handle: streams },
  { method: "POST", path: `${VALUE_LISTS}/index`, privilege: "lists", handle: createStreams },
  { method: "DELETE", path: `${VALUE_LISTS}/index`, privilege: "lists", handle: deleteStreams },
  { method: "GET", path: `${VALUE_LISTS}/privileges`, privilege: "read", handle: privileges },
];
