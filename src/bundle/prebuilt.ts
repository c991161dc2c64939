import type { RuleCreate } from "../kibana/rule.js";
import { ordered } from "./order.js";

/** Fields that a prebuilt asset cannot have: they belong to an installed rule. */
const NOT_IN_ASSETS: ReadonlySet<string> = new Set([
  "actions", "response_actions", "throttle", "meta", "output_index", "namespace", "outcome", "alias_target_id", "alias_purpose",
]); // prettier-ignore

/** A rule as Fleet's `security_detection_engine` package carries it: one file a rule and version. */
export interface PrebuiltAsset {
  readonly id: string;
  readonly type: "security-rule";
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The asset of a rule. It always has a version, 1 where the author gave none. Keys are sorted, as Elastic writes them. */
export function prebuiltAsset(rule: RuleCreate & { readonly rule_id: string }): PrebuiltAsset {
  const version = rule.version ?? 1;
  const fields = Object.entries({ ...rule, version }).filter(([field]) => !NOT_IN_ASSETS.has(field));
  const attributes = ordered(Object.fromEntries(fields), []) as Record<string, unknown>;
  return { id: `${rule.rule_id}_${version}`, type: "security-rule", attributes };
}
