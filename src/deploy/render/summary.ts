import type { ApplyResult } from "../apply/types.js";
import type { Change, Kind, Plan } from "../plan/types.js";

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  connector: "connector",
  "value-list": "value list",
  "exception-list": "exception list",
  "exception-item": "exception item",
  rule: "rule",
};

/** Whether carrying the plan out would write anything, or is kept from it. */
export function hasChanges(plan: Plan): boolean {
  return plan.summary.create + plan.summary.update + plan.summary.conflict > 0;
}

/** The sentence that sums a plan up. */
export function planSentence(plan: Plan): string {
  const { create, update, unchanged, conflict } = plan.summary;
  if (!hasChanges(plan))
    return `No changes. ${spaces(plan.spaces.length)} of ${plan.environment} ${plan.spaces.length === 1 ? "is" : "are"} as the files say (${unchanged} ${unchanged === 1 ? "object" : "objects"}).`;
  return `Plan: ${create} to create, ${update} to update, ${unchanged} unchanged${conflict === 0 ? "" : `, ${conflict} in conflict`}.`;
}

/** The sentence that sums an apply up. */
export function resultSentence({ summary }: ApplyResult): string {
  const { created, updated, replaced, deleted, unchanged, failed, skipped } = summary;
  if (created + updated + replaced + deleted + failed + skipped === 0) return "Nothing to do.";
  const ending = [
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ];
  const others = [
    ...(replaced === 0 ? [] : [`${replaced} replaced`]),
    ...(deleted === 0 ? [] : [`${deleted} deleted`]),
  ];
  return `Applied: ${[`${created} created`, `${updated} updated`, ...others, `${unchanged} unchanged`, ...ending].join(", ")}.`;
}

/** Where a plan goes, for its heading. */
export function planPlace(plan: Plan): string {
  return `${plan.environment} (${plan.url}${plan.kibana === null ? "" : `, Kibana ${plan.kibana}`})`;
}

/** What is said behind an object's name. */
export function remarkOf(change: Change): string | undefined {
  if (change.action !== "update") return undefined;
  if (change.drift === true) return "overwrites a change made outside git";
  return change.adopts === true ? "taken over" : undefined;
}

/** The changes to show: what is unchanged is counted, and shown only where there is something to say about it. */
export function shown(changes: readonly Change[]): Change[] {
  return changes.filter((change) => change.action !== "unchanged" || change.notes !== undefined);
}

function spaces(count: number): string {
  return count === 1 ? "The space" : `The ${count} spaces`;
}
