import type { Fields } from "../../fields/index.js";
import type { esql, Event } from "../../query/index.js";
import { patternsOfRule } from "../rule.js";
import type { RunContext } from "../run-context.js";
import { search } from "../search.js";
import type { Doc } from "../store/document.js";
import type { DocumentIndex } from "../store/document-index.js";
import { seenFields } from "../store/seen-fields.js";

/** The documents that the window and the exceptions leave, by index, for `esql.run`. */
export function esqlIndices(
  context: RunContext<"esql">,
): Required<Pick<esql.RunOptions, "indices" | "mappings">> {
  const documents: Record<string, Event[]> = {};
  const mappings: Record<string, Fields> = {};
  const patterns = (patternsOfRule(context.rule.params) ?? []).filter((pattern) => !pattern.startsWith("-"));
  const left = new Set(search(context).map(({ doc }) => doc));
  for (const index of context.indices) {
    const name = nameFor(index, patterns);
    (documents[name] ??= []).push(...index.docs.filter((doc) => left.has(doc)).map(asHit));
    mappings[name] ??= seenFields(index);
  }
  return { indices: documents, mappings };
}

const asHit = ({ id, index, version, event }: Doc): Event => ({
  _id: id,
  _index: index,
  _version: version,
  _source: event,
});

/** An index by a name that the query finds: documents that are in every pattern are in its first one. */
function nameFor({ name, isAnywhere }: DocumentIndex, [first = name]: readonly string[]): string {
  return isAnywhere ? first.replaceAll("*", "") || name : name;
}
