import type { Explanation } from "../core/index.js";
import type { Event } from "../match/index.js";
import type { Query } from "./ast.js";
import { type CompileOptions, type Plan, planOf } from "./compile.js";

/**
 * Why an event matches, or does not: the conditions that count, with their verdicts and their places in the query. What
 * the parser leaves without a say (plain conditions beside required ones) is not in it. Throws `QueryError` where the
 * query is broken.
 */
export function explain(query: Query | string, event: Event, options: CompileOptions = {}): Explanation {
  return compileExplanation(query, options)(event);
}

/** What `explain` gives, for many events. */
export function compileExplanation(
  query: Query | string,
  options: CompileOptions = {},
): (event: Event) => Explanation {
  const plan = planOf(query, options);
  return (event) => verdictOf(plan, event);
}

function verdictOf({ kind, test, children, start, end }: Plan, event: Event): Explanation {
  const verdict = { kind, matched: test(event), start, end };
  return children === undefined
    ? verdict
    : { ...verdict, children: children.map((child) => verdictOf(child, event)) };
}
