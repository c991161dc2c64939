/** Collects bytes over chunks up to a limit. Bytes are copied, so that a chunk is free once it was looked at. */
export class Capture {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get tooLong(): boolean {
    return this.#length > this.#limit;
  }

  get limit(): number {
    return this.#limit;
  }

  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#length += bytes.length;
    if (this.tooLong) this.#pieces = [];
    else this.#pieces.push(Buffer.from(bytes));
  }

  /** What was collected, with a last piece that need not be copied; nothing is held after that. */
  take(last: Uint8Array): Uint8Array {
    const pieces = this.#pieces;
    this.clear();
    if (pieces.length === 0) return last;
    return Buffer.concat([...pieces, last]);
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
  }
}
