import { type CharSet, MAX_CODE, union } from "./char-set.js";

/**
 * Code points that no set of a regular expression tells apart, as one letter each: an automaton has a dozen letters in
 * place of a million.
 */
export class Alphabet {
  readonly size: number;
  /** The letter of each ASCII character. */
  readonly ascii: Int32Array;
  /** The first code point of each stretch that no set begins or ends in. */
  readonly #starts: Int32Array;
  /** The letter of each stretch. */
  readonly #letters: Int32Array;

  constructor(sets: ReadonlySet<CharSet>) {
    const starts = new Set([0]);
    for (const set of sets) {
      for (let at = 0; at < set.length; at += 2) {
        starts.add(set[at]!);
        if (set[at + 1]! < MAX_CODE) starts.add(set[at + 1]! + 1);
      }
    }
    this.#starts = Int32Array.from(starts).sort();
    this.#letters = new Int32Array(this.#starts.length);
    this.size = this.#tellApart(sets);
    this.ascii = Int32Array.from({ length: 0x80 }, (_, code) => this.#letters[this.#stretch(code)]!);
  }

  /** The letter of a code point. */
  of(code: number): number {
    return code < 0x80 ? this.ascii[code]! : this.#letters[this.#stretch(code)]!;
  }

  /** A set of code points as a set of letters. */
  lettersOf(set: CharSet): CharSet {
    const letters = new Set<number>();
    this.#eachStretch(set, (stretch) => letters.add(this.#letters[stretch]!));
    return union([[...letters].flatMap((letter) => [letter, letter])]);
  }

  /** Gives stretches that some set tells apart letters of their own; gives the number of letters. */
  #tellApart(sets: ReadonlySet<CharSet>): number {
    let count = 1;
    for (const set of sets) {
      const split = new Map<number, number>();
      this.#eachStretch(set, (stretch) => {
        const letter = this.#letters[stretch]!;
        let inside = split.get(letter);
        if (inside === undefined) split.set(letter, (inside = count++));
        this.#letters[stretch] = inside;
      });
    }
    const used = [...new Set(this.#letters)];
    const numbers = new Map(used.map((letter, number) => [letter, number]));
    for (const [stretch, letter] of this.#letters.entries()) this.#letters[stretch] = numbers.get(letter)!;
    return used.length;
  }

  #eachStretch(set: CharSet, visit: (stretch: number) => void): void {
    for (let at = 0; at < set.length; at += 2) {
      const last = this.#stretch(set[at + 1]!);
      for (let stretch = this.#stretch(set[at]!); stretch <= last; stretch++) visit(stretch);
    }
  }

  /** The number of the stretch that a code point lies in. */
  #stretch(code: number): number {
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
