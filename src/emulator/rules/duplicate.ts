import type { ExceptionListReference } from "../../kibana/rule.js";
import { duplicateList } from "../exceptions/transfer.js";
import { exceptionsOf } from "../exceptions/lists.js";
import type { StoredRule } from "../store/state.js";
import { changed } from "./rule.js";
import type { Actor } from "./write.js";

interface DuplicateOptions {
  readonly include_exceptions: boolean;
  readonly include_expired_exceptions: boolean;
}

/**
 * Copies a rule: disabled, with its own `rule_id`, from revision 0; `version` and `meta` are copied. Shared exception
 * lists stay shared; the rule's own list is copied, because a rule may not share it.
 */
export function duplicateRule(actor: Actor, rule: StoredRule, options: DuplicateOptions): StoredRule {
  const { kernel, space, user } = actor;
  const now = kernel.now();
  const copy = changed(rule, {
    id: kernel.uuid(),
    rule_id: kernel.uuid(),
    name: `${rule.name} [Duplicate]`,
    enabled: false,
    immutable: false,
    rule_source: { type: "internal" },
    revision: 0,
    created_at: now,
    created_by: user.username,
    updated_at: now,
    updated_by: user.username,
    actions: rule.actions.map((action) => ({ ...action, uuid: kernel.uuid() })),
    exceptions_list: options.include_exceptions
      ? rule.exceptions_list.flatMap((list) => ownCopy(actor, list, options.include_expired_exceptions))
      : [],
  });
  space.rules.put(copy);
  return copy;
}

function ownCopy(
  actor: Actor,
  reference: ExceptionListReference,
  includeExpired: boolean,
): ExceptionListReference[] {
  if (reference.type !== "rule_default") return [reference];
  const list = exceptionsOf(actor, reference.namespace_type).lists.named(reference.list_id);
  if (list === undefined) return [];
  const { id, list_id } = duplicateList(actor, list, includeExpired);
  return [{ ...reference, id, list_id }];
}
