import type { FieldInfo, Fields } from "../../fields/index.js";
import { leaves, parseDate } from "../../query/index.js";
import type { DocumentIndex } from "./document-index.js";

/** What was found in the documents of an index, and how often it had been written to then. */
const known = new WeakMap<DocumentIndex, { readonly found: Map<string, FieldInfo>; writes: number }>();

/** The fields of an index: those of its mapping where it has one, and those of its documents. */
export function seenFields(index: DocumentIndex): Fields {
  const { fields, isListed } = index.mapping;
  let seen = known.get(index);
  if (seen === undefined) known.set(index, (seen = { found: new Map(), writes: 0 }));
  const { found } = seen;
  if (seen.writes !== index.writes) look(index, found);
  seen.writes = index.writes;
  return {
    closed: isListed,
    find: (name) => fields.find(name) ?? found.get(name),
    names: () => new Set([...(isListed ? fields.names() : []), ...found.keys()]),
  };
}

/** Adds the fields of the documents. One that a document had stays mapped. */
function look({ mapping: { fields }, docs }: DocumentIndex, found: Map<string, FieldInfo>): void {
  for (const { event } of docs)
    for (const [name, value] of leaves(event))
      if (!found.has(name))
        found.set(name, fields.find(name) ?? { name, type: typeOf(value), source: "given" });
}

/** The type that Elasticsearch gives to a field that it sees for the first time; texts are keywords. */
function typeOf(value: unknown): string {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "long" : "double";
  const isDate =
    typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) && parseDate(value, 0) !== undefined;
  return isDate ? "date" : "keyword";
}
