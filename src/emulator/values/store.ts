/** Value lists and their values. */
import { isIP } from "node:net";
import { SiemError } from "../http/errors.js";
import type { Actor } from "../rules/write.js";
import type { StoredValue, StoredValueList } from "../store/state.js";
import type { listBody } from "../validate/values.js";
import type { Infer } from "../validate/schema.js";

export type ListBody = Infer<typeof listBody>;

/** Elasticsearch keeps value lists in data streams of their own, which somebody has to make first. */
export function requireStreams({ space }: Actor, text: string): void {
  if (space.hasListStreams) return;
  throw new SiemError(400, `${text} Data stream ".lists-${space.id}" does not exist`);
}

function stamps({ kernel, user }: Actor) {
  const now = kernel.now();
  return {
    _version: kernel.state.nextVersion(),
    tie_breaker_id: kernel.uuid(),
    "@timestamp": now,
    created_at: now,
    created_by: user.username,
    updated_at: now,
    updated_by: user.username,
  };
}

export function addValueList(actor: Actor, body: ListBody): StoredValueList {
  const list: StoredValueList = {
    id: body.id ?? actor.kernel.uuid(),
    type: body.type,
    name: body.name,
    description: body.description,
    immutable: false,
    version: body.version,
    ...(body.meta === undefined ? {} : { meta: body.meta }),
    ...stamps(actor),
  };
  actor.space.valueLists.set(list.id, list);
  return list;
}

/** Stores a changed list or value with a new stamp. */
export function restamped<T extends object>({ kernel, user }: Actor, thing: T): T {
  return {
    ...thing,
    _version: kernel.state.nextVersion(),
    updated_at: kernel.now(),
    updated_by: user.username,
  };
}

const NUMERIC = new Set(["byte", "double", "float", "half_float", "integer", "long", "short"]);

/** Whether Elasticsearch would take a text as a value of a type; ranges and shapes are taken unread. */
export function isStorable(type: string, value: string): boolean {
  if (NUMERIC.has(type)) return value.trim() !== "" && Number.isFinite(Number(value));
  if (type === "ip") return isIP(value) !== 0;
  if (type === "boolean") return value === "true" || value === "false";
  return true;
}

/** Adds a value to a list. Throws a `SiemError` of status 400 for one that is none of the list's type. */
export function addValue(
  actor: Actor,
  list: StoredValueList,
  value: string,
  given: { readonly id?: string; readonly meta?: Readonly<Record<string, unknown>> } = {},
): StoredValue {
  if (!isStorable(list.type, value)) throw new SiemError(400, "list item invalid");
  const stored: StoredValue = {
    id: given.id ?? actor.kernel.uuid(),
    list_id: list.id,
    type: list.type,
    value,
    ...(given.meta === undefined ? {} : { meta: given.meta }),
    ...stamps(actor),
  };
  actor.space.values.put(stored);
  return stored;
}

export function removeValueList({ space }: Actor, list: StoredValueList): void {
  for (const value of space.values.inGroup(list.id)) space.values.delete(value.id);
  space.valueLists.delete(list.id);
}
