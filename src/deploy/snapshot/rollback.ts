import { liveOf, type Seen } from "../apply/look.js";
import { referencesOf } from "../form/comparable.js";
import { actionsOf } from "../form/actions.js";
import { isLoss, leavesList } from "../plan/actions.js";
import { differences } from "../plan/differ.js";
import {
  type Change,
  type Kind,
  type Plan,
  PLAN_VERSION,
  type SpacePlan,
  type State,
  type Summary,
  type Write,
} from "../plan/types.js";
import { decide, type Deciding, type Decision, type Live } from "./decide.js";
import { type Draft, isInList, keepUsed } from "./in-use.js";
import { listIds, listNotes, lostList } from "./lists.js";
import { expectedOf, isMoved, type ListIds, lostComments, restoring, secretsOf } from "./restore.js";
import type { Users } from "../users/users.js";
import { targetIn } from "./target.js";
import type { Snapshot, SnapshotObject, SnapshotSpace } from "./types.js";
import { viewOf } from "./view.js";

export interface RollbackPolicy {
  readonly overwriteDrift: boolean;
}

/** A space as it is now: the objects of the snapshot, and who uses what may be deleted. */
export interface RollbackSpace {
  readonly seen: Seen;
  /** Absent where nothing that others may use can be deleted. */
  readonly users?: Users;
}

const WRITES: readonly Kind[] = ["connector", "value-list", "exception-list", "exception-item", "rule"];
const DELETES: readonly Kind[] = ["rule", "exception-item", "exception-list", "value-list", "connector"];
const KEPT_VALUES = 5;

/**
 * Plans the way back from an apply: what it made is deleted, what it changed gets its old fields, what it deleted is made
 * again. Pure, and of nothing that is not in the snapshot. Shown and carried out like any other plan, so that the
 * rollback has a snapshot too.
 */
export function planRollback(
  snapshot: Snapshot,
  name: string,
  spaces: ReadonlyMap<string, RollbackSpace>,
  { overwriteDrift }: RollbackPolicy,
): Plan {
  const { project, environment, url, kibana } = snapshot;
  const drafts = snapshot.spaces.flatMap((space): Draft[] => {
    const now = spaces.get(space.space);
    return now === undefined ? [] : [draftOf(snapshot, space, now, { project, overwriteDrift })];
  });
  const planned = keepUsed(drafts).map((draft): SpacePlan => ({
    space: draft.space,
    changes: inOrder(draft),
  }));
  const counts: Record<string, number> = Object.fromEntries(
    ["create", "update", "replace", "delete", "orphan", "unchanged", "conflict"].map((action) => [action, 0]),
  );
  for (const { changes } of planned) for (const { action } of changes) counts[action]!++;
  return {
    version: PLAN_VERSION,
    summary: counts as Summary,
    project,
    environment,
    url,
    kibana,
    policy: {
      adopt: false,
      overwrite_drift: overwriteDrift,
      prune: false,
      max_deletes: planned.flatMap(({ changes }) => changes).filter(isLoss).length,
    },
    rollback: name,
    spaces: planned,
  };
}

function draftOf(
  snapshot: Snapshot,
  { space, objects }: SnapshotSpace,
  { seen, users }: RollbackSpace,
  policy: Omit<Deciding, "lists">,
): Draft {
  const lists = listIds(snapshot, objects, seen, policy);
  const deciding: Deciding = { ...policy, lists };
  const changes = objects.map((object) => {
    const live: Live = {
      object: liveOf(seen, targetIn(object))[0],
      values: seen.valueLists.get(object.id)?.values ?? [],
    };
    return changeOf(object, live, decide(object, live, deciding), lists);
  });
  return { space, seen, users, changes };
}

