import { type Event, type Read, textOf } from "../../match/index.js";
import { type Instant, readInstant } from "./instant.js";
import { compareValues } from "./keys.js";
import type { Value } from "./value.js";

/** Events in the order of time. */
export interface Timeline {
  /** Indexes of the events, in order. */
  readonly order: Int32Array;
  /** By index: milliseconds since 1970; infinite for an event without a time. */
  readonly ms: Float64Array;
  /** By index: the nanoseconds within the millisecond. */
  readonly ns: Float64Array;
}

/**
 * Orders events by timestamp, then tiebreaker, then as they come. Events without a timestamp come last, those without
 * a tiebreaker last among equals. Where no event has a timestamp they stay as they are, all at one time.
 */
export function orderEvents(events: readonly Event[], { readTime, readTie, nanos }: OrderOptions): Timeline {
  const ms = new Float64Array(events.length).fill(Infinity);
  const ns = new Float64Array(events.length);
  const at: Instant = { ms: 0, ns: 0 };
  let timeless = true;
  for (let index = 0; index < events.length; index++) {
    const value = readTime(events[index]!);
    if (!readInstant(Array.isArray(value) ? value[0] : value, at, nanos)) continue;
    ms[index] = at.ms;
    ns[index] = at.ns;
    timeless = false;
  }
  if (timeless) ms.fill(0);
  const ties = readTie === undefined ? undefined : tiebreakers(events, readTie);
  const compare = (a: number, b: number): number =>
    ms[a] !== ms[b]
      ? ms[a]! < ms[b]! ? -1 : 1 // prettier-ignore
      : ns[a]! - ns[b]! || (ties === undefined ? 0 : compareTies(ties[a]!, ties[b]!)) || a - b;
  const order = Int32Array.from(events.keys());
  for (let index = 1; index < order.length; index++)
    if (compare(index - 1, index) > 0) return { order: order.sort(compare), ms, ns };
  return { order, ms, ns };
}

export interface OrderOptions {
  readonly readTime: Read;
  /** The tiebreaker; undefined where there is none. */
  readonly readTie: Read | undefined;
  /** The timestamp is a `date_nanos`. */
  readonly nanos: boolean;
}

function tiebreakers(events: readonly Event[], read: Read): Value[] {
  return events.map((event) => {
    const value = read(event);
    const one: unknown = Array.isArray(value) ? value[0] : value;
    if (one === undefined) return null;
    return typeof one === "number" || typeof one === "boolean" ? one : textOf(one);
  });
}

function compareTies(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return compareValues(a, b);
}
