import { targetOf, liveOf, type Seen } from "../apply/look.js";
import { stateHash } from "../form/state.js";
import { isWrite } from "../plan/actions.js";
import type { Change, Plan } from "../plan/types.js";
import { type Snapshot, SNAPSHOT_VERSION, type SnapshotObject } from "./types.js";

/** What a plan is known by in snapshots and journals. */
export function planDigest(plan: Plan): string {
  return stateHash(plan);
}

/** The snapshot of all that a plan touches, from one look at it. */
export function snapshotOf(plan: Plan, seen: ReadonlyMap<string, Seen>, now: number): Snapshot {
  const { project, environment, url, kibana } = plan;
  return {
    version: SNAPSHOT_VERSION,
    taken_at: new Date(now).toISOString(),
    project,
    environment,
    url,
    kibana,
    plan: planDigest(plan),
    spaces: plan.spaces.flatMap(({ space, changes }) => {
      const objects = changes.filter(isWrite).map((change) => objectOf(change, seen.get(space)));
      return objects.length === 0 ? [] : [{ space, objects }];
    }),
  };
}

function objectOf(change: Change, seen: Seen | undefined): SnapshotObject {
  const { kind, key, id, name, action, write } = change;
  const before = (seen === undefined ? undefined : liveOf(seen, targetOf(change))[0]) ?? null;
  const values = kind === "value-list" ? seen?.valueLists.get(id)?.values : undefined;
  return {
    kind,
    key,
    id,
    name,
    action,
    before,
    ...(values === undefined ? {} : { values }),
    wrote: write ?? null,
  };
}
