import type { Query, Sequence } from "../eql/ast.js";
import type { Context } from "../eql/evaluate/context.js";
import { compileFilter } from "../eql/evaluate/event.js";
import { applyPipes } from "../eql/evaluate/pipes.js";
import { requiredOf } from "../eql/evaluate/required.js";
import { SequenceRun, type TimedEvent } from "../eql/evaluate/sequence.js";
import { runQuery, type RunOptions } from "../eql/run.js";
import type { Event } from "../match/index.js";
import type { Entry } from "./discriminator.js";
import { eventRun, type Probe, type Run } from "./run.js";

/** An EQL rule: its events and the clauses of its sequence stand in the index, a sample looks for itself. */
export function eqlRun(query: Query, events: readonly Event[], context: Context, options: RunOptions): Run {
  const { statement, pipes } = query;
  const { categoryField = "event.category", size } = options;
  switch (statement.kind) {
    case "event": {
      const test = compileFilter(statement, context, categoryField);
      const conditions = requiredOf(statement, context, categoryField);
      return eventRun(test, conditions, (found) => applyPipes(found, pipes, size));
    }
    case "sequence": {
      const { entries, found } = sequenceEntries(statement, context, categoryField);
      return {
        entries,
        result() {
          const { sequences, truncated } = found();
          return { sequences: applyPipes(sequences, pipes, size), ...(truncated ? { truncated } : {}) };
        },
      };
    }
    default:
      return { entries: [], result: () => runQuery(query, events, context, options) };
  }
}

/**
 * The clauses of a sequence as entries. An event reaches those that it may match one after the other; the sequence takes
 * it when the next event comes, since then all of them have been asked.
 */
function sequenceEntries(
  sequence: Sequence,
  context: Context,
  categoryField: string,
): { entries: Entry<Probe>[]; found: SequenceRun["found"] } {
  const run = new SequenceRun(sequence, context, categoryField);
  const { terms, until } = sequence;
  let current: TimedEvent | undefined;
  const matched = new Set<number>();
  const matches = (clause: number): boolean => matched.has(clause);
  const flush = (): void => {
    if (current !== undefined && matched.size > 0) run.add(current, matches);
    matched.clear();
  };
  const entries = [...terms, ...(until === undefined ? [] : [until])].flatMap(({ event: filter }, clause) => {
    if (filter.kind === "error") return [];
    const { test } = run.clauses[clause]!;
    const item: Probe = (timed) => {
      if (timed.ms === Infinity || !test(timed.event)) return;
      if (timed !== current) flush();
      current = timed;
      matched.add(clause);
    };
    return [{ item, conditions: requiredOf(filter, context, categoryField) }];
  });
  return {
    entries,
    found() {
      flush();
      return run.found();
    },
  };
}
