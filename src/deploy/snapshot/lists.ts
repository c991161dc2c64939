import type { Seen } from "../apply/look.js";
import type { Json } from "../../json/index.js";
import { listKey } from "../desired/desired.js";
import { referencesOf } from "../form/comparable.js";
import { itemKey, liveKey } from "../live/keys.js";
import { ownershipOfOrphan } from "../plan/exceptions.js";
import type { Conflict, Write } from "../plan/types.js";
import type { Deciding, Live } from "./decide.js";
import { isGone, isLost, type ListIds } from "./restore.js";
import { targetIn } from "./target.js";
import type { Snapshot, SnapshotObject } from "./types.js";
import { isAsWritten } from "./written.js";

/** What is known of the exception lists of a space when its rules go back. */
export function listIds(
  { taken_at }: Snapshot,
  objects: readonly SnapshotObject[],
  seen: Seen,
  { project, overwriteDrift }: Omit<Deciding, "lists">,
): ListIds {
  const live = new Map([...seen.lists].map(([key, { id }]) => [key, id]));
  const lists = objects.filter(({ kind }) => kind === "exception-list");
  const made = lists
    .filter(({ before, action }) => before !== null && (overwriteDrift || action === "delete"))
    .map(keyOfList)
    .filter((key) => !live.has(key));
  const written = new Map(
    objects.filter(({ kind }) => kind === "exception-item").map((one) => [keyOfItem(one), one]),
  );
  const ofApply = new Set(lists.filter(({ before }) => before === null).map(keyOfList));
  const attached = attachedLists(objects, seen, taken_at);
  const extended = new Set<string>();
  const detached = new Set<string>();
  for (const item of seen.items.values()) {
    const key = listKey(liveKey(item));
    const object = written.get(itemKey(item));
    const isWritten = object !== undefined && isAsWritten(object, item, []);
    if (ofApply.has(key)) {
      if (object === undefined || (!overwriteDrift && !isWritten)) extended.add(key);
      continue;
    }
    const since = attached.get(key);
    if (since === undefined || isWritten || !isChangedSince(item, since)) continue;
    if (ownershipOfOrphan("exception-item", item, project).kind === "ours") continue;
    (overwriteDrift ? detached : extended).add(key);
  }
  return { made: new Set(made), live, extended, detached, overwriteDrift };
}

/** The lists that the apply attached to rules that were there, and when. */
function attachedLists(objects: readonly SnapshotObject[], seen: Seen, taken: string): Map<string, number> {
  const attached = new Map<string, number>();
  for (const { kind, id, before, wrote } of objects) {
    if (kind !== "rule" || before === null) continue;
    const was = new Set(referencesOf(before).map(listKey));
    // The snapshot has this machine's time and the rule Kibana's: the earlier one misses nothing.
    const stamp = Date.parse(String(seen.rules.get(id)?.[0]?.["updated_at"]));
    const at = Math.min(Date.parse(taken), Number.isNaN(stamp) ? Infinity : stamp);
    for (const list of referencesOf(wrote?.body ?? {})) {
      const key = listKey(list);
      if (!was.has(key)) attached.set(key, Math.min(at, attached.get(key) ?? Infinity));
    }
  }
  return attached;
}

/** An item without a time may be of any. */
function isChangedSince(item: Json, since: number): boolean {
  return !(Date.parse(String(item["updated_at"])) <= since);
}

/** Why a rule cannot go back: without a list that it had, it would report what its exceptions took out. */
export function lostList(
  { kind, before }: SnapshotObject,
  { object: live }: Live,
  lists: ListIds,
): Conflict | undefined {
  if (kind !== "rule" || lists.overwriteDrift) return undefined;
  const lost = referencesOf(before!).find((list) => isLost(list, live, lists));
  if (lost === undefined) return undefined;
  return {
    code: "missing-reference",
    message: `its exception list "${lost.list_id}" (${lost.namespace_type}) was deleted since that apply`,
    help: "make the list again, or go back without it with --overwrite-drift",
  };
}

/** What is said of lists that a rule keeps although it did not have them, of those that it loses, and of those that are gone. */
export function listNotes(
  { kind, before }: SnapshotObject,
  { object: live }: Live,
  { body }: Write,
  lists: ListIds,
): string[] {
  if (kind !== "rule") return [];
  const had = referencesOf(before!);
  const was = new Set(had.map(listKey));
  const gets = referencesOf(body);
  const keeps = new Set(gets.map(listKey));
  const others = "exceptions that others made or changed";
  return [
    ...gets
      .filter((list) => lists.extended.has(listKey(list)) && !was.has(listKey(list)))
      .map(
        ({ list_id }) =>
          `exception list "${list_id}" stays attached: it has ${others}, which would stop to apply`,
      ),
    ...referencesOf(live ?? {})
      .filter((list) => lists.detached.has(listKey(list)) && !keeps.has(listKey(list)))
      .map(({ list_id }) => `takes exception list "${list_id}" off: it has ${others}, which stop to apply`),
    ...had
      .filter((list) => isGone(list, lists))
      .map((list) =>
        isLost(list, live, lists)
          ? `goes back without exception list "${list.list_id}", which was deleted since`
          : `exception list "${list.list_id}" does not exist: the rule refers to it all the same, as it does now`,
      ),
  ];
}

function keyOfList(object: SnapshotObject): string {
  return listKey({ list_id: object.id, namespace_type: targetIn(object).namespace });
}

function keyOfItem(object: SnapshotObject): string {
  return itemKey({ item_id: object.id, namespace_type: targetIn(object).namespace });
}
