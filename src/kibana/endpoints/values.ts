import { isJson, type Json } from "../../json/index.js";
import { KibanaError } from "../errors.js";

/** A JSON object of an answer whose other fields are not known to us. */

/** The objects of an answer's list; anything else in it is dropped. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** Narrows an answer to an object with string fields of these names. */
export function withStrings<K extends string>(
  value: unknown,
  doing: string,
  ...keys: K[]
): Json & Readonly<Record<K, string>> {
  if (isJson(value) && keys.every((key) => typeof value[key] === "string"))
    return value as Json & Record<K, string>;
  throw unexpected(doing);
}

/** An answer that is a success but not in the form that the API promises. */
export function unexpected(doing: string): KibanaError {
  return new KibanaError({
    kind: "not-kibana",
    problem: `the answer has another form than Kibana's API promises: cannot ${doing}`,
    help: "check the environment's url, and that no proxy rewrites answers",
    effect: "answered",
  });
}

/** The objects of newline-delimited JSON. A line that is not an object means that the answer was cut off. */
export function ndjson(text: string, doing: string): Json[] {
  const lines: Json[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line) as unknown;
    } catch {
      throw unexpected(doing);
    }
    if (!isJson(value)) throw unexpected(doing);
    lines.push(value);
  }
  return lines;
}
