import type { Alphabet } from "./alphabet.js";
import { ACCEPT, type Nfa } from "./nfa.js";
import { StateSets } from "./state-sets.js";

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
  readonly #first: Int32Array;
  #sets = new StateSets();
  #accepts: boolean[] = [];
  #next = new Int32Array(0);
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
        if (next === GIVE_UP)
          return this.#follow(this.#nfa.step(this.#sets.all[state]!, letter), text, at + 1);
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
    const set = this.#nfa.step(this.#sets.all[state]!, letter);
    let number = this.#sets.find(set);
    if (number < 0 && this.#isFull(set)) {
      if (this.#read < WORTH * this.#sets.all.length) return GIVE_UP;
      this.#clear();
      return this.#add(set);
    }
    if (number < 0) number = this.#add(set);
    this.#next[state * this.#letters + letter] = number;
    return number;
  }

  #isFull(set: Int32Array): boolean {
    const { all, members } = this.#sets;
    if (all.length <= START + 1) return false;
    return all.length * this.#letters > MAX_ENTRIES || members + set.length > MAX_ENTRIES;
  }

  #clear(): void {
    this.#sets = new StateSets();
    this.#accepts = [];
    this.#read = 0;
    this.#add(new Int32Array(0));
    this.#add(this.#first);
  }

  #add(set: Int32Array): number {
    const number = this.#sets.add(set);
    this.#accepts.push(set[0] === ACCEPT);
    const needed = (number + 1) * this.#letters;
    if (needed > this.#next.length) {
      const grown = new Int32Array(2 * needed);
      grown.set(this.#next);
      this.#next = grown;
    }
    this.#next.fill(UNKNOWN, number * this.#letters, needed);
    return number;
  }

  /** Goes on from a set of states without the table. */
  #follow(from: Int32Array, text: string, start: number): boolean {
    let states = new Int32Array(this.#nfa.size);
    let others = new Int32Array(this.#nfa.size);
    let count = from.length;
    states.set(from);
    for (let at = start; at < text.length && count > 0; at++) {
      const code = text.codePointAt(at)!;
      if (code > 0xffff) at++;
      count = this.#nfa.advance(states, count, this.#alphabet.of(code), others);
      [states, others] = [others, states];
    }
    return states.subarray(0, count).includes(ACCEPT);
  }
}
