/**
 * A field's mapping in a few words: `keyword`, `keyword (ignore_above 256), .text text`, `keyword (lowercase)`,
 * `date (epoch_second)`, `constant_keyword = value`, `alias of other.field`. Multi-fields follow after commas; `.text` and
 * `.caseless` need no type.
 */
import type { MappedField } from "./mappings.js";

const PART = /^([a-z_]+)(?:\s*\(([^)]*)\))?(?:\s*=\s*(.*))?$/;
const ALIAS = /^alias of (\S+)$/;
const BY_NAME: Readonly<Record<string, string>> = {
  text: "text",
  caseless: "keyword (lowercase)",
  keyword: "keyword",
};

export function readNotation(text: string): MappedField {
  const [own = "", ...others] = text.split(",").map((part) => part.trim());
  const alias = ALIAS.exec(own)?.[1];
  if (alias !== undefined) return { type: "alias", path: alias };
  const fields: Record<string, MappedField> = {};
  for (const part of others) {
    const [name = "", ...rest] = part.replace(/^\./, "").split(" ");
    fields[name] = readPart(rest.length === 0 ? (BY_NAME[name] ?? "keyword") : rest.join(" "));
  }
  return { ...readPart(own), ...(others.length === 0 ? {} : { fields }) };
}

function readPart(text: string): MappedField {
  const [, type = text, options = "", value] = PART.exec(text) ?? [];
  const field: { -readonly [K in keyof MappedField]: MappedField[K] } = { type };
  for (const option of options.split(";").map((each) => each.trim())) {
    const [name = "", argument] = option.split(" ");
    if (name === "ignore_above") field.ignore_above = Number(argument);
    else if (name === "lowercase") field.normalizer = name;
    else if (name !== "" && argument === undefined) field.format = name;
  }
  if (value !== undefined) field.value = value;
  return field;
}
