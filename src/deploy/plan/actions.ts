import type { Change } from "./types.js";

/** Whether carrying a change out writes to Kibana. */
export function isWrite({ action }: Pick<Change, "action">): boolean {
  return action === "create" || action === "update" || action === "replace" || action === "delete";
}
