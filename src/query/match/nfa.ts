import { type CharSet, includes } from "./char-set.js";

/** The state in which a text has matched. */
export const ACCEPT = 0;

/**
 * A nondeterministic automaton. A state either reads a letter of its set and goes to the next, or reads nothing and
 * goes to one or two others. Texts are followed by sets of the states that read, and `ACCEPT`.
 */
export class Nfa {
  /** The first and the last letter that a state reads; none of `ACCEPT` and of states that read nothing. */
  readonly #low = [1];
  readonly #high = [0];
  /** The letters, where they are not all between these. */
  readonly #sets: (CharSet | undefined)[] = [undefined];
  /** Whether a state may be in a set: forks are gone through. */
  readonly #stays = [true];
  readonly #next = [-1];
  readonly #other = [-1];
  /** The last walk that came by a state. */
  readonly #seen = [0];
  #walk = 0;
  readonly #stack: number[] = [];
  #scratch = new Int32Array(0);

  /** Adds a state that reads a letter. */
  read(set: CharSet, next: number): number {
    this.#low.push(set[0] ?? 1);
    this.#high.push(set[set.length - 1] ?? 0);
    this.#sets.push(set.length > 2 ? set : undefined);
    return this.#add(true, next, -1);
  }

  /** Adds a state that goes on to `next` or `other`; -1 is nowhere. */
  fork(next: number, other: number): number {
    this.#low.push(1);
    this.#high.push(0);
    this.#sets.push(undefined);
    return this.#add(false, next, other);
  }

  /** Sets where a fork goes, for loops. */
  link(fork: number, next: number, other: number): void {
    this.#next[fork] = next;
    this.#other[fork] = other;
  }

  /** The number of states: no set has more. */
  get size(): number {
    return this.#next.length;
  }

  /** The set of states that a text starts in, ascending. */
  enter(state: number): Int32Array {
    this.#walk++;
    return this.#sorted(this.#reach(state, this.#room(), 0));
  }

  /** The set of states after one more letter, ascending. */
  step(states: Int32Array, letter: number): Int32Array {
    return this.#sorted(this.advance(states, states.length, letter, this.#room()));
  }

  /**
   * Puts the states after one more letter than the first `count` of `states` into a list, in no order, and gives how
   * many they are. The innermost loop of hostile expressions.
   */
  advance(states: Int32Array, count: number, letter: number, into: Int32Array): number {
    const walk = ++this.#walk;
    const low = this.#low;
    const high = this.#high;
    const sets = this.#sets;
    const next = this.#next;
    const stays = this.#stays;
    const seen = this.#seen;
    let end = 0;
    for (let index = 0; index < count; index++) {
      const state = states[index]!;
      if (letter < low[state]! || letter > high[state]!) continue;
      const set = sets[state];
      if (set !== undefined && !includes(set, letter)) continue;
      const target = next[state]!;
      if (seen[target] === walk) continue;
      if (stays[target]!) {
        seen[target] = walk;
        into[end++] = target;
      } else {
        end = this.#reach(target, into, end);
      }
    }
    return end;
  }

  /** A list to put a set into, until the next one. */
  #room(): Int32Array {
    if (this.#scratch.length < this.size) this.#scratch = new Int32Array(2 * this.size);
    return this.#scratch;
  }

  #sorted(count: number): Int32Array {
    return this.#scratch.slice(0, count).sort();
  }

  #add(stays: boolean, next: number, other: number): number {
    this.#seen.push(0);
    this.#next.push(next);
    this.#other.push(other);
    return this.#stays.push(stays) - 1;
  }

  /** Adds the states that are reached from one without reading; gives where the list ends then. */
  #reach(from: number, into: Int32Array, start: number): number {
    let end = start;
    const stack = this.#stack;
    stack.push(from);
    while (stack.length > 0) {
      const state = stack.pop()!;
      if (state < 0 || this.#seen[state] === this.#walk) continue;
      this.#seen[state] = this.#walk;
      if (this.#stays[state]!) into[end++] = state;
      else stack.push(this.#other[state]!, this.#next[state]!);
    }
    return end;
  }
}
