import type { Json } from "../../json/index.js";
import { isSame } from "../form/canonical.js";
import { markOf } from "../form/mark.js";
import type { Action, Conflict } from "../plan/types.js";
import type { ListIds } from "./restore.js";
import { isMoved, lostComments, restoring, valuesTo } from "./restore.js";
import type { SnapshotObject } from "./types.js";
import { viewOf } from "./view.js";
import { isAsWritten } from "./written.js";

/** What a rollback does with an object, and whether it overwrites what somebody did since the apply. */
export type Decision =
  | { readonly action: Exclude<Action, "conflict" | "orphan">; readonly drift?: true }
  | { readonly action: "conflict"; readonly conflict: Conflict };

export interface Deciding {
  readonly project: string;
  readonly overwriteDrift: boolean;
  readonly lists: ListIds;
}

/** The live object that belongs to one of a snapshot, with its values where it is a value list. */
export interface Live {
  readonly object: Json | undefined;
  readonly values: readonly string[];
}

/**
 * What brings an object back to what it was. One that is as it was is left alone. One that is as the apply left it is
 * restored, or deleted where the apply made it. What somebody changed since is a conflict; `--overwrite-drift` goes
 * over it, but never over an object that is not ours and was not there before.
 */
export function decide(object: SnapshotObject, live: Live, deciding: Deciding): Decision {
  const { before } = object;
  if (before === null) return decideMade(object, live, deciding);
  if (live.object === undefined) {
    const taken = object.action === "delete" || object.action === "replace";
    return taken ? { action: "create" } : drifted("create", "was deleted since that apply", deciding);
  }
  if (isRestored(object, live, deciding.lists)) return { action: "unchanged" };
  const action = isMadeAnew(object, before, live.object) ? "replace" : "update";
  if (isAsWritten(object, live.object, live.values)) return { action };
  const isAnother = live.object["id"] !== before["id"] && object.kind !== "value-list";
  if (isAnother && !isOurs(live.object, deciding.project)) return notOurs();
  return drifted(action, "was changed since that apply", deciding);
}

/** An object that was not there before the apply. */
function decideMade(object: SnapshotObject, { object: live, values }: Live, deciding: Deciding): Decision {
  if (live === undefined) return { action: "unchanged" };
  if (isAsWritten(object, live, values)) return { action: "delete" };
  const ours =
    object.kind === "connector" ? live["id"] === object.wrote?.body["id"] : isOurs(live, deciding.project);
  return ours ? drifted("delete", "was changed since that apply made it", deciding) : notOurs();
}

/** Whether an object has all that it had. More comments are no difference: Kibana takes none away. */
function isRestored(object: SnapshotObject, { object: live, values }: Live, lists: ListIds): boolean {
  const { kind, before } = object;
  if (live === undefined || before === null) return live === undefined && before === null;
  // References have the ids that the lists have now.
  const wanted = kind === "rule" ? restoring(object, live, values, lists).body : before;
  if (!isSame(viewOf(kind, live), viewOf(kind, wanted))) return false;
  if (kind === "exception-item") return !isMoved(before, live) && lostComments(before, live).length === 0;
  if (kind !== "value-list") return true;
  const { add, remove } = valuesTo(object, values);
  return add.length + remove.length === 0;
}

function isOurs(live: Json, project: string): boolean {
  return markOf(live["meta"])?.project === project;
}

/** Whether Kibana cannot change what is there into what was: a rule of another type, or an item in another list. */
function isMadeAnew({ kind }: SnapshotObject, before: Json, live: Json): boolean {
  return kind === "rule" ? isRetyped(before, live) : kind === "exception-item" && isMoved(before, live);
}

/** Query and saved query change into each other; any other change of type takes a new rule. */
function isRetyped(before: Json, live: Json): boolean {
  const unified = new Set<unknown>(["query", "saved_query"]);
  return before["type"] !== live["type"] && !(unified.has(before["type"]) && unified.has(live["type"]));
}

function drifted(
  action: "create" | "delete" | "replace" | "update",
  happened: string,
  { overwriteDrift }: Deciding,
): Decision {
  if (overwriteDrift) return { action, drift: true };
  const help = "look at it in Kibana; --overwrite-drift goes back all the same";
  return { action: "conflict", conflict: { code: "drift", message: `it ${happened}`, help } };
}

function notOurs(): Decision {
  return {
    action: "conflict",
    conflict: {
      code: "not-ours",
      message: "somebody else made another one since that apply",
      help: "a rollback leaves it alone; look at it in Kibana",
    },
  };
}
