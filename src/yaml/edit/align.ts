import { identity, isCollection, isMapping } from "./equal.js";

/** Items that are compared each with each; for longer lists the first equal one is taken. */
const MOST_PAIRS = 1_000_000;
/** The same for items that may have changed, where a pair costs more. */
const MOST_CHANGED_PAIRS = 10_000;
/** How much of a text has to stay, from its beginning and its end, for it to be the same item changed. */
const LEAST_SIMILAR = 0.5;

/**
 * Which old item each new one is, unchanged or changed; undefined for those that are new. The old items come in ascending
 * order, so that what is left of the old list is a part of the new one.
 */
export function align(old: readonly unknown[], next: readonly unknown[]): (number | undefined)[] {
  const result: (number | undefined)[] = next.map(() => undefined);
  const equal = equalItems(old.map(identity), next.map(identity));
  let oldStart = 0;
  let nextStart = 0;
  for (const [i, j] of [...equal, [old.length, next.length] as const]) {
    for (const [k, l] of similarItems(old, next, { oldStart, oldEnd: i, nextStart, nextEnd: j }))
      result[l] = k;
    if (j < next.length) result[j] = i;
    oldStart = i + 1;
    nextStart = j + 1;
  }
  return result;
}

type Pair = readonly [old: number, next: number];

function equalItems(old: readonly string[], next: readonly string[]): Pair[] {
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, next.length) - head && old.at(-1 - tail) === next.at(-1 - tail)) tail++;
  const range = { oldStart: head, oldEnd: old.length - tail, nextStart: head, nextEnd: next.length - tail };
  const few = (range.oldEnd - head) * (range.nextEnd - head) <= MOST_PAIRS;
  return [
    ...Array.from({ length: head }, (_, i): Pair => [i, i]),
    ...(few ? heaviest(range, (i, j) => (old[i] === next[j] ? 1 : 0)) : firstEqual(old, next, range)),
    ...Array.from({ length: tail }, (_, i): Pair => [old.length - tail + i, next.length - tail + i]),
  ];
}

interface Range {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly nextStart: number;
  readonly nextEnd: number;
}

function firstEqual(old: readonly string[], next: readonly string[], range: Range): Pair[] {
  const pairs: Pair[] = [];
  const places = new Map<string, number[]>();
  for (let i = range.oldEnd - 1; i >= range.oldStart; i--)
    if (places.get(old[i]!)?.push(i) === undefined) places.set(old[i]!, [i]);
  let last = -1;
  for (let j = range.nextStart; j < range.nextEnd; j++) {
    const candidates = places.get(next[j]!) ?? [];
    while (candidates.length > 0 && candidates.at(-1)! <= last) candidates.pop();
    const found = candidates.pop();
    if (found === undefined) continue;
    pairs.push([found, j]);
    last = found;
  }
  return pairs;
}

function similarItems(old: readonly unknown[], next: readonly unknown[], range: Range): Pair[] {
  const pairs = (range.oldEnd - range.oldStart) * (range.nextEnd - range.nextStart);
  if (pairs === 0 || pairs > MOST_CHANGED_PAIRS) return [];
  return heaviest(range, (i, j) => similarity(old[i], next[j]));
}

/** How much two values have in common, between 0 and 1; 0 for what is better removed and added. */
function similarity(one: unknown, other: unknown): number {
  if (typeof one === "string" && typeof other === "string") return textSimilarity(one, other);
  if (!isCollection(one) || !isCollection(other) || isMapping(one) !== isMapping(other)) return 0;
  if (isMapping(one)) {
    const keys = Object.keys(one);
    const same = keys.filter(
      (key) => Object.hasOwn(other, key) && identity(one[key]) === identity(other[key]),
    );
    return same.length / Math.max(keys.length, Object.keys(other).length, 1);
  }
  const items = new Set(Object.values(other).map(identity));
  const values = Object.values(one);
  return values.filter((item) => items.has(identity(item))).length / Math.max(values.length, items.size, 1);
}

function textSimilarity(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let same = 0;
  while (same < length && one[same] === other[same]) same++;
  let end = 0;
  while (end < length - same && one.at(-1 - end) === other.at(-1 - end)) end++;
  const similar = (same + end) / Math.max(one.length, other.length);
  return similar >= LEAST_SIMILAR ? similar : 0;
}

/** The pairs, both ascending, whose weights have the greatest sum. */
function heaviest(range: Range, weight: (old: number, next: number) => number): Pair[] {
  const { oldStart, oldEnd, nextStart, nextEnd } = range;
  const width = nextEnd - nextStart + 1;
  const best = new Float64Array((oldEnd - oldStart + 1) * width);
  const weights = new Float64Array(best.length);
  const at = (i: number, j: number) => (i - oldStart) * width + (j - nextStart);
  for (let i = oldEnd - 1; i >= oldStart; i--) {
    for (let j = nextEnd - 1; j >= nextStart; j--) {
      const own = weight(i, j);
      weights[at(i, j)] = own;
      const paired = own > 0 ? own + best[at(i + 1, j + 1)]! : 0;
      best[at(i, j)] = Math.max(paired, best[at(i + 1, j)]!, best[at(i, j + 1)]!);
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [oldStart, nextStart];
  while (i < oldEnd && j < nextEnd) {
    const own = weights[at(i, j)]!;
    if (own > 0 && best[at(i, j)] === own + best[at(i + 1, j + 1)]!) pairs.push([i++, j++]);
    else if (best[at(i, j)] === best[at(i + 1, j)]) i++;
    else j++;
  }
  return pairs;
}
