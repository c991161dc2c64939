import { usedIn } from "../apply/uses.js";
import { type Seen, targetOf } from "../apply/look.js";
import { listKey } from "../desired/desired.js";
import { itemKey, liveKey } from "../live/keys.js";
import { isWrite, leavesList } from "../plan/actions.js";
import type { Change, Conflict } from "../plan/types.js";
import { ruleUses, type Used } from "../users/uses.js";
import { type Usage, usageOf, type User, type Users, userText } from "../users/users.js";
import { valueListsOf } from "../live/value-lists.js";

/** What a rollback plans for a space, with what the space has and who uses what may be deleted there. */
export interface Draft {
  readonly space: string;
  readonly seen: Seen;
  /** Absent where nothing that others may use is to be deleted. */
  readonly users: Users | undefined;
  readonly changes: readonly Change[];
}

/**
 * Keeps what something uses by now: of the lists and connectors that the apply made, those that a rule of any space or an
 * exception item needs which the rollback leaves as it is. A list that stays keeps its items, without which its
 * rules would be live; so lists come first, then what items ask.
 */
export function keepUsed(drafts: readonly Draft[]): Draft[] {
  const lists = keep(drafts, "exception-list");
  const items = lists.map((draft) => ({
    ...draft,
    changes: draft.changes.map((change) => keptWithList(change, draft)),
  }));
  return keep(keep(items, "value-list"), "connector");
}

function keep(drafts: readonly Draft[], kind: Used["kind"]): Draft[] {
  return drafts.map((draft) => ({
    ...draft,
    changes: draft.changes.map((change) => {
      if (change.kind !== kind || change.action !== "delete") return change;
      const conflict = conflictOf(change, draft, drafts);
      return conflict === undefined ? change : kept(change, conflict);
    }),
  }));
}

function conflictOf(change: Change, draft: Draft, drafts: readonly Draft[]): Conflict | undefined {
  const used = usedIn(change)!;
  const { space, users } = draft;
  const { users: found, unknown }: Usage =
    users === undefined ? { users: [], unknown: "nobody looked" } : usageOf(used, space, users);
  const staying = found.find((user) => !isFreed(user, used, drafts));
  const by = staying === undefined ? strangerIn(change, draft) : userText(staying, space);
  if (by !== undefined)
    return {
      code: "in-use",
      message: `${by}, which the rollback does not touch, uses it by now`,
      help: "end that in Kibana, or leave it where it is",
    };
  if (unknown === undefined) return undefined;
  return {
    code: "in-use",
    message: `who uses it is not known (${unknown})`,
    help: "let the key read rules and exceptions there, or delete it in Kibana",
  };
}

/** Whether the rollback deletes what uses something, or makes it as it was before, when it did not. */
function isFreed(user: User, used: Used, drafts: readonly Draft[]): boolean {
  const draft = drafts.find(({ space }) => space === user.space);
  const own = draft?.changes.find((change) => isChangeOf(change, user));
  if (own === undefined || !isWrite(own)) return false;
  if (own.write === undefined) return true;
  const { body } = own.write;
  if (user.kind === "rule") return !ruleUses(body, used, user.space);
  return used.kind === "value-list" && !valueListsOf(body).includes(used.id);
}

function isChangeOf(change: Change, { kind, id }: User): boolean {
  if (change.kind !== kind) return false;
  if (kind === "rule") return change.id === id;
  return keyOfItem(change) === id;
}

/** An item in a list that is to be deleted, and that the rollback does not take out: Kibana would delete it with the list. */
function strangerIn(list: Change, { seen, changes }: Draft): string | undefined {
  if (list.kind !== "exception-list") return undefined;
  const { namespace } = targetOf(list);
  const leaving = new Set(changes.filter(leavesList).map(keyOfItem));
  const stranger = [...seen.items.values()].find(
    (item) =>
      listKey(liveKey(item)) === listKey({ list_id: list.id, namespace_type: namespace }) &&
      !leaving.has(itemKey(item)),
  );
  return stranger === undefined ? undefined : `the exception "${String(stranger["name"])}"`;
}

/** Whether an item that a change is about is in the list that another change is about. */
export function isInList(item: Change, list: Change, { items }: Seen): boolean {
  if (item.kind !== "exception-item" || list.kind !== "exception-list") return false;
  const live = items.get(keyOfItem(item));
  return live?.list_id === list.id && targetOf(list).namespace === targetOf(item).namespace;
}

/** {@link itemKey} of the item that a change is about. */
function keyOfItem(change: Change): string {
  return itemKey({ item_id: change.id, namespace_type: targetOf(change).namespace });
}

/** The exceptions of a list that stays because a rule uses it stay too: that rule would be live without them. */
function keptWithList(change: Change, { seen, changes }: Draft): Change {
  if (change.kind !== "exception-item" || change.action !== "delete") return change;
  const list = changes.find((one) => isInList(change, one, seen));
  if (list?.conflict === undefined) return change;
  const { message, help } = list.conflict;
  return kept(change, { code: "blocked", message: `its list stays: ${message}`, help });
}

function kept({ expected: _, ...change }: Change, conflict: Conflict): Change {
  return { ...change, action: "conflict", state: "drifted", conflict };
}
