import { crc32 } from "node:zlib";
import type { Reading } from "../reading.js";
import { inflate, type UnpackFailure } from "../unpack.js";
import type { ByteCursor } from "./byte-cursor.js";
import { readDescriptor, SIGNATURE } from "./headers.js";

/** What is known of an entry's data before it is read. */
export interface EntrySource {
  readonly cursor: ByteCursor;
  readonly reading: Reading;
  /** The checksum that the header has. */
  readonly crc: number;
  /** Undefined where a descriptor behind the data has it. */
  readonly size: number | undefined;
}

/** Data of an entry as a stream. */
export interface EntryData {
  readonly bytes: AsyncGenerator<Uint8Array>;
  /** Once the data has ended: what is wrong with it. */
  failure(): EntryFailure | undefined;
}

/** Where `here` is set the failure is this file's own: the next one can be found. */
export type EntryFailure = UnpackFailure & { readonly here?: true };

const LONGEST_DESCRIPTOR = 24;
const CUT_OFF: EntryFailure = { kind: "damaged", reason: "it ends in the middle of a file" };
const CHECKSUM: EntryFailure = { kind: "damaged", reason: "its checksum is wrong", here: true };

/** A deflated entry. */
export function deflated({ cursor, reading, crc, size }: EntrySource): EntryData {
  let failure: EntryFailure | undefined;
  async function* run(): AsyncGenerator<Uint8Array> {
    let left = size ?? Number.POSITIVE_INFINITY;
    const taken = new Taken();
    const data = inflate(async () => {
      const chunk = left === 0 ? undefined : await cursor.some(left);
      left -= chunk?.length ?? 0;
      if (chunk !== undefined) taken.add(chunk, data.used());
      return chunk;
    }, reading);
    let sum = 0;
    let length = 0;
    for await (const chunk of data.bytes) {
      sum = crc32(chunk, sum);
      length += chunk.length;
      yield chunk;
    }
    failure = data.failure();
    if (size !== undefined) {
      if (failure?.kind === "limit") return;
      if (!(await skip(cursor, left))) failure = CUT_OFF;
      else if (failure !== undefined) failure = { ...failure, here: true };
      else if (sum !== crc) failure = CHECKSUM;
      return;
    }
    if (failure !== undefined) return;
    cursor.unread(taken.unused(data.used()));
    failure = await checkDescriptor(cursor, data.used(), length, sum);
  }
  return { bytes: run(), failure: () => failure };
}

/** Bytes that were given to the inflater, as far as it may not have used them. It notices the end late, with a chunk too many. */
class Taken {
  #chunks: Buffer[] = [];
  /** Where the first chunk begins. */
  #start = 0;

  add(chunk: Buffer, used: number): void {
    for (
      let first = this.#chunks[0];
      first !== undefined && this.#start + first.length <= used;
      first = this.#chunks[0]
    ) {
      this.#start += first.length;
      this.#chunks.shift();
    }
    this.#chunks.push(chunk);
  }

  unused(used: number): Buffer {
    return Buffer.concat(this.#chunks).subarray(used - this.#start);
  }
}

async function checkDescriptor(
  cursor: ByteCursor,
  packed: number,
  unpacked: number,
  sum: number,
): Promise<EntryFailure | undefined> {
  const descriptor = readDescriptor(await cursor.look(LONGEST_DESCRIPTOR), packed, unpacked);
  if (descriptor === undefined) return { kind: "damaged", reason: "the sizes behind a file are wrong" };
  await cursor.take(descriptor.length);
  return descriptor.crc === sum ? undefined : CHECKSUM;
}

/** A stored entry of known size. */
export function stored({ cursor, reading, crc, size = 0 }: EntrySource): EntryData {
  let failure: EntryFailure | undefined;
  async function* run(): AsyncGenerator<Uint8Array> {
    let sum = 0;
    for (let left = size; left > 0;) {
      const chunk = await cursor.some(left);
      if (chunk === undefined) {
        failure = CUT_OFF;
        return;
      }
      left -= chunk.length;
      sum = crc32(chunk, sum);
      failure = count(reading, chunk.length);
      if (failure !== undefined) return;
      yield chunk;
    }
    if (sum !== crc) failure = CHECKSUM;
  }
  return { bytes: run(), failure: () => failure };
}

/**
 * A stored entry whose size stands behind it: it ends where a descriptor has the checksum and the size of what came before.
 * Such files come from tools that pack a pipe without deflating.
 */
export function storedUntilDescriptor({ cursor, reading }: EntrySource): EntryData {
  let failure: EntryFailure | undefined;
  async function* run(): AsyncGenerator<Uint8Array> {
    let sum = 0;
    let length = 0;
    for (;;) {
      const window = await cursor.front(LONGEST_DESCRIPTOR);
      const at = window.indexOf(DESCRIPTOR);
      const safe = at >= 0 ? at : Math.max(0, window.length - (DESCRIPTOR.length - 1));
      if (at < 0 && window.length < LONGEST_DESCRIPTOR) {
        failure = CUT_OFF;
        return;
      }
      const chunk = await cursor.take(safe);
      if (chunk !== undefined && chunk.length > 0) {
        sum = crc32(chunk, sum);
        length += chunk.length;
        failure = count(reading, chunk.length);
        if (failure !== undefined) return;
        yield chunk;
      }
      if (at < 0) continue;
      const descriptor = readDescriptor(await cursor.look(LONGEST_DESCRIPTOR), length, length);
      if (descriptor?.crc === sum) {
        await cursor.take(descriptor.length);
        return;
      }
      // The bytes of the signature stood in the data.
      const one = (await cursor.take(1))!;
      sum = crc32(one, sum);
      length++;
      yield one;
    }
  }
  return { bytes: run(), failure: () => failure };
}

const DESCRIPTOR = Buffer.alloc(4);
DESCRIPTOR.writeUInt32LE(SIGNATURE.descriptor);

/** Leaves out bytes; false where the stream ends before. */
export async function skip(cursor: ByteCursor, size: number): Promise<boolean> {
  for (let left = size; left > 0;) {
    const chunk = await cursor.some(left);
    if (chunk === undefined) return false;
    left -= chunk.length;
  }
  return true;
}

function count(reading: Reading, bytes: number): UnpackFailure | undefined {
  reading.unpacked += bytes;
  if (reading.unpacked <= reading.limits.unpacked) return undefined;
  return { kind: "limit", limit: reading.limits.unpacked, unit: "bytes" };
}
