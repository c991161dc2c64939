import type { Transform } from "node:stream";
import { createGunzip, createInflateRaw } from "node:zlib";
import type { Reading } from "./reading.js";

/** Why unpacking ended before its time. */
export type UnpackFailure =
  | { readonly kind: "damaged"; readonly reason: string }
  | { readonly kind: "limit"; readonly limit: number; readonly unit: string };

/** A stream of unpacked bytes. */
export interface Unpacking {
  readonly bytes: AsyncGenerator<Uint8Array>;
  /** Once the bytes have ended: whether they ended too early. */
  failure(): UnpackFailure | undefined;
  /** How many of the packed bytes were used so far. */
  used(): number;
}

/** Gives the next packed bytes; undefined where there are no more. */
type Next = () => Promise<Uint8Array | undefined>;
type Engine = Transform & { readonly bytesWritten: number };

/** Unpacks gzip, of one or more members. */
export function gunzip(next: Next, reading: Reading): Unpacking {
  return unpack(next, createGunzip(), reading);
}

/** Unpacks a deflated entry of a zip file. It ends where the deflated data says, which may be within the last bytes that it took. */
export function inflate(next: Next, reading: Reading): Unpacking {
  return unpack(next, createInflateRaw(), reading);
}

function unpack(next: Next, engine: Engine, reading: Reading): Unpacking {
  let failure: UnpackFailure | undefined;
  async function* run(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of pump(engine, next)) {
        reading.unpacked += chunk.length;
        if (reading.unpacked > reading.limits.unpacked) {
          failure = { kind: "limit", limit: reading.limits.unpacked, unit: "bytes" };
          return;
        }
        yield chunk;
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      // What fails outside zlib is not about the data.
      if (code?.startsWith("Z_") !== true) throw error;
      failure = { kind: "damaged", reason: message };
    }
  }
  return { bytes: run(), failure: () => failure, used: () => engine.bytesWritten };
}

/**
 * Runs bytes through an engine, a chunk at a time: the next is asked for when the last was used up, so that after the end no more than
 * a part of one chunk was taken that was not needed. `pipe` would read ahead.
 */
async function* pump(engine: Engine, next: Next): AsyncGenerator<Uint8Array> {
  let wake = (): void => undefined;
  const state: { ended: boolean; hungry: boolean; failure?: Error } = { ended: false, hungry: true };
  engine.on("readable", () => wake());
  engine.on("end", () => {
    state.ended = true;
    wake();
  });
  engine.on("error", (error) => {
    state.failure = error;
    wake();
  });
  try {
    while (!state.ended) {
      const data = engine.read() as Uint8Array | null;
      if (data !== null) yield data;
      else if (state.failure !== undefined) throw state.failure;
      else if (state.hungry) {
        state.hungry = false;
        const chunk = await next();
        if (chunk === undefined) engine.end();
        else
          engine.write(chunk, () => {
            state.hungry = true;
            wake();
          });
      } else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    engine.destroy();
  }
}
