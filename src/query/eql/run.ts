import { type FieldsInput, fieldsOf } from "../../fields/index.js";
import { QueryError } from "../core/index.js";
import { type Event, type Readers, rememberingReaders } from "../match/index.js";
import type { Query } from "./ast.js";
import { check } from "./check.js";
import type { EventTest } from "./evaluate/condition.js";
import type { Context } from "./evaluate/context.js";
import { compileFilter } from "./evaluate/event.js";
import { fieldNames, inferKinds } from "./evaluate/infer.js";
import { orderEvents, type OrderOptions } from "./evaluate/order.js";
import { applyPipes } from "./evaluate/pipes.js";
import { runSample } from "./evaluate/sample.js";
import { createSchema } from "./evaluate/schema.js";
import { runSequence } from "./evaluate/sequence.js";
import type { FoundSequence } from "./evaluate/sequence-matcher.js";
import { parse } from "./parser.js";

export interface RunOptions {
  /** The fields of the indices. What they do not know is taken from the events. */
  readonly fields?: FieldsInput;
  /** Default `event.category`. */
  readonly categoryField?: string;
  /** Default `@timestamp`. ISO dates, or numbers whose size tells the unit; see `readInstant`. */
  readonly timestampField?: string;
  /** Orders events of the same time. Default: they stay in the order they are given. */
  readonly tiebreakerField?: string;
  /** How many events or sequences are returned: the last ones, or the first samples. Default: all. */
  readonly size?: number;
  /** How many samples there may be for one key. Default 1. */
  readonly maxSamplesPerKey?: number;
  /** Milliseconds since 1970, for dates such as `now-1d`. Default: the time of the call. */
  readonly now?: number;
}

/** What a query finds, in Elasticsearch's order. Events are given by their indexes. */
export interface RunResult {
  /** Of a query for single events. */
  readonly events?: number[];
  /** Of a sequence or a sample. Null is the place of a missing event. */
  readonly sequences?: {
    readonly joinKeys: readonly unknown[];
    readonly events: readonly (number | null)[];
  }[];
  /** Set where an event has more than 1,000 join keys; the first 1,000 were followed. */
  readonly truncated?: true;
}

/**
 * Runs a query on events as Elasticsearch would on an index with them. Types are those of `fields`; of names that
 * `fields` does not know, the first value in the events tells whether it is a date, and a name that is in no event is
 * unmapped: `?name` is then null. A name without `?` that is unmapped would make Elasticsearch refuse the query; here
 * it is missing from each event, since events alone do not tell what is mapped. Timestamps: see `readInstant`;
 * events without one come last and take no part in sequences, unless no event has one.
 *
 * @throws QueryError where the query has errors
 */
export function run(text: string, events: readonly Event[], options: RunOptions = {}): RunResult {
  const { ast, diagnostics } = parse(text);
  const findings = [...diagnostics, ...check(ast, {})];
  if (findings.some(({ severity }) => severity === "error")) throw new QueryError(findings);
  return runQuery(ast, events, contextFor([ast], events, options), options);
}

/** Runs a query without errors, compiled in a context that knows its fields. */
export function runQuery(
  query: Query,
  events: readonly Event[],
  context: Context,
  options: RunOptions,
): RunResult {
  const { categoryField = "event.category", size = Infinity, maxSamplesPerKey = 1 } = options;
  const { statement, pipes } = query;
  const order = orderOf(context, options);
  switch (statement.kind) {
    case "event": {
      const found = matching(events, compileFilter(statement, context, categoryField));
      const timeline = orderEvents(
        found.map((index) => events[index]!),
        order,
      );
      const ordered = Array.from(timeline.order, (index) => found[index]!);
      return { events: applyPipes(ordered, pipes, size) };
    }
    case "sequence": {
      const found = runSequence(statement, events, orderEvents(events, order), context, categoryField);
      return resultOf(applyPipes(found.sequences, pipes, size), found.truncated);
    }
    case "sample": {
      const limits = { perKey: maxSamplesPerKey, size };
      const found = runSample(statement, events, context, categoryField, limits);
      return resultOf(applyPipes(found.sequences, pipes), found.truncated);
    }
    // Both have findings, so that they do not come here.
    case "join":
    case "error":
      return {};
  }
}

/** What the queries are compiled with: the types of the fields that they read, as far as `fields` or the events tell. */
export function contextFor(
  queries: readonly Query[],
  events: readonly Event[],
  { fields: given, timestampField = "@timestamp", now = Date.now() }: RunOptions,
  readers: Readers = rememberingReaders(),
): Context {
  const fields = given === undefined ? undefined : fieldsOf(given);
  const names = new Set(queries.flatMap((query) => [...fieldNames(query)]));
  const unknown = [...names].filter((name) => name !== timestampField && !fields?.find(name));
  const seen = inferKinds(unknown, events);
  return { schema: createSchema({ fields, timestampField, seen, readers }), now };
}

/** How events are ordered. */
export function orderOf({ schema }: Context, options: RunOptions): OrderOptions {
  const { timestampField = "@timestamp", tiebreakerField } = options;
  return {
    readTime: schema.read(timestampField),
    readTie: tiebreakerField === undefined ? undefined : schema.read(tiebreakerField),
    nanos: schema.typeOf(timestampField).nanos === true,
  };
}

function matching(events: readonly Event[], test: EventTest): number[] {
  const found: number[] = [];
  for (let index = 0; index < events.length; index++) if (test(events[index]!)) found.push(index);
  return found;
}

function resultOf(sequences: readonly FoundSequence[], truncated: boolean): RunResult {
  return { sequences: [...sequences], ...(truncated ? { truncated } : {}) };
}
