/**
 * The words in which a Kibana refuses a request. The routes that are checked by zod speak as zod 3 does up to
 * Kibana 9.3 and as zod 4 does from 9.4 on (seen in Kibana's own integration tests of those versions).
 */
export interface Wording {
  /** A value of the wrong type, or none. `expected` is zod's name of the type. */
  type(expected: string, value: unknown): string;
  literal(expected: string | number | boolean, value: unknown): string;
  option(options: readonly string[], value: unknown): string;
  /** No branch of a union goes by this `type`. */
  discriminator(options: readonly string[], value: unknown): string;
  atLeast(origin: Measured, least: number): string;
  atMost(origin: Measured, most: number): string;
  integer(): string;
  pattern(pattern: RegExp): string;
  format(format: "uuid" | "datetime"): string;
  unknownKeys(keys: readonly string[]): string;
  /**
   * The major version of zod. 4 measures a string even where a list is wanted, and the other way round; for 3,
   * unknown keys of a strict object do not keep a union's branch from being the one meant.
   */
  readonly major: 3 | 4;
}

export type Measured = "number" | "string" | "array";

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

const quoted = (options: readonly string[], mark: string, between: string): string =>
  options.map((option) => `${mark}${option}${mark}`).join(between);

const ZOD_3_UNITS = { string: "character(s)", array: "element(s)" } as const;

export const zod3: Wording = {
  major: 3,
  type(expected, value) {
    if (value === undefined) return "Required";
    return `Expected ${expected}, received ${Number.isNaN(value) ? "nan" : typeName(value)}`;
  },
  literal: (expected, _value) => `Invalid literal value, expected ${JSON.stringify(expected)}`,
  option(options, value) {
    const expected = quoted(options, "'", " | ");
    if (value === undefined) return "Required";
    if (typeof value !== "string") return `Expected ${expected}, received ${typeName(value)}`;
    return `Invalid enum value. Expected ${expected}, received '${value}'`;
  },
  discriminator: (options) => `Invalid discriminator value. Expected ${quoted(options, "'", " | ")}`,
  atLeast(origin, least) {
    if (origin === "number") return `Number must be greater than or equal to ${least}`;
    return `${origin === "string" ? "String" : "Array"} must contain at least ${least} ${ZOD_3_UNITS[origin]}`;
  },
  atMost(origin, most) {
    if (origin === "number") return `Number must be less than or equal to ${most}`;
    return `${origin === "string" ? "String" : "Array"} must contain at most ${most} ${ZOD_3_UNITS[origin]}`;
  },
  integer: () => "Expected integer, received float",
  pattern: () => "Invalid",
  format: (format) => `Invalid ${format}`,
  unknownKeys: (keys) => `Unrecognized key(s) in object: ${quoted(keys, "'", ", ")}`,
};

const ZOD_4_UNITS = { string: "characters", array: "items" } as const;
const ZOD_4_FORMATS = { uuid: "UUID", datetime: "ISO datetime" } as const;

export const zod4: Wording = {
  major: 4,
  type: (expected, value) =>
    `Invalid input: expected ${expected}, received ${Number.isNaN(value) ? "NaN" : typeName(value)}`,
  literal: (expected) => `Invalid input: expected ${JSON.stringify(expected)}`,
  option: (options) =>
    options.length === 1
      ? `Invalid input: expected ${JSON.stringify(options[0])}`
      : `Invalid option: expected one of ${quoted(options, '"', "|")}`,
  discriminator: () => "Invalid input",
  atLeast: (origin, least) =>
    origin === "number"
      ? `Too small: expected number to be >=${least}`
      : `Too small: expected ${origin} to have >=${least} ${ZOD_4_UNITS[origin]}`,
  atMost: (origin, most) =>
    origin === "number"
      ? `Too big: expected number to be <=${most}`
      : `Too big: expected ${origin} to have <=${most} ${ZOD_4_UNITS[origin]}`,
  integer: () => "Invalid input: expected int, received number",
  pattern: (pattern) => `Invalid string: must match pattern ${String(pattern)}`,
  format: (format) => `Invalid ${ZOD_4_FORMATS[format]}`,
  unknownKeys: (keys) => `Unrecognized key${keys.length > 1 ? "s" : ""}: ${quoted(keys, '"', ", ")}`,
};
