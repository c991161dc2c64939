import type { Fields } from "../fields/index.js";
import { dsl, type Event, kql, lucene } from "../query/index.js";
import type { Doc } from "./store/document.js";
import type { DocumentIndex } from "./store/document-index.js";
import { compareTimes, inWindow, type Times, type Timestamps } from "./timestamps.js";
import type { Window } from "./window.js";

/** A document that a search found. */
export interface Hit extends Times {
  readonly doc: Doc;
}

export interface SearchRequest {
  readonly indices: readonly DocumentIndex[];
  /** Conditions that all have to hold; see `queryTest` and `dslTest`. */
  readonly conditions: readonly Condition[];
  readonly timestamps: Timestamps;
  readonly window: Window;
  /** Whether a condition asks for the id or the index of a document. */
  readonly asksForMetadata?: boolean;
}

/** Compiles a condition for the fields of an index. */
export type Condition = (fields: Fields) => (event: Event) => boolean;

export type QueryLanguage = "kuery" | "lucene";

/** A rule's query. An empty one matches everything. */
export function queryCondition(language: QueryLanguage, query: string, now: number): Condition {
  if (query.trim() === "") return () => () => true;
  const compile = language === "lucene" ? lucene.compile : kql.compile;
  return (fields) => compile(query, { fields, now });
}

export function dslCondition(query: dsl.Dsl, now: number): Condition {
  return (fields) => dsl.compile(query, { fields, now });
}

export function not(condition: Condition): Condition {
  return (fields) => {
    const test = condition(fields);
    return (event) => !test(event);
  };
}

/** What a window's documents are, oldest first; those of the same time in the order in which they came. */
export function search({
  indices,
  conditions,
  timestamps,
  window,
  asksForMetadata = false,
}: SearchRequest): Hit[] {
  const hits: Hit[] = [];
  const compiled = new Map<Fields, readonly ((event: Event) => boolean)[]>();
  for (const index of indices) {
    const { fields } = index.mapping;
    let tests = compiled.get(fields);
    if (tests === undefined) compiled.set(fields, (tests = conditions.map((condition) => condition(fields))));
    inWindow(index, timestamps, window, (place, times) => {
      const doc = index.docs[place]!;
      const event = asksForMetadata ? { ...doc.event, _id: doc.id, _index: doc.index } : doc.event;
      for (const test of tests) if (!test(event)) return;
      hits.push({ doc, ...times });
    });
  }
  return hits.sort(compareTimes);
}

const METADATA = /(?<![\w.])_(?:id|index)\b/;

/** Whether queries, as text or JSON, ask for the id or the index of a document. */
export function namesMetadata(...queries: readonly unknown[]): boolean {
  return queries.some((query) => query !== undefined && METADATA.test(JSON.stringify(query)));
}
