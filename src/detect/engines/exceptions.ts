import type { Fields } from "../../fields/index.js";
import type { Event } from "../../query/index.js";
import { notApplied } from "../messages.js";
import type { RunContext } from "../run-context.js";
import type { Hit } from "../search.js";

/** Leaves out what the exceptions are about that are compared with what was found. */
export function afterSearch({ exceptions }: RunContext, hits: readonly Hit[]): readonly Hit[] {
  if (exceptions.unsearched.length === 0) return hits;
  const tests = new Map<Fields, (event: Event) => boolean>();
  return hits.filter(({ doc: { event, mapping } }) => {
    let test = tests.get(mapping.fields);
    if (test === undefined) tests.set(mapping.fields, (test = exceptions.afterSearch(mapping.fields)));
    return !test(event);
  });
}

/** Warns that exceptions that are not part of the search have no effect on the rule. */
export function warnUnsearched({ exceptions, outcome }: RunContext): void {
  if (exceptions.unsearched.length > 0) outcome.warn(notApplied(exceptions.unsearched));
}
