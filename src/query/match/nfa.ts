import { type CharSet, includes } from "./char-set.js";

/** The state in which a text has matched. */
export const ACCEPT = 0;

/**
 * A nondeterministic automaton. A state either reads a letter of its set and goes to the next, or reads nothing and
 * goes to one or two others. Texts are followed by sets of states that read (and `ACCEPT`), ascending.
 */
export class Nfa {
  readonly #sets: (CharSet | undefined)[] = [undefined];
  readonly #next: number[] = [-1];
  readonly #other: number[] = [-1];
  /** The last walk that came by a state. */
  readonly #seen: number[] = [0];
  #walk = 0;
  readonly #stack: number[] = [];

  /** Adds a state that reads a letter. */
  read(set: CharSet, next: number): number {
    return this.#add(set, next, -1);
  }

  /** Adds a state that goes on to `next` or `other`; -1 is nowhere. */
  fork(next: number, other: number): number {
    return this.#add(undefined, next, other);
  }

  /** Sets where a fork goes, for loops. */
  link(fork: number, next: number, other: number): void {
    this.#next[fork] = next;
    this.#other[fork] = other;
  }

  /** The set of states that a text starts in. */
  enter(state: number): number[] {
    const into: number[] = [];
    this.#walk++;
    this.#reach(state, into);
    return into.sort(ascending);
  }

  /** The set of states after one more letter. */
  step(states: readonly number[], letter: number): number[] {
    return this.stepUnsorted(states, letter).sort(ascending);
  }

  /** Like `step`, in no order: for who only wants to get on. */
  stepUnsorted(states: readonly number[], letter: number): number[] {
    const into: number[] = [];
    this.#walk++;
    for (const state of states) {
      if (state !== ACCEPT && includes(this.#sets[state]!, letter)) this.#reach(this.#next[state]!, into);
    }
    return into;
  }

  #add(set: CharSet | undefined, next: number, other: number): number {
    this.#seen.push(0);
    this.#next.push(next);
    this.#other.push(other);
    return this.#sets.push(set) - 1;
  }

  /** Adds the states that are reached from one without reading. */
  #reach(from: number, into: number[]): void {
    const stack = this.#stack;
    stack.push(from);
    while (stack.length > 0) {
      const state = stack.pop()!;
      if (state < 0 || this.#seen[state] === this.#walk) continue;
      this.#seen[state] = this.#walk;
      if (state === ACCEPT || this.#sets[state] !== undefined) into.push(state);
      else stack.push(this.#other[state]!, this.#next[state]!);
    }
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
