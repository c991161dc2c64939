import { fieldsOf } from "../../../src/fields/index.js";
import { check, type CheckOptions, parse } from "../../../src/query/eql/index.js";

/** Valid queries of every kind of construct. */
export const VALID: readonly string[] = [
  "any where true",
  'process where process.name == "cmd.exe"',
  '"odd category!" where a != null | head 3',
  '"""raw "category\\""" where a',
  'process where a : "x" and b : ("y*", "z?") or not c : "w"',
  'process where not (a == 1 or b == 2) and (c != 3 or d <= 4.5e2)',
  "process where 0 < a and .5 >= b and 1. > c",
  'process where a like "x*" or b like~ ("y", "z") or c regex "a.*" or d regex~ ("""\\w+\\.exe""", "b")',
  'process where a in ("x", "y") and b not in~ ("z") and c in (1, 2 + 3, -4)',
  "process where ?a == null and ?b.c != null and `d-e` and ?`f?g` and `a``b`",
  "process where -a + b * (c - d) / 2 % 3 == - 1 and -(1) < +2",
  'process where length(a) > 3 and startsWith~(a, "x") and cidrMatch(ip, "10.0.0.0/8", "::1") and concat() == "" or f()',
  'process where substring(a, -4, between(b, "[", "]", true) == "x") : "y"',
  "sequence [a where true] [b where false] | tail 2 | head 1",
  "sequence by host.id, ?user.id with maxspan=90s [a where true] by x [b where true] by y until [c where z] by w",
  "sequence with maxspan=1d [a where true] with runs=3 ![b where true] [c where true] by_name == 1]".replace("by_name == 1]", ""),
  "sequence [a where true] by k with runs=10",
  "sample by a [x where true] [y where true]",
  "sample [x where true] by `weird key` [y where true] by ?b | head 1",
  "join by a [x where true] [y where true] until [z where true]",
  "// a comment\nany /* another /* inside */ one */ where @timestamp != null // end",
  'any where a == "\\u{41}\\t\\"\\\\" and b == """C:\\x""" and c == """"quoted"""""',
]; // prettier-ignore

/** Fields of all types, under names that say them. */
export const FIELDS = fieldsOf({
  "@timestamp": "date",
  "event.category": "keyword",
  "event.type": "keyword",
  keyword: "keyword",
  wildcard: "wildcard",
  constant: "constant_keyword",
  text: "text",
  both: "text",
  "both.keyword": "keyword",
  long: "long",
  double: "double",
  unsigned: "unsigned_long",
  boolean: "boolean",
  ip: "ip",
  date: "date",
  nanos: "date_nanos",
  version: "version",
  range: "ip_range",
  place: "geo_point",
  list: "nested",
  "list.name": "keyword",
  object: "object",
  "object.inside": "keyword",
  flat: "flattened",
  lowered: { type: "keyword", normalizer: "lowercase" },
});

/** What is found in a query, each as `code: the piece of the text that it is about`. */
export function problems(text: string, options?: CheckOptions): string[] {
  const { ast, diagnostics } = parse(text);
  const found = [...diagnostics, ...(options === undefined ? [] : check(ast, options))];
  return found.map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`);
}

/** The help of the only finding. */
export function helpFor(text: string, options?: CheckOptions): string | undefined {
  const { ast, diagnostics } = parse(text);
  const found = [...diagnostics, ...(options === undefined ? [] : check(ast, options))];
  if (found.length !== 1) throw new Error(`${found.length} findings in ${text}`);
  return found[0]!.help;
}

/** A syntax tree without its places in the text. */
export function withoutSpans(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSpans);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== "start" && key !== "end" && key !== "nameSpan")
      .map(([key, value]) => [key, withoutSpans(value)]),
  );
}

/** The condition of a query for single events. */
export function conditionOf(text: string): unknown {
  const { statement } = parse(text).ast;
  return statement.kind === "event" ? withoutSpans(statement.condition) : undefined;
}

/** `line:column`, both from 1, as Elasticsearch counts. */
export function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split("\n");
  return `${lines.length}:${lines[lines.length - 1]!.length + 1}`;
}
