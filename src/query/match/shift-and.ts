/** A pattern's places in a text, a bit a code point: so long a pattern is found in `text × pattern / 32` steps at worst. */
export class ShiftAnd {
  readonly #length: number;
  readonly #words: number;
  /** The bits of the holes. */
  readonly #holes: Uint32Array;
  /** Where a code point stands in the pattern. */
  readonly #places = new Map<number, number[]>();
  /** For the code points with more places than words: the bits of their places and the holes. */
  readonly #masks = new Map<number, Uint32Array>();

  /** `codes` are the code points of the pattern, undefined for a hole. */
  constructor(codes: readonly (number | undefined)[]) {
    this.#length = codes.length;
    this.#words = Math.ceil(codes.length / 32);
    this.#holes = new Uint32Array(this.#words);
    for (const [index, code] of codes.entries()) {
      if (code === undefined) set(this.#holes, index);
      else if (this.#places.has(code)) this.#places.get(code)!.push(index);
      else this.#places.set(code, [index]);
    }
    for (const [code, places] of this.#places) {
      if (places.length > this.#words)
        this.#masks.set(code, this.#mask(new Uint32Array(this.#words), places));
    }
  }

  /** Where the first place of the pattern from `from` on ends, or -1. */
  find(text: string, from: number): number {
    const state = new Uint32Array(this.#words);
    const scratch = new Uint32Array(this.#words);
    const last = this.#words - 1;
    const done = 1 << ((this.#length - 1) & 31);
    for (let at = from; at < text.length;) {
      const code = text.codePointAt(at)!;
      at += code > 0xffff ? 2 : 1;
      const mask = this.#masks.get(code) ?? this.#mask(scratch, this.#places.get(code) ?? []);
      let carry = 1;
      for (let word = 0; word <= last; word++) {
        const bits = state[word]!;
        state[word] = ((bits << 1) | carry) & mask[word]!;
        carry = bits >>> 31;
      }
      if ((state[last]! & done) !== 0) return at;
    }
    return -1;
  }

  #mask(into: Uint32Array, places: readonly number[]): Uint32Array {
    into.set(this.#holes);
    for (const place of places) set(into, place);
    return into;
  }
}

function set(bits: Uint32Array, index: number): void {
  bits[index >> 5]! |= 1 << (index & 31);
}
