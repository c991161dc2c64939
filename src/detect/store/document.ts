import { isJson, type Json } from "../../json/index.js";
import { type Event, reader } from "../../query/index.js";
import type { IndexMapping } from "./mappings.js";

/** A document as a search returns it. */
export interface Hit {
  readonly _id?: string;
  readonly _index?: string;
  readonly _source: Event;
}

/** A document, with where it is or by itself. */
export type DocumentInput = Hit | Event;

/** A document in an index. */
export interface Doc {
  readonly id: string;
  readonly index: string;
  /** How often it was written: 1 for the first time. */
  readonly version: number;
  readonly mapping: IndexMapping;
  readonly source: Event;
  /** The source with what its index adds to it: what searches see. */
  readonly event: Event;
}

export function isHit(document: DocumentInput): document is Hit {
  return isJson(document["_source"]);
}

/** What searches see of a source: constants of the index, and dates in milliseconds. */
export function searchable(source: Event, { constants, inSeconds }: IndexMapping): Event {
  if (constants.length === 0 && inSeconds.length === 0) return source;
  const event: Record<string, unknown> = { ...source };
  for (const [name, value] of constants) if (reader(name)(source) === undefined) event[name] = value;
  for (const name of inSeconds) {
    const seconds = reader(name)(source);
    if (seconds === undefined) continue;
    const written = Array.isArray(seconds) ? seconds.map(millis) : millis(seconds);
    replace(event, name.split("."), written);
  }
  return event;
}

const millis = (seconds: unknown): unknown =>
  Number.isNaN(Number(seconds)) ? seconds : Number(seconds) * 1_000;

/** Puts a value where an event has the field, however it writes the name. The objects on the way are copied. */
function replace(event: Record<string, unknown>, parts: readonly string[], value: unknown): void {
  for (let count = parts.length; count > 0; count--) {
    const key = parts.slice(0, count).join(".");
    if (!Object.hasOwn(event, key)) continue;
    if (count === parts.length) event[key] = value;
    else {
      const below = { ...(event[key] as Json) };
      event[key] = below;
      replace(below, parts.slice(count), value);
    }
    return;
  }
}
