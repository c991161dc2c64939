import type { ApplyResult } from "../apply/types.js";
import type { FieldOrigin } from "../desired/desired.js";
import type { Change, Kind, Plan } from "../plan/types.js";

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  connector: "connector",
  "value-list": "value list",
  "exception-list": "exception list",
  "exception-item": "exception item",
  rule: "rule",
};

/** Whether carrying the plan out would write anything, or is kept from it. */
export function hasChanges({ summary }: Plan): boolean {
  return summary.create + summary.update + summary.replace + summary.delete + summary.conflict > 0;
}

/** The sentence that sums a plan up: what will happen, then what will not. */
export function planSentence(plan: Plan): string {
  const { create, update, replace, delete: deletes, orphan, unchanged, conflict } = plan.summary;
  if (!hasChanges(plan)) {
    const orphans =
      orphan === 0
        ? ""
        : ` ${orphan === 1 ? "1 object is" : `${orphan} objects are`} in no file any more; --prune deletes ${orphan === 1 ? "it" : "them"}.`;
    const be = plan.spaces.length === 1 ? "is" : "are";
    const as = plan.rollback === undefined ? "the files say" : "before that apply";
    return `No changes. ${spaces(plan.spaces.length)} of ${plan.environment} ${be} as ${as} (${unchanged} ${unchanged === 1 ? "object" : "objects"}).${orphans}`;
  }
  const some = (count: number, words: string): string[] => (count === 0 ? [] : [`${count} ${words}`]);
  const done = [
    `${create} to create`,
    `${update} to update`,
    ...some(replace, "to replace"),
    ...some(deletes, "to delete"),
  ];
  const left = [
    ...some(conflict, "in conflict"),
    ...some(orphan, "orphaned"),
    ...some(unchanged, "unchanged"),
  ];
  return `Plan: ${done.join(", ")}.${left.length === 0 ? "" : ` ${left.join(", ")}.`}`;
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
export function remarkOf(plan: Plan, change: Change): string | undefined {
  const { rollback } = plan;
  const drift = change.drift === true;
  const when = rollback === undefined ? "outside git" : "since that apply";
  const overwrites = `overwrites a change made ${when}`;
  switch (change.action) {
    case "replace":
      return drift ? `deleted and made anew, ${overwrites}` : "deleted and made anew";
    case "orphan":
      return "in no file any more; --prune deletes it";
    case "delete": {
      const why = rollback === undefined ? "in no file any more" : "made by the apply that is undone";
      return drift ? `${why}, and changed ${when}` : why;
    }
    case "create":
      return drift ? "makes again what was deleted since that apply" : undefined;
    case "update":
      if (drift && change.state !== "foreign") return overwrites;
      return change.adopts === true ? "taken over" : undefined;
    default:
      return undefined;
  }
}

/** Who changed an object that is not as it was last applied, and whether git did as well. */
export function handsOf({ state, last }: Change): string | undefined {
  if (last === undefined) return undefined;
  const by = [
    last.by === undefined ? "" : ` by ${last.by}`,
    last.at === undefined ? "" : ` at ${last.at}`,
  ].join("");
  if (state === "conflicting") return `changed in Kibana${by}, and in git since it was last applied`;
  if (state === "drifted" || state === "orphaned") return `changed in Kibana${by}`;
  return state === "foreign" ? `last changed${by}` : undefined;
}

/** Where a value comes from, for people. */
export function originText({ from, place, what }: FieldOrigin): string {
  if (from === "rule") return place;
  if (from === "derived") return `derived from ${what ?? "other fields"}, ${place}`;
  return `${from}${what === undefined ? "" : ` of ${what}`}, ${place}`;
}

/** The changes to show: what is unchanged is counted, and shown only where there is something to say about it. */
export function shown(changes: readonly Change[]): Change[] {
  return changes.filter((change) => change.action !== "unchanged" || change.notes !== undefined);
}

function spaces(count: number): string {
  return count === 1 ? "The space" : `The ${count} spaces`;
}
