/** Items of exception lists. */
import type {
  ExceptionComment,
  ExceptionEntry,
  ExceptionItemResponse,
  ExceptionListResponse,
  NamespaceType,
} from "../../kibana/exceptions.js";
import { SiemError } from "../http/errors.js";
import type { Actor } from "../rules/write.js";
import type { itemUpdate, looseItem } from "../validate/exceptions.js";
import type { Infer } from "../validate/schema.js";
import { checkVersion, exceptionsOf } from "./lists.js";

export type ItemBody = Omit<Infer<typeof looseItem>, "namespace_type">;
export type ItemUpdate = Infer<typeof itemUpdate>;

/** What an older check refuses that the routes' own schema lets pass. */
export function entriesProblem(entries: readonly unknown[]): string | undefined {
  if (entries.length === 0) return 'Invalid value "[]" supplied to "entries"';
  const lists = (entries as readonly ExceptionEntry[]).filter((entry) => entry.type === "list").length;
  return lists > 0 && lists < entries.length ? "Cannot have entry of type list and other" : undefined;
}

function checkEntries(entries: readonly unknown[]): void {
  const problem = entriesProblem(entries);
  if (problem !== undefined) throw new SiemError(400, problem);
}

function itemOf(values: ExceptionItemResponse): ExceptionItemResponse {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as unknown as ExceptionItemResponse;
}

function newComment(actor: Actor, comment: string): ExceptionComment {
  return {
    comment,
    id: actor.kernel.uuid(),
    created_at: actor.kernel.now(),
    created_by: actor.user.username,
  };
}

type Where = Pick<ExceptionListResponse, "list_id" | "namespace_type">;

/** Stores a new item; the caller has made sure that its `item_id` is free. */
export function addItem(actor: Actor, where: Where, body: ItemBody): ExceptionItemResponse {
  const { kernel, user } = actor;
  checkEntries(body.entries);
  const now = kernel.now();
  const item = itemOf({
    _version: kernel.state.nextVersion(),
    id: kernel.uuid(),
    item_id: body.item_id ?? kernel.uuid(),
    list_id: where.list_id,
    type: "simple",
    name: body.name,
    description: body.description,
    entries: body.entries as ExceptionEntry[],
    namespace_type: where.namespace_type,
    os_types: body.os_types ?? [],
    tags: body.tags ?? [],
    comments: (body.comments ?? []).map(({ comment }) => newComment(actor, comment)),
    ...(body.meta === undefined ? {} : { meta: body.meta }),
    ...(body.expire_time === undefined ? {} : { expire_time: body.expire_time }),
    tie_breaker_id: kernel.uuid(),
    created_at: now,
    created_by: user.username,
    updated_at: now,
    updated_by: user.username,
  });
  exceptionsOf(actor, where.namespace_type).items.put(item);
  return item;
}

export function createItem(actor: Actor, where: Where, body: ItemBody): ExceptionItemResponse {
  const { lists, items } = exceptionsOf(actor, where.namespace_type);
  if (lists.named(where.list_id) === undefined) {
    throw new SiemError(404, `exception list id: "${where.list_id}" does not exist`);
  }
  if (body.item_id !== undefined && items.named(body.item_id) !== undefined) {
    throw new SiemError(409, `exception list item id: "${body.item_id}" already exists`);
  }
  return addItem(actor, where, body);
}

interface Selector {
  readonly id?: string | undefined;
  readonly item_id?: string | undefined;
  readonly namespace_type: NamespaceType;
}

/** Throws a 404 `SiemError` that names the id by which the item was looked for. */
export function requireItem(actor: Actor, { id, item_id: itemId, namespace_type: namespace }: Selector) {
  if (id === undefined && itemId === undefined) {
    throw new SiemError(404, "either id or item_id need to be defined");
  }
  const { items } = exceptionsOf(actor, namespace);
  const item = id === undefined ? items.named(itemId!) : items.get(id);
  if (item !== undefined) return item;
  throw new SiemError(
    404,
    id === undefined
      ? `exception list item item_id: "${itemId}" does not exist`
      : `exception list item id: "${id}" does not exist`,
  );
}

/**
 * Replaces an item. Its comments stay and new ones follow them. The answer shows the old `meta` where the body has
 * none, although it is gone: Kibana's own slip.
 */
export function updateItem(actor: Actor, body: ItemUpdate): ExceptionItemResponse {
  const { kernel, user } = actor;
  const existing = requireItem(actor, body);
  checkVersion(
    body,
    existing,
    `[exception-list:${existing.id}]: version conflict: version_conflict_engine_exception`,
  );
  checkEntries(body.entries);
  const item = itemOf({
    _version: kernel.state.nextVersion(),
    id: existing.id,
    item_id: body.item_id ?? existing.item_id,
    list_id: existing.list_id,
    type: "simple",
    name: body.name,
    description: body.description,
    entries: body.entries as ExceptionEntry[],
    namespace_type: existing.namespace_type,
    os_types: body.os_types ?? [],
    tags: body.tags ?? [],
    comments: commentsAfter(actor, existing, body.comments ?? []),
    ...(body.meta === undefined ? {} : { meta: body.meta }),
    ...(body.expire_time === undefined ? {} : { expire_time: body.expire_time }),
    tie_breaker_id: existing.tie_breaker_id,
    created_at: existing.created_at,
    created_by: existing.created_by,
    updated_at: kernel.now(),
    updated_by: user.username,
  });
  exceptionsOf(actor, existing.namespace_type).items.put(item);
  return existing.meta === undefined ? item : itemOf({ meta: existing.meta, ...item });
}

function commentsAfter(
  actor: Actor,
  existing: ExceptionItemResponse,
  sent: NonNullable<ItemUpdate["comments"]>,
): ExceptionComment[] {
  const firstNew = sent.findIndex((comment) => comment.id === undefined);
  if (firstNew >= 0 && sent.slice(firstNew).some((comment) => comment.id !== undefined)) {
    throw new SiemError(400, ['item "comments" are append only']);
  }
  const added = sent.filter((comment) => comment.id === undefined);
  return [...existing.comments, ...added.map(({ comment }) => newComment(actor, comment))];
}

export function deleteItem(actor: Actor, item: ExceptionItemResponse): void {
  exceptionsOf(actor, item.namespace_type).items.delete(item.id);
}
