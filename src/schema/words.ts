import { oneOf } from "../diagnostics/index.js";

/** What a value is, in the words of someone who writes YAML. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "text";
    case "boolean":
      return "true or false";
    case "number":
      return Number.isInteger(value) ? "a whole number" : "a number with decimals";
    default:
      return "a mapping";
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  null: "nothing",
};

/** What a schema expects: `text or a list`. */
export function expectedKind(types: readonly string[]): string {
  return oneOf(types.map((type) => EXPECTED[type] ?? type));
}
