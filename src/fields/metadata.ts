import type { FieldInfo } from "./catalog.js";

/** Fields that Elasticsearch keeps of each document, whatever the mapping. */
const TYPES: Readonly<Record<string, string>> = {
  _id: "keyword",
  _ignored: "keyword",
  _index: "keyword",
  _index_mode: "keyword",
  _routing: "keyword",
  _score: "double",
  _size: "integer",
  _source: "object",
  _tier: "keyword",
  _tsid: "keyword",
  _version: "long",
};

const FIELDS: ReadonlyMap<string, FieldInfo> = new Map(
  Object.entries(TYPES).map(([name, type]) => [name, { name, type, source: "metadata" }]),
);

/** A document's own field such as `_id`. They are in no list of names: no wildcard stands for them. */
export function metadataField(name: string): FieldInfo | undefined {
  return name.startsWith("_") ? FIELDS.get(name) : undefined;
}
