import type { DocumentIndex } from "./store/document-index.js";
import type { StoredRule } from "./rule.js";
import type { Window } from "./window.js";

/** The fields that tell when a document was. */
export interface Timestamps {
  readonly primary: string;
  /** What counts where a document lacks the primary one. */
  readonly secondary: string | undefined;
}

const TIMESTAMP = "@timestamp";

export function timestampsOf(rule: StoredRule): Timestamps {
  const { timestamp_override: override, timestamp_override_fallback_disabled: disabled } = rule;
  const primary = override === undefined || override === "" ? TIMESTAMP : override;
  return { primary, secondary: primary === TIMESTAMP || disabled === true ? undefined : TIMESTAMP };
}

/** A document's place in time. */
export interface Times {
  /** By which the window asks and groups are counted: the primary field, else the secondary. */
  readonly time: number;
  /** By which searches sort; infinite where the document lacks the field, so that it comes last. */
  readonly primary: number;
  readonly secondary: number;
}

/** Calls `visit` with the place of each document of an index that is in the window. */
export function inWindow(
  index: DocumentIndex,
  { primary, secondary }: Timestamps,
  { from, to }: Window,
  visit: (place: number, times: Times) => void,
): void {
  const first = index.times(primary);
  const second = secondary === undefined ? undefined : index.times(secondary);
  for (let place = 0; place < first.length; place++) {
    const own = first[place]!;
    const other = second === undefined ? Number.NaN : second[place]!;
    const time = Number.isNaN(own) ? other : own;
    if (!(time >= from && time <= to)) continue;
    visit(place, { time, primary: placeOf(own), secondary: placeOf(other) });
  }
}

const placeOf = (time: number): number => (Number.isNaN(time) ? Infinity : time);

/** Oldest first, by the primary field and then by the other. */
export function compareTimes(a: Times, b: Times): number {
  return compare(a.primary, b.primary) || compare(a.secondary, b.secondary);
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
