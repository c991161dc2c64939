import { loadAttack } from "../../src/attack/index.js";
import { formatFile, type FormatContext, type Formatted } from "../../src/format/index.js";
import { parseDocument } from "../../src/yaml/index.js";

type SchemaName = Parameters<typeof formatFile>[1];

/** What a project without schemas of its own formats with. */
export const CONTEXT: FormatContext = { attack: loadAttack("19.0"), schemas: undefined };

/** Formats a text as a file of that kind. */
export function formatted(
  text: string,
  schema: SchemaName = "rule",
  context: Partial<FormatContext> = {},
): Formatted {
  const file = schema === "config" ? "kdac.config.yml" : `rules/windows/a.${schema}.yml`;
  return formatFile(parseDocument(text, file), schema, { ...CONTEXT, ...context });
}
