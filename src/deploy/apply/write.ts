import { isJson, type Json } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import {
  createConnector,
  createItem,
  createList,
  createRule,
  getItem,
  getList,
  type ItemKey,
  type ListKey,
  type LiveRule,
  updateConnector,
  updateItem,
  updateList,
  updateRule,
} from "../../kibana/endpoints/index.js";
import { isKibanaError, KibanaError } from "../../kibana/errors.js";
import type { Ids } from "./ids.js";
import { isSame } from "../form/canonical.js";
import { isSameMark, markOf } from "../form/mark.js";
import { comparable, unknownFields } from "../form/comparable.js";
import type { Body, Change } from "../plan/types.js";
import { type Environment, resolveSecrets } from "./secrets.js";

export interface Writing {
  readonly client: Client;
  readonly space: string;
  readonly env: Environment;
  readonly ids: Ids;
  readonly uuid: () => string;
}

/**
 * Makes one change and returns what Kibana did otherwise than asked. Rejects when it could not be made.
 *
 * @param live the rule to be updated, as it was seen right before
 */
export async function write(change: Change, writing: Writing, live?: LiveRule): Promise<string[]> {
  const { client, space, ids } = writing;
  const body = change.write!.body;
  const isNew = change.action === "create";
  const isOurs = (found: Json): boolean => isSameMark(markOf(found["meta"]), markOf(body["meta"]));
  try {
    if (change.kind === "connector") {
      await writeConnector(change, writing);
    } else if (change.kind === "exception-list") {
      const list = body as Json & ListKey;
      const stored = isNew
        ? createList(client, space, list, isOurs)
        : updated(updateList(client, space, list), () => getList(client, space, list), isOurs);
      ids.addList(body, (await stored).id);
    } else if (change.kind === "exception-item") {
      const item = body as Json & ItemKey;
      await (isNew
        ? createItem(client, space, item, isOurs)
        : updated(updateItem(client, space, item), () => getItem(client, space, item), isOurs));
    } else {
      const filled = ids.fill(change.write!);
      if (typeof filled === "string") throw new Error(filled);
      const rule = { ...(isNew ? {} : { enabled: live?.["enabled"] }), ...filled } as Json & {
        rule_id: string;
      };
      const stored = isNew ? createRule(client, space, rule, isOurs) : updateRule(client, space, rule);
      return storedOtherwise(filled, await stored);
    }
    return [];
  } catch (error) {
    throw isKibanaError(error, "conflict") ? changedSince(error) : error;
  }
}

/**
 * An update whose 409 may be the answer to its own second send: the first one arrived, its answer was lost, and the
 * version token is spent. What is there now then bears the mark that was sent.
 */
async function updated<T>(
  sent: Promise<T>,
  read: () => Promise<T | undefined>,
  isOurs: (found: T) => boolean,
): Promise<T> {
  try {
    return await sent;
  } catch (error) {
    const found = isKibanaError(error, "conflict") ? await read() : undefined;
    if (found !== undefined && isOurs(found)) return found;
    throw error;
  }
}

async function writeConnector(change: Change, { client, space, env, ids, uuid }: Writing): Promise<void> {
  const { id, name, connector_type_id, config } = change.write!.body as Body & {
    name: string;
    connector_type_id: string;
  };
  const body = { name, config: isJson(config) ? { ...config } : {}, secrets: resolveSecrets(change, env) };
  if (change.action === "update") {
    await updateConnector(client, space, change.expected!.id, body);
    return;
  }
  const create = (as: string): Promise<{ id: string }> =>
    createConnector(client, space, as, { ...body, connector_type_id });
  try {
    ids.addConnector(name, (await create(typeof id === "string" ? id : uuid())).id);
  } catch (error) {
    // An id lives in one space only: where another space has the file's, this one gets its own.
    if (typeof id !== "string" || !isKibanaError(error, "conflict")) throw error;
    ids.addConnector(name, (await create(uuid())).id);
  }
}

/** Kibana's 409: the object is there, or another one, although the plan saw it otherwise. */
function changedSince(error: KibanaError): KibanaError {
  return new KibanaError({
    kind: "conflict",
    problem: `it was changed since the plan was made (${error.problem})`,
    help: "plan again",
    status: 409,
    messages: error.messages,
    effect: "answered",
  });
}

/** The fields that Kibana stored in another form than they were sent: what would be a difference for ever. */
function storedOtherwise(sent: Body, stored: Json): string[] {
  const [asked, got] = [comparable(sent), comparable(stored)];
  const changed = Object.keys(asked).filter(
    (name) => name !== "actions" && sent[name] !== undefined && !isSame(asked[name], got[name]),
  );
  const dropped = Object.keys(unknownFields(sent)).filter((name) => stored[name] === undefined);
  return [
    ...changed.map((name) => `Kibana stored "${name}" in another form`),
    ...dropped.map((name) => `Kibana did not store "${name}"`),
  ];
}
