import type { Change } from "./types.js";

/** Whether a change loses what Kibana has of an object: an exception that moves is made again with all of it. */
export function isLoss({ action, kind }: Pick<Change, "action" | "kind">): boolean {
  return action === "delete" || (action === "replace" && kind === "rule");
}

/** Whether a change takes an exception item out of the list that it is in. */
export function leavesList({ action, kind }: Pick<Change, "action" | "kind">): boolean {
  return kind === "exception-item" && (action === "delete" || action === "replace");
}

/** Whether carrying a change out writes to Kibana. */
export function isWrite({ action }: Pick<Change, "action">): boolean {
  return action === "create" || action === "update" || action === "replace" || action === "delete";
}
