import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { Client } from "../../kibana/client.js";
import { dialectOf } from "../../kibana/dialect.js";
import { isWrite } from "../plan/actions.js";
import { differencesOf, type PlanDifference } from "../plan/compare.js";
import type { Plan } from "../plan/types.js";
import { look, targetOf } from "./look.js";
import { whatHappened } from "./stale.js";

/**
 * Holds a plan from a file against the one that the project makes now, before anything is written. Whoever can change the
 * file may not be somebody who may deploy, so nothing in it is believed: what it says is what the project plans, or it is
 * refused, with a finding for each entry. Where an entry differs because its object was changed in Kibana since the plan,
 * the finding says that.
 */
export async function verifyPlan(
  planned: Plan,
  made: Plan,
  client: Client,
  planFile: string,
): Promise<Diagnostic[]> {
  const differences = differencesOf(planned, made);
  const moved = await movedSince(planned, made, differences, client);
  return differences.map(({ what, problem, entry }) => {
    const place = { file: planFile };
    const happened = entry === undefined ? undefined : moved.get(`${entry.space}/${entry.change.key}`);
    if (entry === undefined || happened === undefined)
      return report("deploy/plan-differs", { what, problem }, place);
    const { kind, id, file } = entry.change;
    return report(
      "deploy/plan-stale",
      { kind: kind.replace("-", " "), id, space: entry.space, happened },
      file === "" ? place : { file },
    );
  });
}

/** What happened to the objects of entries that differ, by space and key. Only spaces of the project are looked at. */
async function movedSince(
  planned: Plan,
  made: Plan,
  differences: readonly PlanDifference[],
  client: Client,
): Promise<ReadonlyMap<string, string>> {
  const moved = new Map<string, string>();
  const missing = new Set(made.creates_spaces);
  for (const { space } of made.spaces) {
    const changes = differences.flatMap(({ entry }) =>
      entry?.space === space && isWrite(entry.change) && isIn(planned, space, entry.change.key)
        ? [entry.change]
        : [],
    );
    if (changes.length === 0 || missing.has(space)) continue;
    try {
      const seen = await look(client, space, changes.map(targetOf), dialectOf(made.kibana ?? undefined));
      const all = planned.spaces.find((one) => one.space === space)?.changes ?? [];
      for (const change of changes) {
        const happened = whatHappened(change, all, seen);
        if (happened !== undefined) moved.set(`${space}/${change.key}`, happened);
      }
    } catch {
      // An entry can name what cannot be asked for. That it differs is said anyway.
    }
  }
  return moved;
}

function isIn(plan: Plan, space: string, key: string): boolean {
  return plan.spaces.some((one) => one.space === space && one.changes.some((change) => change.key === key));
}
