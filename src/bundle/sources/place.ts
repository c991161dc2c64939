import type { SourceOrigin } from "./model.js";

/** Where something stands within its source: `a/b.ndjson, line 4`; empty where that is the whole file. */
export function placeOf({ path, line }: SourceOrigin): string {
  const within = path === undefined ? [] : [path];
  return [...within, ...(line === undefined ? [] : [`line ${line}`])].join(", ");
}
