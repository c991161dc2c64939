import type { Json } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import {
  createItem,
  createList,
  deleteConnector,
  deleteItem,
  deleteList,
  deleteValueList,
  exportValues,
  findItems,
  getItem,
  getList,
  getValueList,
  type ItemKey,
  type ListKey,
  updateItem,
  updateList,
} from "../../kibana/endpoints/index.js";
import { isKibanaError, KibanaError } from "../../kibana/errors.js";
import { isSame } from "../form/canonical.js";
import { isSameMark, markOf } from "../form/mark.js";
import { valueListState } from "../form/state.js";
import type { Change } from "../plan/types.js";
import { viewOf } from "../snapshot/view.js";
import type { Ids } from "./ids.js";
import { targetOf } from "./look.js";
import type { Environment } from "./secrets.js";
import { connectorAsPlanned, writeConnector } from "./write-connector.js";
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
  /** Keeps a rule of a space beside the snapshot; resolves with the path of the file. */
  readonly keep: (space: string, rule: Json) => Promise<string>;
}

/** Makes one change and returns what Kibana did otherwise than asked. Rejects when it could not be made. */
export async function write(change: Change, writing: Writing): Promise<string[]> {
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
        return await writeRule(change, writing);
    }
  } catch (error) {
    throw isKibanaError(error, "conflict") ? changedSince(error) : error;
  }
}

async function writeList({ action, write }: Change, { client, space, ids }: Writing): Promise<void> {
  const list = write!.body as Json & ListKey;
  const stored = await (action === "create"
    ? createList(client, space, list, isAsSent("exception-list", list))
    : updated(
        updateList(client, space, list),
        () => getList(client, space, list),
        isAsSent("exception-list", list),
      ));
  ids.addList(list, stored.id);
}

async function writeItem(change: Change, writing: Writing): Promise<void> {
  const { action, write } = change;
  const { client, space } = writing;
  const item = write!.body as Json & ItemKey;
  if (action === "replace") return moveItem(change, item, writing);
  await (action === "create"
    ? createItem(client, space, item, isAsSent("exception-item", item))
    : updated(
        updateItem(client, space, item),
        () => getItem(client, space, item),
        isAsSent("exception-item", item),
      ));
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
    await createItem(client, space, item, isAsSent("exception-item", item));
  } catch (error) {
    throw lost("exception item", error, snapshot);
  }
}

/** Deletes an object that the plan deletes, unless it was changed or something has come to it that would go with it. */
async function remove(change: Change, writing: Writing): Promise<void> {
  const { client, space } = writing;
  const { id, kind } = change;
  const { namespace } = targetOf(change);
  switch (kind) {
    case "connector": {
      if ((await connectorAsPlanned(change, writing)) === undefined) return;
      return deleteConnector(client, space, change.expected!.id);
    }
    case "value-list": {
      const list = await getValueList(client, space, id);
      if (list === undefined) return;
      checkToken(change, list);
      if (valueListState(list, await exportValues(client, space, id)) !== change.expected!.state)
        throw conflict("it has other values");
      return deleteValueList(client, space, id);
    }
    case "exception-item": {
      const key: ItemKey = { item_id: id, namespace_type: namespace };
      const item = await getItem(client, space, key);
      if (item === undefined) return;
      checkToken(change, item);
      return deleteItem(client, space, key);
    }
    case "exception-list": {
      const key: ListKey = { list_id: id, namespace_type: namespace };
      const list = await getList(client, space, key);
      if (list === undefined) return;
      checkToken(change, list);
      const left = await itemsOf(client, space, key);
      if (left > 0)
        throw conflict(
          `it still has ${left} ${left === 1 ? "exception" : "exceptions"}, which would be deleted with it`,
        );
      return deleteList(client, space, key);
    }
    case "rule":
      return removeRule(change, writing);
  }
}

/** Kibana deletes without a condition: what somebody changed since the plan is refused here. */
function checkToken({ expected }: Change, live: Json): void {
  if (
    live["id"] !== expected!.id ||
    (expected!._version !== undefined && live["_version"] !== expected!._version)
  )
    throw conflict("somebody changed it in Kibana");
}

function conflict(problem: string): KibanaError {
  return new KibanaError({ kind: "conflict", problem, effect: "none" });
}

async function itemsOf(client: Client, space: string, key: ListKey): Promise<number> {
  try {
    return (await findItems(client, space, [key])).length;
  } catch (error) {
    if (isKibanaError(error, "not-found")) return 0;
    throw error;
  }
}

/** Whether what is found is what was sent: a mark alone stays the same when somebody edits what bears it. */
function isAsSent(kind: "exception-list" | "exception-item", sent: Json): (found: Json) => boolean {
  return (found) =>
    isSameMark(markOf(found["meta"]), markOf(sent["meta"])) &&
    isSame(viewOf(kind, { ...sent, type: found["type"] }), viewOf(kind, found));
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
