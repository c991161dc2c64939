import type { Json } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import {
  createItem,
  createList,
  deleteConnector,
  deleteItem,
  deleteList,
  deleteValueList,
  findItems,
  getItem,
  getList,
  type ItemKey,
  type ListKey,
  type LiveRule,
  updateItem,
  updateList,
} from "../../kibana/endpoints/index.js";
import { isKibanaError, KibanaError } from "../../kibana/errors.js";
import { isSameMark, markOf } from "../form/mark.js";
import type { Change } from "../plan/types.js";
import type { Ids } from "./ids.js";
import { targetOf } from "./look.js";
import type { Environment } from "./secrets.js";
import { writeConnector } from "./write-connector.js";
import { updated } from "./updated.js";
import { lost, removeRule, writeRule } from "./write-rule.js";
import { writeValueList } from "./write-value-list.js";

export interface Writing {
  readonly client: Client;
  readonly space: string;
  readonly env: Environment;
  readonly ids: Ids;
  readonly project: string;
  /** An id of this run and no other. */
  readonly run: string;
  /** Makes sure of the data streams of the space's value lists, once. */
  readonly streams: () => Promise<void>;
  /** Name of the snapshot, for what has to be said when a rule is lost. */
  readonly snapshot: string;
}

/**
 * Makes one change and returns what Kibana did otherwise than asked. Rejects when it could not be made.
 *
 * @param live the rule to be changed, as it was seen before the write
 */
export async function write(change: Change, writing: Writing, live?: LiveRule): Promise<string[]> {
  try {
    if (change.action === "delete") {
      await remove(change, writing);
      return [];
    }
    switch (change.kind) {
      case "connector":
        await writeConnector(change, writing);
        return [];
      case "value-list":
        await writeValueList(change, writing);
        return [];
      case "exception-list":
        await writeList(change, writing);
        return [];
      case "exception-item":
        await writeItem(change, writing);
        return [];
      case "rule":
        return await writeRule(change, writing, live);
    }
  } catch (error) {
    throw isKibanaError(error, "conflict") ? changedSince(error) : error;
  }
}

async function writeList({ action, write }: Change, { client, space, ids }: Writing): Promise<void> {
  const list = write!.body as Json & ListKey;
  const stored = await (action === "create"
    ? createList(client, space, list, isMarkedLike(list))
    : updated(updateList(client, space, list), () => getList(client, space, list), isMarkedLike(list)));
  ids.addList(list, stored.id);
}

async function writeItem(change: Change, writing: Writing): Promise<void> {
  const { action, write } = change;
  const { client, space } = writing;
  const item = write!.body as Json & ItemKey;
  if (action === "replace") return moveItem(change, item, writing);
  await (action === "create"
    ? createItem(client, space, item, isMarkedLike(item))
    : updated(updateItem(client, space, item), () => getItem(client, space, item), isMarkedLike(item)));
}

/** Deletes the very item that was planned on and makes it again in its new list. */
async function moveItem(
  { expected }: Change,
  item: Json & ItemKey,
  { client, space, snapshot }: Writing,
): Promise<void> {
  const live = await getItem(client, space, item);
  if (live !== undefined && (live.id !== expected!.id || live["_version"] !== expected!._version))
    throw new KibanaError({ kind: "conflict", problem: "Kibana has another version", effect: "none" });
  if (live !== undefined) await deleteItem(client, space, item);
  try {
    await createItem(client, space, item, isMarkedLike(item));
  } catch (error) {
    throw lost("exception item", error, snapshot);
  }
}

/** Deletes an object that the plan deletes, unless something has come to it that would go with it. */
async function remove(change: Change, writing: Writing): Promise<void> {
  const { client, space } = writing;
  const { id, kind } = change;
  const { namespace } = targetOf(change);
  switch (kind) {
    case "connector":
      return deleteConnector(client, space, change.expected!.id);
    case "value-list":
      return deleteValueList(client, space, id);
    case "exception-item":
      return deleteItem(client, space, { item_id: id, namespace_type: namespace });
    case "exception-list": {
      const key: ListKey = { list_id: id, namespace_type: namespace };
      const left = await itemsOf(client, space, key);
      if (left > 0)
        throw new KibanaError({
          kind: "conflict",
          problem: `it still has ${left} ${left === 1 ? "exception" : "exceptions"}, which would be deleted with it`,
          effect: "none",
        });
      return deleteList(client, space, key);
    }
    case "rule":
      return removeRule(change, writing);
  }
}

async function itemsOf(client: Client, space: string, key: ListKey): Promise<number> {
  try {
    return (await findItems(client, space, [key])).length;
  } catch (error) {
    if (isKibanaError(error, "not-found")) return 0;
    throw error;
  }
}

function isMarkedLike(sent: Json): (found: Json) => boolean {
  return (found) => isSameMark(markOf(found["meta"]), markOf(sent["meta"]));
}

/** Kibana's 409: the object is there, or another one, although the plan saw it otherwise. */
function changedSince(error: KibanaError): KibanaError {
  return new KibanaError({
    kind: "conflict",
    problem: `it was changed since the plan was made (${error.problem})`,
    help: "plan again",
    ...(error.status === undefined ? {} : { status: error.status }),
    messages: error.messages,
    effect: error.effect,
  });
}
