/** Times rounded down to the start of an interval: `DATE_TRUNC` and `BUCKET`. */
import { daysSince1970 } from "../../../match/index.js";
import { DAY, HOUR, MINUTE, SECOND, type Timespan } from "../values/index.js";

/** An interval that times are rounded to, in milliseconds. */
export interface Rounding {
  /** The start of the interval that a time lies in. */
  readonly floor: (millis: number) => number;
  /** The start of the interval after the one that starts here. */
  readonly next: (start: number) => number;
}

/** Weeks start on Mondays; January 5, 1970 was one. */
const MONDAY = 4 * DAY;

function fixed(length: number, origin = 0): Rounding {
  return {
    floor: (millis) => Math.floor((millis - origin) / length) * length + origin,
    next: (start) => start + length,
  };
}

/** Months are counted from January of the year 1, and years in hundreds from 1 too. */
function months(count: number): Rounding {
  const startOf = (index: number): number =>
    daysSince1970(Math.floor(index / 12) + 1, (((index % 12) + 12) % 12) + 1, 1) * DAY;
  const indexOf = (millis: number): number => {
    const date = new Date(millis);
    return (date.getUTCFullYear() - 1) * 12 + date.getUTCMonth();
  };
  return {
    floor: (millis) => startOf(Math.floor(indexOf(millis) / count) * count),
    next: (start) => startOf(indexOf(start) + count),
  };
}

/** The rounding to an interval of one kind of unit; undefined where it is empty or negative. */
export function roundingTo(span: Timespan): Rounding | undefined {
  if (span.months > 0) return months(span.months);
  if (span.days > 0) return span.days % 7 === 0 ? fixed(span.days * DAY, MONDAY) : fixed(span.days * DAY);
  return span.millis > 0 ? fixed(span.millis) : undefined;
}

/** Intervals that people read well, from the longest on. */
const READABLE: readonly Rounding[] = [
  months(12), months(3), months(1), fixed(7 * DAY, MONDAY), fixed(DAY),
  ...[12, 3, 1].map((hours) => fixed(hours * HOUR)),
  ...[30, 10, 5, 1].map((minutes) => fixed(minutes * MINUTE)),
  ...[30, 10, 5, 1].map((seconds) => fixed(seconds * SECOND)),
  ...[100, 50, 10, 1].map((millis) => fixed(millis)),
]; // prettier-ignore

/** The shortest readable interval that makes at most so many buckets between two times. */
export function readableRounding(buckets: number, from: number, to: number): Rounding {
  let best = READABLE[0]!;
  for (const rounding of READABLE.slice(1)) {
    if (!spans(rounding, buckets, from, to)) return best;
    best = rounding;
  }
  return best;
}

/** Most steps that are tried: there are no answers with more buckets. */
const MOST_STEPS = 100_000;

function spans({ floor, next }: Rounding, buckets: number, from: number, to: number): boolean {
  let start = floor(from);
  for (let used = 0; used < Math.min(buckets, MOST_STEPS); used++) {
    start = next(start);
    if (start >= to) return true;
  }
  return false;
}
