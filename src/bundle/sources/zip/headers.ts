/** Records of a zip file (PKWARE APPNOTE 6.3.10). Numbers are little-endian. */
export const SIGNATURE = {
  entry: 0x04034b50,
  descriptor: 0x08074b50,
  directory: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
} as const;

/** Length of the fixed part of a local header. */
export const ENTRY_SIZE = 30;
/** And of a record of the central directory. */
export const DIRECTORY_SIZE = 46;

const IN_EXTRA = 0xffffffff;
const ZIP64 = 0x0001;

/** The header in front of a file's data. */
export interface EntryHeader {
  readonly encrypted: boolean;
  /** Checksum and sizes follow the data. */
  readonly described: boolean;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly nameLength: number;
  readonly extraLength: number;
}

export function readHeader(bytes: Buffer): EntryHeader {
  const flags = bytes.readUInt16LE(6);
  return {
    encrypted: (flags & 0x0001) !== 0,
    described: (flags & 0x0008) !== 0,
    method: bytes.readUInt16LE(8),
    crc: bytes.readUInt32LE(14),
    packedSize: bytes.readUInt32LE(18),
    nameLength: bytes.readUInt16LE(26),
    extraLength: bytes.readUInt16LE(28),
  };
}

/** The packed size, from the zip64 field where the header has no room for it; undefined where that is missing or beyond 2^53. */
export function packedSize(header: EntryHeader, extra: Buffer): number | undefined {
  if (header.packedSize !== IN_EXTRA) return header.packedSize;
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    // The unpacked size comes first, and a local header always has both.
    if (extra.readUInt16LE(at) === ZIP64 && at + 20 <= Math.min(end, extra.length)) {
      const size = extra.readBigUInt64LE(at + 12);
      return size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(size) : undefined;
    }
    at = end;
  }
  return undefined;
}

/** A data descriptor as it may be written: with or without a signature, with sizes of four or of eight bytes. */
export interface Descriptor {
  readonly crc: number;
  readonly length: number;
}

/**
 * Reads the descriptor behind data of which the sizes are known by now: the form that has them is the one that it is. Undefined
 * where none has.
 */
export function readDescriptor(bytes: Buffer, packed: number, unpacked: number): Descriptor | undefined {
  for (const start of bytes.length >= 4 && bytes.readUInt32LE(0) === SIGNATURE.descriptor ? [4, 0] : [0]) {
    if (
      bytes.length >= start + 20 &&
      size64(bytes, start + 4) === packed &&
      size64(bytes, start + 12) === unpacked
    )
      return { crc: bytes.readUInt32LE(start), length: start + 20 };
    if (
      bytes.length >= start + 12 &&
      size32(bytes, start + 4) === packed % 2 ** 32 &&
      size32(bytes, start + 8) === unpacked % 2 ** 32
    )
      return { crc: bytes.readUInt32LE(start), length: start + 12 };
  }
  return undefined;
}

const size32 = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at);
const size64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

/** A name as it is to be shown. It is UTF-8 nearly always, whatever the flag for that says. */
export function entryName(bytes: Buffer): string {
  return printable(utf8(bytes) ?? bytes.toString("latin1"));
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Control signs, also those that turn the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

function printable(name: string): string {
  return name.replace(UNPRINTABLE, "\uFFFD");
}
