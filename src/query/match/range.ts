/** Values of fields compared with bounds that a query writes as texts. */
import { familyOf } from "../../fields/index.js";
import { parseDate, toMillis } from "./date.js";
import { numberIn } from "./equal.js";
import { compareIp, type Ip, parseIp } from "./ip.js";
import { toBoolean, toNumber } from "./number.js";
import { compareTexts } from "./order.js";
import { never, type ScalarTest, textOf } from "./scalar.js";
import { compareVersions } from "./version.js";
import { anyWord } from "./words.js";

/** A range; a side that is open is undefined. */
export interface Interval {
  readonly low: string | undefined;
  readonly high: string | undefined;
  readonly includesLow: boolean;
  readonly includesHigh: boolean;
}

/**
 * Whether a value of a field of this type lies in a range. A text field is compared word by word; undefined is a type
 * that is not known. `now` is in milliseconds since 1970.
 */
export function rangeTest(range: Interval, type: string | undefined, now: number): ScalarTest {
  switch (type === undefined ? "other" : familyOf(type)) {
    case "number":
      return within(range, toNumber, (value) => numberIn(type!, value), compareNumbers) ?? never;
    case "date":
      return dateRange(range, now) ?? never;
    case "ip":
      return within(range, parseIp, ipOf, compareIp) ?? never;
    case "boolean":
      return within(range, bit, bit, compareNumbers) ?? never;
    case "text":
      return anyWord(textRange(range, compareTexts));
    case "keyword":
      return textRange(range, compareTexts);
    case "version":
      return textRange(range, compareVersions);
    case "object":
    case "range":
      return never;
    default:
      return untypedRange(range, now);
  }
}

const compareNumbers = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The test whether what `read` makes of a value lies between what `bound` makes of the bounds, in an order: negative, 0
 * or positive. What cannot be read lies nowhere; undefined where a bound cannot be read.
 */
function within<T>(
  { low, high, includesLow, includesHigh }: Interval,
  bound: (text: string) => T | undefined,
  read: (value: unknown) => T | undefined,
  order: (value: T, bound: T) => number,
): ScalarTest | undefined {
  const least = low === undefined ? undefined : bound(low);
  const most = high === undefined ? undefined : bound(high);
  if ((low !== undefined && least === undefined) || (high !== undefined && most === undefined))
    return undefined;
  return (value) => {
    const own = read(value);
    if (own === undefined) return false;
    if (least !== undefined) {
      const place = order(own, least);
      if (place < 0 || (place === 0 && !includesLow)) return false;
    }
    if (most === undefined) return true;
    const place = order(own, most);
    return place < 0 || (place === 0 && includesHigh);
  };
}

function textRange(range: Interval, order: (value: string, bound: string) => number): ScalarTest {
  return within(range, (text) => text, textOf, order)!;
}

function ipOf(value: unknown): Ip | undefined {
  return typeof value === "string" ? parseIp(value) : undefined;
}

function bit(value: unknown): number | undefined {
  const boolean = toBoolean(value);
  return boolean === undefined ? undefined : Number(boolean);
}

/** A bound that names a whole day, say, is its first millisecond for `>=` and `<`, its last for `>` and `<=`. */
function dateRange({ low, high, includesLow, includesHigh }: Interval, now: number): ScalarTest | undefined {
  const from = low === undefined ? undefined : parseDate(low, now);
  const to = high === undefined ? undefined : parseDate(high, now);
  if ((low !== undefined && from === undefined) || (high !== undefined && to === undefined)) return undefined;
  return (value) => {
    const millis = toMillis(value);
    if (millis === undefined) return false;
    if (from !== undefined && (includesLow ? millis < from.ms : millis <= from.lastMs)) return false;
    return to === undefined || (includesHigh ? millis <= to.lastMs : millis < to.ms);
  };
}

/** A time as events and queries write it; digits alone are a number. */
const TIME = /^(?:now|\d{4}-\d\d)/;

/**
 * Where the type is not known the value says how it is compared, if the bounds can be read so: as a number, a time, an
 * address, else as a text.
 */
function untypedRange(range: Interval, now: number): ScalarTest {
  const asNumber = within(range, toNumber, toNumber, compareNumbers);
  const asIp = within(range, parseIp, ipOf, compareIp);
  const isTime = [range.low, range.high].every((bound) => bound === undefined || TIME.test(bound));
  const asDate = isTime ? dateRange(range, now) : undefined;
  const asText = textRange(range, compareTexts);
  if (asDate !== undefined) return asDate;
  return (value) => {
    if (asNumber !== undefined && toNumber(value) !== undefined) return asNumber(value);
    if (asIp !== undefined && ipOf(value) !== undefined) return asIp(value);
    return asText(value);
  };
}
