import { referencesOf } from "../deploy/form/comparable.js";
import type { Risk } from "../deploy/risks/rank.js";
import { risksOf } from "../deploy/risks/risks.js";
import { isJson } from "../json/index.js";
import { isSame } from "../deploy/form/canonical.js";
import { plural } from "../report/summary.js";
import type { ReviewObject } from "./objects.js";
import type { Revision } from "./revision.js";
import { valuesDelta } from "./values.js";

/** Fields of an exception item that decide what it takes out. */
const DECIDES = ["entries", "os_types", "expire_time"];

/** What a reviewer should know of a change of an object, from both sides of it. */
export function judgeOf(base: Revision, head: Revision) {
  return (before: ReviewObject | undefined, after: ReviewObject | undefined): readonly Risk[] => {
    switch ((after ?? before)?.kind) {
      case "rule":
        return risksOf(before?.rule, after?.rule);
      case "exception-item":
        return itemRisks(before, after, base, head);
      case "value-list":
        return valueRisks(before, after, head);
      default:
        return [];
    }
  };
}

/** Items of a list that is new count with the rules that name it. */
function itemRisks(
  before: ReviewObject | undefined,
  after: ReviewObject | undefined,
  base: Revision,
  head: Revision,
): Risk[] {
  if (after?.list === undefined || !base.files.has(`exception-list//${after.list}`)) return [];
  const { list } = after;
  const rules = [...head.files.values()].filter(({ rule }) =>
    referencesOf(rule ?? {}).some(({ list_id }) => list_id === list),
  ).length;
  const reach = rules === 0 ? `the list "${list}"` : `the list "${list}", which ${plural(rules, "rule")} use`;
  if (before === undefined) {
    return [{ code: "exception-added", message: `the exception is added to ${reach}` }];
  }
  if (DECIDES.every((field) => isSame(before.view[field], after.view[field]))) return [];
  return [{ code: "exception-changed", message: `the exception takes out something else, in ${reach}` }];
}

/** A value more in a list that exceptions look into is an exception more. */
function valueRisks(
  before: ReviewObject | undefined,
  after: ReviewObject | undefined,
  head: Revision,
): Risk[] {
  const delta = valuesDelta(before?.values, after?.values);
  if (before === undefined || after === undefined || delta === undefined || delta.added === 0) return [];
  const items = [...head.files.values()].filter(
    ({ kind, view }) => kind === "exception-item" && namesList(view, after.id),
  );
  if (items.length === 0) return [];
  const message = `${plural(delta.added, "value")} more in a list that ${plural(items.length, "exception")} ${items.length === 1 ? "looks" : "look"} into`;
  return [{ code: "exception-changed", message }];
}

function namesList({ entries }: ReviewObject["view"], id: string): boolean {
  return (
    Array.isArray(entries) &&
    entries.some((entry) => isJson(entry) && isJson(entry["list"]) && entry["list"]["id"] === id)
  );
}
