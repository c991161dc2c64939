/** What JSON is made of, where nothing more is known of a value. */

/** An object whose fields are not known. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is an object of JSON: no list, not null. */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a text says in JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
