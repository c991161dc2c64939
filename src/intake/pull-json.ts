import type { Json } from "./model.js";

/** Whether a value is an object of JSON. */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
