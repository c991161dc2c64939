import type { Span } from "../core/index.js";
import type { Alphabet } from "./alphabet.js";
import { type CharSet, union } from "./char-set.js";
import { type Budget, complement, determinize, type Dfa, intersect, liveStates } from "./dfa.js";
import { ACCEPT, Nfa } from "./nfa.js";
import type { Node } from "./regexp-parser.js";

/** Thrown where a complement or an intersection takes more work than the budget has. */
export class TooComplex extends Error {
  readonly start: number;
  readonly end: number;

  constructor({ start, end }: Span) {
    super("this is too complex: an automaton for the complement or intersection would have too many states");
    this.start = start;
    this.end = end;
  }
}

/** The automaton of a regular expression, and the state that it starts in. */
export function buildNfa(node: Node, alphabet: Alphabet, budget: Budget): { nfa: Nfa; start: number } {
  const nfa = new Nfa();
  const builder = new NfaBuilder(nfa, alphabet, budget);
  return { nfa, start: builder.build(node, ACCEPT) };
}

class NfaBuilder {
  readonly #nfa: Nfa;
  readonly #alphabet: Alphabet;
  readonly #budget: Budget;
  readonly #known = new Map<CharSet, CharSet>();

  constructor(nfa: Nfa, alphabet: Alphabet, budget: Budget) {
    this.#nfa = nfa;
    this.#alphabet = alphabet;
    this.#budget = budget;
  }

  /** Adds the states that read what `node` says and go on to `next`; gives the first of them. */
  build(node: Node, next: number): number {
    switch (node.kind) {
      case "set":
        return this.#nfa.read(this.#letters(node.set), next);
      case "concat":
        return node.items.reduceRight((after, item) => this.build(item, after), next);
      case "union":
        return this.#choice(node.items.map((item) => this.build(item, next)));
      case "repeat":
        return this.#repeat(node.item, node.min, node.max, next);
      case "not":
      case "both":
        return this.#embed(this.#deterministic(node, node), next);
    }
  }

  /** A set of code points as one of letters; asked for once for each copy of a repetition. */
  #letters(set: CharSet): CharSet {
    const known = this.#known.get(set);
    if (known !== undefined) return known;
    const letters = this.#alphabet.lettersOf(set);
    this.#known.set(set, letters);
    return letters;
  }

  #choice(states: readonly number[]): number {
    return states.reduceRight((others, state) => this.#nfa.fork(state, others), -1);
  }

  #repeat(item: Node, min: number, max: number, next: number): number {
    let state = next;
    if (max === Infinity) {
      state = this.#nfa.fork(-1, next);
      this.#nfa.link(state, this.build(item, state), next);
    } else {
      for (let copy = min; copy < max; copy++) state = this.#nfa.fork(this.build(item, state), next);
    }
    for (let copy = 0; copy < min; copy++) state = this.build(item, state);
    return state;
  }

  /** The deterministic automaton of a node; `whole` is the outermost operator that needs it. */
  #deterministic(node: Node, whole: Span): Dfa {
    const letters = this.#alphabet.size;
    if (node.kind === "not") return complement(this.#deterministic(node.item, whole));
    if (node.kind === "both") {
      return node.items
        .map((item) => this.#deterministic(item, whole))
        .reduce((a, b) => this.#paid(intersect(a, b, letters, this.#budget), whole));
    }
    return this.#paid(determinize(this.#nfa, this.build(node, ACCEPT), letters, this.#budget), whole);
  }

  #paid(dfa: Dfa | undefined, whole: Span): Dfa {
    if (dfa === undefined) throw new TooComplex(whole);
    return dfa;
  }

  /** Adds the states of a deterministic automaton, without those from which nothing can match. */
  #embed(dfa: Dfa, next: number): number {
    const live = liveStates(dfa);
    const states = dfa.next.map((_, index) => (live[index]! ? this.#nfa.fork(-1, -1) : -1));
    for (const [index, row] of dfa.next.entries()) {
      if (!live[index]!) continue;
      const exits = dfa.accepts[index]! ? [next] : [];
      for (const [target, letters] of byTarget(row)) {
        if (live[target]!) exits.push(this.#nfa.read(letters, states[target]!));
      }
      this.#nfa.link(states[index]!, exits[0] ?? -1, this.#choice(exits.slice(1)));
    }
    return states[0]!;
  }
}

/** The letters that lead to each next state. */
function byTarget(row: readonly number[]): Map<number, CharSet> {
  const all = new Map<number, number[]>();
  for (const [letter, target] of row.entries()) {
    const letters = all.get(target);
    if (letters === undefined) all.set(target, [letter, letter]);
    else letters.push(letter, letter);
  }
  return new Map([...all].map(([target, letters]) => [target, union([letters])]));
}
