import { esql, QueryError, type Event, reader, toMillis } from "../../query/index.js";
import { buildAlert } from "../alert/build.js";
import { alertSource } from "../alert/source.js";
import { ancestorsOf } from "../alert/ancestors.js";
import { createAlerts, type Candidate } from "../create.js";
import { MAX_ALERTS, MAX_ALERTS_OR_SUPPRESSED } from "../messages.js";
import { CannotRun, RunError } from "../run-error.js";
import type { Engine, RunContext } from "../run-context.js";
import { createSuppressed, type InMemory } from "../suppression/in-memory.js";
import type { SuppressionTerm } from "../suppression/terms.js";
import type { Alert } from "../types.js";
import { esqlIndices } from "./esql-indices.js";
import { type Row, rowsOf } from "./esql-rows.js";
import { warnUnsearched } from "./exceptions.js";

/**
 * Rows as alerts. The window and the exceptions take documents away before the query sees them. A row that names its document brings
 * the fields that it lacks from there, and alerts once.
 */
export const esqlEngine: Engine<"esql"> = (context) => {
  warnUnsearched(context);
  const { query, alert_suppression: settings } = context.rule.params;
  const answer = run(context, query);
  const rows = rowsOf(context, query, answer);
  const { maxSignals, outcome } = context;
  let created = 0;
  // Kibana asks for one row more than it may alert on, and goes on while rows were alerts already.
  for (let start = 0, size = maxSignals; start < rows.length; start = size + 1, size += maxSignals) {
    const page = rows.slice(start, size + 1).map((row) => ({ row, alone: candidate(context, row) }));
    const limit = maxSignals - created;
    const made =
      settings === undefined
        ? createAlerts(
            context,
            page.map(({ alone }) => alone),
            limit,
          )
        : createSuppressed(
            context,
            settings,
            page.map(({ row, alone }) => suppressible(context, row, alone, settings.group_by)),
            { multiple: 1, limit },
          );
    created += made.created;
    if (made.truncated) {
      outcome.warn(settings === undefined ? MAX_ALERTS : MAX_ALERTS_OR_SUPPRESSED);
      return;
    }
  }
};

function run(context: RunContext<"esql">, query: string): esql.RunAnswer {
  try {
    const answer = esql.run(query, {
      ...esqlIndices(context),
      now: context.at,
      defaultLimit: MOST_ROWS,
    });
    if ("notRun" in answer) throw new CannotRun(`ES|QL: ${answer.notRun.message}`);
    return answer;
  } catch (error) {
    if (error instanceof QueryError) throw new RunError(`verification_exception: ${error.message}`);
    throw error;
  }
}

/** No query gives more. */
const MOST_ROWS = 10_000;

function candidate(context: RunContext<"esql">, row: Row): Candidate {
  return { uuid: row.uuid, build: () => alertOf(context, row) };
}

function alertOf(context: RunContext<"esql">, { uuid, doc }: Row, fields: Alert = {}): Alert {
  const [time] = [reader("@timestamp")(doc.event)].flat();
  const millis = toMillis(time);
  return buildAlert(
    {
      uuid,
      source: alertSource(doc),
      original: doc.event,
      ancestors: ancestorsOf(doc),
      originalTime: millis === undefined ? undefined : new Date(millis).toISOString(),
      fields,
    },
    context.alertContext,
  );
}

function suppressible(
  context: RunContext<"esql">,
  row: Row,
  alone: Candidate,
  groupBy: readonly string[],
): InMemory {
  const time = timeOf(context, row.doc.event);
  return {
    uuid: row.uuid,
    alone,
    terms: groupBy.map((field): SuppressionTerm => ({ field, value: termOf(row, field) })),
    start: time,
    end: time,
    count: 0,
    build: (fields) => alertOf(context, row, fields),
  };
}

/** What the query gives of a field stays as it is; what its document has is a list. */
function termOf({ columns, doc }: Row, field: string): unknown {
  const own = columns[field];
  if (own !== undefined) return own;
  const value = reader(field)(doc.event);
  return value === undefined ? null : [value].flat();
}

/** When a row was: its document's time, or that of the run where it has none. */
function timeOf({ timestamps: { primary, secondary }, at }: RunContext, event: Event): number {
  for (const field of [primary, secondary ?? primary]) {
    const time = toMillis([reader(field)(event)].flat()[0]);
    if (time !== undefined) return time;
  }
  return at;
}
