/** The most that is given out at once, so that what has to be given back stays small. */
const PIECE = 1 << 16;

/** Reads a stream of bytes by number. Chunks are copied only where what is asked for lies across their bounds. */
export class ByteCursor {
  readonly #iterator: AsyncIterator<Uint8Array>;
  /** What was pulled and not taken; none is empty. */
  #chunks: Buffer[] = [];
  #ended = false;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]();
  }

  /** The next bytes without taking them; fewer where the stream ends. */
  async look(size: number): Promise<Buffer> {
    return (await this.front(size)).subarray(0, size);
  }

  /** As many of the next bytes as lie together, at least that many unless the stream ends. */
  async front(least: number): Promise<Buffer> {
    let length = this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    while (length < least && !this.#ended) length += await this.#pull();
    const [first] = this.#chunks;
    if (first === undefined) return Buffer.alloc(0);
    return first.length >= least || this.#chunks.length === 1 ? first : this.#join(Math.max(least, PIECE));
  }

  /** Puts the first bytes together, as far as they are there. */
  #join(size: number): Buffer {
    const parts: Buffer[] = [];
    let at = 0;
    for (let left = size; left > 0 && at < this.#chunks.length;) {
      const chunk = this.#chunks[at]!;
      const part = chunk.subarray(0, left);
      parts.push(part);
      left -= part.length;
      if (part.length < chunk.length) this.#chunks[at] = chunk.subarray(part.length);
      else at++;
    }
    const joined = Buffer.concat(parts);
    this.#chunks.splice(0, at, joined);
    return joined;
  }

  /** Takes that many bytes; undefined where the stream ends before. */
  async take(size: number): Promise<Buffer | undefined> {
    const bytes = await this.look(size);
    if (bytes.length < size) return undefined;
    this.#drop(size);
    return bytes;
  }

  /** Some bytes, as many as come easily but no more than asked for; undefined at the end. */
  async some(most: number): Promise<Buffer | undefined> {
    while (this.#chunks.length === 0 && !this.#ended) await this.#pull();
    const bytes = this.#chunks[0]?.subarray(0, Math.min(most, PIECE));
    if (bytes !== undefined) this.#drop(bytes.length);
    return bytes;
  }

  /** Gives back the bytes that were taken last. */
  unread(bytes: Buffer): void {
    if (bytes.length > 0) this.#chunks.unshift(bytes);
  }

  async close(): Promise<void> {
    if (!this.#ended) await this.#iterator.return?.();
    this.#ended = true;
  }

  /** Takes bytes off the first chunk, which has them. */
  #drop(size: number): void {
    const rest = this.#chunks[0]?.subarray(size);
    if (rest === undefined) return;
    if (rest.length === 0) this.#chunks.shift();
    else this.#chunks[0] = rest;
  }

  /** Pulls a chunk; returns its length. It is copied: whoever makes the stream may use its buffer again. */
  async #pull(): Promise<number> {
    const next = await this.#iterator.next();
    this.#ended = next.done === true;
    if (next.done === true || next.value.length === 0) return 0;
    this.#chunks.push(Buffer.from(next.value));
    return next.value.length;
  }
}
