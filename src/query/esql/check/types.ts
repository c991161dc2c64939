/**
 * The types of ES|QL's columns and expressions, under Elasticsearch's names (a datetime is a `date`), and four of our
 * own: `unknown` is of a type that cannot be told and fits everywhere, `null` is the literal, `map` is a function's
 * options, and `unsupported` is a field that ES|QL lists but cannot read.
 */
import { oneOf } from "../../core/index.js";
import type { FieldInfo } from "../../../fields/index.js";

export type EsqlType = string;

/** By mapping type; what is not here and not unsupported cannot be told. */
const OF_MAPPING: Readonly<Record<string, EsqlType>> = {
  keyword: "keyword", constant_keyword: "keyword", wildcard: "keyword", string: "keyword",
  text: "text", match_only_text: "text", annotated_text: "text", semantic_text: "text", pattern_text: "text",
  long: "long", unsigned_long: "unsigned_long", integer: "integer", short: "integer", byte: "integer",
  double: "double", float: "double", half_float: "double", scaled_float: "double",
  boolean: "boolean", date: "date", datetime: "date", date_nanos: "date_nanos", ip: "ip", version: "version",
  geo_point: "geo_point", geo_shape: "geo_shape", point: "cartesian_point", shape: "cartesian_shape",
  dense_vector: "dense_vector", aggregate_metric_double: "aggregate_metric_double",
}; // prettier-ignore

/** Mapping types that no release of ES|QL reads. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  "binary", "completion", "double_range", "flattened", "float_range", "integer_range", "ip_range", "join",
  "long_range", "nested", "percolator", "rank_feature", "rank_features", "sparse_vector",
]); // prettier-ignore

/** The type that a field has in ES|QL, whatever other indices say. */
export function typeOfField({ type }: FieldInfo): EsqlType {
  return typeOfMapping(type);
}

export function typeOfMapping(type: string): EsqlType {
  return OF_MAPPING[type] ?? (UNSUPPORTED.has(type) ? "unsupported" : "unknown");
}

/** `text` is taken wherever `keyword` is. */
export function plain(type: EsqlType): EsqlType {
  return type === "text" ? "keyword" : type;
}

/** Fits any parameter. */
export function isOpen(type: EsqlType): boolean {
  return type === "unknown" || type === "null" || type === "unsupported";
}

/** Numbers that are widened to one another; `unsigned_long` is not. */
const WIDTH: Readonly<Record<string, number>> = { integer: 1, long: 2, double: 3 };

/** The type of values of both types together, or undefined where there is none. */
export function commonType(a: EsqlType, b: EsqlType): EsqlType | undefined {
  if (a === b || b === "null") return a;
  if (a === "null") return b;
  if (isOpen(a) || isOpen(b)) return "unknown";
  if (WIDTH[a] !== undefined && WIDTH[b] !== undefined) return WIDTH[a] > WIDTH[b] ? a : b;
  if (plain(a) === plain(b)) return "keyword";
  return isDate(a) && isDate(b) ? "date_nanos" : undefined;
}

export const isDate = (type: EsqlType): boolean => type === "date" || type === "date_nanos";

export const isTimespan = (type: EsqlType): boolean => type === "date_period" || type === "time_duration";

export const isText = (type: EsqlType): boolean => plain(type) === "keyword";

/** Types in the order in which a reader wants them named; `integer`, `long` and `double` together are a number. */
const ORDER: readonly string[] = [
  "boolean", "keyword", "number", "integer", "long", "double", "unsigned_long", "date", "date_nanos",
  "date_period", "time_duration", "ip", "version",
]; // prettier-ignore

/** What a reader is told of types that are not Elasticsearch's. */
const SHOWN: readonly (readonly [EsqlType, string])[] = [
  ["function_named_parameters", "a map of options"],
  ["map", "a map of options"],
  ["unknown", "a value"],
];

/** More than these say less than "of another type". */
const MOST_NAMED = 12;

/** `keyword, date or ip`, for a message. */
export function describeTypes(types: Iterable<EsqlType>): string {
  const named = new Set(types);
  if (["integer", "long", "double"].every((type) => named.has(type))) {
    for (const type of ["integer", "long", "double"]) named.delete(type);
    named.add("number");
  }
  for (const [type, shown] of SHOWN) if (named.delete(type)) named.add(shown);
  const rank = (type: string): number => (ORDER.includes(type) ? ORDER.indexOf(type) : ORDER.length);
  const sorted = [...named].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  if (sorted.length <= MOST_NAMED) return oneOf(sorted);
  return `${sorted.slice(0, MOST_NAMED - 2).join(", ")} or another type that fits`;
}
