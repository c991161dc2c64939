import type { FieldInfo, Fields } from "./catalog.js";
import { withExact } from "./exact.js";
import { nearestParent } from "./parents.js";
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

/** What creates an index, or tells of one. */
export interface IndexBody {
  readonly mappings: Mapping;
}

/** The ways to say which fields there are. */
export type FieldsInput =
  | Fields
  | IndexBody
  | Mapping
  | Readonly<Record<string, string | GivenField>>
  | readonly (GivenField & { readonly name: string })[];

/**
 * Reads a description of fields: type or field by name, a list of fields with names, an Elasticsearch mapping (or the
 * body of an index that holds it), or a `Fields`, which comes back as it is. A description is taken to be complete: other
 * names are unknown for certain.
 */
export function fieldsOf(input: FieldsInput): Fields {
  if (isFields(input)) return input;
  const found = new Map<string, FieldInfo>();
  if (isMapping(input)) addProperties(found, input.properties);
  else if (isIndexBody(input)) addProperties(found, input.mappings.properties);
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

/** A field that is called `properties` has a type, or is none of a mapping's objects of objects. */
function isMapping(input: object): input is Mapping {
  const { properties } = input as Partial<Mapping>;
  return isObject(properties) && Object.values(properties).every(isObject);
}

/** The body of an index, in which the mapping is one part. */
function isIndexBody(input: object): input is IndexBody {
  const { mappings } = input as Partial<IndexBody>;
  return isObject(mappings) && isMapping(mappings);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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

function addProperties(found: Map<string, FieldInfo>, properties: Mapping["properties"]): void {
  const aliases: [name: string, path: string][] = [];
  const open = [{ properties, prefix: "" }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [key, property] of Object.entries(at.properties)) {
      const name = at.prefix + key;
      const type = property.type ?? "object";
      if (type === "alias") {
        if (property.path !== undefined) aliases.push([name, property.path]);
        continue;
      }
      const limit = property.ignore_above === undefined ? {} : { ignoreAbove: property.ignore_above };
      // An object that says what is in it is no field, but the way to those.
      if (type !== "object" || property.properties === undefined)
        found.set(name, { name, type, source: "given", ...limit });
      for (const below of [property.properties, property.fields])
        if (below !== undefined) open.push({ properties: below, prefix: `${name}.` });
    }
  }
  for (const [name, path] of aliases) {
    const meant = found.get(path);
    if (meant !== undefined) found.set(name, { ...meant, name });
  }
}

/** Fields below one that is given as `nested` lie in it, also where that is not said again. */
function withNested(found: Map<string, FieldInfo>): Map<string, FieldInfo> {
  for (const [name, field] of found) {
    if (field.nestedIn !== undefined) continue;
    const nestedIn = nearestParent(name, (above) => found.get(above)?.type === "nested");
    if (nestedIn !== undefined) found.set(name, { ...field, nestedIn });
  }
  return found;
}
