import type { Json } from "../../json/index.js";
import { actionsOf } from "../form/actions.js";
import { referencesOf } from "../form/comparable.js";
import type { Change } from "../plan/types.js";
import { targetOf } from "./look.js";

/** Whether a live rule refers to an exception list or connector that is to be deleted. */
export function uses(rule: Json, change: Change): boolean {
  const { kind, id, namespace, connector } = targetOf(change);
  if (kind === "exception-list")
    return referencesOf(rule).some((list) => list.list_id === id && list.namespace_type === namespace);
  return kind === "connector" && actionsOf(rule).some((action) => action["id"] === connector);
}
