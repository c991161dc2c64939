import type { Json } from "../../json/index.js";
import { limits } from "../../yaml/limits.js";
import type { ImportNote } from "./context.js";

/** A field stands at most this deep in a file already: `extra`, a list's items, an item's entries. */
const ABOVE = 5;
const LIMIT = limits.depth - ABOVE;

/** The object without the fields that no file could hold, because their values lie too deep. Each is noted. */
export function shallow(value: Json, notes: ImportNote[]): Json {
  const entries = Object.entries(value).filter(([field, inner]) => {
    if (!isDeep(inner)) return true;
    notes.push({ code: "import/too-deep", params: { field, limit: LIMIT }, pointer: `/${field}` });
    return false;
  });
  return Object.fromEntries(entries);
}

/** Without recursion: the depth is what is not known. */
function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= LIMIT; depth++) {
    level = level.flatMap((inner) =>
      typeof inner === "object" && inner !== null ? (Object.values(inner) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
