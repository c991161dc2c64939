import { compareValues } from "../group.js";
import { type Event, fetchedValues } from "../../query/index.js";
import type { Fields } from "../../fields/index.js";
import { candidateOn, type Candidate } from "../create.js";
import { alertOn } from "../alert/build.js";
import type { RunContext } from "../run-context.js";
import type { Hit } from "../search.js";
import type { Alert } from "../types.js";
import type { InMemory } from "./in-memory.js";
import type { SuppressionTerm } from "./terms.js";

/** Reads the group of a document: of each field all values in order, or null where there is none. */
export function termsReader(fields: readonly string[]): (event: Event, mapped: Fields) => SuppressionTerm[] {
  return (event, mapped) =>
    fields.map((field) => {
      const values = fetchedValues({ fields: mapped }, field)(event).toSorted(compareValues);
      return { field, value: values.length === 0 ? null : values };
    });
}

/** The alert on a document, with its group. `fields` are what the rule's type adds to it. */
export function suppressibleHit(
  context: RunContext,
  { doc, time }: Hit,
  terms: readonly SuppressionTerm[],
  alone: Candidate = candidateOn(context, doc),
  fields: Alert = {},
): InMemory {
  return {
    uuid: alone.uuid,
    alone,
    terms,
    start: time,
    end: time,
    count: 0,
    build: (suppression) => alertOn(doc, alone.uuid, context.alertContext, { ...fields, ...suppression }),
  };
}
