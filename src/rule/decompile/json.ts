import type { Json } from "./context.js";

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

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
