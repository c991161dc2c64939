import { entriesOf } from "../emit/entries.js";

/** A value as one text: equal for values that are equal, whatever the order of their keys. */
export function identity(value: unknown): string {
  if (value === null || typeof value !== "object")
    return typeof value === "string" ? JSON.stringify(value) : Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return `[${value.map(identity).join(",")}]`;
  const entries = entriesOf(value).map(([key, inner]) => `${JSON.stringify(key)}:${identity(inner)}`);
  return `{${entries.sort().join(",")}}`;
}

/** Whether two values are the same data. The order of keys does not count; 0 and -0 differ. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isCollection(one) || !isCollection(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}

/** Whether two values that are the same data also have their keys in the same order. */
export function isSameOrder(one: unknown, other: unknown): boolean {
  if (!isCollection(one) || !isCollection(other)) return true;
  const keys = Object.keys(one);
  const others = Object.keys(other);
  return keys.every((key, i) => key === others[i] && isSameOrder(one[key], other[key]));
}

export function isCollection(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return isCollection(value) && !Array.isArray(value);
}

/** The value as JSON would carry it: without keys that are `undefined`, and null for an item that is. */
export function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutUndefined(item ?? null));
  if (!isCollection(value)) return value;
  return Object.fromEntries(entriesOf(value).map(([key, inner]) => [key, withoutUndefined(inner)]));
}
