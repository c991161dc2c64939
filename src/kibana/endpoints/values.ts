import { isAscii } from "node:buffer";
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

/**
 * The objects of newline-delimited JSON, or what is kept of each. A line that is not an object means that the answer was
 * cut off.
 */
export function ndjson(
  body: string | Uint8Array,
  doing: string,
  keep: (line: Json) => Json = (line) => line,
): Json[] {
  const objects: Json[] = [];
  for (const line of typeof body === "string" ? body.split("\n") : linesOf(body)) {
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line) as unknown;
    } catch {
      throw unexpected(doing);
    }
    if (!isJson(value)) throw unexpected(doing);
    objects.push(keep(value));
  }
  return objects;
}

/**
 * The lines of a text in UTF-8, decoded one by one. Where any of its characters is not of ASCII, to decode megabytes at
 * once takes half as long as to parse them, and they double in size.
 */
function* linesOf(body: Uint8Array): Generator<string> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const decoder = new TextDecoder();
  for (let from = 0, to = 0; from < bytes.length; from = to + 1) {
    to = bytes.indexOf("\n", from);
    if (to < 0) to = bytes.length;
    const line = bytes.subarray(from, to);
    yield isAscii(line) ? line.toString("latin1") : decoder.decode(line);
  }
}
