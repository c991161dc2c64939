import { canonical } from "../deploy/form/canonical.js";
import type { ObjectChange } from "./types.js";

/** Fewer are shown each by itself. */
const FEWEST = 3;

/** Objects to which the very same happens: one setting may change hundreds of rules. */
export interface Alike {
  /** One, or {@link FEWEST} and more. */
  readonly changes: readonly [ObjectChange, ...ObjectChange[]];
}

/** Puts changed objects together that change alike, each group where its first stands. */
export function alike(changes: readonly ObjectChange[]): Alike[] {
  const groups = new Map<string, ObjectChange[]>();
  for (const change of changes) {
    const key = canonical([change.action, change.kind, change.resembles, change.effects]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()].flatMap((group): Alike[] => {
    const [first, ...rest] = group;
    if (first === undefined) return [];
    // What comes and what goes altogether is named one by one.
    if (group.length >= FEWEST && first.action === "changed") return [{ changes: [first, ...rest] }];
    return group.map((change) => ({ changes: [change] }));
  });
}
