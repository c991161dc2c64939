import { crc32, deflateRawSync } from "node:zlib";
import { readSource, type ReadOptions, type SourceItem } from "../../../src/bundle/sources/index.js";

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bytes in chunks of a size, or in one. */
export async function* stream(
  all: Uint8Array | string,
  size = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const whole = typeof all === "string" ? bytes(all) : all;
  // A stream may use its buffer again: what is read must not point into it.
  for (let at = 0; at < whole.length; at += size) {
    const chunk = Uint8Array.from(whole.subarray(at, Math.min(whole.length, at + size)));
    yield chunk;
    chunk.fill(0x58);
  }
}

/** Everything that a source gives. */
export async function read(
  all: Uint8Array | string,
  options: ReadOptions & { size?: number; name?: string } = {},
): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  for await (const item of readSource(options.name ?? "source", stream(all, options.size), options))
    items.push(item);
  return items;
}

/** An item in a line: `4 rule a kibana-export`, `x.ndjson:4 ! source/broken-json`. */
export function brief(item: SourceItem): string {
  const { path, line } = item.origin;
  const place = [path, line].filter((part) => part !== undefined).join(":");
  const start = place === "" ? "" : `${place} `;
  if (item.kind === "problem") return `${start}! ${item.code}`;
  if (item.kind === "version-lock") return `${start}versions ${JSON.stringify([...item.versions])}`;
  const { rule_id, item_id, list_id, id } = item.value;
  return `${start}${item.kind} ${String(rule_id ?? item_id ?? list_id ?? id)} ${item.format}`;
}

export const briefs = async (...of: Parameters<typeof read>): Promise<string[]> =>
  (await read(...of)).map(brief);

export const rule = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  rule_id: id,
  name: `Rule ${id}`,
  type: "query",
  ...more,
});
export const json = (value: unknown): string => JSON.stringify(value);
export const lines = (...values: unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

export interface ZipFile {
  readonly name: string | Buffer;
  readonly data: Uint8Array | string;
  /** 8 where none is given. */
  readonly method?: number;
  /** Sizes behind the data: with or without signature, in four or eight bytes. */
  readonly described?: "signed" | "bare" | "signed64" | "bare64";
  /** Sizes in the extra field. */
  readonly zip64?: boolean;
  readonly encrypted?: boolean;
  /** In place of the right ones. */
  readonly crc?: number;
  readonly packed?: Uint8Array;
}

/** A zip file, byte by byte as the format asks for it, so that the odd forms can be made too. */
export function zip(
  files: readonly ZipFile[],
  options: { directory?: boolean; listed?: number } = {},
): Buffer {
  const parts = files.map(entry);
  const listed = options.listed ?? files.length;
  const directory = Array.from({ length: listed }, () => {
    const record = Buffer.alloc(46 + 3);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(1, 28);
    record.writeUInt16LE(2, 32);
    return record;
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  return Buffer.concat(options.directory === false ? parts : [...parts, ...directory, end]);
}

function entry(file: ZipFile): Buffer {
  const data = Buffer.from(typeof file.data === "string" ? bytes(file.data) : file.data);
  const method = file.method ?? 8;
  const packed = file.packed ?? (method === 8 ? deflateRawSync(data) : data);
  const name = Buffer.from(file.name);
  const crc = file.crc ?? crc32(data);
  const head = Buffer.alloc(30);
  const described = file.described !== undefined;
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE((file.encrypted ? 1 : 0) | (described ? 8 : 0), 6);
  head.writeUInt16LE(method, 8);
  const extra = Buffer.alloc(file.zip64 ? 4 + 4 + 16 : 0);
  if (file.zip64) {
    extra.writeUInt16LE(0xcafe, 0);
    extra.writeUInt16LE(0x0001, 4);
    extra.writeUInt16LE(16, 6);
    extra.writeBigUInt64LE(BigInt(data.length), 8);
    extra.writeBigUInt64LE(BigInt(packed.length), 16);
  }
  if (!described) {
    head.writeUInt32LE(crc, 14);
    head.writeUInt32LE(file.zip64 ? 0xffffffff : packed.length, 18);
    head.writeUInt32LE(file.zip64 ? 0xffffffff : data.length, 22);
  }
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([
    head,
    name,
    extra,
    packed,
    descriptor(file.described, crc, packed.length, data.length),
  ]);
}

function descriptor(form: ZipFile["described"], crc: number, packed: number, unpacked: number): Buffer {
  if (form === undefined) return Buffer.alloc(0);
  const wide = form.endsWith("64");
  const body = Buffer.alloc(wide ? 20 : 12);
  body.writeUInt32LE(crc, 0);
  if (wide) {
    body.writeBigUInt64LE(BigInt(packed), 4);
    body.writeBigUInt64LE(BigInt(unpacked), 12);
  } else {
    body.writeUInt32LE(packed, 4);
    body.writeUInt32LE(unpacked, 8);
  }
  return form.startsWith("signed") ? Buffer.concat([Buffer.from("PK\x07\x08", "latin1"), body]) : body;
}
