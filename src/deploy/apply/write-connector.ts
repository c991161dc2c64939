import { isJson } from "../../json/index.js";
import { createConnector, updateConnector } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { offlineId } from "../../project/compile.js";
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
