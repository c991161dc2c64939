import type { FieldInfo, Fields } from "../../fields/index.js";
import { isObject } from "../../fields/index.js";
import { type Event, leaves, reader } from "../match/index.js";

/** Kibana and Elasticsearch know it as a date whatever the mapping says. */
const TIMESTAMP: FieldInfo = { name: "@timestamp", type: "date", source: "metadata" };

/** Where names in a condition are looked up: the fields, and the path of the nested object around the condition. */
export interface Scope {
  readonly fields: Fields | undefined;
  /** Undefined outside of `path: { … }`. */
  readonly path: string | undefined;
  /** What `now` means, in milliseconds. */
  readonly now: number;
}

export function fullName({ path }: Scope, name: string): string {
  return path === undefined ? name : `${path}.${name}`;
}

/** What is known of a field, by its full name. */
export function fieldOf({ fields }: Scope, name: string): FieldInfo | undefined {
  return fields?.find(name) ?? (fields === undefined && name === TIMESTAMP.name ? TIMESTAMP : undefined);
}

/** Whether a field of this name is certainly mapped nowhere. */
export function isUnmapped({ fields }: Scope, name: string): boolean {
  return fields !== undefined && fields.closed && fields.find(name) === undefined;
}

/** Whether a field lies in another nested object than the condition does, where it is not found. */
export function isOutOfReach({ path }: Scope, field: FieldInfo | undefined): boolean {
  return field !== undefined && nestedPathOf(field) !== path;
}

/** The nested object that the values of a field lie in; those of a nested object itself lie in it. */
export function nestedPathOf({ name, type, nestedIn }: FieldInfo): string | undefined {
  return type === "nested" ? name : nestedIn;
}

/** Names that stand by convention for a multi-field, where the mapping is not known. */
const BY_CONVENTION = /^(.+)\.(?:keyword|text)$/;

/** What the type of a field is, where only its name tells. */
export function inferredField(name: string): FieldInfo | undefined {
  return name.endsWith(".text") ? { name, type: "text", source: "given" } : undefined;
}

/**
 * Reads the values of a field by its name relative to the scope. A multi-field such as `process.name.text` has those of
 * the field that it belongs to; a flattened field those of all its keys.
 */
export function readerOf(scope: Scope, name: string): (event: Event) => unknown {
  const field = fieldOf(scope, fullName(scope, name));
  if (field?.type === "flattened") return (event) => valuesBelow(event, name);
  const read = reader(name);
  const parent = parentOf(scope, name, field);
  if (parent === undefined) return read;
  const readParent = reader(parent);
  return (event) => read(event) ?? readParent(event);
}

/** The field that a multi-field belongs to: known from the mapping, or by the convention for names. */
function parentOf(scope: Scope, name: string, field: FieldInfo | undefined): string | undefined {
  if (field === undefined) return BY_CONVENTION.exec(name)?.[1];
  const dot = name.lastIndexOf(".");
  if (dot < 0) return undefined;
  const parent = fieldOf(scope, fullName(scope, name.slice(0, dot)));
  return parent !== undefined && isLeaf(parent) ? name.slice(0, dot) : undefined;
}

function isLeaf({ type }: FieldInfo): boolean {
  return !isObject(type) && type !== "flattened";
}

function valuesBelow(event: Event, name: string): unknown {
  const found: unknown[] = [];
  for (const [leaf, value] of leaves(event)) {
    if (leaf.startsWith(name) && (leaf.length === name.length || leaf[name.length] === "."))
      found.push(value);
  }
  return found.length === 0 ? undefined : found;
}

/** The multi-fields by the name of the field that they belong to. */
const multiFields = new WeakMap<Fields, ReadonlyMap<string, readonly FieldInfo[]>>();

/** The multi-fields of a field: `process.name.text` of `process.name`. */
export function multiFieldsOf(fields: Fields | undefined, name: string): readonly FieldInfo[] {
  if (fields === undefined) return [];
  let all = multiFields.get(fields);
  if (all === undefined) multiFields.set(fields, (all = collectMultiFields(fields)));
  return all.get(name) ?? [];
}

function collectMultiFields(fields: Fields): ReadonlyMap<string, readonly FieldInfo[]> {
  const all = new Map<string, FieldInfo[]>();
  for (const name of fields.names()) {
    const dot = name.lastIndexOf(".");
    const field = fields.find(name);
    const parent = dot > 0 ? fields.find(name.slice(0, dot)) : undefined;
    if (field === undefined || parent === undefined || !isLeaf(parent)) continue;
    const siblings = all.get(parent.name);
    if (siblings === undefined) all.set(parent.name, [field]);
    else siblings.push(field);
  }
  return all;
}
