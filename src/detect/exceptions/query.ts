import type { dsl } from "../../query/index.js";
import { RunError } from "../run-error.js";
import type { ExceptionItem } from "../types.js";
import type { Entry } from "./item.js";
import type { Lists } from "./lists.js";

/** What documents an item is about, as a query: all of its entries, on the operating systems that it names. */
export function itemQuery({ entries, os_types }: ExceptionItem, lists: Lists): dsl.Dsl {
  const own = entries.map((entry) => entryQuery(entry, lists));
  if (os_types === undefined || os_types === null || os_types.length === 0) return { bool: { filter: own } };
  const systems = os_types.flatMap((os) => [phrase("host.os.type", os), phrase("host.os.name.caseless", os)]);
  return { bool: { filter: [...own, anyOf(systems)] } };
}

function entryQuery(entry: Entry, lists: Lists): dsl.Dsl {
  if (entry.type === "nested") {
    const inner = entry.entries.map((each) =>
      entryQuery({ ...each, field: `${entry.field}.${each.field}` }, lists),
    );
    return { nested: { path: entry.field, query: { bool: { filter: inner } }, score_mode: "none" } };
  }
  const query = fieldQuery(entry, lists);
  return entry.operator === "excluded" ? { bool: { must_not: query } } : query;
}

function fieldQuery(entry: Exclude<Entry, { type: "nested" }>, lists: Lists): dsl.Dsl {
  switch (entry.type) {
    case "match":
      return phrase(entry.field, entry.value);
    case "match_any":
      return anyOf(entry.value.map((value) => phrase(entry.field, value)));
    case "wildcard":
      return { wildcard: { [entry.field]: entry.value } };
    case "exists":
      return { exists: { field: entry.field } };
    case "list":
      return lists.queryOf(entry);
    default:
      throw new RunError(
        `exception entries of type \`${String((entry as { type: unknown }).type)}\` are unknown`,
      );
  }
}

const phrase = (field: string, value: string): dsl.Dsl => ({ match_phrase: { [field]: value } });

const anyOf = (queries: readonly dsl.Dsl[]): dsl.Dsl => ({
  bool: { should: queries, minimum_should_match: 1 },
});
