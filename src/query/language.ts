/** The four languages behind one face, for those who have a rule's `language` and not a grammar in mind. */
import type { FieldsInput } from "../fields/index.js";
import type { QueryDiagnostic, Span } from "./core/index.js";
import * as eql from "./eql/index.js";
import * as esql from "./esql/index.js";
import * as kql from "./kql/index.js";
import * as lucene from "./lucene/index.js";

/** Kibana's names of the languages: KQL is `kuery`. */
export type Language = "eql" | "esql" | "kuery" | "lucene";

/** A query that was read. `ast` is there even where the query is broken; `diagnostics` say where. */
export type Query = Readonly<{ text: string; diagnostics: readonly QueryDiagnostic[] }> &
  Readonly<
    | { language: "eql"; ast: eql.Query }
    | { language: "esql"; ast: esql.Query }
    | { language: "kuery"; ast: kql.Query }
    | { language: "lucene"; ast: lucene.Query }
  >;

/** A field that a query reads, where it first does. */
export interface FieldRead {
  readonly name: string;
  readonly span: Span;
}

export interface CheckOptions {
  /** What the query's indices hold; without it only checks that need no types run. */
  readonly fields?: FieldsInput;
  /** EQL: the field of the event category. */
  readonly categoryField?: string;
  /** The stack that the query is for, such as `9.4`. */
  readonly stack?: string;
}

export function parseQuery(language: Language, text: string): Query {
  switch (language) {
    case "eql":
      return { language, text, ...eql.parse(text) };
    case "esql":
      return { language, text, ...esql.parse(text) };
    case "kuery":
      return { language, text, ...kql.parse(text) };
    case "lucene":
      return { language, text, ...lucene.parse(text) };
  }
}

/** What is wrong with the meaning of a query: unknown fields and functions, types, values. Parse errors are not repeated. */
export function checkQuery(query: Query, options: CheckOptions = {}): readonly QueryDiagnostic[] {
  switch (query.language) {
    case "eql":
      return eql.check(query.ast, options);
    case "esql":
      return esql.check(query.ast, options);
    case "kuery":
      return kql.check(query.ast, options);
    case "lucene":
      return lucene.check(query.ast, options);
  }
}

/** The query in its canonical form. Comments are not kept. */
export function printQuery(query: Query): string {
  switch (query.language) {
    case "eql":
      return eql.print(query.ast);
    case "esql":
      return esql.print(query.ast);
    case "kuery":
      return kql.print(query.ast);
    case "lucene":
      return lucene.print(query.ast);
  }
}

/**
 * The fields of the indices that the query reads, each once; names with wildcards are left out. Whoever checks the query too
 * gives the same fields and stack here: ES|QL is then followed once.
 */
export function fieldsRead(
  query: Query,
  options: Pick<CheckOptions, "fields" | "stack"> = {},
): readonly FieldRead[] {
  switch (query.language) {
    case "eql":
      return eql.fieldsOf(query.ast);
    case "esql":
      return esql.fieldsRead(query.ast, options);
    case "kuery":
      return kql.fieldsOf(query.ast).filter((field) => !field.wildcard);
    case "lucene":
      return lucene.fieldsOf(query.ast).filter((field) => !field.wildcard);
  }
}
