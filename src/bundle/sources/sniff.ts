import { parseJson } from "../../json/index.js";

/** What bytes are, as far as their start tells. */
export type Content =
  | { readonly kind: "empty" | "gzip" | "zip" | "json" | "toml" | "text" }
  | { readonly kind: "utf-16"; readonly encoding: "UTF-16LE" | "UTF-16BE" }
  /** Something that is known, and cannot be read. */
  | { readonly kind: "foreign"; readonly name: string };

/** How many bytes {@link sniff} wants to see: long comments stand at the head of some TOML files. */
export const SNIFFED = 4096;

const FOREIGN: readonly (readonly [string, readonly number[]])[] = [
  ["a 7z archive", [0x37, 0x7a, 0xbc, 0xaf]],
  ["an xz file", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["a zstd file", [0x28, 0xb5, 0x2f, 0xfd]],
  ["a bzip2 file", [0x42, 0x5a, 0x68]],
  ["a RAR archive", [0x52, 0x61, 0x72, 0x21]],
  ["a PDF", [0x25, 0x50, 0x44, 0x46]],
  ["UTF-32", [0xff, 0xfe, 0, 0]],
  ["UTF-32", [0, 0, 0xfe, 0xff]],
];

/** Tells by the start of a file what it is. Names play no part. */
export function sniff(head: Uint8Array): Content {
  if (head.length === 0) return { kind: "empty" };
  if (begins(head, [0x1f, 0x8b])) return { kind: "gzip" };
  if (begins(head, [0x50, 0x4b, 3, 4]) || begins(head, [0x50, 0x4b, 5, 6])) return { kind: "zip" };
  const foreign = FOREIGN.find(([, magic]) => begins(head, magic));
  if (foreign !== undefined) return { kind: "foreign", name: foreign[0] };
  if (begins(head.subarray(257), [0x75, 0x73, 0x74, 0x61, 0x72]))
    return { kind: "foreign", name: "a tar archive" };
  if (begins(head, [0xff, 0xfe]) || isWide(head, 1)) return { kind: "utf-16", encoding: "UTF-16LE" };
  if (begins(head, [0xfe, 0xff]) || isWide(head, 0)) return { kind: "utf-16", encoding: "UTF-16BE" };
  const text = new TextDecoder().decode(head);
  // A stray NUL in an export is the fault of its line, and no reason to lose the others.
  if (head.includes(0) && !/^\s*[{[]/.test(text)) return { kind: "foreign", name: "a binary file" };
  return { kind: textKind(text) };
}

/** Whether every second byte of the start is 0, as in ASCII text in UTF-16. */
function isWide(head: Uint8Array, zeroAt: 0 | 1): boolean {
  const start = head.subarray(0, 8);
  return (
    start.length >= 4 &&
    start.length % 2 === 0 &&
    start.every((byte, i) => (i % 2 === zeroAt) === (byte === 0))
  );
}

function begins(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** `[metadata]`, `[[exceptions]]`, also with a comment behind it. */
const TABLE = /^\[{1,2}\s*[A-Za-z0-9_"'-][^\][{}:,]{0,200}\]{1,2}\s*(?:#.*)?$/;
const PAIR = /^(?:[A-Za-z0-9_-]{1,100}|"[^"]{1,100}")(?:\s*\.\s*[A-Za-z0-9_-]{1,100})*\s*=/;

/** JSON and TOML begin with other signs; what is neither may still be an export whose first line is damaged. */
function textKind(text: string): "json" | "toml" | "text" | "empty" {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const at = lines.findIndex((line) => line !== "" && !line.startsWith("#"));
  const first = lines[at];
  // A head of nothing but comments: what follows decides, and only TOML has comments.
  if (first === undefined && lines.some((line) => line !== "")) return "toml";
  if (first === undefined) return text.length < SNIFFED ? "empty" : "text";
  if (first.startsWith("{")) return "json";
  if (PAIR.test(first)) return "toml";
  if (!first.startsWith("[")) return "text";
  return TABLE.test(first) && parseJson(first) === undefined ? "toml" : "json";
}
