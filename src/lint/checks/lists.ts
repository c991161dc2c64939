import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** Kibana refuses a rule with two lists of type `rule_default`. */
export function* defaultLists({ rule, authored, at }: RuleView): Iterable<Diagnostic> {
  const field = authored.exceptions === undefined ? "exceptions_list" : "exceptions";
  const own = (rule.exceptions_list ?? [])
    .map((list, i) => ({ list, i }))
    .filter(({ list }) => list.type === "rule_default");
  for (const { i } of own.slice(1)) yield report("reference/several-default-lists", {}, at(field, i));
}
