import type { Json } from "../../json/index.js";
import { liveOf, type Seen, type Target } from "../apply/look.js";
import { uses } from "../apply/uses.js";
import { listKey } from "../desired/desired.js";
import { referencesOf } from "../form/comparable.js";
import { actionsOf } from "../form/actions.js";
import { isWrite } from "../plan/actions.js";
import { differences } from "../plan/differ.js";
import {
  type Change,
  type Kind,
  type Plan,
  PLAN_VERSION,
  type SpacePlan,
  type State,
  type Summary,
} from "../plan/types.js";
import { decide, type Deciding, type Decision, type Live } from "./decide.js";
import { expectedOf, type ListIds, restoring, secretsOf, valuesTo } from "./restore.js";
import type { Snapshot, SnapshotObject, SnapshotSpace } from "./types.js";
import { viewOf } from "./view.js";

export interface RollbackPolicy {
  readonly overwriteDrift: boolean;
}

/** A space as it is now: the objects of the snapshot, and every rule where something that rules use may be deleted. */
export interface RollbackSpace {
  readonly seen: Seen;
  readonly rules: readonly Json[];
}

const WRITES: readonly Kind[] = ["connector", "value-list", "exception-list", "exception-item", "rule"];
const DELETES: readonly Kind[] = ["rule", "exception-item", "exception-list", "value-list", "connector"];
const KEPT_VALUES = 5;

/** The object of a snapshot as something to look at. */
export function targetIn({ kind, key, id, before, wrote }: SnapshotObject): Target {
  const list = before?.["list_id"] ?? wrote?.body["list_id"];
  const connector = before?.["id"] ?? wrote?.body["id"];
  return {
    kind,
    id,
    namespace: key.startsWith(`${kind}/*/`) ? "agnostic" : "single",
    ...(kind === "exception-item" && typeof list === "string" ? { list } : {}),
    ...(kind === "connector" && typeof connector === "string" ? { connector } : {}),
  };
}

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
  const planned = snapshot.spaces.flatMap((space): SpacePlan[] => {
    const now = spaces.get(space.space);
    if (now === undefined) return [];
    return [{ space: space.space, changes: planSpace(space, now, { project, overwriteDrift }) }];
  });
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
      max_deletes: counts["delete"]! + counts["replace"]!,
    },
    rollback: name,
    spaces: planned,
  };
}

function planSpace(
  { objects }: SnapshotSpace,
  { seen, rules }: RollbackSpace,
  policy: Omit<Deciding, "lists">,
): Change[] {
  const lists = listIds(objects, seen);
  const deciding: Deciding = { ...policy, lists };
  const changes = objects.map((object) => {
    const live: Live = {
      object: liveOf(seen, targetIn(object))[0],
      values: seen.valueLists.get(object.id)?.values ?? [],
    };
    return changeOf(object, live, decide(object, live, deciding), lists);
  });
  const lasting = changes.map((change) => keptInUse(change, changes, seen, rules));
  const safe = lasting.map((change) => keptWithList(change, lasting, seen));
  const referredTo = safe.filter(({ kind, write }) => kind !== "rule" && write !== undefined);
  return [
    ...WRITES.flatMap((kind) => safe.filter((change) => change.kind === kind && change.action !== "delete")),
    ...DELETES.flatMap((kind) => safe.filter((change) => change.kind === kind && change.action === "delete")),
  ].map((change) => ({ ...change, ...needsOf(change, referredTo) }));
}

/** The lists that are made again, and the ids of those that are there. */
function listIds(objects: readonly SnapshotObject[], seen: Seen): ListIds {
  const live = new Map([...seen.lists].map(([key, { id }]) => [key, id]));
  const made = objects
    .filter(({ kind, before }) => kind === "exception-list" && before !== null)
    .map((object) => listKey({ list_id: object.id, namespace_type: targetIn(object).namespace }))
    .filter((key) => !live.has(key));
  return { made: new Set(made), live };
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
  const diff = live.object === undefined || before === null ? [] : differencesTo(object, live);
  if (action === "conflict") return { ...base, diff, conflict: decision.conflict };
  const drift = decision.drift === true ? { drift: decision.drift } : {};
  const expected =
    live.object === undefined ? {} : { expected: expectedOf(object, live.object, live.values) };
  if (action === "delete") return { ...base, diff: [], ...drift, ...expected };
  const notes = notesOf(object, live);
  return {
    ...base,
    diff,
    ...drift,
    ...expected,
    ...(notes.length === 0 ? {} : { notes }),
    write: restoring(object, live.object, live.values, lists),
  };
}

