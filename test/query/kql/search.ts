/**
 * A small Elasticsearch for tests: runs the searches that Kibana makes of KQL over one event, by another way than the
 * matcher. Covers keyword, text, long and nested fields.
 */
import type { Dsl } from "../../../src/query/kql/index.js";

type Doc = Readonly<Record<string, unknown>>;
export type Types = Readonly<Record<string, "keyword" | "long" | "nested" | "text">>;

export function search(query: Dsl, doc: Doc, types: Types, path?: string): boolean {
  const [[kind, body]] = Object.entries(query) as [[string, never]];
  const field = kind === "exists" || kind === "nested" ? "" : Object.keys(body)[0]!;
  /** What a query on one field says of it. */
  const said: unknown = body[field as never];
  switch (kind) {
    case "match_all":
      return true;
    case "bool":
      return bool(body, (each) => search(each, doc, types, path));
    case "exists":
      return terms(doc, (body as { field: string }).field, types, path).length > 0;
    case "term":
      return terms(doc, field, types, path).includes(String((said as { value: unknown }).value));
    case "match":
      return analysed(String(said), types[field]).some((term) =>
        terms(doc, field, types, path).includes(term),
      );
    case "match_phrase":
      return positions(doc, field, types, path).some((row) =>
        row.includes(` ${analysed(String(said), types[field]).join(" ")} `),
      );
    case "wildcard":
      return terms(doc, field, types, path).some((term) =>
        pattern((said as { value: string }).value).test(term),
      );
    case "query_string": {
      const { fields, query: text } = body as { fields: [string]; query: string };
      const isText = types[fields[0]] === "text";
      return text
        .split(" ")
        .some((part) =>
          terms(doc, fields[0], types, path).some((term) =>
            pattern(isText ? part.toLowerCase() : part).test(term),
          ),
        );
    }
    case "range":
      return terms(doc, field, types, path).some((term) =>
        within(term, said as Bounds, types[field] === "long"),
      );
    case "nested": {
      const { path: at, query: inner } = body as { path: string; query: Dsl };
      return objects(doc, path, at).some((object) => search(inner, object, types, at));
    }
    default:
      throw new Error(`no query ${kind}`);
  }
}

function bool(body: Record<string, Dsl | Dsl[]>, holds: (each: Dsl) => boolean): boolean {
  if (body["filter"] !== undefined) return (body["filter"] as Dsl[]).every(holds);
  if (body["must_not"] !== undefined) return !holds(body["must_not"] as Dsl);
  return (body["should"] as Dsl[]).some(holds);
}

/** What the index holds of a field: nothing of one that lies in another nested object. */
function values(doc: Doc, field: string, types: Types, path: string | undefined): string[] {
  const nestedIn = Object.keys(types).find(
    (name) => types[name] === "nested" && field.startsWith(`${name}.`),
  );
  if (types[field] === undefined || nestedIn !== path) return [];
  const value = doc[path === undefined ? field : field.slice(path.length + 1)];
  return (value === undefined || value === null ? [] : [value].flat()).map(String);
}

function terms(doc: Doc, field: string, types: Types, path: string | undefined): string[] {
  return values(doc, field, types, path).flatMap((value) => analysed(value, types[field]));
}

function positions(doc: Doc, field: string, types: Types, path: string | undefined): string[] {
  return values(doc, field, types, path).map((value) => ` ${analysed(value, types[field]).join(" ")} `);
}

function analysed(value: string, type: Types[string] | undefined): string[] {
  return type === "text" ? value.toLowerCase().split(" ") : [value];
}

function pattern(text: string): RegExp {
  return new RegExp(
    `^${text.replace(/\\(.)|([*])|([^\\*])/g, (_, escaped?: string, star?: string, char?: string) => (star === undefined ? (escaped ?? char)!.replace(/[^\w\s]/, "\\$&") : ".*"))}$`,
  );
}

type Bounds = Readonly<Partial<Record<"gt" | "gte" | "lt" | "lte", string>>>;

function within(term: string, bounds: Bounds, numeric: boolean): boolean {
  const [[bound, value]] = Object.entries(bounds) as [[keyof Bounds, string]];
  const order = numeric ? Number(term) - Number(value) : term < value ? -1 : Number(term > value);
  return { gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[bound];
}

function objects(doc: Doc, path: string | undefined, at: string): Doc[] {
  const value = doc[path === undefined ? at : at.slice(path.length + 1)];
  return value === undefined ? [] : ([value].flat() as Doc[]);
}
