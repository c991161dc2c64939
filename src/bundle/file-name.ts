/** Names that Windows keeps for devices, with or without an ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Longer names do not fit into common file systems once an ending is added. */
const MOST = 180;

/**
 * A rule_id as the name of a file: letters, digits, `-`, `_` and inner dots stay, everything else becomes `%` and the hex of
 * its UTF-8 bytes, so that no two ids share a name and none leads out of its folder. Upper-case letters are kept; ids that
 * differ only by case are told apart by the caller.
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

function escaped(char: string): string {
  return [...new TextEncoder().encode(char)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}
