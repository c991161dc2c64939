/**
 * A small zod: schemas that check JSON values, strip what they do not know and report all problems in schema order.
 * Kibana's routes are checked by zod, and clients see its texts; the order and the way in which zod goes on
 * after a problem are therefore part of the contract.
 */
import { isJson } from "../../json/index.js";
import type { Trait, Traits } from "../flavour.js";
import type { Measured, Wording } from "./wording.js";

/** The words of a Kibana, and what else its checks depend on. */
export type Dialect = Wording & { readonly traits: Traits };

/** The way to a value, shared between siblings so that a valid document costs no arrays. */
export interface Trail {
  readonly parent: Trail | undefined;
  readonly key: string | number;
}

export interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The value has the right type and only breaks a limit; a union then takes the branch as the one meant. */
  readonly soft: boolean;
  /** The problems of all branches, where no branch of a union fits. */
  readonly branches?: readonly Issue[];
}

/** One run of a check: the problems found so far, and the words for them. */
class Check {
  readonly issues: Issue[] = [];

  constructor(readonly words: Dialect) {}

  add(at: Trail | undefined, message: string, soft = false): void {
    this.issues.push({ path: pathOf(at), message, soft });
  }

  /** Whether nothing but limits was broken since `from`. */
  soundSince(from: number): boolean {
    for (let i = from; i < this.issues.length; i++) if (this.issues[i]?.soft !== true) return false;
    return true;
  }
}

function pathOf(at: Trail | undefined): (string | number)[] {
  const path: (string | number)[] = [];
  for (let step = at; step !== undefined; step = step.parent) path.unshift(step.key);
  return path;
}

/** Checks a value and gives back what is kept of it. What it gives back means nothing once an issue was added. */
export interface Schema<T> {
  run(value: unknown, at: Trail | undefined, check: Check): T;
  /** An object may do without a key of this schema. */
  readonly optional?: true;
}

export type Infer<S> = S extends Schema<infer T> ? T : never;

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly text: string };

/** Checks a value as a whole. The text of a refusal names at most five problems, as Kibana's does. */
export function parse<T>(schema: Schema<T>, value: unknown, words: Dialect): Outcome<T> {
  const check = new Check(words);
  const kept = schema.run(value, undefined, check);
  return check.issues.length === 0 ? { ok: true, value: kept } : { ok: false, text: describe(check.issues) };
}

const MOST_SHOWN = 5;

/** `path: message` of each issue; those of union branches come after all others. */
function describe(issues: readonly Issue[]): string {
  const queue = [...issues];
  const texts: string[] = [];
  for (let i = 0; i < queue.length; i++) {
    const issue = queue[i]!;
    if (issue.branches !== undefined) queue.push(...issue.branches);
    else texts.push(issue.path.length === 0 ? issue.message : `${issue.path.join(".")}: ${issue.message}`);
  }
  const shown = texts.slice(0, MOST_SHOWN);
  if (texts.length > MOST_SHOWN) shown.push(`and ${texts.length - MOST_SHOWN} more`);
  return shown.join(", ");
}

/** A further demand on a value of the right type: the text of the refusal, or undefined. */
export type Demand<T> = (value: T) => string | undefined;

interface Limits {
  readonly min?: number;
  readonly max?: number;
}

function measure(value: unknown, limits: Limits, at: Trail | undefined, check: Check): void {
  const origin: Measured = typeof value === "string" ? "string" : "array";
  const length = (value as string | unknown[]).length;
  if (limits.min !== undefined && length < limits.min) {
    check.add(at, check.words.atLeast(origin, limits.min), true);
  }
  if (limits.max !== undefined && length > limits.max) {
    check.add(at, check.words.atMost(origin, limits.max), true);
  }
}

const hasLength = (value: unknown): boolean => typeof value === "string" || Array.isArray(value);

interface StringOptions extends Limits {
  readonly pattern?: RegExp;
  readonly format?: "uuid" | "datetime";
  readonly demand?: Demand<string>;
}

const FORMATS = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  datetime:
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?Z$/,
} as const;

