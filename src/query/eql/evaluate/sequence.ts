import type { Event } from "../../match/index.js";
import type { Sequence, Term } from "../ast.js";
import { MILLIS } from "../duration.js";
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

/** Finds the sequences of a query in events. Events without a time take no part. */
export function runSequence(
  sequence: Sequence,
  events: readonly Event[],
  { order, ms, ns }: Timeline,
  context: Context,
  categoryField: string,
): Found {
  const run = new SequenceRun(sequence, context, categoryField);
  for (const index of order) {
    if (ms[index] === Infinity) break;
    const event = events[index]!;
    run.add({ index, event, ms: ms[index]!, ns: ns[index]! }, (clause) => run.clauses[clause]!.test(event));
  }
  return run.found();
}

/** An event with its place in time. */
export interface TimedEvent {
  readonly index: number;
  readonly event: Event;
  /** Milliseconds since 1970. */
  readonly ms: number;
  /** Nanoseconds within the millisecond. */
  readonly ns: number;
}

/** A sequence that is being looked for. Events are added in order; who adds them may know already which clauses they match. */
export class SequenceRun {
  /** The brackets of the query in order, and `until` as the last where there is one. */
  readonly clauses: readonly CompiledTerm[];
  readonly #matcher: SequenceMatcher;
  /** By stage: its clause. A term with runs is several stages. */
  readonly #clauseOf: readonly number[];
  readonly #until: number;
  /** By clause: the keys of the current event. */
  readonly #keys: (readonly Key[] | undefined)[];
  #truncated = false;
  #event: Event = {};
  #matches: (clause: number) => boolean = () => false;

  constructor({ by, maxspan, terms, until }: Sequence, context: Context, categoryField: string) {
    const clauses = until === undefined ? terms : [...terms, until];
    this.clauses = clauses.map((term) => compileTerm(term, by, context, categoryField));
    this.#until = until === undefined ? -1 : terms.length;
    this.#clauseOf = terms.flatMap((term, index) => Array<number>(term.runs).fill(index));
    this.#keys = clauses.map(() => undefined);
    this.#matcher = new SequenceMatcher({
      stages: this.#clauseOf.map((clause) => (terms[clause]!.missing ? "missing" : "positive")),
      maxspan: maxspan === undefined ? undefined : maxspan.amount * MILLIS[maxspan.unit],
    });
  }

  /** Takes the next event; `matches` says which clauses it matches, and is asked once at most about each. */
  add({ index, event, ms, ns }: TimedEvent, matches: (clause: number) => boolean): void {
    this.#event = event;
    this.#matches = matches;
    this.#keys.fill(undefined);
    this.#matcher.add(index, ms, ns, this.#keysOf);
  }

  found(): Found {
    return { sequences: this.#matcher.results(), truncated: this.#truncated };
  }

  readonly #keysOf: StageKeys = (stage) => {
    const clause = stage === UNTIL ? this.#until : this.#clauseOf[stage]!;
    if (clause < 0) return NO_KEYS;
    return (this.#keys[clause] ??= this.#read(clause));
  };

  #read(clause: number): readonly Key[] {
    if (!this.#matches(clause)) return NO_KEYS;
    const found = this.clauses[clause]!.keysOf(this.#event);
    this.#truncated ||= found.truncated;
    return found.keys;
  }
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
