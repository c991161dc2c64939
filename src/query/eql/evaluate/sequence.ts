import type { Event } from "../../match/index.js";
import type { Duration, Sequence, Term } from "../ast.js";
import type { EventTest } from "./condition.js";
import type { Context } from "./context.js";
import { compileFilter } from "./event.js";
import { type EventKeys, type Key, keyReader } from "./keys.js";
import type { Timeline } from "./order.js";
import { type FoundSequence, SequenceMatcher, type StageKeys, UNTIL } from "./sequence-matcher.js";

/** What a search for several events found. */
export interface Found {
  readonly sequences: FoundSequence[];
  /** Some event has more join keys than are followed. */
  readonly truncated: boolean;
}

/** A bracket of the query, compiled. */
export interface CompiledTerm {
  readonly test: EventTest;
  readonly keysOf: (event: Event) => EventKeys;
}

const NO_KEYS: readonly Key[] = [];
const UNITS: Readonly<Record<Duration["unit"], number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Finds the sequences of a query in events. Events without a time take no part. */
export function runSequence(
  { by, maxspan, terms, until }: Sequence,
  events: readonly Event[],
  { order, ms, ns }: Timeline,
  context: Context,
  categoryField: string,
): Found {
  const compiled = terms.map((term) => compileTerm(term, by, context, categoryField));
  const end = until === undefined ? undefined : compileTerm(until, by, context, categoryField);
  // A term with runs is several stages.
  const termOf = terms.flatMap((term, index) => Array<number>(term.runs).fill(index));
  const matcher = new SequenceMatcher({
    stages: termOf.map((index) => (terms[index]!.missing ? "missing" : "positive")),
    maxspan: maxspan === undefined ? undefined : maxspan.amount * UNITS[maxspan.unit],
  });
  let truncated = false;
  let event: Event = {};
  const read = ({ test, keysOf }: CompiledTerm): readonly Key[] => {
    if (!test(event)) return NO_KEYS;
    const found = keysOf(event);
    truncated ||= found.truncated;
    return found.keys;
  };
  // The stages of a term ask for the same: its answer for this event is kept.
  const answers = compiled.map(() => NO_KEYS);
  const answeredFor = compiled.map(() => -1);
  let at = -1;
  const keysOf: StageKeys = (stage) => {
    if (stage === UNTIL) return end === undefined ? NO_KEYS : read(end);
    const term = termOf[stage]!;
    if (answeredFor[term] !== at) {
      answeredFor[term] = at;
      answers[term] = read(compiled[term]!);
    }
    return answers[term]!;
  };
  for (const index of order) {
    if (ms[index] === Infinity) break;
    at = index;
    event = events[index]!;
    matcher.add(index, ms[index]!, ns[index]!, keysOf);
  }
  return { sequences: matcher.results(), truncated };
}

export function compileTerm(
  { event, by }: Term,
  global: Sequence["by"],
  context: Context,
  categoryField: string,
): CompiledTerm {
  return {
    test: event.kind === "event" ? compileFilter(event, context, categoryField) : () => false,
    keysOf: keyReader([...global, ...by], context.schema),
  };
}
