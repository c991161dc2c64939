import { isJson, type Json } from "../../json/index.js";
import { type CompileOptions, type Event, objectsAt, type Scope, scopeOf } from "../match/index.js";
import { compileBool } from "./bool.js";
import * as leaf from "./leaves.js";
import { queryString } from "./query-string.js";
import { UnsupportedDsl } from "./unsupported.js";

/** A query of Elasticsearch, as JSON. */
export type Dsl = Json;

export type Matcher = (event: Event) => boolean;

/** Compiles what is inside a clause such as `term`. */
type Clause = (body: Json, scope: Scope) => Matcher;

const CLAUSES: Readonly<Record<string, Clause>> = {
  match_all: () => () => true,
  match_none: () => () => false,
  bool: (body, scope) => compileBool(body, (query) => compileIn(query, scope)),
  constant_score: (body, scope) => compileIn(asJson(body["filter"], "constant_score"), scope),
  nested,
  exists: leaf.exists,
  term: leaf.term,
  terms: leaf.terms,
  match: leaf.match,
  match_phrase: leaf.matchPhrase,
  multi_match: leaf.multiMatch,
  range: leaf.range,
  prefix: leaf.prefix,
  wildcard: leaf.wildcard,
  regexp: leaf.regexp,
  ids: leaf.ids,
  query_string: queryString,
};

/**
 * Compiles a query to a test of events, by the mapping types in `options.fields`. Throws `UnsupportedDsl` for clauses that
 * need more than an event: scripts, scores, geometry.
 */
export function compile(query: Dsl, options: CompileOptions = {}): Matcher {
  return compileIn(query, scopeOf(options));
}

function compileIn(query: Dsl, scope: Scope): Matcher {
  const clauses = Object.entries(query);
  const [name, body] = clauses[0] ?? [];
  if (name === undefined || clauses.length > 1)
    throw new UnsupportedDsl(clauses.length === 0 ? "an empty query" : "several clauses in one query");
  const clause = Object.hasOwn(CLAUSES, name) ? CLAUSES[name] : undefined;
  if (clause === undefined) throw new UnsupportedDsl(`\`${name}\``);
  return clause(asJson(body, name), scope);
}

function asJson(value: unknown, clause: string): Json {
  if (!isJson(value)) throw new UnsupportedDsl(`\`${clause}\` without an object`);
  return value;
}

/** One object of the list at the path has to match. Names inside are full. */
function nested(body: Json, scope: Scope): Matcher {
  const { path } = body;
  if (typeof path !== "string") throw new UnsupportedDsl("`nested` without a path");
  const matches = compileIn(asJson(body["query"], "nested"), { ...scope, path });
  const relative = scope.path === undefined ? path : path.slice(scope.path.length + 1);
  return (event) => objectsAt(event, relative).some(matches);
}
