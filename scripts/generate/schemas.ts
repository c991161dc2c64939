import { readFileSync } from "node:fs";

/** A JSON Schema, or a part of one, as plain data. */
export type Schema = { readonly [keyword: string]: unknown };

/** The kinds of files; each has its schema in `schemas/<kind>.schema.json`. */
export const KINDS = [
  "rule",
  "translation",
  "exceptions",
  "connector",
  "values",
  "config",
  "fields",
  "lock",
] as const;
export type Kind = (typeof KINDS)[number];

export const root = new URL("../../", import.meta.url);

export function readSchema(kind: Kind): Schema {
  return JSON.parse(readFileSync(new URL(`schemas/${kind}.schema.json`, root), "utf8")) as Schema;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The keywords that speak to people and editors: they decide nothing about what is valid. */
export const EDITOR_KEYWORDS = [
  "markdownDescription",
  "markdownEnumDescriptions",
  "defaultSnippets",
  "deprecationMessage",
  "patternErrorMessage",
];

/** A finding says what a pattern asks for in the words that an editor does. */
const KEPT = "patternErrorMessage";

const ANNOTATIONS: ReadonlySet<string> = new Set(
  ["title", "description", "examples", "deprecated", "$schema"].concat(
    EDITOR_KEYWORDS.filter((keyword) => keyword !== KEPT),
  ),
);

/** Keywords whose value is a map from names to schemas, so that a name such as `description` is no keyword there. */
const MAPS = new Set(["properties", "$defs", "dependentSchemas"]);

/** A schema without its annotations: what validation needs and no more. */
export function withoutAnnotations(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !ANNOTATIONS.has(keyword))
      .map(([keyword, value]) => [keyword, MAPS.has(keyword) ? mapValues(value) : strip(value)]),
  );
}

function mapValues(value: unknown): unknown {
  if (!isSchema(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, strip(schema)]));
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  return isSchema(value) ? withoutAnnotations(value) : value;
}
