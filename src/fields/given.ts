import type { FieldInfo, Fields } from "./catalog.js";
import { withExact } from "./exact.js";
import { FieldTable } from "./table.js";

/** A field as a caller of the library may describe it: its type, as Kibana's data views do, or as a mapping does. */
export interface GivenField {
  /** The mapping type; with `esTypes` also Kibana's own (`string`, `number`…), which they overrule. */
  readonly type?: string;
  /** The mapping types, the first of which counts; more than one is a conflict. */
  readonly esTypes?: readonly string[];
  readonly subType?: { readonly nested?: { readonly path: string } };
  readonly ignore_above?: number;
}

/** A property of an Elasticsearch mapping. */
export interface MappingProperty {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, MappingProperty>>;
  /** Multi-fields. */
  readonly fields?: Readonly<Record<string, MappingProperty>>;
  readonly ignore_above?: number;
  /** What an `alias` stands for. */
  readonly path?: string;
}

/** An Elasticsearch mapping. */
export interface Mapping {
  readonly properties: Readonly<Record<string, MappingProperty>>;
}

/** The ways to say which fields there are. */
export type FieldsInput =
  | Fields
  | Mapping
  | Readonly<Record<string, string | GivenField>>
  | readonly (GivenField & { readonly name: string })[];

/**
 * Reads a description of fields: type or field by name, a list of fields with names, an Elasticsearch mapping, or a
 * `Fields`, which comes back as it is. A description is taken to be complete: other names are unknown for certain.
 */
export function fieldsOf(input: FieldsInput): Fields {
  if (isFields(input)) return input;
  const found = new Map<string, FieldInfo>();
  if (isMapping(input)) addProperties(found, input.properties, "", undefined);
  else if (isList(input)) for (const field of input) found.set(field.name, ofGiven(field.name, field));
  else for (const [name, field] of Object.entries(input)) found.set(name, ofGiven(name, field));
  return new FieldTable(withExact(withNested(found)), true);
}

function isFields(input: FieldsInput): input is Fields {
  // Lists have a `find` too.
  return !Array.isArray(input) && "find" in input && typeof input.find === "function";
}

function isList(input: FieldsInput): input is readonly (GivenField & { readonly name: string })[] {
  return Array.isArray(input);
}

/** A field of the name `properties` has a type, or is none of a mapping's objects of objects. */
function isMapping(input: FieldsInput): input is Mapping {
  const { properties } = input as Partial<Mapping>;
  return (
    typeof properties === "object" &&
    Object.keys(input).length === 1 &&
    Object.values(properties).every((property) => typeof property === "object" && !Array.isArray(property))
  );
}

function ofGiven(name: string, given: string | GivenField): FieldInfo {
  if (typeof given === "string") return { name, type: given, source: "given" };
  const [type = given.type ?? "object", ...otherTypes] = given.esTypes ?? [];
  const nestedIn = given.subType?.nested?.path;
  return {
    name,
    type,
    source: "given",
    ...(otherTypes.length === 0 ? {} : { otherTypes }),
    ...(nestedIn === undefined ? {} : { nestedIn }),
    ...(given.ignore_above === undefined ? {} : { ignoreAbove: given.ignore_above }),
  };
}

function addProperties(
  found: Map<string, FieldInfo>,
  properties: Mapping["properties"],
  prefix: string,
  nestedIn: string | undefined,
): void {
  const aliases: [name: string, path: string][] = [];
  const open = [{ properties, prefix, nestedIn }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [key, property] of Object.entries(at.properties)) {
      const name = at.prefix + key;
      const type = property.type ?? "object";
      if (type === "alias") {
        if (property.path !== undefined) aliases.push([name, property.path]);
        continue;
      }
      const inherited = at.nestedIn === undefined ? {} : { nestedIn: at.nestedIn };
      const limit = property.ignore_above === undefined ? {} : { ignoreAbove: property.ignore_above };
      found.set(name, { name, type, source: "given", ...inherited, ...limit });
      const below = { prefix: `${name}.`, nestedIn: type === "nested" ? name : at.nestedIn };
      if (property.properties !== undefined) open.push({ properties: property.properties, ...below });
      if (property.fields !== undefined) open.push({ properties: property.fields, ...below });
    }
  }
  for (const [name, path] of aliases) {
    const meant = found.get(path);
    if (meant !== undefined) found.set(name, { ...meant, name });
  }
}

/** Fields below one that is given as `nested` lie in it, also where that is not said again. */
function withNested(found: Map<string, FieldInfo>): Map<string, FieldInfo> {
  const paths = [...found.values()].filter(({ type }) => type === "nested").map(({ name }) => name);
  if (paths.length === 0) return found;
  paths.sort((a, b) => b.length - a.length);
  for (const [name, field] of found) {
    if (field.nestedIn !== undefined) continue;
    const nestedIn = paths.find((path) => name.startsWith(`${path}.`));
    if (nestedIn !== undefined) found.set(name, { ...field, nestedIn });
  }
  return found;
}