export function string(options: StringOptions = {}): Schema<string> {
  return {
    run(value, at, check) {
      const isString = typeof value === "string";
      if (!isString) check.add(at, check.words.type("string", value));
      if (isString || (check.words.major === 4 && hasLength(value))) measure(value, options, at, check);
      if (!isString) return "";
      if (options.pattern !== undefined && !options.pattern.test(value)) {
        check.add(at, check.words.pattern(options.pattern), true);
      }
      if (options.format !== undefined && !FORMATS[options.format].test(value)) {
        check.add(at, check.words.format(options.format), true);
      }
      const refused = options.demand?.(value);
      if (refused !== undefined) check.add(at, refused, true);
      return value;
    },
  };
}

const refuseBlank: Demand<string> = (value) => (value.trim() === "" ? "No empty strings allowed" : undefined);

/** A string of at least one character that is not white space. */
export function nonBlank(): Schema<string> {
  return string({ min: 1, demand: refuseBlank });
}

interface NumberOptions extends Limits {
  readonly integer?: boolean;
  /** The value comes as text, from a query string. */
  readonly coerce?: boolean;
}

export function number(options: NumberOptions = {}): Schema<number> {
  return {
    run(given, at, check) {
      const value = options.coerce === true && typeof given === "string" ? Number(given) : given;
      if (typeof value !== "number" || Number.isNaN(value)) {
        check.add(at, check.words.type("number", value));
        return 0;
      }
      if (options.integer === true && !Number.isInteger(value)) {
        check.add(at, check.words.integer());
        return 0;
      }
      if (options.min !== undefined && value < options.min) {
        check.add(at, check.words.atLeast("number", options.min), true);
      }
      if (options.max !== undefined && value > options.max) {
        check.add(at, check.words.atMost("number", options.max), true);
      }
      return value;
    },
  };
}

export const integer = (limits: Limits = {}): Schema<number> => number({ ...limits, integer: true });

export function boolean(): Schema<boolean> {
  return {
    run(value, at, check) {
      if (typeof value !== "boolean") check.add(at, check.words.type("boolean", value));
      return value === true;
    },
  };
}

/** `true` and `false` as a query string has them. */
export function booleanText(): Schema<boolean> {
  return {
    run(value, at, check) {
      const read = value === "true" ? true : value === "false" ? false : value;
      if (typeof read !== "boolean") check.add(at, check.words.type("boolean", read));
      return read === true;
    },
  };
}

export function literal<const V extends string | number | boolean>(expected: V): Schema<V> {
  return {
    run(value, at, check) {
      if (value !== expected) check.add(at, check.words.literal(expected, value));
      return expected;
    },
  };
}

export function oneOf<const V extends string>(options: readonly V[]): Schema<V> {
  return {
    run(value, at, check) {
      if (!(options as readonly unknown[]).includes(value)) check.add(at, check.words.option(options, value));
      return value as V;
    },
  };
}

export function array<T>(element: Schema<T>, limits: Limits = {}): Schema<T[]> {
  return {
    run(value, at, check) {
      const isArray = Array.isArray(value);
      if (!isArray) check.add(at, check.words.type("array", value));
      const elements = isArray
        ? value.map((each, i) => element.run(each, { parent: at, key: i }, check))
        : [];
      if (isArray || (check.words.major === 4 && hasLength(value))) measure(value, limits, at, check);
      return elements;
    },
  };
}

type Shape = Readonly<Record<string, Schema<unknown>>>;
type OptionalKeys<S extends Shape> = { [K in keyof S]: S[K] extends { optional: true } ? K : never }[keyof S];

/** What an object schema gives: optional keys may be absent. */
export type Fields<S extends Shape> = { [K in Exclude<keyof S, OptionalKeys<S>>]: Infer<S[K]> } & {
  [K in OptionalKeys<S>]?: Exclude<Infer<S[K]>, undefined>;
};

export interface ObjectSchema<S extends Shape> extends Schema<Fields<S>> {
  readonly shape: S;
}

/** An object of known keys; others are dropped, or refused where `strict`. */
export function object<const S extends Shape>(
  shape: S,
  options: { readonly strict?: boolean } = {},
): ObjectSchema<S> {
  const entries = Object.entries(shape);
  return {
    shape,
    run(value, at, check) {
      const kept: Record<string, unknown> = {};
      if (!isJson(value)) {
        check.add(at, check.words.type("object", value));
        return kept as Fields<S>;
      }
      for (const [key, schema] of entries) {
        const given = Object.hasOwn(value, key) ? value[key] : undefined;
        if (given === undefined && schema.optional === true) continue;
        const result = schema.run(given, { parent: at, key }, check);
        if (result !== undefined) kept[key] = result;
      }
      if (options.strict === true) {
        const unknown = Object.keys(value).filter((key) => !Object.hasOwn(shape, key));
        if (unknown.length > 0) check.add(at, check.words.unknownKeys(unknown), check.words.major === 3);
      }
      return kept as Fields<S>;
    },
  };
}

