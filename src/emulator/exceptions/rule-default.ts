/** `POST rules/{id}/exceptions`: items that belong to one rule. */
import type { ExceptionItemResponse, ExceptionListResponse } from "../../kibana/exceptions.js";
import { SiemError } from "../http/errors.js";
import { changed } from "../rules/rule.js";
import { type Actor, saveChanged } from "../rules/write.js";
import type { StoredRule } from "../store/state.js";
import { createItem, type ItemBody } from "./items.js";
import { addList, exceptionsOf } from "./lists.js";

/** Adds items to the rule's own list, which is made and attached first where there is none. */
export function addRuleItems(
  actor: Actor,
  ruleObjectId: string,
  items: readonly ItemBody[],
): ExceptionItemResponse[] {
  const rule = actor.space.rules.get(ruleObjectId);
  if (rule === undefined) {
    throw new SiemError(500, `Unable to add exception to rule - rule with id:"${ruleObjectId}" not found`);
  }
  const list = ownList(actor, rule);
  return items.map((item) => createItem(actor, list, item));
}

function ownList(actor: Actor, rule: StoredRule): ExceptionListResponse {
  for (const reference of rule.exceptions_list) {
    if (reference.type !== "rule_default") continue;
    const list = exceptionsOf(actor, reference.namespace_type).lists.named(reference.list_id);
    if (list !== undefined) return list;
  }
  const list = addList(actor, {
    type: "rule_default",
    name: `Exceptions for rule - ${rule.name}`,
    description: `Exception list containing exceptions for rule with id: ${rule.id}`,
    namespace_type: "single",
    tags: ["default_rule_exception_list"],
  });
  const { id, list_id, type, namespace_type } = list;
  const others = rule.exceptions_list.filter((reference) => reference.type !== "rule_default");
  const attached = [...others, { id, list_id, type, namespace_type }];
  saveChanged(actor, rule, changed(rule, { exceptions_list: attached }));
  return list;
}
