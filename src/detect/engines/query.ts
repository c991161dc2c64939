import { candidateOn, createUpToLimit, isOwnAlert } from "../create.js";
import type { Engine, RunContext } from "../run-context.js";
import { queryCondition, search, type Hit } from "../search.js";
import { afterSearch, warnUnsearched } from "./exceptions.js";
import { createGrouped } from "./query-suppression.js";

/** `query` and `saved_query`: each document that matches is an alert, oldest first. */
export const queryEngine: Engine<"query" | "saved_query"> = (context) => {
  const { params } = context.rule;
  const hits = matching(context).filter(({ doc }) => !isOwnAlert(context, doc));
  const settings = params.alert_suppression;
  if (settings !== undefined) {
    warnUnsearched(context);
    createGrouped(context, settings, hits);
    return;
  }
  createUpToLimit(
    context,
    afterSearch(context, hits).map(({ doc }) => candidateOn(context, doc)),
  );
};

/** The documents of the window that the rule's query finds. */
export function matching(
  context: RunContext<"query" | "saved_query" | "threshold" | "new_terms" | "threat_match">,
): Hit[] {
  const { language = "kuery", query = "" } = context.rule.params;
  return search({
    ...context,
    conditions: [queryCondition(language, query, context.at), ...context.conditions],
  });
}
