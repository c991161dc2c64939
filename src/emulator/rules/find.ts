import type { Call } from "../http/call.js";
import { checkedQuery } from "../http/route.js";
import { SiemError } from "../http/errors.js";
import { array, type Infer, number, object, oneOf, optional, string, union } from "../validate/schema.js";
import { ruleFilter, SORT_KEYS, type SortField, sortRules } from "./filter.js";
import { toResponse } from "./rule.js";

const sortFields = Object.keys(SORT_KEYS) as SortField[];
const oneOrMore = union<string | string[]>([array(string()), string()]);

const findQuery = object({
  fields: optional(oneOrMore),
  filter: optional(string()),
  sort_field: optional(oneOf(sortFields)),
  sort_order: optional(oneOf(["asc", "desc"])),
  page: optional(number({ coerce: true, integer: true, min: 1 })),
  per_page: optional(number({ coerce: true, integer: true, min: 0 })),
  gaps_range_start: optional(string()),
  gaps_range_end: optional(string()),
  gap_fill_statuses: optional(oneOrMore),
});

/** Elasticsearch's `index.max_result_window`. */
const RESULT_WINDOW = 10_000;

function problems(query: Infer<typeof findQuery>): string[] {
  const texts: string[] = [];
  if ((query.sort_field === undefined) !== (query.sort_order === undefined)) {
    texts.push('when "sort_order" and "sort_field" must exist together or not at all');
  }
  const gaps = [query.gap_fill_statuses, query.gaps_range_start, query.gaps_range_end];
  const given = gaps.filter((value) => value !== undefined).length;
  if (given > 0 && given < gaps.length) {
    texts.push(
      'Query fields "gap_fill_statuses", "gaps_range_start" and "gaps_range_end" has to be specified together',
    );
  }
  return texts;
}

/**
 * `GET rules/_find`. `fields` is accepted and not heeded: rules come whole. No rule ever ran here, so a question for
 * rules with gaps finds none.
 */
export function findRules(call: Call) {
  const query = checkedQuery(call, findQuery);
  const texts = problems(query);
  if (texts.length > 0) throw new SiemError(400, texts);
  const { page = 1, per_page: perPage = 20 } = query;
  if (page * perPage > RESULT_WINDOW) {
    throw new SiemError(
      400,
      `Result window is too large, from + size must be less than or equal to: [${RESULT_WINDOW}] but was [${page * perPage}]`,
    );
  }
  let rules = [...call.space.rules.values()].filter(ruleFilter(query.filter));
  if (query.gaps_range_start !== undefined) rules = [];
  if (query.sort_field !== undefined) rules = sortRules(rules, query.sort_field, query.sort_order ?? "asc");
  const data = rules.slice((page - 1) * perPage, page * perPage).map(toResponse);
  return { page, perPage, total: rules.length, data };
}
