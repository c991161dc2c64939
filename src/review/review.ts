import { rankOf } from "../deploy/risks/rank.js";
import { type Pair, effectsOf } from "./effects.js";
import { judgeOf } from "./judge.js";
import type { ReviewObject } from "./objects.js";
import { resembling } from "./resembling.js";
import type { Revision } from "./revision.js";
import { type Effect, type ObjectChange, type PlaceChange, type Review, REVIEW_VERSION } from "./types.js";

export interface ReviewRequest {
  readonly project: string;
  readonly base: Revision;
  readonly head: Revision;
  /** Whether a file belongs to what was asked about. */
  readonly covers: (file: string) => boolean;
}

/**
 * What changes between two revisions: objects by their identity in Kibana and fields by their meaning, never lines. A
 * moved file, another layout, or another order of what has none is no change. What the base cannot tell, because a file
 * was broken there, is listed and not taken for new.
 */
export function review({ project, base, head, covers }: ReviewRequest): Review {
  const common = [...head.places].filter(([key]) => base.places.has(key));
  const keys = new Set(
    [base, head].flatMap(({ files, places }) => [
      ...files.keys(),
      ...[...places.values()].flatMap(({ objects }) => [...objects.keys()]),
    ]),
  );
  const judge = judgeOf(base, head);
  const unknown = new Set<string>();
  const changes: ObjectChange[] = [];
  for (const key of keys) {
    const pairs: Pair[] = [
      { before: base.files.get(key), after: head.files.get(key) },
      ...common.map(([at, { place, objects }]) => ({
        place,
        before: base.places.get(at)!.objects.get(key),
        after: objects.get(key),
      })),
    ].filter(({ before, after }) => before !== undefined || after !== undefined);
    const [before, after] = [first(pairs, "before"), first(pairs, "after")];
    if (![before, after].some((one) => one !== undefined && covers(one.file))) continue;
    if (before === undefined && after !== undefined && isUnknown(after, base)) {
      unknown.add(after.file);
      continue;
    }
    const effects = effectsOf(pairs, judge);
    if (effects.length > 0) changes.push(changeOf(before, after, effects));
  }
  const sorted = resembling(changes, base, head).sort(byWorst);
  const uncompared = [...new Set([...unknown, ...[...base.broken.files].filter(covers)])].sort();
  const count = (action: ObjectChange["action"]): number =>
    sorted.filter((one) => one.action === action).length;
  return {
    version: REVIEW_VERSION,
    summary: {
      added: count("added"),
      removed: count("removed"),
      changed: count("changed"),
      risks: sorted.flatMap(({ effects }) => effects.flatMap(({ risks }) => risks)).length,
      uncompared: uncompared.length,
    },
    project,
    base: base.side,
    head: head.side,
    spaces: { added: placesOnlyIn(head, base), removed: placesOnlyIn(base, head) },
    uncompared,
    changes: sorted,
  };
}

function first(pairs: readonly Pair[], side: "before" | "after"): ReviewObject | undefined {
  return pairs.find((pair) => pair[side] !== undefined)?.[side];
}

function isUnknown({ kind, id, file }: ReviewObject, { broken }: Revision): boolean {
  return broken.files.has(file) || (kind === "rule" && broken.rules.has(id));
}

function changeOf(
  before: ReviewObject | undefined,
  after: ReviewObject | undefined,
  effects: readonly Effect[],
): ObjectChange {
  const { kind, id, name, file } = (after ?? before)!;
  const moved = before !== undefined && before.file !== file ? { moved_from: before.file } : {};
  const action = effects.find(({ files }) => files)?.action ?? "changed";
  return { action, kind, id, name, file, ...moved, effects };
}

function byWorst(a: ObjectChange, b: ObjectChange): number {
  return worstOf(a) - worstOf(b) || compareText(a.file, b.file) || compareText(a.id, b.id);
}

function worstOf({ effects }: ObjectChange): number {
  return Math.min(rankOf(""), ...effects.flatMap(({ risks }) => risks.map(({ code }) => rankOf(code))));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function placesOnlyIn(one: Revision, other: Revision): PlaceChange[] {
  return [...one.places]
    .filter(([key]) => !other.places.has(key))
    .map(([, { place, objects }]) => ({
      ...place,
      rules: [...objects.values()].filter(({ kind }) => kind === "rule").length,
    }));
}
