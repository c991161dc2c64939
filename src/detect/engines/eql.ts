import { joinedFields } from "./joined-fields.js";
import { type Event, eql, QueryError } from "../../query/index.js";
import { candidateOn, createAlerts, createUpToLimit, isOwnAlert } from "../create.js";
import { MAX_ALERTS, MAX_ALERTS_OR_SUPPRESSED, unknownColumn } from "../messages.js";
import { RunError } from "../run-error.js";
import type { Engine, RunContext } from "../run-context.js";
import { search, type Hit } from "../search.js";
import { createAllSuppressed, createSuppressed, EVENTS_PER_ALERT } from "../suppression/in-memory.js";
import { suppressibleHit, termsReader } from "../suppression/of-hit.js";
import { type SequenceAlerts, sequenceAlerts, suppressibleSequence } from "./eql-sequence.js";
import { warnUnsearched } from "./exceptions.js";

const TIMESTAMP = "@timestamp";

/** Events, sequences and samples. Filters, exceptions and the window take events away before the query sees them. */
export const eqlEngine: Engine<"eql"> = (context) => {
  warnUnsearched(context);
  const { params } = context.rule;
  const { timestamp_field: timestampField = TIMESTAMP } = params;
  if (context.indices.every((index) => !index.has(timestampField)))
    throw new RunError(unknownColumn(timestampField));
  const hits = search(context);
  const settings = params.alert_suppression;
  const size = settings === undefined ? context.maxSignals : EVENTS_PER_ALERT * context.maxSignals;
  const found = run(
    context,
    hits.map(({ doc }) => doc.event),
    size,
    timestampField,
  );
  if ((found.events ?? found.sequences ?? []).length >= size) context.outcome.warn(MAX_ALERTS);
  if (found.sequences !== undefined)
    alertOnSequences(
      context,
      found.sequences.map(({ events }) => events.filter((at) => at !== null).map((at) => hits[at]!)),
    );
  else
    alertOnEvents(
      context,
      (found.events ?? []).map((at) => hits[at]!).filter(({ doc }) => !isOwnAlert(context, doc)),
    );
};

function run(
  { rule: { params }, indices, at }: RunContext<"eql">,
  events: readonly Event[],
  size: number,
  timestampField: string,
): eql.RunResult {
  try {
    return eql.run(params.query, events, {
      fields: joinedFields(indices),
      timestampField,
      size,
      now: at,
      ...(params.event_category_override === undefined
        ? {}
        : { categoryField: params.event_category_override }),
      ...(params.tiebreaker_field === undefined ? {} : { tiebreakerField: params.tiebreaker_field }),
    });
  } catch (error) {
    if (error instanceof QueryError) throw new RunError(`verification_exception: ${error.message}`);
    throw error;
  }
}

function alertOnEvents(context: RunContext<"eql">, hits: readonly Hit[]): void {
  const settings = context.rule.params.alert_suppression;
  if (settings === undefined) {
    createUpToLimit(
      context,
      hits.map(({ doc }) => candidateOn(context, doc)),
    );
    return;
  }
  const read = termsReader(settings.group_by);
  createAllSuppressed(
    context,
    settings,
    hits.map((hit) => suppressibleHit(context, hit, read(hit.doc.event, hit.doc.mapping.fields))),
  );
}

/** The limit counts sequences; each makes the alerts of its events too. */
function alertOnSequences(context: RunContext<"eql">, sequences: readonly (readonly Hit[])[]): void {
  const settings = context.rule.params.alert_suppression;
  const made = sequences.map((hits) => sequenceAlerts(context, hits));
  if (settings === undefined) {
    const { truncated } = createAlerts(
      context,
      made.map((sequence) => writing(context, sequence)),
      context.maxSignals,
    );
    if (truncated) context.outcome.warn(MAX_ALERTS);
    return;
  }
  const { truncated } = createSuppressed(
    context,
    settings,
    made.map((sequence) =>
      suppressibleSequence(sequence, settings.group_by, () => writing(context, sequence)),
    ),
  );
  if (truncated) context.outcome.warn(MAX_ALERTS_OR_SUPPRESSED);
}

/** The shell alert; the building blocks that are not there yet are written with it. */
function writing(
  { outcome, alerts }: RunContext,
  { shell, blocks }: SequenceAlerts,
): { uuid: string; build: () => typeof shell.alert } {
  return {
    uuid: shell.uuid,
    build() {
      for (const { uuid, alert } of blocks) if (!alerts.has(uuid)) outcome.write(uuid, alert);
      return shell.alert;
    },
  };
}
