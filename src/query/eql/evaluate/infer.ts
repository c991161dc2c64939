import { type Event, reader } from "../../match/index.js";
import type { Expression, Field, Query } from "../ast.js";
import { fieldsOf, visitFields } from "../fields-of.js";
import { type Instant, readInstant } from "./instant.js";
import type { Kind } from "./schema.js";

/**
 * What events show of fields: for each that has a value in some event, a kind by its first value. A text that is an
 * ISO date makes a date, as Elasticsearch's dynamic mappings have it.
 */
export function inferKinds(names: Iterable<string>, events: readonly Event[]): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  const tops = topKeys(events);
  for (const name of names) {
    if (!startsWithOneOf(name, tops)) continue;
    const read = reader(name);
    for (const event of events) {
      const value = read(event);
      if (value === undefined) continue;
      kinds.set(name, kindOf(Array.isArray(value) ? value[0] : value));
      break;
    }
  }
  return kinds;
}

/** The keys that events begin with: most fields that no event has are known by them, without a look at each event. */
function topKeys(events: readonly Event[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const event of events) for (const key in event) keys.add(key);
  return keys;
}

/** Whether a field of this name could stand in an event with these keys: `a.b.c` under `a`, `a.b` or `a.b.c`. */
function startsWithOneOf(name: string, keys: ReadonlySet<string>): boolean {
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1))
    if (keys.has(name.slice(0, dot))) return true;
  return keys.has(name);
}

function kindOf(value: unknown): Kind {
  if (typeof value === "number" || typeof value === "bigint") return "number";
  if (typeof value === "boolean") return "boolean";
  const at: Instant = { ms: 0, ns: 0 };
  const isDate =
    value instanceof Date || (typeof value === "string" && value[4] === "-" && readInstant(value, at));
  return isDate ? "date" : "text";
}

/** The names of the fields that a query reads, each once. */
export function fieldNames(query: Query): ReadonlySet<string> {
  return new Set(fieldsOf(query).map(({ name }) => name));
}

/** Whether an expression reads a field at all, or one of which `counts` says that it counts. */
export function readsFields(expression: Expression, counts: (field: Field) => boolean = () => true): boolean {
  let found = false;
  visitFields(expression, (field) => {
    found ||= counts(field);
  });
  return found;
}
