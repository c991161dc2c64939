import { type Diagnostic, report, type Target as Place } from "../../diagnostics/index.js";
import type { Json } from "../../json/index.js";
import { connectorState, valueListState } from "../form/state.js";
import type { LiveConnector } from "../../kibana/endpoints/index.js";
import { isWrite, leavesList } from "../plan/actions.js";
import type { Change, Plan } from "../plan/types.js";
import { liveOf, type Seen, targetOf } from "./look.js";

/**
 * What moved since a plan was made, one finding for each object: something that was to be made is there now, or what was
 * to be changed or deleted is gone or another. A plan is made for one state of the space and carried out on no other.
 *
 * @param elsewhere the place of findings about what no file wants any more
 */
export function staleFindings(plan: Plan, seen: ReadonlyMap<string, Seen>, elsewhere: Place): Diagnostic[] {
  return plan.spaces.flatMap(({ space, changes }) => {
    const state = seen.get(space);
    if (state === undefined) return [];
    return changes.filter(isWrite).flatMap((change) => {
      const happened = whatHappened(change, changes, state);
      if (happened === undefined) return [];
      const kind = change.kind.replace("-", " ");
      const at = change.file === "" ? elsewhere : { file: change.file };
      return [report("deploy/plan-stale", { kind, id: change.id, space, happened }, at)];
    });
  });
}

/** What happened to an object since the plan; undefined where nothing did. */
export function whatHappened(change: Change, all: readonly Change[], seen: Seen): string | undefined {
  const live = liveOf(seen, targetOf(change));
  if (change.action === "create") return live.length > 0 ? "was made" : undefined;
  if (live.length === 0) return "was deleted";
  if (live.length > 1) return "was made again";
  if (isAnother(change, live[0]!, seen)) return "was changed";
  return change.kind === "exception-list" && change.action === "delete" && hasMoreItems(change, all, seen)
    ? "got exceptions"
    : undefined;
}

/** Whether a live object is not as a plan saw it. */
function isAnother({ kind, id, expected }: Change, live: Json, seen: Seen): boolean {
  if (expected === undefined) return true;
  if (live["id"] !== expected.id) return true;
  if (kind === "rule") return isRevised({ expected }, live);
  if (expected._version !== undefined && live["_version"] !== expected._version) return true;
  if (expected.state === undefined) return false;
  if (kind === "connector") return connectorState(live as LiveConnector) !== expected.state;
  return valueListState(live, seen.valueLists.get(id)?.values ?? []) !== expected.state;
}

/** Whether a rule was written since the plan, by whomever. To switch a rule on or off gives it no new revision. */
export function isRevised({ expected }: Pick<Change, "expected">, live: Json): boolean {
  return (
    Number(live["revision"] ?? 0) !== (expected?.revision ?? 0) ||
    (expected?.enabled !== undefined && live["enabled"] !== expected.enabled)
  );
}

/** Kibana deletes a list with all its items: those that the plan does not take out would go with it. */
function hasMoreItems(list: Change, all: readonly Change[], seen: Seen): boolean {
  const { namespace } = targetOf(list);
  const deleted = new Set(all.filter(leavesList).map(({ id }) => id));
  return [...seen.items.values()].some(
    (item) =>
      item.list_id === list.id &&
      (item["namespace_type"] === "agnostic") === (namespace === "agnostic") &&
      !deleted.has(item.item_id),
  );
}
