import type { Alphabet } from "./alphabet.js";
import { ACCEPT, type Nfa } from "./nfa.js";

/** Entries of the table, and members of the sets of states, that are kept; past either the table starts anew. */
const MAX_ENTRIES = 1 << 18;

/** A table that is full before its states have been used so many times on average is not worth making. */
const WORTH = 10;

const DEAD = 0;
const START = 1;
const UNKNOWN = -1;
const GIVE_UP = -2;

/**
 * Runs an automaton on texts and keeps the sets of states that it comes by as the states of a deterministic one, made
 * as texts need them. The table is bounded: where a text leads to ever new sets, it is followed without.
 */
export class LazyDfa {
  readonly #nfa: Nfa;
  readonly #alphabet: Alphabet;
  readonly #letters: number;
  readonly #first: readonly number[];
  #sets: (readonly number[])[] = [];
  #accepts: boolean[] = [];
  #next = new Int32Array(0);
  #numbers = new Map<string, number>();
  #members = 0;
  /** Letters read since the table was started. */
  #read = 0;

  constructor(nfa: Nfa, start: number, alphabet: Alphabet) {
    this.#nfa = nfa;
    this.#alphabet = alphabet;
    this.#letters = alphabet.size;
    this.#first = nfa.enter(start);
    this.#clear();
  }

  /** Whether the whole text matches. */
  test(text: string): boolean {
    const letters = this.#letters;
    const alphabet = this.#alphabet;
    const { ascii } = alphabet;
    let table = this.#next;
    let state = START;
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let letter: number;
      if (unit < 0x80) {
        letter = ascii[unit]!;
      } else {
        const code = text.codePointAt(at)!;
        if (code > 0xffff) at++;
        letter = alphabet.of(code);
      }
      let next = table[state * letters + letter]!;
      if (next < 0) {
        this.#read += at - from;
        from = at;
        next = this.#step(state, letter);
        if (next === GIVE_UP) return this.#follow(this.#nfa.step(this.#sets[state]!, letter), text, at + 1);
        table = this.#next;
      }
      if (next === DEAD) return false;
      state = next;
    }
    this.#read += text.length - from;
    return this.#accepts[state]!;
  }

  /** The number of the state after a letter, which is not in the table yet. */
  #step(state: number, letter: number): number {
    const set = this.#nfa.step(this.#sets[state]!, letter);
    let number = this.#numbers.get(set.join());
    if (number !== undefined) {
      this.#next[state * this.#letters + letter] = number;
      return number;
    }
    if (this.#isFull(set)) {
      if (this.#read < WORTH * this.#sets.length) return GIVE_UP;
      this.#clear();
      return this.#add(set);
    }
    number = this.#add(set);
    this.#next[state * this.#letters + letter] = number;
    return number;
  }

  #isFull(set: readonly number[]): boolean {
    const entries = this.#sets.length * this.#letters;
    return (
      this.#sets.length > START + 1 && (entries > MAX_ENTRIES || this.#members + set.length > MAX_ENTRIES)
    );
  }

  #clear(): void {
    this.#sets = [];
    this.#accepts = [];
    this.#numbers = new Map();
    this.#members = 0;
    this.#read = 0;
    this.#add([]);
    this.#add(this.#first);
  }

  #add(set: readonly number[]): number {
    const number = this.#sets.push(set) - 1;
    this.#accepts.push(set[0] === ACCEPT);
    this.#numbers.set(set.join(), number);
    this.#members += set.length;
    const needed = this.#sets.length * this.#letters;
    if (needed > this.#next.length) {
      const grown = new Int32Array(2 * needed);
      grown.set(this.#next);
      this.#next = grown;
    }
    this.#next.fill(UNKNOWN, number * this.#letters, needed);
    return number;
  }

  /** Goes on from a set of states without the table. */
  #follow(from: readonly number[], text: string, start: number): boolean {
    let states = from;
    for (let at = start; at < text.length && states.length > 0; at++) {
      const code = text.codePointAt(at)!;
      if (code > 0xffff) at++;
      states = this.#nfa.stepUnsorted(states, this.#alphabet.of(code));
    }
    return states.includes(ACCEPT);
  }
}
