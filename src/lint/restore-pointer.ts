import { fromPointer, toPointer } from "../diagnostics/index.js";

/**
 * Where a value of a pruned document stands in the file. Taking a bad item out of a list moves those after it up, so that
 * `/tags/1` of what is left may be `/tags/2` of what was written.
 *
 * @param pruned pointers into the file that were taken out
 */
export function restorePointer(pointer: string, data: unknown, pruned: readonly string[]): string {
  if (pruned.length === 0) return pointer;
  const gone = new Set(pruned);
  const path: string[] = [];
  let at = data;
  for (const segment of fromPointer(pointer)) {
    let place = segment;
    if (Array.isArray(at)) {
      place = String(nthLeft(Number(segment), (i) => gone.has(toPointer([...path, i]))));
    }
    path.push(place);
    at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[place] : undefined;
  }
  return toPointer(path);
}

/** The index of the item that is the nth, from 0, of those left. */
function nthLeft(n: number, isGone: (index: number) => boolean): number {
  let index = 0;
  for (let left = n; isGone(index) || left > 0; index++) if (!isGone(index)) left--;
  return index;
}
