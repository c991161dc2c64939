/** Exception lists. */
import type { ExceptionListResponse, NamespaceType } from "../../kibana/exceptions.js";
import { SiemError } from "../http/errors.js";
import type { Kernel } from "../kernel.js";
import type { Actor } from "../rules/write.js";
import type { Exceptions } from "../store/state.js";
import type { listBody, listUpdate } from "../validate/exceptions.js";
import type { Infer } from "../validate/schema.js";

export type ListBody = Infer<typeof listBody>;
export type ListUpdate = Infer<typeof listUpdate>;

export const ENDPOINT_LIST = "endpoint_list";

/** The lists and items of a namespace: of the caller's space, or those that all spaces share. */
export function exceptionsOf(actor: Pick<Actor, "kernel" | "space">, namespace: NamespaceType): Exceptions {
  return namespace === "agnostic" ? actor.kernel.state.shared : actor.space.exceptions;
}

interface Selector {
  readonly id?: string | undefined;
  readonly list_id?: string | undefined;
  readonly namespace_type: NamespaceType;
}

export function findList(actor: Actor, { id, list_id: listId, namespace_type: namespace }: Selector) {
  const { lists } = exceptionsOf(actor, namespace);
  return id === undefined ? lists.named(String(listId)) : lists.get(id);
}

const NEITHER_ID = "either id or list_id need to be defined";

/** Throws a 404 `SiemError` that names the id by which the list was looked for. */
export function requireList(actor: Actor, selector: Selector): ExceptionListResponse {
  if (selector.id === undefined && selector.list_id === undefined) throw new SiemError(404, NEITHER_ID);
  const list = findList(actor, selector);
  if (list !== undefined) return list;
  const text =
    selector.id === undefined
      ? `exception list list_id: "${selector.list_id}" does not exist`
      : `exception list id: "${selector.id}" does not exist`;
  throw new SiemError(404, text);
}

/** Fields in the order of Kibana's exports, which is the alphabet's. */
function listOf(values: ExceptionListResponse): ExceptionListResponse {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as unknown as ExceptionListResponse;
}

/** Stores a new list; the caller has made sure that its `list_id` is free. */
export function addList(actor: Actor, body: ListBody, id = actor.kernel.uuid()): ExceptionListResponse {
  const { kernel, user } = actor;
  const now = kernel.now();
  const list = listOf({
    _version: kernel.state.nextVersion(),
    id,
    list_id: body.list_id ?? kernel.uuid(),
    type: body.type,
    name: body.name,
    description: body.description,
    namespace_type: body.namespace_type,
    os_types: body.os_types ?? [],
    tags: body.tags ?? [],
    ...(body.meta === undefined ? {} : { meta: body.meta }),
    immutable: false,
    version: body.version ?? 1,
    tie_breaker_id: kernel.uuid(),
    created_at: now,
    created_by: user.username,
    updated_at: now,
    updated_by: user.username,
  });
  exceptionsOf(actor, body.namespace_type).lists.put(list);
  return list;
}

export function createList(actor: Actor, body: ListBody): ExceptionListResponse {
  if (body.list_id !== undefined && findList(actor, body) !== undefined) {
    throw new SiemError(409, `exception list id: "${body.list_id}" already exists`);
  }
  return addList(actor, body);
}

/** Replaces what a PUT or an overwriting import may change. */
export function overwriteList(
  actor: Actor,
  existing: ExceptionListResponse,
  body: Omit<ListUpdate, "id" | "list_id" | "_version">,
): ExceptionListResponse {
  const { kernel, user } = actor;
  const list = listOf({
    ...existing,
    _version: kernel.state.nextVersion(),
    type: body.type,
    name: body.name,
    description: body.description,
    os_types: body.os_types ?? [],
    ...(body.tags === undefined ? {} : { tags: body.tags }),
    ...(body.meta === undefined ? {} : { meta: body.meta }),
    version: body.version ?? existing.version,
    updated_at: kernel.now(),
    updated_by: user.username,
  });
  exceptionsOf(actor, existing.namespace_type).lists.put(list);
  return list;
}

export function updateList(actor: Actor, body: ListUpdate): ExceptionListResponse {
  const existing = requireList(actor, body);
  checkVersion(body, existing, `Saved object [exception-list/${existing.id}] conflict`);
  return overwriteList(actor, existing, body);
}

interface Versioned {
  readonly _version?: string;
}

/** Optimistic locking: a token that was sent must be the present one. */
export function checkVersion(body: Versioned, existing: Versioned, conflict: string): void {
  const { _version: sent } = body;
  if (sent === undefined) return;
  if (!isVersionToken(sent)) throw new SiemError(400, `Invalid version [${sent}]`);
  const { _version: present } = existing;
  if (sent !== present) throw new SiemError(409, conflict);
}

function isVersionToken(token: string): boolean {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(token, "base64").toString("utf8"));
    return Array.isArray(decoded) && decoded.length === 2 && decoded.every(Number.isInteger);
  } catch {
    return false;
  }
}

/** Deletes a list and its items. Rules that refer to it keep the reference, as in Kibana. */
export function deleteList(actor: Actor, list: ExceptionListResponse): void {
  const store = exceptionsOf(actor, list.namespace_type);
  for (const item of store.items.inGroup(list.list_id)) store.items.delete(item.id);
  store.lists.delete(list.id);
}

/**
 * Makes the list of endpoint exceptions, which Kibana does before it creates a rule; undefined where it is there. Its
 * object id is its `list_id`, in every Kibana.
 */
export function ensureEndpointList(actor: Actor): ExceptionListResponse | undefined {
  if (actor.kernel.state.shared.lists.named(ENDPOINT_LIST) !== undefined) return undefined;
  const title = "Endpoint Security Exception List";
  const body = {
    list_id: ENDPOINT_LIST,
    type: "endpoint",
    name: title,
    description: title,
    namespace_type: "agnostic",
  } as const;
  return addList(actor, body, ENDPOINT_LIST);
}

/** Whether any item may still apply: Kibana ignores those whose time is over. */
export function isExpired(kernel: Kernel, item: { readonly expire_time?: string }): boolean {
  return item.expire_time !== undefined && Date.parse(item.expire_time) < Date.parse(kernel.now());
}
