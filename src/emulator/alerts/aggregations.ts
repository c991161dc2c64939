/** What Elasticsearch answers to aggregations over no documents. */
import { isJson, type Json } from "../../json/index.js";

/** By the kind of an aggregation, its result where there is nothing to aggregate. */
const EMPTY: Readonly<Record<string, Json>> = {
  terms: { doc_count_error_upper_bound: 0, sum_other_doc_count: 0, buckets: [] },
  multi_terms: { doc_count_error_upper_bound: 0, sum_other_doc_count: 0, buckets: [] },
  composite: { buckets: [] },
  date_histogram: { buckets: [] },
  auto_date_histogram: { buckets: [], interval: "1s" },
  histogram: { buckets: [] },
  significant_terms: { doc_count: 0, bg_count: 0, buckets: [] },
  cardinality: { value: 0 },
  value_count: { value: 0 },
  sum: { value: 0 },
  min: { value: null },
  max: { value: null },
  avg: { value: null },
  stats: { count: 0, min: null, max: null, avg: null, sum: 0 },
  top_hits: { hits: { total: { value: 0, relation: "eq" }, max_score: null, hits: [] } },
};
/** These have one bucket, in which their own aggregations are answered. */
const SINGLE_BUCKET: ReadonlySet<string> = new Set([
  "filter",
  "missing",
  "global",
  "nested",
  "reverse_nested",
]);
/** How deep aggregations are answered: Elasticsearch has a limit of its own on nesting. */
const DEEPEST = 20;

/** The results of the aggregations of a search that finds nothing; undefined where it has none. */
export function emptyAggregations(search: unknown, depth = 0): Json | undefined {
  const sent = isJson(search) ? (search["aggs"] ?? search["aggregations"]) : undefined;
  if (!isJson(sent) || depth > DEEPEST) return undefined;
  return Object.fromEntries(Object.entries(sent).map(([name, one]) => [name, emptyResult(one, depth)]));
}

function emptyResult(aggregation: unknown, depth: number): Json {
  if (!isJson(aggregation)) return {};
  const kind = Object.keys(aggregation).find((key) => !["aggs", "aggregations", "meta"].includes(key)) ?? "";
  if (Object.hasOwn(EMPTY, kind)) return EMPTY[kind]!;
  const inner = emptyAggregations(aggregation, depth + 1);
  if (SINGLE_BUCKET.has(kind)) return { doc_count: 0, ...inner };
  if (kind !== "filters") return {};
  const { filters } = (isJson(aggregation["filters"]) ? aggregation["filters"] : {}) as { filters?: unknown };
  const bucket = { doc_count: 0, ...inner };
  return {
    buckets: isJson(filters)
      ? Object.fromEntries(Object.keys(filters).map((name) => [name, bucket]))
      : Array.isArray(filters)
        ? filters.map(() => bucket)
        : [],
  };
}
