import { isJson, type Json } from "../../json/index.js";

/** A list of objects, which nothing else is among. */
export function isJsonList(value: unknown): value is readonly Json[] {
  return Array.isArray(value) && value.every(isJson);
}

export function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

export function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

/** The object without some of its keys, and without keys that have no value. */
export function without(value: Json, ...keys: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(value).filter(([key, inner]) => inner !== undefined && !keys.includes(key)),
  );
}

/** Whether two values are the same, in whatever order their keys stand. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((entry, i) => isSame(entry, other[i]));
  if (!isJson(one) || !isJson(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}
