import type { ReviewObject } from "./objects.js";
import type { Revision } from "./revision.js";
import type { ObjectChange } from "./types.js";

/**
 * Notes on added rules which removed one they look like: same query or same name. Most likely the rule_id was changed, which
 * makes another rule for Kibana: alerts, exceptions and history stay with the old one.
 */
export function resembling(changes: readonly ObjectChange[], base: Revision, head: Revision): ObjectChange[] {
  const gone = new Map<string, string>();
  for (const { action, kind, id } of changes) {
    if (action !== "removed" || kind !== "rule") continue;
    for (const trait of traitsOf(base.files.get(`rule//${id}`))) gone.set(trait, id);
  }
  return changes.map((change) => {
    if (change.action !== "added" || change.kind !== "rule") return change;
    const trait = traitsOf(head.files.get(`rule//${change.id}`)).find((each) => gone.has(each));
    return trait === undefined ? change : { ...change, resembles: gone.get(trait)! };
  });
}

function traitsOf(object: ReviewObject | undefined): string[] {
  const query = object?.rule?.["query"];
  return [
    ...(typeof query === "string" && query !== ""
      ? [JSON.stringify(["query", object?.rule?.["type"], query.trim()])]
      : []),
    ...(object === undefined ? [] : [JSON.stringify(["name", object.name])]),
  ];
}
