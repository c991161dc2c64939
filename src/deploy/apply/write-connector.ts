import { isJson } from "../../json/index.js";
import {
  createConnector,
  getConnector,
  type LiveConnector,
  updateConnector,
} from "../../kibana/endpoints/index.js";
import { isKibanaError, KibanaError } from "../../kibana/errors.js";
import { offlineId } from "../../project/compile.js";
import { connectorState } from "../form/state.js";
import type { Body, Change } from "../plan/types.js";
import { resolveSecrets } from "./secrets.js";
import type { Writing } from "./write.js";

/** Makes or updates a connector, with its secrets from the environment. */
export async function writeConnector(
  change: Change,
  { client, space, project, env, ids }: Pick<Writing, "client" | "space" | "project" | "env" | "ids">,
): Promise<void> {
  const { id, name, connector_type_id, config } = change.write!.body as Body & {
    id: string;
    name: string;
    connector_type_id: string;
  };
  const body = { name, config: isJson(config) ? { ...config } : {}, secrets: resolveSecrets(change, env) };
  if (change.action === "update") {
    if ((await connectorAsPlanned(change, { client, space })) === undefined)
      throw new KibanaError({ kind: "conflict", problem: "it was deleted", effect: "none" });
    await updateConnector(client, space, change.expected!.id, body);
    ids.addConnector(name, change.expected!.id);
    return;
  }
  const create = (as: string): Promise<{ id: string }> =>
    createConnector(client, space, as, { ...body, connector_type_id });
  try {
    ids.addConnector(name, (await create(id)).id);
  } catch (error) {
    // An id lives in one space only: where another space has the file's, this one gets its own, by which it is known again.
    const own = offlineId(`${project}/${space}/${name}`);
    if (id === own || !isKibanaError(error, "conflict")) throw error;
    ids.addConnector(name, (await create(own)).id);
  }
}

/**
 * A connector as it is right before it is written; undefined where it is gone. Rejects where it is not as it was planned on:
 * Kibana gives connectors no revision, so this look is all that keeps an edit from being overwritten.
 */
export async function connectorAsPlanned(
  { expected }: Change,
  { client, space }: Pick<Writing, "client" | "space">,
): Promise<LiveConnector | undefined> {
  const live = await getConnector(client, space, expected!.id);
  if (live !== undefined && expected!.state !== undefined && connectorState(live) !== expected!.state)
    throw new KibanaError({ kind: "conflict", problem: "somebody changed it in Kibana", effect: "none" });
  return live;
}