/** An object of any keys, kept as it is. */
export function anyObject(): Schema<Record<string, unknown>> {
  return {
    run(value, at, check) {
      if (!isJson(value)) check.add(at, check.words.type("object", value));
      return value as Record<string, unknown>;
    },
  };
}

/** An object whose values all have one schema. */
export function record<T>(values: Schema<T>): Schema<Record<string, T>> {
  return {
    run(value, at, check) {
      if (!isJson(value)) {
        check.add(at, check.words.type(check.words.major === 4 ? "record" : "object", value));
        return {};
      }
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, values.run(each, { parent: at, key }, check)]),
      );
    },
  };
}

/** Anything, absence included. */
export function anything(): Schema<unknown> & { optional: true } {
  return { optional: true, run: (value) => value };
}

export function optional<T>(schema: Schema<T>): Schema<T | undefined> & { optional: true } {
  return {
    optional: true,
    run: (value, at, check) => (value === undefined ? undefined : schema.run(value, at, check)),
  };
}

/** One schema for the Kibanas that have a trait, another for those that do not. */
export function where<T>(trait: Trait, newer: Schema<T>, older: Schema<T>): Schema<T> {
  return {
    ...(newer.optional === true ? { optional: true } : {}),
    run: (value, at, check) => (check.words.traits[trait] ? newer : older).run(value, at, check),
  };
}

/** A key that is not known: its value is dropped. */
export function unknownKey(): Schema<undefined> & { optional: true } {
  return { optional: true, run: () => undefined };
}

export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return { run: (value, at, check) => (value === null ? null : schema.run(value, at, check)) };
}

/** A value to take where none was sent. */
export function withDefault<T>(schema: Schema<T>, fallback: () => T): Schema<T> {
  return { run: (value, at, check) => (value === undefined ? fallback() : schema.run(value, at, check)) };
}

/** The first schema that fits; otherwise the one that only breaks limits; otherwise the problems of all. */
export function union<T>(schemas: readonly Schema<T>[]): Schema<T> {
  return {
    run(value, at, check) {
      const failed: { check: Check; kept: T }[] = [];
      for (const schema of schemas) {
        const attempt = new Check(check.words);
        const kept = schema.run(value, at, attempt);
        if (attempt.issues.length === 0) return kept;
        failed.push({ check: attempt, kept });
      }
      const meant = failed.find((attempt) => attempt.check.soundSince(0));
      if (meant !== undefined) {
        check.issues.push(...meant.check.issues);
        return meant.kept;
      }
      const branches = failed.flatMap((attempt) => attempt.check.issues);
      check.issues.push({ path: pathOf(at), message: "Invalid input", soft: false, branches });
      return value as T;
    },
  };
}

/** The schema that the value of `key` names; where it names none, nothing else is looked at. */
export function discriminated<T>(key: string, schemas: Readonly<Record<string, Schema<T>>>): Schema<T> {
  return {
    run(value, at, check) {
      if (!isJson(value)) {
        check.add(at, check.words.type("object", value));
        return value as T;
      }
      const name = value[key];
      if (typeof name === "string" && Object.hasOwn(schemas, name))
        return schemas[name]!.run(value, at, check);
      check.add({ parent: at, key }, check.words.discriminator(Object.keys(schemas), name));
      return value as T;
    },
  };
}

/** Checks further once the schema itself was satisfied but for limits. */
export function refine<T>(schema: Schema<T>, demand: Demand<T>): Schema<T> {
  return {
    ...(schema.optional === true ? { optional: true } : {}),
    run(value, at, check) {
      const from = check.issues.length;
      const kept = schema.run(value, at, check);
      if (!check.soundSince(from) || kept === undefined) return kept;
      const refused = demand(kept);
      if (refused !== undefined) check.add(at, refused, true);
      return kept;
    },
  };
}
