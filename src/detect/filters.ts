import { isJson, type Json } from "../json/index.js";
import type { dsl } from "../query/index.js";
import { CannotRun } from "./run-error.js";

/** Kibana's filters as one query. Those that are disabled are left out, negated ones turned round. */
export function filtersQuery(filters: readonly Json[] = []): dsl.Dsl | undefined {
  const enabled = filters.filter(
    (filter) => !(isJson(filter["meta"]) && filter["meta"]["disabled"] === true),
  );
  if (enabled.length === 0) return undefined;
  const required: dsl.Dsl[] = [];
  const forbidden: dsl.Dsl[] = [];
  for (const filter of enabled) {
    const negated = isJson(filter["meta"]) && filter["meta"]["negate"] === true;
    (negated ? forbidden : required).push(queryOf(filter));
  }
  return { bool: { filter: required, must_not: forbidden } };
}

/** What a filter asks: its query, its parts joined, or the query that it is itself. */
function queryOf(filter: Json): dsl.Dsl {
  const { meta, query } = filter;
  if (isJson(meta) && meta["type"] === "combined" && Array.isArray(meta["params"])) {
    const parts = meta["params"].filter(isJson).map((part) => filtersQuery([part]) ?? { match_all: {} });
    return meta["relation"] === "OR"
      ? { bool: { should: parts, minimum_should_match: 1 } }
      : { bool: { filter: parts } };
  }
  if (isJson(query)) return query;
  const own = Object.entries(filter).filter(([key]) => key !== "meta" && key !== "$state" && key !== "query");
  if (own.length !== 1) throw new CannotRun("a filter of the rule has no query");
  return Object.fromEntries(own);
}
