import { type FieldInfo, type Fields, isObject, isOlder } from "../../../fields/index.js";
import { checkSince, reportUnknownField } from "../../core/field-findings.js";
import type { Span } from "../../core/index.js";
import type { Context } from "./context.js";
import type { ColumnInfo } from "./scope.js";
import { isDate, typeOfField, typeOfMapping } from "./types.js";

/** The field of the index of this name, as a column. What there is to say about it is said once. */
export function indexField(context: Context, name: string, span: Span, reads: boolean): ColumnInfo {
  if (reads) context.reads.add(name, span, context.fields);
  const known = context.known.get(name);
  if (known !== undefined) return known;
  const column = lookUp(context, name, span);
  context.known.set(name, column);
  return column;
}

/** A field as a column of the table. */
export function fieldColumn(field: FieldInfo): ColumnInfo {
  return { name: field.name, type: typeOfField(field), origin: "field", constant: false, field };
}

function lookUp(context: Context, name: string, span: Span): ColumnInfo {
  const { fields, findings, stack } = context;
  const unknown: ColumnInfo = { name, type: "unknown", origin: "field", constant: false };
  if (fields === undefined) return unknown;
  const info = fields.find(name);
  if (info === undefined) {
    if (context.mayGuess()) reportUnknownField(findings, fields, name, span);
    return unknown;
  }
  const options = isCertain(context, info) ? {} : { severity: "warning" as const };
  if (isObject(info.type)) {
    findings.add("field/is-object", { name }, span, options);
    return unknown;
  }
  if (info.nestedIn !== undefined) {
    findings.add("field/nested", { field: name, path: info.nestedIn }, span, options);
    return unknown;
  }
  if (stack !== undefined) checkSince(findings, info, stack, span);
  const flattened = flattenedAbove(fields, name);
  if (flattened !== undefined) {
    const params = { field: flattened.name, type: flattened.type };
    if (!isReadByNow(context, flattened)) findings.add("esql/unsupported-field", params, span, options);
    return unknown;
  }
  return fieldColumn(info);
}

/** Reports a field whose value cannot be read, and says that nothing is known of its type. */
export function checkReadable(context: Context, column: ColumnInfo, span: Span, converted: boolean): void {
  const { field, name } = column;
  if (field === undefined) return;
  const options = isCertain(context, field)
    ? { severity: "error" as const }
    : { severity: "warning" as const };
  const types = conflict(field);
  if (types !== undefined) {
    if (converted) return;
    const help = `convert it where it is used, such as TO_STRING(${name}), or narrow the indices`;
    const params = { field: name, types: types.join(", ") };
    context.findings.add("field/conflicting-types", params, span, { ...options, help });
  } else if (column.type === "unsupported" && !isReadByNow(context, field)) {
    context.findings.add("esql/unsupported-field", { field: name, type: field.type }, span, options);
  }
}

/** The types that a field has in different indices, where ES|QL cannot read it because of them. */
export function conflict(field: FieldInfo): readonly string[] | undefined {
  const all = [field.type, ...(field.otherTypes ?? [])];
  const types = new Set(all.map(typeOfMapping));
  types.delete("unknown");
  return types.size < 2 || [...types].every(isDate) ? undefined : all;
}

/** What a flattened field holds is searched by other languages as if it were fields of its own. */
function flattenedAbove(fields: Fields, name: string): FieldInfo | undefined {
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
    const above = fields.find(name.slice(0, dot));
    if (above?.type === "flattened") return above;
  }
  return undefined;
}

/** What the newest releases begin to read: their functions take it. */
const READ_BY_NOW: ReadonlySet<string> = new Set(["double_range", "flattened"]);

function isReadByNow({ stack }: Context, { type }: FieldInfo): boolean {
  return READ_BY_NOW.has(type) && stack !== undefined && !isOlder(stack, "9.4");
}

/** ECS says what a field should be; a mapping of the user's says what it is. */
function isCertain(context: Context, field: FieldInfo): boolean {
  return context.fields?.closed === true || field.source !== "ecs";
}
