/** An event or document, as JSON gives it: nested objects, dotted keys, or a mix of both. */
export type Event = Readonly<Record<string, unknown>>;

/** Reads a field: undefined, a scalar, or an array of scalars; see `reader`. */
export type Read = (event: Event) => unknown;

/** Gives a field's reader by its name. */
export type Readers = (name: string) => Read;

/** Elasticsearch refuses documents with more levels than this, so nothing below is read. */
const MAX_LEVELS = 1_000;

/** Names with more parts are looked up as they stand: a mapping has 20 levels at most (`index.mapping.depth.limit`). */
const MAX_PARTS = 32;

/** `find` gives it where one value as it stands does not do: several places, or an array that has to be flattened. */
const SEVERAL = Symbol("several");

/** The keys a part of a name may be under: `keys[i][j]` is parts `i` to `i + j` with their dots. */
type Keys = readonly (readonly string[])[];

/**
 * Reads a field. The function gives undefined where it has no value (null and an empty array are none), a scalar, or
 * an array of one or more scalars without nulls, which must not be changed: it may be the event's own. Every way to
 * write the name counts (`{"a.b": 1}`, `{a: {b: 1}}`), arrays of objects are looked through, and an object is no
 * value. For a plain value nothing is allocated.
 */
export function reader(name: string): Read {
  const parts = name.split(".");
  const keys: Keys =
    parts.length > MAX_PARTS
      ? [[name]]
      : parts.map((_, from) =>
          parts.slice(from).map((_, count) => parts.slice(from, from + count + 1).join(".")),
        );
  const last = keys.length - 1;
  return (event) => {
    // As most events have it: an object for each part, and no key with dots beside it.
    let object = event;
    for (let at = 0; ; at++) {
      const names = keys[at]!;
      const value = object[names[0]!];
      for (let index = 1; index < names.length; index++) {
        const other = object[names[index]!];
        if (other !== undefined && other !== null) return settle(event, keys, find(event, keys, 0));
      }
      if (at === last) return settle(event, keys, own(value));
      if (typeof value !== "object" || value === null) return undefined;
      if (Array.isArray(value)) return settle(event, keys, SEVERAL);
      object = value as Event;
    }
  };
}

/** What `find` gives, where the whole list has to be made by a second walk. */
function settle(event: Event, keys: Keys, found: unknown): unknown {
  if (found !== SEVERAL) return found;
  const values: unknown[] = [];
  collect(event, keys, 0, values, 0);
  return values.length === 0 ? undefined : values.length === 1 ? values[0] : values;
}

/** The one value below an object for the parts from `at` on, undefined, or `SEVERAL`. */
function find(object: Event, keys: Keys, at: number): unknown {
  const names = keys[at]!;
  const last = names.length - 1;
  let found: unknown;
  for (let index = 0; index <= last; index++) {
    const value = object[names[index]!];
    if (value === undefined || value === null) continue;
    let below: unknown;
    if (index === last) below = own(value);
    else if (typeof value !== "object") continue;
    else below = Array.isArray(value) ? SEVERAL : find(value as Event, keys, at + index + 1);
    if (below === undefined) continue;
    if (found !== undefined) return SEVERAL;
    found = below;
  }
  return found;
}

/** A value at the end of a name: itself where it is a scalar or a flat array of scalars. */
function own(value: unknown): unknown {
  if (typeof value !== "object") return typeof value === "function" ? undefined : value;
  if (value === null) return undefined;
  if (!Array.isArray(value)) return value instanceof Date ? value : undefined;
  for (const item of value) if (!isScalar(item)) return SEVERAL;
  return value.length === 0 ? undefined : value;
}

function isScalar(value: unknown): boolean {
  if (typeof value === "object") return value instanceof Date;
  return value !== undefined && typeof value !== "function";
}

/** Adds every value for the parts from `at` on. Past the last part (`at` is the number of parts) the value itself. */
function collect(value: unknown, keys: Keys, at: number, into: unknown[], level: number): void {
  if (level > MAX_LEVELS) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, keys, at, into, level + 1);
  } else if (at === keys.length) {
    if (isScalar(value)) into.push(value);
  } else if (typeof value === "object" && value !== null) {
    const names = keys[at]!;
    for (let index = 0; index < names.length; index++) {
      const below = (value as Event)[names[index]!];
      if (below !== undefined) collect(below, keys, at + index + 1, into, level + 1);
    }
  }
}

/** Every value of an event with the full name of its field, in the event's order; nulls and empty objects have none. */
export function leaves(event: Event): [name: string, value: unknown][] {
  const all: [string, unknown][] = [];
  addLeaves(event, "", all, 0);
  return all;
}

function addLeaves(value: unknown, name: string, into: [string, unknown][], level: number): void {
  if (level > MAX_LEVELS) return;
  if (isScalar(value)) {
    into.push([name, value]);
  } else if (Array.isArray(value)) {
    for (const item of value) addLeaves(item, name, into, level + 1);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, below] of Object.entries(value)) {
      addLeaves(below, name === "" ? key : `${name}.${key}`, into, level + 1);
    }
  }
}
