/** Exception items that refer to a value list, which keep it from being deleted. */
import type { ExceptionItemResponse } from "../../kibana/exceptions.js";
import { deleteItem } from "../exceptions/items.js";
import { exceptionsOf } from "../exceptions/lists.js";
import { SiemError } from "../http/errors.js";
import type { Actor } from "../rules/write.js";

function referring(actor: Actor, listId: string): ExceptionItemResponse[] {
  return (["single", "agnostic"] as const)
    .flatMap((namespace) => [...exceptionsOf(actor, namespace).items.values()])
    .filter((item) => item.entries.some((entry) => entry.type === "list" && entry.list.id === listId));
}

export function checkUnreferenced(actor: Actor, listId: string): void {
  const items = referring(actor, listId);
  if (items.length === 0) return;
  throw new SiemError(409, {
    error: {
      message: `Value list '${listId}' is referenced in existing exception list(s)`,
      references: items.map((item) => ({
        exception_item: item,
        exception_list: exceptionsOf(actor, item.namespace_type).lists.named(item.list_id),
      })),
      value_list_id: listId,
    },
  });
}

/** Takes the list out of the items. Kibana keeps other value lists only; an item that has none is deleted. */
export function dropReferences(actor: Actor, listId: string): void {
  for (const item of referring(actor, listId)) {
    const entries = item.entries.filter((entry) => entry.type === "list" && entry.list.id !== listId);
    if (entries.length === 0) deleteItem(actor, item);
    else exceptionsOf(actor, item.namespace_type).items.put({ ...item, entries });
  }
}
