import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** Values that Kibana stores and never uses. */
export function* noEffect({ rule, origin, at }: RuleView): Iterable<Diagnostic> {
  if (rule.timestamp_override_fallback_disabled !== undefined && rule.timestamp_override === undefined) {
    const field = "timestamp_override_fallback_disabled";
    const why = "there is no timestamp_override to fall back from";
    yield report("rule/no-effect", { field, why }, { ...origin(field), on: "key" });
  }
  for (const i of (rule.threshold?.cardinality ?? []).keys()) {
    if (i === 0) continue;
    const params = { field: `threshold.cardinality[${i}]`, why: "Kibana uses the first entry alone" };
    yield report("rule/no-effect", params, at("threshold", "cardinality", i));
  }
  const type = rule.building_block_type;
  if (type !== undefined && type !== "default" && type !== "") {
    const params = { field: "building_block_type", why: `"default" is the one value that means something` };
    yield report("rule/no-effect", params, origin("building_block_type"));
  }
}
