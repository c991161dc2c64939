import { isJson, type Json } from "../json/index.js";
import { type Diagnostic, didYouMean, report, toPointer } from "../diagnostics/index.js";
import { type CustomField, type CustomFields, mappingTypes } from "../fields/index.js";
import { check } from "../schema/index.js";
import type { LocatedDocument } from "../yaml/index.js";

type Fields = Record<string, CustomField>;

/** The fields that a project declares, and what is wrong with them. What is broken is left out, the rest counts. */
export function readCustomFields(document: LocatedDocument): {
  readonly custom: CustomFields | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics = check("fields", document);
  const declared = isJson(document.data) ? document.data["fields"] : undefined;
  const read = (fields: Json, path: readonly (string | number)[]): Fields =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => {
        const field = fieldOf(value);
        if (field === undefined) return [];
        const [type, at] =
          typeof field === "string" ? [field, [...path, name]] : [field.type, [...path, name, "type"]];
        diagnostics.push(...typeFinding(type, { file: document.file, pointer: toPointer(at) }));
        return [[name, field] as const];
      }),
    );
  if (isJson(declared)) return { custom: read(declared, ["fields"]), diagnostics };
  if (!Array.isArray(declared)) return { custom: undefined, diagnostics };
  const groups = declared.flatMap((group: unknown, i) => {
    if (!isJson(group) || !isTexts(group["index"]) || !isJson(group["fields"])) return [];
    return [{ index: group["index"], fields: read(group["fields"], ["fields", i, "fields"]) }];
  });
  return { custom: groups, diagnostics };
}

/** What is right of a field; undefined where it has no type. */
function fieldOf(value: unknown): CustomField | undefined {
  if (typeof value === "string") return isType(value) ? value : undefined;
  if (!isJson(value)) return undefined;
  const { type, ignore_above, allowed_values, array } = value;
  if (!isType(type)) return undefined;
  return {
    type,
    ...(typeof ignore_above === "number" && ignore_above >= 1 ? { ignore_above } : {}),
    ...(isTexts(allowed_values) && allowed_values.length > 0 ? { allowed_values } : {}),
    ...(typeof array === "boolean" ? { array } : {}),
  };
}

/** A type that is written as types are, and that Elasticsearch does not have. */
function typeFinding(type: string, target: Diagnostic["target"]): Diagnostic[] {
  const known = mappingTypes();
  if (known.includes(type)) return [];
  const help = didYouMean(type, known);
  return [report("field/unknown-type", { type }, target, help === undefined ? {} : { help })];
}

/** What is written otherwise has its finding from the schema. */
function isType(value: unknown): value is string {
  return typeof value === "string" && /^[a-z][a-z0-9_]*$/.test(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