function differencesTo(object: SnapshotObject, live: Live): Change["diff"] {
  const { kind, before } = object;
  const { add, remove } = kind === "value-list" ? valuesTo(object, live.values) : { add: [], remove: [] };
  return [
    ...differences(viewOf(kind, live.object!), viewOf(kind, before!)),
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

/** A list or connector that the apply made and that something else uses by now stays. */
function keptInUse(change: Change, all: readonly Change[], seen: Seen, rules: readonly Json[]): Change {
  if (change.action !== "delete") return change;
  const user = userOf(change, all, seen, rules);
  if (user === undefined) return change;
  const { expected: _, ...rest } = change;
  return {
    ...rest,
    action: "conflict",
    state: "drifted",
    conflict: {
      code: "in-use",
      message: `${user}, which the rollback does not touch, uses it by now`,
      help: "end that in Kibana, or leave it where it is",
    },
  };
}

/** The exceptions of a list that stays because a rule uses it stay too: that rule would be live without them. */
function keptWithList(change: Change, all: readonly Change[], seen: Seen): Change {
  if (change.kind !== "exception-item" || change.action !== "delete") return change;
  const scope = change.key.split("/")[1];
  const item = [...seen.items.values()].find(({ id }) => id === change.expected?.id);
  const list = all.find(
    ({ kind, id, key }) => kind === "exception-list" && id === item?.list_id && key.split("/")[1] === scope,
  );
  if (list?.conflict === undefined) return change;
  const { expected: _, ...rest } = change;
  return {
    ...rest,
    action: "conflict",
    state: "drifted",
    conflict: {
      code: "blocked",
      message: `its list stays: ${list.conflict.message}`,
      help: list.conflict.help,
    },
  };
}

function userOf(
  change: Change,
  all: readonly Change[],
  seen: Seen,
  rules: readonly Json[],
): string | undefined {
  const rule = rules.find((live) => {
    if (!uses(live, change)) return false;
    const own = all.find(({ kind, id }) => kind === "rule" && id === live["rule_id"]);
    if (own === undefined || !isWrite(own)) return true;
    return own.write !== undefined && uses(own.write.body, change);
  });
  if (rule !== undefined) return `the rule "${String(rule["name"])}"`;
  if (change.kind !== "exception-list") return undefined;
  const deleted = new Set(
    all.filter(({ kind, action }) => kind === "exception-item" && action === "delete").map(({ id }) => id),
  );
  const namespace = change.key.startsWith("exception-list/*/") ? "agnostic" : "single";
  const item = [...seen.items.values()].find(
    (one) =>
      one.list_id === change.id &&
      (one["namespace_type"] === "agnostic") === (namespace === "agnostic") &&
      !deleted.has(one.item_id),
  );
  return item === undefined ? undefined : `the exception "${String(item["name"])}"`;
}

/** What has to be made first: lists before their items, and both, with connectors, before the rules that refer to them. */
function needsOf(change: Change, others: readonly Change[]): { needs?: string[] } {
  if (change.write === undefined) return {};
  const { body } = change.write;
  const inList = (other: Change, list_id: unknown): boolean =>
    (other.kind === "exception-list" && other.id === list_id) ||
    (other.kind === "exception-item" && other.write!.body["list_id"] === list_id);
  const lists = new Set<unknown>(referencesOf(body).map(({ list_id }) => list_id));
  const connectors = new Set<unknown>(actionsOf(body).map(({ id }) => id));
  const needs = others.filter((other) => {
    if (change.kind === "exception-item")
      return other.kind === "exception-list" && other.id === body["list_id"];
    if (change.kind !== "rule") return false;
    if (other.kind === "connector") return connectors.has(other.write!.body["id"]);
    return [...lists].some((list) => inList(other, list));
  });
  return needs.length === 0 ? {} : { needs: needs.map(({ key }) => key) };
}
