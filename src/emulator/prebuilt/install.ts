/** Installing prebuilt rules, and counting what there is to do. */
import { changed } from "../rules/rule.js";
import { type Actor, createRule } from "../rules/write.js";
import type { StoredRule } from "../store/state.js";
import type { RuleBody } from "../validate/rule.js";
import type { Asset } from "./assets.js";
import { sourceOf } from "./source.js";
import { upgradeRule } from "./upgrade.js";

/** Installs a prebuilt rule; the caller has made sure that it is not there. */
export function installRule(actor: Actor, asset: Asset): StoredRule {
  const rule = changed(createRule(actor, asset as RuleBody), { immutable: true });
  const installed = changed(rule, { rule_source: sourceOf(actor.kernel, rule) });
  actor.space.rules.put(installed);
  return installed;
}

/** The newest version of each prebuilt rule that is not there. */
export function installable({ kernel, space }: Actor): Asset[] {
  return kernel.prebuilt
    .newest()
    .filter(([ruleId]) => space.rules.named(ruleId) === undefined)
    .map(([, asset]) => asset);
}

/** The rules that are older than the newest version of their asset, each with that. */
export function upgradable({ kernel, space }: Actor): { readonly rule: StoredRule; readonly asset: Asset }[] {
  return kernel.prebuilt.newest().flatMap(([ruleId, asset]) => {
    const rule = space.rules.named(ruleId);
    return rule?.immutable === true && rule.version < Number(asset["version"]) ? [{ rule, asset }] : [];
  });
}

/** `PUT rules/prepackaged`: adds the prebuilt rules that are missing and brings older ones to what their assets say. */
export function installPrebuilt(actor: Actor): { installed: number; updated: number } {
  const [missing, older] = [installable(actor), upgradable(actor)];
  for (const asset of missing) installRule(actor, asset);
  for (const { rule, asset } of older) upgradeRule(actor, rule, asset, "TARGET");
  return { installed: missing.length, updated: older.length };
}

/** `GET rules/prepackaged/_status`. */
export function prebuiltStatus(actor: Actor) {
  const rules = [...actor.space.rules.values()];
  return {
    rules_custom_installed: rules.filter((rule) => !rule.immutable).length,
    rules_installed: rules.filter((rule) => rule.immutable).length,
    rules_not_installed: installable(actor).length,
    rules_not_updated: upgradable(actor).length,
    timelines_installed: 0,
    timelines_not_installed: 0,
    timelines_not_updated: 0,
  };
}
