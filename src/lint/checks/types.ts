import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** A field that events are grouped by has one value in each group: its cardinality is always 1. */
export function* cardinality({ rule, at }: RuleView): Iterable<Diagnostic> {
  const { threshold } = rule;
  const field = threshold?.cardinality?.[0]?.field;
  if (threshold === undefined || field === undefined) return;
  const groups = typeof threshold.field === "string" ? [threshold.field] : (threshold.field ?? []);
  if (groups.includes(field))
    yield report("rule/cardinality-of-group", { field }, at("threshold", "cardinality", 0, "field"));
}

/** A group of negated entries alone matches nothing in particular; one that says both yes and no matches nothing at all. */
export function* negatedMappings({ rule, at }: RuleView): Iterable<Diagnostic> {
  for (const [i, { entries = [] }] of (rule.threat_mapping ?? []).entries()) {
    if (entries.length > 0 && entries.every((entry) => entry.negate === true))
      yield report("rule/only-negated-mappings", {}, at("threat_mapping", i));
    for (const [j, entry] of entries.entries()) {
      const same = entries.some(
        (o) => o.negate !== true && o.field === entry.field && o.value === entry.value,
      );
      if (entry.negate === true && same)
        yield report(
          "rule/contradicting-mappings",
          { field: entry.field },
          at("threat_mapping", i, "entries", j),
        );
    }
  }
}

/** Kibana caps the alerts of a run at 1,000 unless its administrator raised the limit. */
const ALERT_LIMIT = 1_000;

export function* maxSignals({ rule, origin }: RuleView): Iterable<Diagnostic> {
  if (rule.max_signals !== undefined && rule.max_signals > ALERT_LIMIT)
    yield report(
      "rule/max-signals-above-limit",
      { value: rule.max_signals, limit: ALERT_LIMIT },
      origin("max_signals"),
    );
}
