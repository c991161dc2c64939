import type { FieldInfo, Fields } from "../../fields/index.js";
import { type esql, type Event, leaves, parseDate } from "../../query/index.js";
import { patternsOfRule } from "../rule.js";
import type { RunContext } from "../run-context.js";
import { search } from "../search.js";
import type { Doc } from "../store/document.js";
import type { DocumentIndex } from "../store/document-index.js";

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
    mappings[name] ??= fieldsOf(index);
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

/** The fields of an index: those of its mapping where it has one, and those of its documents. */
function fieldsOf({ mapping: { fields, isListed }, docs }: DocumentIndex): Fields {
  const found = new Map<string, FieldInfo>();
  for (const { event } of docs)
    for (const [name, value] of leaves(event))
      if (!found.has(name))
        found.set(name, fields.find(name) ?? { name, type: typeOf(value), source: "given" });
  return {
    closed: isListed,
    find: (name) => fields.find(name) ?? found.get(name),
    names: () => new Set([...(isListed ? fields.names() : []), ...found.keys()]),
  };
}

/** The type that Elasticsearch gives to a field that it sees for the first time; texts are keywords. */
function typeOf(value: unknown): string {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "long" : "double";
  const isDate =
    typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) && parseDate(value, 0) !== undefined;
  return isDate ? "date" : "keyword";
}
