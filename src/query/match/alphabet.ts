import { type CharSet, MAX_CODE } from "./char-set.js";

/**
 * Code points that no set of a regular expression tells apart, as one class each: an automaton has a few dozen letters
 * in place of a million.
 */
export class Alphabet {
  readonly size: number;
  /** The first code point of each class. */
  readonly #starts: Int32Array;
  /** The class of each ASCII character. */
  readonly ascii: Int32Array;

  constructor(sets: Iterable<CharSet>) {
    const starts = new Set([0]);
    for (const set of sets) {
      for (let at = 0; at < set.length; at += 2) {
        starts.add(set[at]!);
        if (set[at + 1]! < MAX_CODE) starts.add(set[at + 1]! + 1);
      }
    }
    this.#starts = Int32Array.from(starts).sort();
    this.size = this.#starts.length;
    this.ascii = Int32Array.from({ length: 0x80 }, (_, code) => this.#search(code));
  }

  /** The class of a code point. */
  of(code: number): number {
    return code < 0x80 ? this.ascii[code]! : this.#search(code);
  }

  /** A set of code points as a set of classes. */
  classes(set: CharSet): CharSet {
    return set.map((code) => this.of(code));
  }

  #search(code: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= code) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
