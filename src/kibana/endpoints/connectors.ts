import type { Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { encodedPart } from "../client-url.js";
import type { ConnectorCreate, ConnectorUpdate } from "../connector.js";
import { createWithReadBack, orUndefined } from "./read-back.js";
import { type Asked, incomplete, objects, unexpected, withStrings } from "./values.js";

const READ = "Management: Actions and Connectors, read";
const WRITE = "Management: Actions and Connectors, all";
/** Kibana's answer to a deletion that was done. */
const NO_CONTENT = 204;

export type LiveConnector = Json & {
  readonly id: string;
  readonly name: string;
  readonly connector_type_id: string;
};

/**
 * `GET /api/actions/connectors`: all connectors of a space, preconfigured ones too. Secrets are never returned.
 *
 * @param known connectors that an export brought: the list tells no total, but has to have these
 */
export async function listConnectors(
  client: Client,
  space: string,
  known: readonly LiveConnector[] = [],
): Promise<LiveConnector[]> {
  const call: Call = {
    ...at(space, "s", READ),
    method: "GET",
    doing: "list connectors",
    repeat: "repeatable",
  };
  const listed = objects(await client.json(call), call).map((value) => connector(value, call));
  const ids = new Set(listed.map(({ id }) => id));
  const lost = known.find(({ id }) => !ids.has(id));
  if (lost === undefined) return listed;
  throw incomplete(call, `it lacks the connector "${lost.name}", which an export of rules has`);
}

/** `GET /api/actions/connector/{id}`; undefined when the space has no such connector. */
export function getConnector(client: Client, space: string, id: string): Promise<LiveConnector | undefined> {
  return orUndefined(
    one(client, {
      ...at(space, `/${encodedPart(id)}`, READ),
      method: "GET",
      doing: `read connector "${id}"`,
      repeat: "repeatable",
    }),
  );
}

/**
 * `POST /api/actions/connector/{id}`. The id must be a UUID and is the caller's, so that the outcome of a broken
 * connection can be read back. An id lives in one space only: another space answers 409 for it.
 */
export function createConnector(
  client: Client,
  space: string,
  id: string,
  body: ConnectorCreate,
): Promise<LiveConnector> {
  hideAll(client, body.secrets);
  return createWithReadBack<LiveConnector>(client, {
    create: () =>
      one(client, {
        ...at(space, `/${encodedPart(id)}`, WRITE),
        method: "POST",
        body,
        doing: `create connector "${body.name}"`,
        repeat: "refused-only",
      }),
    read: () => getConnector(client, space, id),
    isOurs: (found) => found.name === body.name && found.connector_type_id === body.connector_type_id,
  });
}

/** `PUT /api/actions/connector/{id}`: name, config and secrets; the type cannot change, and secrets must be sent again. */
export function updateConnector(
  client: Client,
  space: string,
  id: string,
  body: ConnectorUpdate,
): Promise<LiveConnector> {
  hideAll(client, body.secrets);
  return one(client, {
    ...at(space, `/${encodedPart(id)}`, WRITE),
    method: "PUT",
    body,
    doing: `update connector "${body.name}"`,
    repeat: "repeatable",
  });
}

/**
 * `DELETE /api/actions/connector/{id}`, also while rules use it: they then fail to send. One that is gone already counts
 * as deleted.
 */
export async function deleteConnector(client: Client, space: string, id: string): Promise<void> {
  const call: Call = {
    ...at(space, `/${encodedPart(id)}`, WRITE),
    method: "DELETE",
    doing: `delete connector "${id}"`,
    repeat: "repeatable",
  };
  const answer = await orUndefined(client.send(call));
  if (answer !== undefined && answer.status !== NO_CONTENT) throw unexpected(call);
}

/** Kibana quotes values that it refuses; a webhook's address is a secret that would show. */
function hideAll(client: Client, secrets: Readonly<Record<string, unknown>> = {}): void {
  for (const secret of Object.values(secrets)) if (typeof secret === "string") client.hide(secret);
}

function at(space: string, rest: string, privilege: string): Pick<Call, "path" | "space" | "privilege"> {
  return { path: `/api/actions/connector${rest}`, space, privilege };
}

async function one(client: Client, call: Call): Promise<LiveConnector> {
  return connector(await client.json(call), call);
}

function connector(value: unknown, asked: Asked): LiveConnector {
  return withStrings(value, asked, "id", "name", "connector_type_id");
}
