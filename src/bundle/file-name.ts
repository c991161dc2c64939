import { createHash } from "node:crypto";

/** Names that Windows keeps for devices, with or without an ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Longer names do not fit into common file systems once an ending is added. */
const MOST = 180;
/** Digits of the hash of an id, where its name alone would not do. */
const HASH = 16;

/**
 * A rule_id as the name of a file: letters, digits, `-`, `_` and inner dots stay, everything else becomes `%` and the hex of
 * its UTF-8 bytes, so that no two ids share a name and none leads out of its folder. Upper-case letters are kept; ids that
 * differ only by case are told apart by `FileNames`.
 */
export function fileName(id: string): string {
  const safe = [...id]
    .map((char, i) => (/^[A-Za-z0-9_-]$/.test(char) || (char === "." && i > 0) ? char : escaped(char)))
    .join("");
  const name = RESERVED.test(safe) ? escaped(safe[0]!) + safe.slice(1) : safe;
  return name.replace(/\.$/, "%2e");
}

/** Whether the name can stand as it is in every file system. */
export function isFileSafe(id: string): boolean {
  return id.length > 0 && id.length <= MOST && fileName(id) === id;
}

/** Hands out names of which no two are the same, not even where case is ignored. */
export class FileNames {
  readonly #taken = new Set<string>();

  /** The id's name, shortened where it is too long, and whether another id has taken it already. */
  take(id: string): { readonly name: string; readonly clash: boolean } {
    const own = fileName(id);
    const hashed = `${own.slice(0, MOST - HASH - 1)}-${sha256(id).slice(0, HASH)}`;
    const first = own.length <= MOST ? own : hashed;
    const clash = this.#taken.has(first.toLowerCase());
    let name = clash ? hashed : first;
    for (let i = 2; this.#taken.has(name.toLowerCase()); i++) name = `${hashed}-${i}`;
    this.#taken.add(name.toLowerCase());
    return { name, clash };
  }
}

/** In hexadecimal digits, of the text in UTF-8. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function escaped(char: string): string {
  return [...new TextEncoder().encode(char)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}