/** The changes in the order in which they are made, with what each needs. */
function inOrder({ changes, seen }: Draft): Change[] {
  const leaving = changes.filter(leavesList);
  const referredTo = changes.filter(({ kind, write }) => kind !== "rule" && write !== undefined);
  return [
    ...WRITES.flatMap((kind) => changes.filter((one) => one.kind === kind && one.action !== "delete")),
    ...DELETES.flatMap((kind) => changes.filter((one) => one.kind === kind && one.action === "delete")),
  ].map((change) => {
    const needs =
      change.action === "delete"
        ? leaving.filter((item) => isInList(item, change, seen))
        : needsOf(change, referredTo);
    return needs.length === 0 ? change : { ...change, needs: needs.map(({ key }) => key) };
  });
}

const STATES: Readonly<Record<Decision["action"], State>> = {
  create: "new",
  update: "changed",
  replace: "changed",
  delete: "orphaned",
  unchanged: "in-sync",
  conflict: "drifted",
};

function changeOf(object: SnapshotObject, live: Live, decision: Decision, lists: ListIds): Change {
  const { kind, key, id, name, before } = object;
  const { action } = decision;
  const base = { kind, key, id, name, file: "", action, state: STATES[action] };
  if (action === "unchanged") return { ...base, diff: [] };
  const write = before === null ? undefined : restoring(object, live.object, live.values, lists);
  const diff = write === undefined ? [] : differencesBy(object, live, write);
  if (decision.action === "conflict") return { ...base, diff, conflict: decision.conflict };
  const drift = decision.drift === true ? { drift: decision.drift } : {};
  const expected =
    live.object === undefined ? {} : { expected: expectedOf(object, live.object, live.values) };
  if (write === undefined) return { ...base, diff, ...drift, ...expected };
  const conflict = lostList(object, live, lists);
  if (conflict !== undefined) return { ...base, action: "conflict", state: STATES.conflict, diff, conflict };
  const notes = [...notesOf(object, live), ...listNotes(object, live, write, lists)];
  return { ...base, diff, ...drift, ...expected, ...(notes.length === 0 ? {} : { notes }), write };
}

/** What a write changes of a live object: all of it, and nothing that it leaves as it is. */
function differencesBy(
  { kind, before }: SnapshotObject,
  live: Live,
  { body, values }: Write,
): Change["diff"] {
  if (live.object === undefined) return [];
  const { add, remove } = values ?? { add: [], remove: [] };
  const comments = kind === "exception-item" ? lostComments(before!, live.object) : [];
  return [
    ...(kind === "exception-item" && isMoved(body, live.object)
      ? [{ path: "list_id", before: live.object["list_id"], after: body["list_id"] }]
      : []),
    ...differences(viewOf(kind, live.object), viewOf(kind, body)),
    ...comments.map((comment) => ({ path: "comments", after: comment })),
    ...remove.slice(0, KEPT_VALUES).map((value) => ({ path: "values", before: value })),
    ...add.slice(0, KEPT_VALUES).map((value) => ({ path: "values", after: value })),
  ];
}

function notesOf(object: SnapshotObject, live: Live): string[] {
  const { kind } = object;
  if (kind === "connector" && Object.keys(secretsOf(object)).length === 0)
    return ["Kibana gives no secrets away: enter them again in Kibana where the connector has some"];
  if (kind === "rule" && (live.object === undefined || object.before?.["type"] !== live.object["type"]))
    return ["Kibana gives it a new id of its own; its history stays with the old one"];
  return [];
}

/** What has to be made first: lists before their items, and both, with connectors, before the rules that refer to them. */
function needsOf(change: Change, others: readonly Change[]): Change[] {
  if (change.write === undefined) return [];
  const { body } = change.write;
  const inList = (other: Change, list_id: unknown): boolean =>
    (other.kind === "exception-list" && other.id === list_id) ||
    (other.kind === "exception-item" && other.write!.body["list_id"] === list_id);
  const lists = new Set<unknown>(referencesOf(body).map(({ list_id }) => list_id));
  const connectors = new Set<unknown>(actionsOf(body).map(({ id }) => id));
  return others.filter((other) => {
    if (change.kind === "exception-item")
      return other.kind === "exception-list" && other.id === body["list_id"];
    if (change.kind !== "rule") return false;
    if (other.kind === "connector") return connectors.has(other.write!.body["id"]);
    return [...lists].some((list) => inList(other, list));
  });
}
