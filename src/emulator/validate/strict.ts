/**
 * Checks in the words of `@kbn/config-schema`, which the routes of connectors and spaces use: one problem is reported,
 * and keys that they do not know are refused.
 */
import { PlatformError } from "../http/errors.js";

export type Kind = "string" | "boolean" | "object" | "array" | "number";

export interface Field {
  readonly kind: Kind;
  readonly required?: boolean;
  /** A further demand on the value: the text of the refusal. */
  readonly demand?: (value: unknown) => string | undefined;
}

export type Shape = Readonly<Record<string, Field>>;

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "Array" : typeof value === "object" ? "Object" : typeof value;
}

const isKind = (value: unknown, kind: Kind): boolean =>
  kind === "array"
    ? Array.isArray(value)
    : kind === "object"
      ? typeof value === "object" && value !== null && !Array.isArray(value)
      : typeof value === kind;

/** The first problem of an object, with its path in front (`[name]: …`); undefined where it is right. */
export function shapeProblem(
  value: unknown,
  shape: Shape,
  prefix: string,
  options: { readonly allowUnknown?: boolean } = {},
): string | undefined {
  const at = (key: string): string => `[${prefix === "" ? key : `${prefix}.${key}`}]`;
  if (!isKind(value, "object")) {
    const where = prefix === "" ? "" : `[${prefix}]: `;
    return `${where}expected a plain object value, but found [${kindOf(value)}] instead.`;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const [key, { kind, required, demand }] of Object.entries(shape)) {
    const given = object[key];
    if (given === undefined && required !== true) continue;
    if (!isKind(given, kind)) {
      return kind === "object"
        ? `${at(key)}: expected a plain object value, but found [${kindOf(given)}] instead.`
        : `${at(key)}: expected value of type [${kind}] but got [${kindOf(given)}]`;
    }
    const refused = demand?.(given);
    if (refused !== undefined) return `${at(key)}: ${refused}`;
  }
  if (options.allowUnknown === true) return undefined;
  const unknown = Object.keys(object).find((key) => !Object.hasOwn(shape, key));
  return unknown === undefined ? undefined : `${at(unknown)}: definition for this key is missing`;
}

/** The body, checked. Throws a platform error of status 400. */
export function strictBody<T>(body: unknown, shape: Shape): T {
  return strictPart(body, shape, "request body");
}

/** A part of the body, checked; `prefix` is the path to it. Throws a platform error of status 400. */
export function strictPart<T>(value: unknown, shape: Shape, prefix: string): T {
  const problem = shapeProblem(value, shape, prefix);
  if (problem !== undefined) throw new PlatformError(400, problem);
  return value as T;
}
