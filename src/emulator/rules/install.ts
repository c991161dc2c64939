import type { RuleBody } from "../validate/rule.js";
import { sourceOf } from "./prebuilt.js";
import { changed, serverPart, storedRule } from "./rule.js";
import { type Actor, createRule, saveChanged } from "./write.js";

/**
 * `PUT rules/prepackaged`: adds the prebuilt rules that are missing and brings older ones up to date. What belongs to
 * the user stays: whether a rule is enabled, its exception lists and its actions.
 */
export function installPrebuilt(actor: Actor): { installed: number; updated: number } {
  const { kernel, space } = actor;
  let installed = 0;
  let updated = 0;
  for (const [ruleId, asset] of kernel.prebuilt) {
    const existing = space.rules.named(ruleId);
    const body = asset as RuleBody;
    if (existing === undefined) {
      const rule = changed(createRule(actor, body), { immutable: true });
      space.rules.put(changed(rule, { rule_source: sourceOf(kernel, rule) }));
      installed++;
    } else if (existing.immutable && existing.version < Number(asset["version"])) {
      const { enabled, exceptions_list } = existing;
      saveChanged(actor, existing, storedRule({ ...body, enabled, exceptions_list }, serverPart(existing)));
      updated++;
    }
  }
  return { installed, updated };
}

/** `GET rules/prepackaged/_status`. */
export function prebuiltStatus({ kernel, space }: Actor) {
  const rules = [...space.rules.values()];
  const assets = [...kernel.prebuilt].map(([ruleId, asset]) => ({ asset, rule: space.rules.named(ruleId) }));
  return {
    rules_custom_installed: rules.filter((rule) => !rule.immutable).length,
    rules_installed: rules.filter((rule) => rule.immutable).length,
    rules_not_installed: assets.filter(({ rule }) => rule === undefined).length,
    rules_not_updated: assets.filter(
      ({ asset, rule }) => rule?.immutable === true && rule.version < Number(asset["version"]),
    ).length,
    timelines_installed: 0,
    timelines_not_installed: 0,
    timelines_not_updated: 0,
  };
}
