import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { Json } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import { getStatus, listSpaces } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { look } from "../apply/look.js";
import { inPool } from "../apply/pool.js";
import { kibanaFinding, missingSpaces, settingAt, spaceFindings, unfamiliar } from "../findings.js";
import { findEveryRule } from "../live/find.js";
import type { Plan } from "../plan/types.js";
import { planRollback, type RollbackPolicy, type RollbackSpace, targetIn } from "./rollback.js";
import type { Snapshot, SnapshotSpace } from "./types.js";

export interface RollbackRequest extends RollbackPolicy {
  readonly snapshot: Snapshot;
  /** The snapshot's name. */
  readonly name: string;
  /** Path of the configuration, for findings. */
  readonly configFile: string;
  readonly connect: () => Client;
  readonly onProgress?: (label: string, done: number, total: number) => void;
}

/** Spaces that are read at the same time. */
const SPACES_AT_ONCE = 3;

/** Reads what a snapshot is about as it is now, and plans the way back. What stands in the way are findings. */
export async function rollbackEnvironment(
  request: RollbackRequest,
): Promise<{ plan?: Plan; diagnostics: Diagnostic[] }> {
  const { snapshot, name, configFile, onProgress } = request;
  const { environment } = snapshot;
  try {
    const client = request.connect();
    if (snapshot.url !== client.base) {
      const file = `.kdac/snapshots/${name}/snapshot.json`;
      return {
        diagnostics: [report("deploy/other-kibana", { planned: snapshot.url, given: client.base }, { file })],
      };
    }
    const { dialect } = await getStatus(client);
    const wanted = snapshot.spaces.map(({ space }) => space);
    const diagnostics = [
      ...unfamiliar(dialect, settingAt(environment, configFile, "url")),
      ...spaceFindings(await missingSpaces(client, wanted), settingAt(environment, configFile, "spaces")),
    ];
    if (diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
    const spaces = new Map<string, RollbackSpace>();
    await inPool(snapshot.spaces, SPACES_AT_ONCE, async (space) => {
      const seen = await look(client, space.space, space.objects.map(targetIn), dialect);
      spaces.set(space.space, { seen, rules: await usersIn(client, space) });
      onProgress?.("reading spaces", spaces.size, snapshot.spaces.length);
    });
    const plan = planRollback(snapshot, name, spaces, request);
    return { plan: { ...plan, kibana: dialect.version ?? null }, diagnostics };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return { diagnostics: [kibanaFinding(error, environment, configFile)] };
  }
}

/** Every rule that may use a list or connector which the apply made; those of all spaces where the list is of all. */
async function usersIn(client: Client, { space, objects }: SnapshotSpace): Promise<Json[]> {
  const made = objects.filter(
    ({ kind, before }) => before === null && (kind === "exception-list" || kind === "connector"),
  );
  if (made.length === 0) return [];
  const isShared = made.some(({ kind, key }) => key.startsWith(`${kind}/*/`));
  const spaces = isShared ? await listSpaces(client) : [space];
  const found: Json[] = [];
  for (const one of spaces) found.push(...(await findEveryRule(client, one)));
  return found;
}
