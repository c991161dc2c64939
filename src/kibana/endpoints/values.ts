import { isJson, type Json } from "../../json/index.js";
import type { Call } from "../client.js";
import { nameOfRequest } from "../client-url.js";
import { KibanaError } from "../errors.js";

/** A call, as far as errors name it. */
export type Asked = Pick<Call, "method" | "path" | "space" | "doing">;

/** The objects of an answer that is a list of objects. */
export function objects(value: unknown, asked: Asked): Json[] {
  if (Array.isArray(value) && value.every(isJson)) return value;
  throw unexpected(asked);
}

/** Narrows an answer to an object with string fields of these names. */
export function withStrings<K extends string>(
  value: unknown,
  asked: Asked,
  ...keys: K[]
): Json & Readonly<Record<K, string>> {
  if (isJson(value) && keys.every((key) => typeof value[key] === "string"))
    return value as Json & Record<K, string>;
  throw unexpected(asked);
}

/**
 * An answer that is a success but not in the form that the API promises. Whether Kibana did what was asked is not known
 * then: something may have answered in its place.
 */
export function unexpected(asked: Asked): KibanaError {
  return new KibanaError({
    kind: "not-kibana",
    problem: `the answer to ${nameOfRequest(asked)} has another form than Kibana's API promises: cannot ${asked.doing}`,
    help: "check the environment's url, and that no proxy rewrites answers",
    effect: "unknown",
  });
}

/** An answer that nothing proves to be whole. */
export function incomplete(asked: Asked, why: string): KibanaError {
  return new KibanaError({
    kind: "incomplete",
    problem: `the answer to ${nameOfRequest(asked)} is not whole: ${why}`,
    help: "run again; if it happens again, look for a proxy that cuts or caches answers between here and Kibana",
    effect: "answered",
  });
}
