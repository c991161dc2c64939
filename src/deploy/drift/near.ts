import type { LiveRule } from "../../kibana/endpoints/index.js";
import { type Desired, listKey } from "../desired/desired.js";
import { markOf } from "../form/mark.js";
import { itemKey, liveKey } from "../live/keys.js";
import type { Exported } from "../live/exported.js";
import type { LastChange } from "../plan/types.js";
import { wasSavedInKibana } from "../plan/rule-body.js";
import type { Near } from "./types.js";

/** A rule that carries the mark of another one of this project. */
export interface Copy {
  readonly rule_id: string;
  readonly name: string;
  /** The rule_id of the rule that it was copied from. */
  readonly of: string;
  readonly last: LastChange;
}

/** What a plan does not tell, because it looks at wanted objects only. */
export interface Surroundings {
  /** The rule_ids of wanted rules that lost their mark to a save in Kibana's form. */
  readonly lostMark: ReadonlySet<string>;
  readonly copies: readonly Copy[];
  readonly near: Near;
}

/** Reads from an export of a space what stands around the project's objects. */
export function surroundingsOf(exported: Exported, desired: Desired, project: string): Surroundings {
  const wanted = new Set(desired.rules.map(({ rule }) => rule.rule_id));
  const ours = exported.rules.filter((rule) => wanted.has(rule.rule_id));
  const defaults = new Set(ours.flatMap(defaultLists));
  const lists = new Map(desired.lists.map((list) => [listKey(list.list), list]));
  const wantedItems = new Set(desired.lists.flatMap(({ items }) => items.map(itemKey)));
  const listOf = (item: Exported["items"][number]): string => listKey(liveKey(item));
  return {
    lostMark: new Set(ours.filter(wasSavedInKibana).map((rule) => rule.rule_id)),
    copies: exported.rules.flatMap((rule) => copyOf(rule, project)),
    near: {
      default_lists: defaults.size,
      default_items: exported.items.filter((item) => defaults.has(listOf(item))).length,
      items: exported.items.filter(
        (item) =>
          lists.has(listOf(item)) && !wantedItems.has(itemKey(item)) && markOf(item["meta"]) === undefined,
      ).length,
    },
  };
}

/** A copy made in Kibana has all of the rule, its mark too, but a rule_id of its own. */
function copyOf(rule: LiveRule, project: string): Copy[] {
  const mark = markOf(rule["meta"]);
  if (mark?.project !== project || mark.rule_id === undefined || mark.rule_id === rule.rule_id) return [];
  return [{ rule_id: rule.rule_id, name: rule.name, of: mark.rule_id, last: lastOf(rule) }];
}

function defaultLists(rule: LiveRule): string[] {
  const references = rule["exceptions_list"];
  if (!Array.isArray(references)) return [];
  return (references as { type?: unknown; list_id?: unknown; namespace_type?: unknown }[])
    .filter(({ type }) => type === "rule_default")
    .map(({ list_id, namespace_type }) =>
      listKey({ list_id: String(list_id), namespace_type: String(namespace_type) }),
    );
}

function lastOf({ updated_by: by, updated_at: at }: LiveRule): LastChange {
  return { ...(typeof by === "string" ? { by } : {}), ...(typeof at === "string" ? { at } : {}) };
}
