import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { Client } from "../../kibana/client.js";
import { getStatus } from "../../kibana/endpoints/index.js";
import type { Dialect } from "../../kibana/dialect.js";
import { isKibanaError, type KibanaError } from "../../kibana/errors.js";
import { look } from "../apply/look.js";
import { inPool } from "../apply/pool.js";
import { usedOf } from "../apply/uses.js";
import { kibanaFinding, missingSpaces, settingAt, spaceFindings, unfamiliar } from "../findings.js";
import type { Plan } from "../plan/types.js";
import { readUsers, type Users } from "../users/users.js";
import { planRollback, type RollbackPolicy, type RollbackSpace } from "./rollback.js";
import { targetIn, targetsIn } from "./target.js";
import type { Snapshot, SnapshotObject, SnapshotSpace } from "./types.js";

export interface RollbackRequest extends RollbackPolicy {
  readonly snapshot: Snapshot;
  /** The snapshot's name. */
  readonly name: string;
  /** Path of the configuration, for findings. */
  readonly configFile: string;
  /** Go back in these spaces of the snapshot alone; in all of them when absent. */
  readonly spaces?: readonly string[];
  readonly connect: () => Client;
  readonly onProgress?: (label: string, done: number, total: number) => void;
}

/** Spaces that are read at the same time. */
const SPACES_AT_ONCE = 3;

export interface PlannedRollback {
  /** Absent where nothing of the snapshot can be rolled back; findings say why. */
  readonly plan?: Plan;
  /** Spaces of the snapshot that the plan leaves out because they are gone or could not be read. */
  readonly left: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads what a snapshot is about as it is now, and plans the way back. What stands in the way are findings. A space that
 * was deleted since, or that cannot be read, keeps the others from nothing: it is left out, with a warning.
 */
export async function rollbackEnvironment(request: RollbackRequest): Promise<PlannedRollback> {
  const { snapshot, name, configFile } = request;
  const { environment } = snapshot;
  try {
    const client = request.connect();
    if (snapshot.url !== client.base) {
      const file = `.kdac/snapshots/${name}/snapshot.json`;
      const other = report("deploy/other-kibana", { planned: snapshot.url, given: client.base }, { file });
      return { left: [], diagnostics: [other] };
    }
    const { dialect } = await getStatus(client);
    const diagnostics = unfamiliar(dialect, settingAt(environment, configFile, "url"));
    if (diagnostics.some(isError)) return { left: [], diagnostics };
    const wanted = snapshot.spaces.filter(({ space }) => request.spaces?.includes(space) !== false);
    const missing = await missingSpaces(
      client,
      wanted.map(({ space }) => space),
    );
    const there = inThere(wanted, missing);
    const { spaces, unread } = await readSpaces(client, there, dialect, request);
    const left = [...missing, ...unread.keys()];
    const severity = spaces.size === 0 ? "error" : "warning";
    diagnostics.push(
      ...spaceFindings(missing, settingAt(environment, configFile, "spaces"), severity),
      ...[...unread.values()].map((error) => kibanaFinding(error, environment, configFile, severity)),
    );
    if (spaces.size === 0) return { left, diagnostics };
    const plan = planRollback({ ...snapshot, spaces: there }, name, spaces, request);
    return { plan: { ...plan, kibana: dialect.version ?? null }, left, diagnostics };
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return { left: [], diagnostics: [kibanaFinding(error, environment, configFile)] };
  }
}

/** The spaces that are there. What all spaces share was applied through one of them, and goes back through any other. */
function inThere(wanted: readonly SnapshotSpace[], gone: readonly string[]): SnapshotSpace[] {
  const isGone = ({ space }: SnapshotSpace): boolean => gone.includes(space);
  const shared = wanted.filter(isGone).flatMap(({ objects }) => objects.filter(isShared));
  return wanted
    .filter((space) => !isGone(space))
    .map((space, i) => (i === 0 ? { ...space, objects: [...space.objects, ...shared] } : space));
}

function isShared({ kind, key }: SnapshotObject): boolean {
  return key.startsWith(`${kind}/*/`);
}

/** Reads spaces as they are now. One that the credentials may not read is put aside; any other failure ends it all. */
async function readSpaces(
  client: Client,
  wanted: readonly SnapshotSpace[],
  dialect: Dialect,
  { onProgress }: RollbackRequest,
): Promise<{ spaces: Map<string, RollbackSpace>; unread: Map<string, KibanaError> }> {
  const spaces = new Map<string, RollbackSpace>();
  const unread = new Map<string, KibanaError>();
  await inPool(wanted, SPACES_AT_ONCE, async (space) => {
    try {
      const seen = await look(client, space.space, space.objects.flatMap(targetsIn), dialect);
      spaces.set(space.space, { seen, ...(await usersIn(client, space)) });
    } catch (error) {
      if (!isKibanaError(error, "privilege", "not-found")) throw error;
      unread.set(space.space, error);
    }
    onProgress?.("reading spaces", spaces.size + unread.size, wanted.length);
  });
  return { spaces, unread };
}

const isError = ({ severity }: Diagnostic): boolean => severity === "error";

/** Who uses what the apply made and the rollback may delete. */
async function usersIn(client: Client, { space, objects }: SnapshotSpace): Promise<{ users?: Users }> {
  const made = objects.filter(({ before }) => before === null);
  const used = made.flatMap((object) => usedOf(targetIn(object)) ?? []);
  return used.length === 0 ? {} : { users: await readUsers(client, space, used) };
}
