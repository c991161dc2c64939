/**
 * Families of Elasticsearch's mapping types. A type that is in no family (`geo_point`, `histogram`…) takes no part in
 * comparisons. `string` and `number` are what Kibana's data views say where they do not give the mapping type.
 */

/** What the types of a family have in common, for the reader of a finding too. */
export type Family =
  | "boolean"
  | "date"
  | "ip"
  | "keyword"
  | "number"
  | "object"
  | "other"
  | "range"
  | "string"
  | "text"
  | "version";

const FAMILIES: Readonly<Record<Exclude<Family, "other">, readonly string[]>> = {
  boolean: ["boolean"],
  date: ["date", "date_nanos"],
  ip: ["ip"],
  keyword: ["keyword", "constant_keyword", "wildcard", "flattened", "counted_keyword"],
  number: [
    "long", "integer", "short", "byte", "unsigned_long", "double", "float", "half_float", "scaled_float", "number",
  ],
  object: ["object", "nested"],
  range: ["date_range", "double_range", "float_range", "integer_range", "ip_range", "long_range"],
  string: ["string"],
  text: ["text", "match_only_text", "pattern_text", "annotated_text", "search_as_you_type", "semantic_text"],
  version: ["version"],
}; // prettier-ignore

/** Types that take no part in comparisons. */
const OTHERS = [
  "aggregate_metric_double", "binary", "completion", "dense_vector", "geo_point", "geo_shape", "histogram", "join",
  "murmur3", "passthrough", "percolator", "point", "rank_feature", "rank_features", "rank_vectors", "shape",
  "sparse_vector", "token_count",
]; // prettier-ignore

const FAMILY_OF: ReadonlyMap<string, Family> = new Map(
  Object.entries(FAMILIES).flatMap(([family, types]) =>
    types.map((type) => [type, family as Family] as const),
  ),
);

/** The mapping types that Elasticsearch has, for "did you mean" too. */
export function mappingTypes(): string[] {
  return [...FAMILY_OF.keys(), ...OTHERS].filter((type) => type !== "number" && type !== "string");
}

export function familyOf(type: string): Family {
  return FAMILY_OF.get(type) ?? "other";
}

/** Holds words, not an exact value: `text`, `match_only_text`… */
export const isText = (type: string): boolean => familyOf(type) === "text";

/** Holds an exact text: `keyword`, `constant_keyword`, `wildcard`, `flattened`… */
export const isKeyword = (type: string): boolean => familyOf(type) === "keyword";

/** Holds text of either kind, or of a kind that is not known. */
export const isString = (type: string): boolean => {
  const family = familyOf(type);
  return family === "keyword" || family === "text" || family === "string";
};

export const isNumber = (type: string): boolean => familyOf(type) === "number";

const WHOLE: ReadonlySet<string> = new Set(["long", "integer", "short", "byte", "unsigned_long"]);

/** Holds whole numbers only. */
export const isInteger = (type: string): boolean => WHOLE.has(type);

export const isDate = (type: string): boolean => familyOf(type) === "date";

export const isIp = (type: string): boolean => familyOf(type) === "ip";

export const isBoolean = (type: string): boolean => familyOf(type) === "boolean";

export const isVersion = (type: string): boolean => familyOf(type) === "version";

/** Has no value of its own, only fields below it: `object`, `nested`. */
export const isObject = (type: string): boolean => familyOf(type) === "object";

/** Holds a stretch between two values: `ip_range`, `date_range`… */
export const isRange = (type: string): boolean => familyOf(type) === "range";
