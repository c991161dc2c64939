/** The start of a stream of bytes, and the stream with its start. */
export interface Peeked {
  /** `size` bytes, fewer only where the stream has no more. */
  readonly head: Buffer;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Ends the stream, where `bytes` are not wanted. */
  readonly close: () => Promise<void>;
}

/** Looks at the start of a stream without taking it away. */
export async function peek(bytes: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length < size && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else if (next.value.length > 0) {
      // Copied: whoever makes the stream may use its buffer again.
      chunks.push(Buffer.from(next.value));
      length += next.value.length;
    }
  }
  async function* again(): AsyncGenerator<Uint8Array> {
    let over = ended;
    try {
      yield* chunks;
      while (!over) {
        const next = await iterator.next();
        if (next.done === true) over = true;
        else yield next.value;
      }
    } finally {
      if (!over) await iterator.return?.();
    }
  }
  return {
    head: Buffer.concat(chunks).subarray(0, size),
    bytes: again(),
    close: async () => {
      if (!ended) await iterator.return?.();
    },
  };
}
