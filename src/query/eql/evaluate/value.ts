import { printDouble } from "../../match/index.js";

/** A value that an expression has for an event. Null is unknown: a missing field, or what was made of one. */
export type Value = string | number | boolean | null;

/**
 * A value as `string` and `concat` print it. `decimal` says that a number is a double, which Java prints with a
 * point (`42.0`), and as `1.0E7` where it is less than a thousandth or ten million or more.
 */
export function printed(value: Exclude<Value, null>, decimal: boolean): string {
  if (typeof value !== "number" || !(decimal || !Number.isInteger(value))) return String(value);
  return printDouble(value);
}
