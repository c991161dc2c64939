import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** Fields that Kibana takes only together. */
const PAIRS = [
  ["timeline_id", "timeline_title"],
  ["concurrent_searches", "items_per_search"],
] as const;

export function* pairs({ rule, origin, source }: RuleView): Iterable<Diagnostic> {
  for (const [a, b] of PAIRS) {
    for (const [field, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (rule[field] === "") yield report("rule/empty-text", { field }, origin(field));
      const written = (source.document.data as Record<string, unknown>)[other] !== undefined;
      if (rule[field] !== undefined && rule[other] === undefined && !written)
        yield report("rule/missing-partner", { field, other }, { ...origin(field), on: "key" });
    }
  }
}

/** Kibana stores both and uses the data view alone. */
export function* indexAndDataView({ rule, origin }: RuleView): Iterable<Diagnostic> {
  if (rule.index !== undefined && rule.data_view_id !== undefined)
    yield report("rule/index-and-data-view", {}, { ...origin("index"), on: "key" });
}
