/** Reads a stream of bytes by number. */
export class ByteCursor {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #buffer: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]();
  }

  /** The next bytes without taking them; fewer where the stream ends. */
  async look(size: number): Promise<Buffer> {
    if (this.#buffer.length < size) {
      const pieces: Uint8Array[] = [this.#buffer];
      let length = this.#buffer.length;
      while (length < size && !this.#ended) {
        const piece = await this.#pull();
        pieces.push(piece);
        length += piece.length;
      }
      this.#buffer = Buffer.concat(pieces);
    }
    return this.#buffer.subarray(0, size);
  }

  /** Takes that many bytes; undefined where the stream ends before. */
  async take(size: number): Promise<Buffer | undefined> {
    const bytes = await this.look(size);
    if (bytes.length < size) return undefined;
    this.#buffer = this.#buffer.subarray(size);
    return bytes;
  }

  /** Some bytes, as many as come easily but no more than asked for; undefined at the end. */
  async some(most: number): Promise<Uint8Array | undefined> {
    while (this.#buffer.length === 0 && !this.#ended) this.#buffer = Buffer.from(await this.#pull());
    if (this.#buffer.length === 0) return undefined;
    const bytes = this.#buffer.subarray(0, most);
    this.#buffer = this.#buffer.subarray(bytes.length);
    return bytes;
  }

  /** Gives back the bytes that were taken last. */
  unread(bytes: Uint8Array): void {
    this.#buffer = Buffer.concat([bytes, this.#buffer]);
  }

  async close(): Promise<void> {
    if (!this.#ended) await this.#iterator.return?.();
    this.#ended = true;
  }

  async #pull(): Promise<Uint8Array> {
    const next = await this.#iterator.next();
    this.#ended = next.done === true;
    return next.done === true ? new Uint8Array(0) : next.value;
  }
}
