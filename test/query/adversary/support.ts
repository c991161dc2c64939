import { describe, expect, it } from "vitest";
import type { FieldsInput } from "../../../src/fields/index.js";
import { eql, type Event, kql, lucene } from "../../../src/query/index.js";

/** A query or condition, and the indexes of the events that it finds. */
export type Row = readonly [query: string, found: readonly number[]];

interface Given {
  readonly fields?: FieldsInput;
  /** In milliseconds since 1970. */
  readonly now?: number;
}

/** What `found` says of each row, on the same events. */
function table(
  name: string,
  rows: readonly Row[],
  found: (query: string) => readonly number[] | undefined,
): void {
  describe(name, () => {
    it.each(rows)("%s", (query, expected) => {
      expect(found(query)).toEqual(expected);
    });
  });
}

const matching = (events: readonly Event[], test: (event: Event) => boolean): number[] =>
  events.flatMap((event, index) => (test(event) ? [index] : []));

/** Conditions of EQL, on events of any category. */
export function eqlTable(name: string, events: readonly Event[], rows: readonly Row[], given: Given): void {
  table(name, rows, (condition) => eql.run(`any where ${condition}`, events, given).events);
}

export function kqlTable(name: string, events: readonly Event[], rows: readonly Row[], given: Given): void {
  table(name, rows, (query) => matching(events, kql.compile(query, given)));
}

export function luceneTable(
  name: string,
  events: readonly Event[],
  rows: readonly Row[],
  given: Given,
): void {
  table(name, rows, (query) => matching(events, lucene.compile(query, given)));
}
