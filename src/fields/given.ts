import { isJson } from "../json/index.js";
import type { FieldInfo, Fields } from "./catalog.js";
import { withExact } from "./exact.js";
import { nearestParent } from "./parents.js";
import { FieldTable } from "./table.js";
import { isText } from "./types.js";

/** How a field is indexed, as mappings say it. */
interface Indexing {
  readonly ignore_above?: number;
  /** `docs` and `freqs` do not keep where the words of a text stand. */
  readonly index_options?: string;
  readonly normalizer?: string;
}

/** A field as a caller of the library may describe it: its type, as Kibana's data views do, or as a mapping does. */
export interface GivenField extends Indexing {
  /** The mapping type; with `esTypes` also Kibana's own (`string`, `number`…), which they overrule. */
  readonly type?: string;
  /** The mapping types, the first of which counts; more than one is a conflict. */
  readonly esTypes?: readonly string[];
  readonly subType?: { readonly nested?: { readonly path: string } };
}

/** A property of an Elasticsearch mapping. */
export interface MappingProperty extends Indexing {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, MappingProperty>>;
  /** Multi-fields. */
  readonly fields?: Readonly<Record<string, MappingProperty>>;
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
  if (isMapping(input)) return tableOf(...readProperties(input.properties));
  if (isIndexBody(input)) return tableOf(...readProperties(input.mappings.properties));
  const named = isList(input) ? input.map((field) => [field.name, field] as const) : Object.entries(input);
  return tableOf(new Map(named.map(([name, field]) => [name, ofGiven(name, field)])), new Map());
}

/** `aliases` are names by the names that they stand for. */
function tableOf(found: Map<string, FieldInfo>, aliases: ReadonlyMap<string, string>): Fields {
  withExact(withNested(found));
  for (const [name, path] of aliases) {
    const meant = found.get(path);
    if (meant !== undefined) found.set(name, { ...meant, name, aliasOf: meant.aliasOf ?? path });
  }
  return new FieldTable(found, true);
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
  return isJson(properties) && Object.values(properties).every(isJson);
}

/** The body of an index, in which the mapping is one part. */
function isIndexBody(input: object): input is IndexBody {
  const { mappings } = input as Partial<IndexBody>;
  return isJson(mappings) && isMapping(mappings);
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
    ...indexingOf(given, type),
  };
}

function indexingOf(
  { ignore_above, index_options, normalizer }: Indexing,
  type: string,
): Pick<FieldInfo, "ignoreAbove" | "normalizer" | "positions"> {
  const isWithoutPlaces = isText(type) && (index_options === "docs" || index_options === "freqs");
  return {
    ...(ignore_above === undefined ? {} : { ignoreAbove: ignore_above }),
    ...(isWithoutPlaces ? { positions: false } : {}),
    ...(normalizer === undefined || type !== "keyword" ? {} : { normalizer }),
  };
}

function readProperties(
  properties: Mapping["properties"],
): [found: Map<string, FieldInfo>, aliases: Map<string, string>] {
  const found = new Map<string, FieldInfo>();
  const aliases = new Map<string, string>();
  const open = [{ properties, prefix: "" }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [key, property] of Object.entries(at.properties)) {
      const name = at.prefix + key;
      const type = property.type ?? "object";
      if (type === "alias") {
        if (property.path !== undefined) aliases.set(name, property.path);
        continue;
      }
      // An object that says what is in it is no field, but the way to those.
      if (type !== "object" || property.properties === undefined)
        found.set(name, { name, type, source: "given", ...indexingOf(property, type) });
      for (const below of [property.properties, property.fields])
        if (below !== undefined) open.push({ properties: below, prefix: `${name}.` });
    }
  }
  return [found, aliases];
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
