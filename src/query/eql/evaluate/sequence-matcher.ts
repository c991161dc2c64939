import type { Key } from "./keys.js";
import type { Value } from "./value.js";

/** What a sequence asks for, with `runs` written out: one stage an event. */
export interface SequenceShape {
  readonly stages: readonly ("positive" | "missing")[];
  /** Longest time from the first to the last event, in milliseconds; inclusive. */
  readonly maxspan?: number | undefined;
}

/** Stands for the `until` clause where a stage is asked for. */
export const UNTIL = -1;

/** The keys under which an event matches a stage; none where it does not match. */
export type StageKeys = (stage: number) => readonly Key[];

export interface FoundSequence {
  readonly joinKeys: readonly Value[];
  /** By stage: what `add` was given as the event; null for a missing event. */
  readonly events: readonly (number | null)[];
}

/** A sequence as far as it has come: its last event, and before that one the others. */
interface Candidate {
  readonly event: number;
  readonly position: number;
  readonly time: Time;
  readonly previous: Candidate | undefined;
  readonly first: Candidate | undefined;
  /** The last event before the first one that matched a missing event at the start. */
  readonly lead: Time | undefined;
  /** An event that should be missing came between. */
  readonly broken: boolean;
}

interface Time {
  readonly ms: number;
  readonly ns: number;
}

interface Completed {
  readonly last: Candidate;
  readonly joinKeys: readonly Value[];
  discarded: boolean;
}

/** What is known of one key. */
interface State {
  /** By positive stage but the last: the candidate that waits for the next one. A newer one takes the place. */
  readonly pending: (Candidate | undefined)[];
  /** By stage: the position of the last match of a missing event. */
  readonly missed: number[];
  lead: Time | undefined;
  until: number;
  /** Completed sequences that a missing event at the end may still discard. */
  open: Completed[];
}

/**
 * Finds sequences in events that come in order, with one pass and one candidate for each stage and key. It gives what
 * Elasticsearch gives, which goes stage by stage over all events: there a match takes the latest candidate that ended
 * before it and drops the earlier ones, so that only the latest can ever be taken.
 */
export class SequenceMatcher {
  readonly #positives: readonly number[];
  /** By positive stage: the missing stages between it and the next one. */
  readonly #between: readonly (readonly number[])[];
  readonly #leading: readonly number[];
  readonly #trailing: readonly number[];
  readonly #maxspan: number;
  readonly #size: number;
  readonly #states = new Map<string | null, State>();
  readonly #completed: Completed[] = [];
  #position = 0;

  constructor({ stages, maxspan = Infinity }: SequenceShape) {
    const positives = [...stages.keys()].filter((stage) => stages[stage] === "positive");
    const missing = [...stages.keys()].filter((stage) => stages[stage] === "missing");
    const first = positives[0] ?? stages.length;
    const last = positives[positives.length - 1] ?? -1;
    this.#positives = positives;
    this.#between = positives.map((stage, index) =>
      missing.filter((gap) => gap > stage && gap < (positives[index + 1] ?? -1)),
    );
    this.#leading = missing.filter((stage) => stage < first);
    this.#trailing = missing.filter((stage) => stage > last);
    this.#maxspan = maxspan;
    this.#size = stages.length;
  }

  /**
   * Takes the next event, which is not before the last one. `keysOf` may be asked more than once about a stage, and
   * about `UNTIL`; `event` is what the results call it.
   */
  add(event: number, ms: number, ns: number, keysOf: StageKeys): void {
    const position = this.#position++;
    const time = { ms, ns };
    // An event serves one stage of a sequence: those that wait for a later stage are asked first.
    for (const stage of this.#trailing) for (const key of keysOf(stage)) this.#close(key, time);
    for (let index = this.#positives.length - 1; index >= 0; index--)
      for (const key of keysOf(this.#positives[index]!)) this.#match(index, key, event, position, time);
    for (const stage of this.#leading) for (const key of keysOf(stage)) this.#state(key).lead = time;
    for (const gaps of this.#between)
      for (const stage of gaps) for (const key of keysOf(stage)) this.#state(key).missed[stage] = position;
    for (const key of keysOf(UNTIL)) this.#state(key).until = position;
  }

  /** The sequences that were found, by their last events. */
  results(): FoundSequence[] {
    return this.#completed
      .filter(({ discarded }) => !discarded)
      .map(({ last, joinKeys }) => ({ joinKeys, events: this.#eventsOf(last) }));
  }

  #state({ id }: Key): State {
    let state = this.#states.get(id);
    if (state === undefined) {
      state = { pending: [], missed: [], lead: undefined, until: -1, open: [] };
      this.#states.set(id, state);
    }
    return state;
  }

  #match(index: number, key: Key, event: number, position: number, time: Time): void {
    let candidate: Candidate;
    let state: State;
    if (index === 0) {
      state = this.#state(key);
      const { lead } = state;
      candidate = { event, position, time, previous: undefined, first: undefined, lead, broken: false };
    } else {
      const known = this.#states.get(key.id);
      const previous = known?.pending[index - 1];
      if (known === undefined || previous === undefined) return;
      state = known;
      // It is used up, also where what follows refuses it.
      state.pending[index - 1] = undefined;
      const first = previous.first ?? previous;
      if (apart(first.time, time) > this.#maxspan || state.until >= previous.position) return;
      const broken =
        previous.broken ||
        this.#between[index - 1]!.some((stage) => (state.missed[stage] ?? -1) > previous.position);
      candidate = { event, position, time, previous, first, lead: first.lead, broken };
    }
    if (index < this.#positives.length - 1) state.pending[index] = candidate;
    else this.#complete(candidate, key, state);
  }

  #complete(last: Candidate, key: Key, state: State): void {
    const { lead, broken, time } = last;
    if (broken) return;
    const waits = this.#trailing.length > 0;
    if (!waits && lead !== undefined && apart(lead, time) <= this.#maxspan) return;
    const completed: Completed = { last, joinKeys: key.values, discarded: false };
    this.#completed.push(completed);
    if (waits) state.open.push(completed);
  }

  /**
   * An event that should be missing at the end discards the sequences that end before it, if it is near enough to
   * their start; later ones are farther. With a missing event at the start too, what counts is the distance of the two.
   */
  #close(key: Key, time: Time): void {
    const state = this.#states.get(key.id);
    if (state === undefined || state.open.length === 0) return;
    for (const completed of state.open) {
      const { first, lead } = completed.last;
      const from = this.#leading.length > 0 ? lead : (first ?? completed.last).time;
      completed.discarded = from !== undefined && apart(from, time) <= this.#maxspan;
    }
    state.open = [];
  }

  #eventsOf(last: Candidate): (number | null)[] {
    const events = Array<number | null>(this.#size).fill(null);
    let candidate: Candidate | undefined = last;
    for (let index = this.#positives.length - 1; index >= 0; index--) {
      events[this.#positives[index]!] = candidate!.event;
      candidate = candidate!.previous;
    }
    return events;
  }
}

/** Milliseconds between two times. */
function apart(from: Time, to: Time): number {
  return to.ms - from.ms + (to.ns - from.ns) / 1e6;
}
