import { type Diagnostic, report, type Target, toPointer } from "../diagnostics/index.js";
import type { ValueList } from "../project/index.js";
import type { ExceptionsSource } from "./exception-items.js";
import type { RuleFacts } from "./facts.js";

/** Kibana asks Elasticsearch with lists up to this size; a larger one it goes through itself, for some types of rules. */
const MOST_VALUES = 65_536;
/** Types of lists that Kibana can ask Elasticsearch with. */
const SEARCHABLE: ReadonlySet<string> = new Set(["keyword", "ip", "ip_range"]);
/** Types of rules for which Kibana goes through no list itself. */
const UNFILTERED: ReadonlySet<string> = new Set(["eql", "esql", "new_terms", "threshold"]);

/**
 * What exception items ask of value lists: lists that the project has, by the type that they have, and such as Kibana applies to the
 * rules that name the exception list.
 */
export function* valueListUses(
  lists: readonly ExceptionsSource[],
  known: ReadonlyMap<string, ValueList>,
  rules: readonly RuleFacts[],
): Iterable<Diagnostic> {
  const asked = new Set<string>();
  for (const { file, authored } of lists) {
    for (const [i, item] of (authored.items ?? []).entries()) {
      for (const [j, entry] of (item.entries ?? []).entries()) {
        if (entry.type !== "list" || entry.list?.id === undefined) continue;
        const { id, type } = entry.list;
        asked.add(id);
        const at = (...path: string[]): Target => ({
          file,
          pointer: toPointer(["items", i, "entries", j, "list", ...path]),
        });
        const list = known.get(id);
        if (list === undefined) yield report("value-list/unknown", { id }, at("id"));
        else if (type !== undefined && type !== list.type)
          yield report("value-list/type-mismatch", { id, declared: list.type, given: type }, at("type"));
        const reason = notSearchable(type, list);
        const types = reason === undefined ? [] : unfiltered(authored.list_id, rules);
        if (reason !== undefined && types.length > 0)
          yield report("value-list/not-applied", { types: types.join(", "), reason }, at("id"));
      }
    }
  }
  for (const { id, file, document } of known.values())
    if (!asked.has(id))
      yield report(
        "value-list/unused",
        { id },
        document.data === undefined ? { file } : { file, pointer: "/id" },
      );
}

function notSearchable(type: string | undefined, list: ValueList | undefined): string | undefined {
  const of = list?.type ?? type;
  if (of !== undefined && !SEARCHABLE.has(of)) return `is of type ${of}`;
  const count = list?.values.length ?? 0;
  return count > MOST_VALUES ? `has ${count} values, more than ${MOST_VALUES}` : undefined;
}

/** The types of the rules that take an exception list and for which Kibana goes through no value list. */
function unfiltered(list_id: string, rules: readonly RuleFacts[]): string[] {
  const types = rules
    .filter(({ rule }) => rule.exceptions_list.some((list) => list.list_id === list_id))
    .map(({ rule }) => rule.type)
    .filter((type) => UNFILTERED.has(type));
  return [...new Set(types)].sort();
}
