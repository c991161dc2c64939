import { type Desired, listKey } from "../desired/desired.js";
import { referencesOf } from "../form/comparable.js";
import type { Actual } from "../live/actual.js";
import { itemKey, liveKey } from "../live/keys.js";
import type { Change } from "./types.js";

/** By the key of an item that moves to another list, the name of a rule that would lose it. */
export type Waiting = ReadonlyMap<string, string>;

/**
 * Plans lists and rules until no item moves away from a rule that shall follow it to its new list and cannot, because it is
 * in conflict. Each turn keeps more items where they are, so it ends; where none moves, there is one turn.
 */
export function settled<T extends { readonly rules: readonly Change[] }>(
  desired: Desired,
  actual: Actual,
  planWith: (waiting: Waiting) => T,
): T {
  const moves = movesOf(desired, actual);
  const waiting = new Map<string, string>();
  for (;;) {
    const before = waiting.size;
    const planned = planWith(waiting);
    if (moves.length === 0) return planned;
    const stuck = new Set(planned.rules.flatMap(({ id, conflict }) => (conflict === undefined ? [] : [id])));
    for (const { rule } of desired.rules) {
      if (!stuck.has(rule.rule_id)) continue;
      const wants = new Set(referencesOf({ ...rule }).map(listKey));
      const has = new Set((actual.rules.get(rule.rule_id) ?? []).flatMap(referencesOf).map(listKey));
      for (const { item, from, to } of moves)
        if (has.has(from) && wants.has(to) && !waiting.has(item)) waiting.set(item, rule.name);
    }
    if (waiting.size === before) return planned;
  }
}

/** The items that are in another list than the project wants, with the keys of both lists. */
function movesOf(desired: Desired, actual: Actual): { item: string; from: string; to: string }[] {
  return desired.lists.flatMap(({ items }) =>
    items.flatMap((wanted) => {
      const item = itemKey(wanted);
      const live = actual.items.get(item);
      if (live === undefined || live.list_id === wanted.list_id) return [];
      return [{ item, from: listKey(liveKey(live)), to: listKey(wanted) }];
    }),
  );
}
