import { createUpToLimit, isOwnAlert } from "../create.js";
import { filtersQuery } from "../filters.js";
import type { Engine, RunContext } from "../run-context.js";
import { dslCondition, not, queryCondition, search, type Hit } from "../search.js";
import { createAllSuppressed } from "../suppression/in-memory.js";
import { suppressibleHit, termsReader } from "../suppression/of-hit.js";
import { alertOn } from "../alert/build.js";
import { uuidOf } from "../create.js";
import { afterSearch } from "./exceptions.js";
import { matching } from "./query.js";
import { enrichmentFields } from "./threat-enrichment.js";
import { joinThreats, type Matched } from "./threat-join.js";

/** Events that an indicator is about. */
export const threatMatchEngine: Engine<"threat_match"> = (context) => {
  const { params } = context.rule;
  const settings = params.alert_suppression;
  const events = afterSearch(context, matching(context)).filter(({ doc }) => !isOwnAlert(context, doc));
  const found = joinThreats(params.threat_mapping, events, indicatorsOf(context));
  // Newest first, but for groups, which begin with their oldest event.
  if (settings === undefined) found.reverse();
  const made = found.map((one) => ({ ...one, alone: candidateOf(context, one) }));
  if (settings === undefined) {
    createUpToLimit(
      context,
      made.map(({ alone }) => alone),
    );
    return;
  }
  const read = termsReader(settings.group_by);
  createAllSuppressed(
    context,
    settings,
    made.map(({ alone, event, ...one }) =>
      suppressibleHit(
        context,
        event,
        read(event.doc.event, event.doc.mapping.fields),
        alone,
        enrichmentFields(context.rule.params, { event, ...one }),
      ),
    ),
  );
};

function candidateOf(
  context: RunContext<"threat_match">,
  matched: Matched,
): { uuid: string; build: () => ReturnType<typeof alertOn> } {
  const { doc } = matched.event;
  const uuid = uuidOf(context, doc);
  return {
    uuid,
    build: () => alertOn(doc, uuid, context.alertContext, enrichmentFields(context.rule.params, matched)),
  };
}

const ALWAYS = { from: -Infinity, to: Infinity };

/** Indicators of any time; exceptions are about them too. */
function indicatorsOf({
  rule,
  store,
  at,
  timestamps,
  exceptions,
}: RunContext<"threat_match">): readonly Hit[] {
  const { threat_index, threat_query, threat_language = "kuery", threat_filters } = rule.params;
  const filters = filtersQuery(threat_filters);
  return search({
    indices: store.matching(threat_index),
    timestamps,
    window: ALWAYS,
    conditions: [
      queryCondition(threat_language, threat_query, at),
      ...(filters === undefined ? [] : [dslCondition(filters, at)]),
      ...(exceptions.query === undefined ? [] : [not(dslCondition(exceptions.query, at))]),
    ],
  });
}
