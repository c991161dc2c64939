import { oneOf } from "./choices.js";

/**
 * The candidates nearest to a mistyped name, best first, by Damerau–Levenshtein distance without regard
 * to case. Far-off names are left out: at most a third of the name's length may differ (one edit for short names).
 */
export function nearest(name: string, candidates: Iterable<string>, most = 3): string[] {
  const wanted = name.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const scored: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), limit);
    if (distance <= limit) scored.push({ candidate, distance });
  }
  scored.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return scored.slice(0, most).map((s) => s.candidate);
}

/** `did you mean "a" or "b"?`, or undefined where nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const quoted = nearest(name, candidates).map((c) => `"${c}"`);
  return quoted.length === 0 ? undefined : `did you mean ${oneOf(quoted)}?`;
}

/** Three rows of the table of distances, kept from one call to the next. */
let rows: readonly [Int32Array, Int32Array, Int32Array] = rowsOf(64);

function rowsOf(length: number): readonly [Int32Array, Int32Array, Int32Array] {
  return [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
}

/**
 * The edits between two texts: a character added, left out or changed, or two neighbours that changed places (each stretch
 * is edited once). More than `limit` come back as some larger number: cells of the table further from the diagonal than
 * that are left out, and no row is filled after two that say it.
 */
function editDistance(a: string, b: string, limit: number): number {
  const more = limit + 1;
  let start = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (aEnd > 0 && bEnd > 0 && a.charCodeAt(aEnd - 1) === b.charCodeAt(bEnd - 1)) {
    aEnd--;
    bEnd--;
  }
  const shorter = Math.min(aEnd, bEnd);
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  const height = aEnd - start;
  const width = bEnd - start;
  if (height === 0 || width === 0) return height + width;
  if (rows[0].length < width + 2) rows = rowsOf(2 * width + 2);
  let [beforePrevious, previous, current] = rows;
  for (let j = 0; j <= width; j++) previous[j] = j;
  let leastBefore = 0;
  for (let i = 1; i <= height; i++) {
    const from = Math.max(1, i - limit);
    const to = Math.min(width, i + limit);
    const own = a.charCodeAt(start + i - 1);
    const ownBefore = i > 1 ? a.charCodeAt(start + i - 2) : -1;
    current[from - 1] = from === 1 ? i : more;
    let least = current[from - 1]!;
    for (let j = from; j <= to; j++) {
      const other = b.charCodeAt(start + j - 1);
      let best = previous[j - 1]! + (own === other ? 0 : 1);
      best = Math.min(best, previous[j]! + 1, current[j - 1]! + 1);
      if (i > 1 && j > 1 && ownBefore === other && own === b.charCodeAt(start + j - 2))
        best = Math.min(best, beforePrevious[j - 2]! + 1);
      current[j] = best;
      if (best < least) least = best;
    }
    // The next row looks one cell further.
    if (to < width) current[to + 1] = more;
    if (least > limit && leastBefore >= limit) return more;
    leastBefore = least;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return previous[width]!;
}
