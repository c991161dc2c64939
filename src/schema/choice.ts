import { type Diagnostic, report, toPointer, oneOf } from "../diagnostics/index.js";
import type { ErrorGroup } from "./condense.js";
import { nameOf } from "./place.js";
import type { Suspect } from "./values.js";
import { type SchemaNode, schemasAt } from "./walk.js";

/** A value that may have several forms has none of them, or mixes two. */
export function choice({ error, alternatives }: ErrorGroup, { value, path, place }: Suspect): Diagnostic {
  const target = { file: place.document.file, pointer: toPointer(path) };
  const name = nameOf(place, path);
  if (!Array.isArray(error.params["passingSchemas"])) {
    const lacking = new Map<string, string[]>();
    for (const { keyword, schemaPath, params } of alternatives) {
      if (keyword !== "required") continue;
      const form = schemaPath.slice(0, schemaPath.lastIndexOf("/"));
      lacking.set(form, [...(lacking.get(form) ?? []), String(params["missingProperty"])]);
    }
    return report(
      "schema/missing-one-of",
      { name, forms: oneOf([...lacking.values()].map(together)) },
      target,
    );
  }
  const forms = schemasAt(place.root, place.document.data, path)
    .flatMap((node) => (node["oneOf"] ?? []) as SchemaNode[])
    .flatMap(({ required }) => (Array.isArray(required) ? [required as string[]] : []));
  const mixed = forms.filter((fields) => fields.every((field) => Object.hasOwn(value as object, field)));
  return report("schema/several-forms", { name, forms: mixed.map(together).join(" and ") }, target);
}

/** The fields that make a form: `"id" with "action_type_id"`. */
function together(fields: readonly string[]): string {
  return fields.map((field) => `"${field}"`).join(" with ");
}
