import { didYouMean } from "../../../diagnostics/index.js";
import type { From } from "../ast.js";
import type { Context } from "./context.js";
import type { EsqlType } from "./types.js";

/** The fields that `METADATA` adds, with their types. */
export const METADATA: ReadonlyMap<string, EsqlType> = new Map([
  ["_id", "keyword"],
  ["_ignored", "keyword"],
  ["_index", "keyword"],
  ["_index_mode", "keyword"],
  ["_score", "double"],
  ["_size", "integer"],
  ["_source", "_source"],
  ["_tier", "keyword"],
  ["_timeseries", "keyword"],
  ["_tsid", "unknown"],
  ["_version", "long"],
]);

/** Adds the fields after `METADATA` to the table. */
export function addMetadata(context: Context, source: From): void {
  for (const { name, start, end } of source.metadata) {
    const type = METADATA.get(name);
    if (type === undefined) {
      const help = didYouMean(name, METADATA.keys()) ?? "write METADATA _id, _index, _version";
      context.findings.add("esql/unknown-metadata", { field: name }, { start, end }, { help });
    }
    context.scope.add({ name, type: type ?? "unknown", origin: "metadata", constant: false });
  }
}
