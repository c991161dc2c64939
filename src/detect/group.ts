import { compareTexts, type Event, fetchedValues, textOf } from "../query/index.js";
import type { Fields } from "../fields/index.js";
import type { Doc } from "./store/document.js";
import type { GroupHistory } from "./state.js";

export interface Term {
  readonly field: string;
  readonly value: unknown;
}

/** Reads the groups that a document is in: one for each combination of the values of the fields. */
export type GroupReader = (doc: Doc) => readonly (readonly Term[])[];

/** Groups of one document, at most: its first ones. */
const MOST_GROUPS = 100_000;

/** `missing`: a field without a value counts as null; otherwise a document that lacks one is in no group. */
export function groupReader(fields: readonly string[], missing: boolean): GroupReader {
  const readers = new Map<Fields, readonly ((event: Event) => readonly unknown[])[]>();
  return ({ mapping, event }) => {
    let reads = readers.get(mapping.fields);
    if (reads === undefined)
      readers.set(
        mapping.fields,
        (reads = fields.map((field) => fetchedValues({ fields: mapping.fields }, field))),
      );
    let groups: (readonly Term[])[] = [[]];
    for (const [index, read] of reads.entries()) {
      const found = [...new Set(read(event))];
      const values = found.length === 0 && missing ? [null] : found;
      const field = fields[index]!;
      groups = groups.flatMap((group) => values.map((value) => [...group, { field, value }]));
      if (groups.length > MOST_GROUPS) groups.length = MOST_GROUPS;
    }
    return groups;
  };
}

/** The same text for the same values. */
export function keyOf(terms: readonly Term[]): string {
  return terms.map(({ value }) => `${typeof value}:${String(value)}`).join("\u0000");
}

/** The order in which Elasticsearch lists groups: numbers by size, texts by code unit, null last. */
export function compareGroups(a: readonly Term[], b: readonly Term[]): number {
  for (const [index, term] of a.entries()) {
    const order = compareValues(term.value, b[index]!.value);
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers by size, others as texts, null last. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareTexts(textOf(a), textOf(b));
}

/** Whether events of a group at a time were counted by an earlier run. */
export function countedBefore(
  history: readonly GroupHistory[],
): (terms: readonly Term[], time: number) => boolean {
  const until = new Map(history.map((entry) => [keyOf(entry.terms), entry.until]));
  return (terms, time) => time <= (until.get(keyOf(terms)) ?? -Infinity);
}
