import { type FieldInfo, isInteger } from "../../fields/index.js";
import { equalTest } from "./equal.js";
import { type Event, reader } from "./event.js";
import { toNumber } from "./number.js";
import { objectsAt } from "./objects.js";
import { type Interval, rangeTest } from "./range.js";
import { type ScalarTest, textOf } from "./scalar.js";

/** One value as a range. */
export function point(text: string): Interval {
  return { low: text, high: text, includesLow: true, includesHigh: true };
}

/**
 * Whether a stretch that an event has in a field of a range type (`{gte: 1, lt: 5}`, of addresses also a network) and an interval
 * have a value in common. `name` is the field's in the event, `now` in milliseconds since 1970.
 */
export function overlapTest(
  field: FieldInfo,
  name: string,
  asked: Interval,
  now: number,
): (event: Event) => boolean {
  const type = field.type.slice(0, -"_range".length);
  const interval = isInteger(type) ? whole(asked) : asked;
  const after = bounds(interval.low, interval.includesLow, (low, includesLow) =>
    rangeTest({ low, high: undefined, includesLow, includesHigh: true }, type, now),
  );
  const before = bounds(interval.high, interval.includesHigh, (high, includesHigh) =>
    rangeTest({ low: undefined, high, includesLow: true, includesHigh }, type, now),
  );
  const isPoint = interval.low !== undefined && interval.low === interval.high;
  const inNetwork = (network: unknown): boolean =>
    isPoint && type === "ip" && equalTest(textOf(network), type, now)(interval.low);
  const read = reader(name);
  return (event) => {
    for (const { gt, gte, lt, lte } of objectsAt(event, name))
      if (after(lte ?? lt, isGiven(lte)) && before(gte ?? gt, isGiven(gte))) return true;
    const networks = read(event);
    return networks !== undefined && [networks].flat().some(inNetwork);
  };
}

/** Between whole numbers there is nothing: what is below 11 is at most 10. */
function whole({ low, high, includesLow, includesHigh }: Interval): Interval {
  const step = (text: string | undefined, by: number): string | undefined =>
    text === undefined || toNumber(text) === undefined ? text : String(toNumber(text)! + by);
  return {
    low: includesLow ? low : step(low, 1),
    high: includesHigh ? high : step(high, -1),
    includesLow: true,
    includesHigh: true,
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** The test of an end of a stretch, which may be open or not belong to it, by one end of the interval. */
function bounds(
  text: string | undefined,
  included: boolean,
  make: (text: string, included: boolean) => ScalarTest,
): (end: unknown, belongs: boolean) => boolean {
  if (text === undefined) return () => true;
  const inside = make(text, included);
  const strict = make(text, false);
  return (end, belongs) => !isGiven(end) || (belongs ? inside(end) : strict(end));
}
