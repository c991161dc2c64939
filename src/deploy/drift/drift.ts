import type { Client } from "../../kibana/client.js";
import { exportRules, isTooManyToExport } from "../../kibana/endpoints/index.js";
import type { Desired } from "../desired/desired.js";
import { sortExport } from "../live/exported.js";
import type { Plan } from "../plan/types.js";
import { driftOfSpace } from "./entries.js";
import { type Surroundings, surroundingsOf } from "./near.js";
import { type Drift, DRIFT_CODES, DRIFT_VERSION, type DriftSummary, type SpaceDrift } from "./types.js";

/** What each space has around the project's objects: one export a space; nothing where it has too many rules for one. */
export async function readSurroundings(
  client: Client,
  spaces: readonly Desired[],
  project: string,
): Promise<Map<string, Surroundings>> {
  const found = new Map<string, Surroundings>();
  // One after the other: an export of a space can be large.
  for (const desired of spaces) {
    try {
      const exported = sortExport(await exportRules(client, desired.space));
      found.set(desired.space, surroundingsOf(exported, desired, project));
    } catch (error) {
      if (!isTooManyToExport(error)) throw error;
    }
  }
  return found;
}

/** The view of a plan that shows what others changed. The plan is one without `--prune`, `--adopt` and `--overwrite-drift`. */
export function driftOf(plan: Plan, around: ReadonlyMap<string, Surroundings>): Drift {
  const { project, environment, url, kibana } = plan;
  const spaces = plan.spaces.map((space) => driftOfSpace(space, around.get(space.space), environment));
  return { version: DRIFT_VERSION, summary: summaryOf(spaces), project, environment, url, kibana, spaces };
}

/** How many objects are not as they were left. */
export function driftCount({ summary }: Drift): number {
  return DRIFT_CODES.reduce((count, code) => count + summary[code], 0);
}

function summaryOf(spaces: readonly SpaceDrift[]): DriftSummary {
  const count = (code: string): number =>
    spaces.flatMap(({ entries }) => entries).filter(({ drift }) => drift === code).length;
  return {
    ...(Object.fromEntries(DRIFT_CODES.map((code) => [code, count(code)])) as Record<
      (typeof DRIFT_CODES)[number],
      number
    >),
    unapplied: spaces.reduce((sum, { unapplied }) => sum + unapplied, 0),
    in_sync: spaces.reduce((sum, { in_sync }) => sum + in_sync, 0),
  };
}
