import { type Diagnostic, report, type Target, toPointer } from "../diagnostics/index.js";
import { familyOf, type Fields } from "../fields/index.js";
import type { ExceptionsSource } from "./exception-items.js";
import { fieldValue } from "./field-value.js";
import { unknownField } from "./unknown-field.js";

/** Types that a pattern cannot be looked for in. */
const NO_PATTERNS = new Set(["boolean", "date", "ip", "number"]);

interface Entry {
  readonly type?: string;
  readonly field?: string;
  readonly value?: unknown;
  readonly entries?: readonly Entry[];
}

/** Entries of exception items name fields that exist, with values that they take. A list serves any rule: its fields are all that the project knows. */
export function* exceptionFields(lists: Iterable<ExceptionsSource>, fields: Fields): Iterable<Diagnostic> {
  for (const { file, authored } of lists) {
    for (const [i, item] of (authored.items ?? []).entries())
      yield* entries(item.entries ?? [], ["items", i, "entries"], "", file, fields);
  }
}

function* entries(
  list: readonly Entry[],
  path: readonly (string | number)[],
  above: string,
  file: string,
  fields: Fields,
): Iterable<Diagnostic> {
  for (const [i, { type, field, value, entries: inner }] of list.entries()) {
    if (field === undefined) continue;
    const at = (...rest: (string | number)[]): Target => ({
      file,
      pointer: toPointer([...path, i, ...rest]),
    });
    const name = above + field;
    yield* unknownField(name, () => at("field"), fields);
    const info = fields.find(name);
    if (type === "nested") yield* entries(inner ?? [], [...path, i, "entries"], `${name}.`, file, fields);
    else if (type === "wildcard" && info !== undefined && NO_PATTERNS.has(familyOf(info.type)))
      yield report("field/wildcard-on-type", { field: name, type: info.type }, at("value"));
    else if (type === "match") yield* fieldValue(name, value, at("value"), fields);
    else if (type === "match_any" && Array.isArray(value))
      for (const [j, each] of value.entries()) yield* fieldValue(name, each, at("value", j), fields);
  }
}
