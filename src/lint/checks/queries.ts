import { type Diagnostic, report } from "../../diagnostics/index.js";
import { formatDuration, offsetSeconds } from "../../kibana/date-math.js";
import { isFieldOf, isRuleType } from "../../kibana/rule.js";
import { checkQuery, eql, esql } from "../../query/index.js";
import type { RuleView } from "../check.js";
import { placed } from "../placed.js";
import { DEFAULT_FROM, DEFAULT_TO } from "./schedule.js";

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

/** Queries parse, and mean something on the rule's indices. */
export function* queries(view: RuleView): Iterable<Diagnostic> {
  const { rule, compiled, stack } = view;
  for (const { field, query } of compiled.queries) {
    if ((query.language === "eql" || query.language === "esql") && query.text.trim() === "") continue;
    const target = view.origin(field);
    const fields = field === "query" ? view.fields : view.threatFields;
    const categoryField = rule.event_category_override;
    const found = checkQuery(query, {
      fields,
      stack,
      ...(categoryField === undefined ? {} : { categoryField }),
    });
    yield* placed([...query.diagnostics, ...found], target);
    if (query.language === "esql") yield* placed(esql.checkRule(query.ast), target);
  }
}

/** A sequence fits into the window that each run looks at. */
export function* maxspan({ rule, compiled, origin }: RuleView): Iterable<Diagnostic> {
  const query = compiled.queries.find(({ field }) => field === "query")?.query;
  if (query?.language !== "eql") return;
  const span = eql.maxspanSeconds(query.ast);
  const start = offsetSeconds(rule.from ?? DEFAULT_FROM);
  const end = offsetSeconds(rule.to ?? DEFAULT_TO);
  if (span === undefined || start === undefined || end === undefined || end - start >= span.seconds) return;
  const words = { maxspan: formatDuration(span.seconds), window: formatDuration(end - start) };
  const { start: from, end: to } = span;
  yield report("rule/maxspan-beyond-window", words, {
    ...origin("query"),
    within: { start: from, end: to },
  });
}
