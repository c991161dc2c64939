import type { Reading } from "../reading.js";
import type { UnpackFailure } from "../unpack.js";
import { ByteCursor } from "./byte-cursor.js";
import {
  deflated,
  type EntryData,
  type EntrySource,
  skip,
  stored,
  storedUntilDescriptor,
} from "./entry-data.js";
import {
  DIRECTORY_SIZE,
  ENTRY_SIZE,
  type EntryHeader,
  entryName,
  packedSize,
  readHeader,
  SIGNATURE,
} from "./headers.js";

/** What comes out of a zip file, in the order of the file. */
export type ZipPiece =
  /** A file. Its bytes have to be read, as far as wanted, before the next piece is asked for. */
  | { readonly kind: "file"; readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }
  | { readonly kind: "unreadable"; readonly name: string; readonly reason: string }
  /** Nothing follows. */
  | { readonly kind: "failure"; readonly failure: UnpackFailure };

/** What macOS and Windows put into archives beside the files, and folders. */
const CLUTTER = /^__MACOSX\/|(?:^|\/)(?:\._[^/]*|\.DS_Store|Thumbs\.db)$|[/\\]$/;

/**
 * Reads a zip file front to back, as it comes: sizes may stand before or behind a file's data, in 32 or 64 bits. The directory at the end is
 * only counted, so that a file that was cut off or put together by force is noticed.
 */
export async function* zipEntries(
  bytes: AsyncIterable<Uint8Array>,
  reading: Reading,
): AsyncGenerator<ZipPiece> {
  const cursor = new ByteCursor(bytes);
  let found = 0;
  try {
    for (;;) {
      const signature = await signatureAt(cursor);
      if (signature === undefined) return yield damaged("it ends before its directory");
      if (signature !== SIGNATURE.entry) return yield* directory(cursor, found);
      found++;
      if (++reading.entries > reading.limits.entries)
        return yield {
          kind: "failure",
          failure: { kind: "limit", limit: reading.limits.entries, unit: "files" },
        };
      const goesOn = yield* entry(cursor, reading);
      if (!goesOn) return;
    }
  } finally {
    await cursor.close();
  }
}

async function signatureAt(cursor: ByteCursor): Promise<number | undefined> {
  const bytes = await cursor.look(4);
  return bytes.length < 4 ? undefined : bytes.readUInt32LE(0);
}

const damaged = (reason: string): ZipPiece => ({ kind: "failure", failure: { kind: "damaged", reason } });

/** One file; false where what follows it cannot be found. */
async function* entry(cursor: ByteCursor, reading: Reading): AsyncGenerator<ZipPiece, boolean> {
  const fixed = await cursor.take(ENTRY_SIZE);
  const header = fixed === undefined ? undefined : readHeader(fixed);
  const name = header === undefined ? undefined : await cursor.take(header.nameLength);
  const extra = header === undefined ? undefined : await cursor.take(header.extraLength);
  if (header === undefined || name === undefined || extra === undefined) {
    yield damaged("it ends in the middle of a file");
    return false;
  }
  const shown = entryName(name);
  const known = packedSize(header, extra);
  // Where sizes follow the data, the header may have them all the same.
  const size = header.described && (known === 0 || known === undefined) ? undefined : known;
  if (size === undefined && !header.described) {
    yield damaged("the size of a file is missing");
    return false;
  }
  const reason = unreadable(header);
  if (reason !== undefined) {
    yield { kind: "unreadable", name: shown, reason };
    if (size !== undefined && (await skip(cursor, size))) return true;
    yield damaged("what follows a file that cannot be read cannot be found");
    return false;
  }
  return yield* file(shown, dataOf(header, { cursor, reading, crc: header.crc, size }));
}

function unreadable({ encrypted, method }: EntryHeader): string | undefined {
  if (encrypted) return "it is encrypted";
  return method === 0 || method === 8 ? undefined : `it is packed by method ${method}`;
}

function dataOf({ method, described }: EntryHeader, source: EntrySource): EntryData {
  if (method === 8) return deflated(source);
  return described && source.size === undefined ? storedUntilDescriptor(source) : stored(source);
}

async function* file(name: string, data: EntryData): AsyncGenerator<ZipPiece, boolean> {
  try {
    // Who stops early does not end the data: the next file begins behind it.
    if (!CLUTTER.test(name))
      yield {
        kind: "file",
        name,
        bytes: { [Symbol.asyncIterator]: () => ({ next: () => data.bytes.next() }) },
      };
    for (let next = await data.bytes.next(); next.done !== true;) next = await data.bytes.next();
  } finally {
    await data.bytes.return(undefined);
  }
  const failure = data.failure();
  if (failure === undefined) return true;
  if (failure.kind === "damaged" && failure.here) yield { kind: "unreadable", name, reason: failure.reason };
  else yield { kind: "failure", failure };
  return failure.here === true;
}

/** Counts the records of the directory at the end, and looks for the end. */
async function* directory(cursor: ByteCursor, found: number): AsyncGenerator<ZipPiece> {
  let listed = 0;
  for (;;) {
    const signature = await signatureAt(cursor);
    if (signature === SIGNATURE.end || signature === SIGNATURE.end64) break;
    const fixed = signature === SIGNATURE.directory ? await cursor.take(DIRECTORY_SIZE) : undefined;
    if (fixed === undefined) return yield damaged("its directory is not whole");
    const rest = fixed.readUInt16LE(28) + fixed.readUInt16LE(30) + fixed.readUInt16LE(32);
    if (!(await skip(cursor, rest))) return yield damaged("its directory is not whole");
    listed++;
  }
  if (listed !== found) yield damaged(`its directory lists ${listed} files, and ${found} were found`);
}
