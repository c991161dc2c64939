import { familyOf } from "../../fields/index.js";
import { compareIp, parseDate, parseIp, tokens, toMillis, toNumber } from "../match/index.js";
import type { Interval } from "./condition.js";
import { compareTexts } from "./order.js";
import { any, NEVER, type ValueTest } from "./value-test.js";

/** A test of a field's values against a range, by the field's type; undefined is a type that is not known. */
export function rangeTest(range: Interval, type: string | undefined, now: number): ValueTest {
  if (type === undefined) return any(untypedRange(range, now));
  switch (familyOf(type)) {
    case "number":
      return any(numberRange(range) ?? never);
    case "date":
      return any(dateRange(range, now) ?? never);
    case "ip":
      return any(ipRange(range) ?? never);
    case "text":
      return any(wordRange(range));
    case "object":
    case "range":
      return NEVER;
    default:
      return any(textRange(range));
  }
}

type Scalar = (value: unknown) => boolean;
const never: Scalar = () => false;

/** `order` gives where a value lies beside the bound: negative, 0 or positive. */
function within(
  { low, high, includesLow, includesHigh }: Interval,
  order: (value: string, bound: string) => number,
) {
  return (value: string): boolean => {
    if (low !== undefined) {
      const place = order(value, low);
      if (place < 0 || (place === 0 && !includesLow)) return false;
    }
    if (high === undefined) return true;
    const place = order(value, high);
    return place < 0 || (place === 0 && includesHigh);
  };
}

function textRange(range: Interval): Scalar {
  const test = within(range, compareTexts);
  return (value) => test(typeof value === "string" ? value : String(value));
}

/** A text field is compared word by word. */
function wordRange(range: Interval): Scalar {
  const lower = (bound: string | undefined): string | undefined => bound?.toLowerCase();
  const test = within({ ...range, low: lower(range.low), high: lower(range.high) }, compareTexts);
  return (value) => tokens(String(value)).some(test);
}

function numberRange({ low, high, includesLow, includesHigh }: Interval): Scalar | undefined {
  const least = low === undefined ? -Infinity : toNumber(low);
  const most = high === undefined ? Infinity : toNumber(high);
  if (least === undefined || most === undefined) return undefined;
  return (value) => {
    const number = toNumber(value);
    if (number === undefined) return false;
    return (
      (includesLow ? number >= least : number > least) && (includesHigh ? number <= most : number < most)
    );
  };
}

/** A bound that names a whole day, say, is its first millisecond for `>=` and `<`, its last for `>` and `<=`. */
function dateRange({ low, high, includesLow, includesHigh }: Interval, now: number): Scalar | undefined {
  const from = low === undefined ? { ms: -Infinity, lastMs: -Infinity } : parseDate(low, now);
  const to = high === undefined ? { ms: Infinity, lastMs: Infinity } : parseDate(high, now);
  if (from === undefined || to === undefined) return undefined;
  return (value) => {
    const millis = toMillis(value);
    if (millis === undefined) return false;
    const isAfter = includesLow ? millis >= from.ms : millis > from.lastMs;
    return isAfter && (includesHigh ? millis <= to.lastMs : millis < to.ms);
  };
}

function ipRange({ low, high, includesLow, includesHigh }: Interval): Scalar | undefined {
  const least = low === undefined ? undefined : parseIp(low);
  const most = high === undefined ? undefined : parseIp(high);
  if ((low !== undefined && least === undefined) || (high !== undefined && most === undefined))
    return undefined;
  return (value) => {
    const ip = typeof value === "string" ? parseIp(value) : undefined;
    if (ip === undefined) return false;
    if (least !== undefined && compareIp(ip, least) < (includesLow ? 0 : 1)) return false;
    return most === undefined || compareIp(ip, most) <= (includesHigh ? 0 : -1);
  };
}

/** Where the type is not known the value says how it is compared, if the bounds can be read so. */
function untypedRange(range: Interval, now: number): Scalar {
  const asNumber = numberRange(range);
  const asIp = ipRange(range);
  const asDate = dateRange(range, now);
  const asText = textRange(range);
  return (value) => {
    if (asNumber !== undefined && toNumber(value) !== undefined) return asNumber(value);
    if (asIp !== undefined && typeof value === "string" && parseIp(value) !== undefined) return asIp(value);
    if (asDate !== undefined && typeof value !== "number" && toMillis(value) !== undefined)
      return asDate(value);
    return typeof value === "string" && asText(value);
  };
}
