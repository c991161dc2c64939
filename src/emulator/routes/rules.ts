/** `/api/detection_engine/rules`: one rule at a time. */
import { ensureEndpointList } from "../exceptions/lists.js";
import { addRuleItems } from "../exceptions/rule-default.js";
import { may } from "../http/auth.js";
import { SiemError } from "../http/errors.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody, checkedParams, checkedQuery } from "../http/route.js";
import { checkDefaultListIsFree, checkOneDefaultList } from "../rules/default-lists.js";
import { previewRule } from "../rules/preview.js";
import { checkResponseActions } from "../rules/response-actions.js";
import { toResponse } from "../rules/rule.js";
import { addressedRule, checkMl, createRule, listsOf, patchRule, replaceRule } from "../rules/write.js";
import type { StoredRule } from "../store/state.js";
import { ruleItemsBody } from "../validate/exceptions.js";
import { createProblems, patchProblems, selectorProblems, updateProblems } from "../validate/extra.js";
import { createBody, type PatchBody, patchBody, type RuleBody, updateBody } from "../validate/rule.js";
import { object, optional, string } from "../validate/schema.js";
import { textOf } from "../text.js";

export const RULES = "/api/detection_engine/rules";

const selectorQuery = object({ id: optional(string({ format: "uuid" })), rule_id: optional(string()) });

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new SiemError(400, problems);
}

/** The checks of a create, in Kibana's order, and the rule that comes of it. */
export function create(call: Call, body: RuleBody): StoredRule {
  refuse(createProblems(body, call.kernel.traits));
  checkResponseActions(body["response_actions"], undefined);
  const ruleId = body["rule_id"];
  if (ruleId !== undefined && call.space.rules.named(textOf(ruleId)) !== undefined) {
    throw new SiemError(409, `rule_id: "${textOf(ruleId)}" already exists`);
  }
  ensureEndpointList(call);
  checkOneDefaultList(listsOf(body));
  checkDefaultListIsFree(call.space, listsOf(body));
  checkMl(call, body.type);
  return createRule(call, body);
}

function checkLists(call: Call, body: PatchBody): StoredRule {
  checkOneDefaultList(listsOf(body));
  const existing = addressedRule(call, body);
  const addressed = String(body["rule_id"] ?? body["id"]);
  checkDefaultListIsFree(call.space, listsOf(body), { id: existing.id, addressed });
  return existing;
}

/** Enabling is a privilege of its own from 9.4 on. 9.4 itself was seen to refuse even superusers a PATCH, not a PUT. */
function checkMayEnable({ kernel, user }: Call, { byPatch }: { readonly byPatch: boolean }): void {
  const isRefused = (byPatch && kernel.has("enableRefused")) || !may(user, "enable");
  if (!kernel.has("rulesFeature") || !isRefused) return;
  throw new SiemError(
    403,
    "The current user does not have the permissions to edit the following fields: enabled",
  );
}

export function replace(call: Call, body: RuleBody): StoredRule {
  refuse(updateProblems(body, call.kernel.traits));
  const existing = checkLists(call, body);
  const isToggled = body["enabled"] !== undefined && body["enabled"] !== existing.enabled;
  if (isToggled) checkMayEnable(call, { byPatch: false });
  return replaceRule(call, existing, body);
}

export function patch(call: Call, body: PatchBody): StoredRule {
  refuse(patchProblems(body));
  const existing = checkLists(call, body);
  const isToggled = body["enabled"] !== undefined && body["enabled"] !== existing.enabled;
  if (isToggled) checkMayEnable(call, { byPatch: true });
  return patchRule(call, existing, body);
}

export function remove(
  call: Call,
  selector: { readonly id?: unknown; readonly rule_id?: unknown },
): StoredRule {
  const rule = addressedRule(call, selector);
  call.space.rules.delete(rule.id);
  return rule;
}

function selected(call: Call) {
  const query = checkedQuery(call, selectorQuery);
  refuse(selectorProblems(query));
  return query;
}

const ruleParams = object({ id: string({ format: "uuid" }) });

export const ruleRoutes: readonly Route[] = [
  {
    method: "POST",
    path: RULES,
    privilege: "write",
    handle: (call) => toResponse(create(call, checkedBody(call, createBody))),
  },
  {
    method: "GET",
    path: RULES,
    privilege: "read",
    handle: (call) => toResponse(addressedRule(call, selected(call))),
  },
  {
    method: "PUT",
    path: RULES,
    privilege: "write",
    handle: (call) => toResponse(replace(call, checkedBody(call, updateBody))),
  },
  {
    method: "PATCH",
    path: RULES,
    privilege: "write",
    handle: (call) => toResponse(patch(call, checkedBody(call, patchBody))),
  },
  {
    method: "DELETE",
    path: RULES,
    privilege: "write",
    handle: (call) => toResponse(remove(call, selected(call))),
  },
  { method: "POST", path: `${RULES}/preview`, privilege: "read", handle: previewRule },
  {
    method: "POST",
    path: `${RULES}/:id/exceptions`,
    privilege: "exceptions",
    handle: (call) =>
      addRuleItems(call, checkedParams(call, ruleParams).id, checkedBody(call, ruleItemsBody).items),
  },
];
