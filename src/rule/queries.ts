import type { Fields } from "../fields/index.js";
import { isFieldOf, isRuleType, type RuleType } from "../kibana/rule.js";
import type { RequiredFieldInput } from "../kibana/rule-parts.js";
import { esql, fieldsRead, type Language, parseQuery, type Query } from "../query/index.js";

/** A query of a rule and the field that holds it. */
export interface RuleQuery {
  readonly field: "query" | "threat_query";
  readonly query: Query;
}

/** The language of a rule's queries, by its type; Kibana's default where the rule may choose is KQL. */
function languageOf(type: RuleType, language: unknown): Language {
  if (type === "eql" || type === "esql") return type;
  return language === "lucene" ? "lucene" : "kuery";
}

/** The queries that a compiled rule has, parsed. */
export function queriesOf(rule: Readonly<Record<string, unknown>>): readonly RuleQuery[] {
  const { type, query, threat_query } = rule;
  if (typeof type !== "string" || !isRuleType(type)) return [];
  const found: RuleQuery[] = [];
  if (typeof query === "string" && isFieldOf("query", type))
    found.push({ field: "query", query: parseQuery(languageOf(type, rule["language"]), query) });
  if (typeof threat_query === "string" && isFieldOf("threat_query", type))
    found.push({
      field: "threat_query",
      query: parseQuery(languageOf(type, rule["threat_language"]), threat_query),
    });
  return found;
}

/** The patterns of the indices that a rule reads: its `index`, or what an ES|QL query names; undefined where it has a data view. */
export function indicesOf(
  rule: Readonly<{ type?: string; index?: readonly string[]; data_view_id?: string }>,
  queries: readonly RuleQuery[],
): readonly string[] | undefined {
  if (rule.type !== "esql") return rule.data_view_id === undefined ? rule.index : undefined;
  const query = queries.find(({ field }) => field === "query")?.query;
  return query?.language === "esql" ? esql.indicesOf(query.ast) : undefined;
}

/**
 * `required_fields` of a rule: what its query reads, by name, with the types of its indices; `unknown` where nothing is
 * known of a field, as in Elastic's own rules. Undefined where the query cannot be read.
 */
export function requiredFields(
  queries: readonly RuleQuery[],
  fields: Fields,
  stack?: string,
): RequiredFieldInput[] | undefined {
  const query = queries.find(({ field }) => field === "query")?.query;
  if (query === undefined || query.diagnostics.some(({ severity }) => severity === "error")) return undefined;
  const options = { fields, ...(stack === undefined ? {} : { stack }) };
  const names = [...new Set(fieldsRead(query, options).map(({ name }) => name))].sort();
  return names.flatMap((name) => {
    const info = fields.find(name);
    return info?.source === "metadata" ? [] : [{ name, type: info?.type ?? "unknown" }];
  });
}
