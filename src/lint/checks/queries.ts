import { type Diagnostic, report } from "../../diagnostics/index.js";
import { isFieldOf, isRuleType } from "../../kibana/rule.js";
import type { RuleView } from "../check.js";

const EVERYTHING = new Set(["", "*", "*:*"]);

/** A query says something: EQL and ES|QL cannot be empty, and a KQL query that matches everything alerts on every event. */
export function* emptyQuery(view: RuleView): Iterable<Diagnostic> {
  const { authored, rule, complete } = view;
  const { type } = rule;
  if (type === undefined || !isRuleType(type) || !isFieldOf("query", type)) return;
  const query = rule.query?.trim();
  if (type === "eql" || type === "esql") {
    if (query === "") yield report("rule/empty-query", { type }, view.origin("query"));
    return;
  }
  if (type !== "query" || !complete) return;
  const narrowed = (rule.filters?.length ?? 0) > 0 || rule.saved_id !== undefined;
  if (EVERYTHING.has(query ?? "") && !narrowed)
    yield report("rule/matches-everything", {}, view.at(authored.query === undefined ? "type" : "query"));
}
