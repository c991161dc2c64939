import type { ValuesDelta } from "./types.js";

/** How many values are shown; a list may have 100,000. */
const SHOWN = 5;

/** What comes into a value list and what goes; undefined where it has the same values, in any order. */
export function valuesDelta(
  before: readonly string[] = [],
  after: readonly string[] = [],
): ValuesDelta | undefined {
  if (before === after) return undefined;
  const [was, is] = [new Set(before), new Set(after)];
  const added = [...is].filter((value) => !was.has(value));
  const removed = [...was].filter((value) => !is.has(value));
  if (added.length + removed.length === 0) return undefined;
  return {
    added: added.length,
    removed: removed.length,
    first_added: added.slice(0, SHOWN),
    first_removed: removed.slice(0, SHOWN),
  };
}
