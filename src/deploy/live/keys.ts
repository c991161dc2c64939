import type { ListKey, LiveItem, LiveList, Namespace } from "../../kibana/endpoints/index.js";
import { listKey } from "../desired/desired.js";

/** The two parts of the name of a list, or of the list that an item is in. */
export function liveKey(object: LiveList | LiveItem): ListKey {
  const namespace: Namespace = object["namespace_type"] === "agnostic" ? "agnostic" : "single";
  return { list_id: object.list_id, namespace_type: namespace };
}

/** {@link listKey} of a list as Kibana returns it. */
export function liveListKey(list: LiveList): string {
  return listKey(liveKey(list));
}

/** The text by which an item is known here: like lists, items of different namespaces may share an id. */
export function itemKey(item: { readonly item_id: string; readonly namespace_type?: unknown }): string {
  return `${item.namespace_type === "agnostic" ? "agnostic" : "single"}:${item.item_id}`;
}
