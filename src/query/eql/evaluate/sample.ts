import type { Event } from "../../match/index.js";
import type { Sample } from "../ast.js";
import type { Context } from "./context.js";
import { distinctChoices } from "./distinct.js";
import { compareKeys, type Key } from "./keys.js";
import { compileTerm, type Found } from "./sequence.js";
import type { FoundSequence } from "./sequence-matcher.js";

export interface SampleLimits {
  /** Combinations of events for one key. */
  readonly perKey: number;
  readonly size: number;
}

interface Group {
  readonly key: Key;
  /** By term: the events that match it under the key. */
  readonly events: number[][];
}

/**
 * Finds the samples of a query: for each key under which every term has an event, in the order of the keys, some
 * combinations of distinct events, one for each term. Time does not matter; events count in the order they are given.
 */
export function runSample(
  { by, terms }: Sample,
  events: readonly Event[],
  context: Context,
  categoryField: string,
  { perKey, size }: SampleLimits,
): Found {
  const groups = new Map<string | null, Group>();
  let truncated = false;
  terms.forEach((term, index) => {
    const { test, keysOf } = compileTerm(term, by, context, categoryField);
    events.forEach((event, at) => {
      if (!test(event)) return;
      const found = keysOf(event);
      truncated ||= found.truncated;
      for (const key of found.keys) {
        let group = groups.get(key.id);
        // A key that an earlier term has no event for cannot be in a sample.
        if (group === undefined && index > 0) continue;
        if (group === undefined) groups.set(key.id, (group = { key, events: terms.map(() => []) }));
        group.events[index]!.push(at);
      }
    });
  });
  const sequences: FoundSequence[] = [];
  const complete = [...groups.values()].filter((group) => group.events.every((list) => list.length > 0));
  complete.sort((a, b) => compareKeys(a.key, b.key));
  for (const group of complete) {
    const most = Math.min(perKey, size - sequences.length);
    if (most <= 0) break;
    for (const choice of distinctChoices(group.events, most))
      sequences.push({ joinKeys: group.key.values, events: choice });
  }
  return { sequences, truncated };
}
