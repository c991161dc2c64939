import type { Event } from "../../query/index.js";
import { parseDate } from "../../query/index.js";
import { alertOn } from "../alert/build.js";
import { type Candidate, createUpToLimit, uuidOf } from "../create.js";
import { compareGroups, groupReader, keyOf, type Term } from "../group.js";
import { RunError } from "../run-error.js";
import type { Engine, RunContext } from "../run-context.js";
import type { Hit } from "../search.js";
import { createAllSuppressed } from "../suppression/in-memory.js";
import { suppressibleHit, termsReader } from "../suppression/of-hit.js";
import { warnUnsearched } from "./exceptions.js";
import { matching } from "./query.js";

/** A combination of values, with the first event that has it. */
interface NewTerms {
  readonly terms: readonly Term[];
  readonly hit: Hit;
}

/** Combinations of values that the history before the window does not have. */
export const newTermsEngine: Engine<"new_terms"> = (context) => {
  warnUnsearched(context);
  const found = findNew(context);
  const settings = context.rule.params.alert_suppression;
  if (settings === undefined) {
    createUpToLimit(
      context,
      found.map((one) => candidateOf(context, one)),
    );
    return;
  }
  const read = termsReader(settings.group_by);
  createAllSuppressed(
    context,
    settings,
    found.map((one) => {
      const { event, mapping }: { event: Event; mapping: Hit["doc"]["mapping"] } = one.hit.doc;
      return suppressibleHit(
        context,
        one.hit,
        read(event, mapping.fields),
        candidateOf(context, one),
        fieldsOf(one),
      );
    }),
  );
};

/** In the order of the values. */
function findNew(context: RunContext<"new_terms">): NewTerms[] {
  const { new_terms_fields: fields, history_window_start: start } = context.rule.params;
  const { from, to } = context.window;
  const history = parseDate(start, to);
  if (history === undefined) throw new RunError(`\`history_window_start: ${start}\` is no time`);
  const read = groupReader(fields, false);
  const known = new Set<string>();
  const found = new Map<string, NewTerms>();
  for (const hit of matching({ ...context, window: { from: Math.min(history.ms, from), to } })) {
    for (const terms of read(hit.doc)) {
      const key = keyOf(terms);
      if (hit.time <= from && hit.time >= history.ms) known.add(key);
      if (hit.time >= from && !found.has(key)) found.set(key, { terms, hit });
    }
  }
  return [...found]
    .filter(([key]) => !known.has(key))
    .map(([, one]) => one)
    .sort((a, b) => compareGroups(a.terms, b.terms));
}

function fieldsOf({ terms }: NewTerms): { readonly "kibana.alert.new_terms": readonly unknown[] } {
  return { "kibana.alert.new_terms": terms.map(({ value }) => value) };
}

function candidateOf(context: RunContext, one: NewTerms): Candidate {
  const uuid = uuidOf(context, one.hit.doc, one.terms);
  return { uuid, build: () => alertOn(one.hit.doc, uuid, context.alertContext, fieldsOf(one)) };
}
