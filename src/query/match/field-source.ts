import { type FieldInfo, type Fields, isObject } from "../../fields/index.js";
import type { Readers } from "./event.js";
import { LOWERCASE } from "./indexing.js";

/** Where names of fields are looked up, and how their values are read. */
export interface FieldScope {
  /** What is known of the fields; without it their names and values tell. */
  readonly fields: Fields | undefined;
  /** The path of the nested object whose values are read; names are relative to it. */
  readonly path?: string | undefined;
  /** Reads values by the names that events have for them. */
  readonly readers?: Readers | undefined;
}

/** A name in a scope as mappings have it. */
export function fullName({ path }: FieldScope, name: string): string {
  return path === undefined ? name : `${path}.${name}`;
}

/** What is known of a field by its full name; where no mapping says it, what the name tells. */
export function fieldOf(fields: Fields | undefined, name: string): FieldInfo | undefined {
  const info = fields?.find(name);
  if (info !== undefined || fields?.closed === true) return info;
  if (name === "@timestamp") return { name, type: "date", source: "metadata" };
  if (name.endsWith(".text")) return { name, type: "text", source: "given" };
  // Elastic Defend keeps keywords a second time, for comparing without regard to case.
  return name.endsWith(".caseless")
    ? { name, type: "keyword", source: "given", normalizer: LOWERCASE }
    : undefined;
}

/** Whether a field of this name is certainly mapped nowhere. */
export function isUnmapped(fields: Fields | undefined, name: string): boolean {
  return fields !== undefined && fields.closed && fields.find(name) === undefined;
}

/** Multi-fields that mappings commonly have, where no mapping is given. */
const BY_CONVENTION = /^(.+)\.(?:keyword|text|caseless)$/;

/**
 * The field under whose name events have the values of another one: that of which it is an alias, or that to which it
 * belongs as a multi-field (`process.name` of `process.name.text`). Undefined where they have them under its own.
 */
export function sourceOf(fields: Fields | undefined, name: string): string | undefined {
  const info = fields?.find(name);
  if (info?.aliasOf !== undefined) return info.aliasOf;
  const above = name.slice(0, Math.max(name.lastIndexOf("."), 0));
  const parent = info === undefined ? undefined : fields?.find(above);
  if (parent === undefined) return BY_CONVENTION.exec(name)?.[1];
  return isObject(parent.type) || parent.type === "flattened" ? undefined : parent.name;
}

/** Whether events have the values that a condition on the field is about under its own name, and as they are indexed. */
export function isKeptAsItIs(fields: Fields | undefined, name: string): boolean {
  const field = fieldOf(fields, name);
  return (
    sourceOf(fields, name) === undefined && field?.type !== "flattened" && field?.normalizer === undefined
  );
}
