import type { SourceItem } from "../bundle/sources/index.js";
import type { Items } from "./model.js";

/** In UTF-16 units of JSON: what comes to less is held instead of being read a second time. */
const MOST = 32 * 1024 * 1024;

/**
 * Something to read from the start as often as one likes, that really reads only once where all of it is small enough to be held.
 * What it may not hold is read again.
 */
export function rereadable(read: () => Items, most = MOST): () => AsyncIterable<SourceItem> {
  let held: readonly SourceItem[] | undefined;
  return async function* (): AsyncGenerator<SourceItem> {
    if (held !== undefined) {
      yield* held;
      return;
    }
    let holding: SourceItem[] | undefined = [];
    let size = 0;
    for await (const item of read()) {
      if (holding !== undefined) {
        size += "value" in item ? JSON.stringify(item.value).length : 0;
        if (size > most) holding = undefined;
        else holding.push(item);
      }
      yield item;
    }
    held = holding;
  };
}
