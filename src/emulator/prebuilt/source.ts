/** Where a rule comes from: from the prebuilt rules that this Kibana knows or not, and whether it was changed since. */
import type { RuleSource } from "../../kibana/rule.js";
import type { Kernel } from "../kernel.js";
import { serverPart, storedRule } from "../rules/rule.js";
import type { StoredRule } from "../store/state.js";
import type { RuleBody } from "../validate/rule.js";
import type { Asset } from "./assets.js";
import { differingFields } from "./fields.js";

/** A rule as its asset would have it, with what the server decides of the rule itself. */
export function asAsset(asset: Asset, rule: StoredRule): StoredRule {
  return storedRule(asset as RuleBody, serverPart(rule));
}

/**
 * Where a rule comes from, by its `rule_id`: it is compared with the asset of its own version. Where this Kibana does not
 * have that version, a rule counts as customised from the start; newer Kibanas look at whether `before`, which is the
 * rule before a change, was customised or is changed now.
 */
export function sourceOf(kernel: Kernel, rule: StoredRule, before?: StoredRule): RuleSource {
  if (!kernel.prebuilt.has(rule.rule_id)) return { type: "internal" };
  const asset = kernel.prebuilt.get(rule.rule_id, rule.version);
  const hasDetails = kernel.has("sourceDetails");
  if (asset !== undefined) {
    const fields = differingFields(rule, asAsset(asset, rule));
    const source = { type: "external" as const, is_customized: fields.length > 0 };
    if (!hasDetails) return source;
    const customized_fields = fields.map((field_name) => ({ field_name }));
    return { ...source, has_base_version: true, customized_fields };
  }
  if (!hasDetails) return { type: "external", is_customized: true };
  const isCustomized =
    before?.rule_source.type !== "external" ||
    before.rule_source.is_customized ||
    differingFields(rule, before).length > 0;
  return { type: "external", is_customized: isCustomized, has_base_version: false, customized_fields: [] };
}
