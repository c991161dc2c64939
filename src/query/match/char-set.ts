import { fold } from "./fold.js";

/** A set of code points: first and last of each range in turn, ascending, no two ranges next to each other. */
export type CharSet = readonly number[];

export const MAX_CODE = 0x10ffff;

/** Blocks outside of which no code point changes when it is folded. */
const CASED_BLOCKS = [
  [0x80, 0x33ff],
  [0xa640, 0xabff],
  [0xff00, 0xffff],
  [0x10400, 0x1e9ff],
] as const;

const KELVIN = 0x212a;

export function union(sets: readonly CharSet[]): CharSet {
  const ranges: [number, number][] = [];
  for (const set of sets) for (let at = 0; at < set.length; at += 2) ranges.push([set[at]!, set[at + 1]!]);
  ranges.sort(([a], [b]) => a - b);
  const all: number[] = [];
  for (const [low, high] of ranges) {
    const last = all.length - 1;
    if (last >= 0 && low <= all[last]! + 1) all[last] = Math.max(all[last]!, high);
    else all.push(low, high);
  }
  return all;
}

export function negate(set: CharSet): CharSet {
  const all: number[] = [];
  let low = 0;
  for (let at = 0; at < set.length; at += 2) {
    if (low < set[at]!) all.push(low, set[at]! - 1);
    low = set[at + 1]! + 1;
  }
  if (low <= MAX_CODE) all.push(low, MAX_CODE);
  return all;
}

/** The set with every code point that folds to the same as one in it. */
export function ignoreCase(set: CharSet): CharSet {
  const more: number[] = [];
  for (let at = 0; at < set.length; at += 2) {
    for (let code = Math.max(set[at]!, 0x41); code <= Math.min(set[at + 1]!, 0x7a); code++) {
      if (!isLetter(code)) continue;
      more.push(code ^ 0x20, code ^ 0x20);
      if ((code | 0x20) === 0x6b) more.push(KELVIN, KELVIN);
    }
  }
  if (set.length > 0 && set[set.length - 1]! > 0x7f) {
    for (const group of caseGroups()) {
      if (group.some((code) => includes(set, code))) for (const code of group) more.push(code, code);
    }
  }
  return more.length === 0 ? set : union([set, more]);
}

/** Whether a code point (or any number, in a list of ranges) is in a set. */
export function includes(set: CharSet, code: number): boolean {
  let low = 0;
  let high = set.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (set[2 * middle + 1]! < code) low = middle + 1;
    else high = middle;
  }
  return 2 * low < set.length && set[2 * low]! <= code;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

let groups: readonly (readonly number[])[] | undefined;

/** The sets of code points that fold alike, where one of them is not ASCII. Made when first needed. */
function caseGroups(): readonly (readonly number[])[] {
  if (groups !== undefined) return groups;
  const byFold = new Map<number, number[]>();
  for (const [from, to] of CASED_BLOCKS) {
    for (let code = from; code <= to; code++) {
      const folded = fold(String.fromCodePoint(code)).codePointAt(0)!;
      if (folded === code) continue;
      const group = byFold.get(folded);
      if (group !== undefined) group.push(code);
      else byFold.set(folded, isLetter(folded) ? [folded, folded ^ 0x20, code] : [folded, code]);
    }
  }
  groups = [...byFold.values()];
  return groups;
}
