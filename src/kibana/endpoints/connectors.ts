import type { Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import type { ConnectorCreate, ConnectorUpdate } from "../connector.js";
import { createWithReadBack, orUndefined } from "./read-back.js";
import { objects, withStrings } from "./values.js";

const READ = "Management: Actions and Connectors, read";
const WRITE = "Management: Actions and Connectors, all";

export type LiveConnector = Json & {
  readonly id: string;
  readonly name: string;
  readonly connector_type_id: string;
};

/** `GET /api/actions/connectors`: all connectors of a space, preconfigured ones too. Secrets are never returned. */
export async function listConnectors(client: Client, space: string): Promise<LiveConnector[]> {
  const doing = "list connectors";
  const body = await client.json({ ...at(space, "s", READ), method: "GET", doing, repeat: "repeatable" });
  return objects(body).map((value) => connector(value, doing));
}

/** `GET /api/actions/connector/{id}`; undefined when the space has no such connector. */
export async function getConnector(
  client: Client,
  space: string,
  id: string,
): Promise<LiveConnector | undefined> {
  const doing = `read connector "${id}"`;
  return orUndefined(
    client
      .json({ ...at(space, `/${encodeURIComponent(id)}`, READ), method: "GET", doing, repeat: "repeatable" })
      .then((value) => connector(value, doing)),
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
  const doing = `create connector "${body.name}"`;
  hideAll(client, body.secrets);
  return createWithReadBack<LiveConnector>(client, {
    create: async () =>
      connector(
        await client.json({
          ...at(space, `/${encodeURIComponent(id)}`, WRITE),
          method: "POST",
          body,
          doing,
          repeat: "refused-only",
        }),
        doing,
      ),
    read: () => getConnector(client, space, id),
    isOurs: (found) => found.name === body.name && found.connector_type_id === body.connector_type_id,
  });
}

/** `PUT /api/actions/connector/{id}`: name, config and secrets; the type cannot change, and secrets must be sent again. */
export async function updateConnector(
  client: Client,
  space: string,
  id: string,
  body: ConnectorUpdate,
): Promise<LiveConnector> {
  const doing = `update connector "${body.name}"`;
  hideAll(client, body.secrets);
  return connector(
    await client.json({
      ...at(space, `/${encodeURIComponent(id)}`, WRITE),
      method: "PUT",
      body,
      doing,
      repeat: "repeatable",
    }),
    doing,
  );
}

/**
 * `DELETE /api/actions/connector/{id}`, also while rules use it: they then fail to send. One that is gone already counts
 * as deleted.
 */
export async function deleteConnector(client: Client, space: string, id: string): Promise<void> {
  await orUndefined(
    client.send({
      ...at(space, `/${encodeURIComponent(id)}`, WRITE),
      method: "DELETE",
      doing: `delete connector "${id}"`,
      repeat: "repeatable",
    }),
  );
}

/** Kibana quotes values that it refuses; a webhook's address is a secret that would show. */
function hideAll(client: Client, secrets: Readonly<Record<string, unknown>> = {}): void {
  for (const secret of Object.values(secrets)) if (typeof secret === "string") client.hide(secret);
}

function at(space: string, rest: string, privilege: string): Pick<Call, "path" | "space" | "privilege"> {
  return { path: `/api/actions/connector${rest}`, space, privilege };
}

function connector(value: unknown, doing: string): LiveConnector {
  return withStrings(value, doing, "id", "name", "connector_type_id");
}
