import {
  covers,
  ecsFields,
  type FieldInfo,
  type Fields,
  type FieldsInput,
  fieldsOf,
  type MappingProperty,
} from "../../fields/index.js";
import { isJson, type Json } from "../../json/index.js";
import { readNotation } from "./notation.js";

/** A field as an Elasticsearch mapping has it. */
export interface MappedField extends MappingProperty {
  readonly fields?: Readonly<Record<string, MappedField>>;
  readonly properties?: Readonly<Record<string, MappedField>>;
  /** Of a `constant_keyword`: what every document has. */
  readonly value?: string;
  /** Of a date, when it is not the usual one: `epoch_second`. */
  readonly format?: string;
}

/** What is known of an index before a document is in it. */
export interface IndexMapping {
  readonly fields: Fields;
  /** Whether the mapping is that of this index, so that a field that it lacks is in no older document either. */
  readonly isOwn: boolean;
  /** Whether the names of `fields` are those of the index, and not all that there could be. */
  readonly isListed: boolean;
  readonly constants: readonly (readonly [name: string, value: string])[];
  /** Dates in seconds since 1970. */
  readonly inSeconds: readonly string[];
  /** Fields that documents have under another name: aliases and multi-fields. */
  readonly derived: readonly string[];
}

/** Gives the fields of indices, as a project's catalogue does. */
export interface FieldsByIndex {
  for(index: readonly string[]): Fields;
}

/**
 * How fields are mapped: fields by name for every index, or by index and index pattern, or a catalogue. Without it, as ECS
 * has them. A field that is not named is taken for what its values are.
 */
export type MappingsInput = FieldsInput | Readonly<Record<string, FieldsInput>> | FieldsByIndex;

export interface Mappings {
  of(index: string): IndexMapping;
  /** Indices that exist though nothing was put into them. */
  readonly names: readonly string[];
}

/** Mappings are used for many detectors. */
const known = new WeakMap<object, Mappings>();

export function readMappings(input: MappingsInput | undefined): Mappings {
  if (input === undefined) return UNMAPPED;
  let made = known.get(input);
  if (made === undefined) known.set(input, (made = make(input)));
  return made;
}

const plain = (fields: Fields, isOwn: boolean): IndexMapping => ({
  fields,
  isOwn,
  isListed: fields.closed,
  constants: [],
  inSeconds: [],
  derived: [],
});

const ECS = plain(ecsFields(), false);
const UNMAPPED: Mappings = { of: () => ECS, names: [] };

function make(input: MappingsInput): Mappings {
  if (isCatalogue(input)) {
    return byName((index) => {
      const fields = input.for([index]);
      return plain(fields, fields.closed);
    });
  }
  if (isByIndex(input)) {
    const all = Object.entries(input).map(([pattern, fields]) => [pattern, mappingOf(fields, true)] as const);
    const exact = all.flatMap(([pattern]) => (pattern.includes("*") ? [] : [pattern]));
    return byName((index) => all.find(([pattern]) => covers(pattern, index))?.[1] ?? ECS, exact);
  }
  const mapping = mappingOf(input, false);
  return { of: () => mapping, names: [] };
}

function byName(find: (index: string) => IndexMapping, names: readonly string[] = []): Mappings {
  const found = new Map<string, IndexMapping>();
  return {
    of(index) {
      let mapping = found.get(index);
      if (mapping === undefined) found.set(index, (mapping = find(index)));
      return mapping;
    },
    names,
  };
}

function isCatalogue(input: MappingsInput): input is FieldsByIndex {
  return "for" in input && typeof input.for === "function";
}

/** What a description of one field may have, so that it is not taken for that of an index. */
const OF_A_FIELD: ReadonlySet<string> = new Set([
  "type", "esTypes", "subType", "ignore_above", "index_options", "normalizer", "path", "value", "format", "fields", "name",
]); // prettier-ignore

function isByIndex(
  input: FieldsInput | Readonly<Record<string, FieldsInput>>,
): input is Readonly<Record<string, FieldsInput>> {
  if (Array.isArray(input) || isFields(input)) return false;
  const { properties, mappings } = input as Json;
  if (isJson(properties) || isJson(mappings)) return false;
  const values: readonly unknown[] = Object.values(input);
  return (
    values.length > 0 &&
    values.every((value) => isJson(value) && !Object.keys(value).every((key) => OF_A_FIELD.has(key)))
  );
}

function isFields(input: object): input is Fields {
  return "find" in input && typeof input.find === "function";
}

function mappingOf(input: FieldsInput, isOwn: boolean): IndexMapping {
  if (isFields(input)) return plain(input, isOwn);
  const properties = Array.isArray(input) ? undefined : propertiesOf(input as Json);
  if (properties === undefined) return { ...plain(new OpenFields(fieldsOf(input)), isOwn), isListed: true };
  const constants: [string, string][] = [];
  const inSeconds: string[] = [];
  const derived: string[] = [];
  const visit = (all: Readonly<Record<string, MappedField>>, prefix: string, isMulti: boolean): void => {
    for (const [key, field] of Object.entries(all)) {
      const name = prefix + key;
      if (field.value !== undefined) constants.push([name, field.value]);
      if (field.format === "epoch_second") inSeconds.push(name);
      if (isMulti || field.type === "alias") derived.push(name);
      visit(field.properties ?? {}, `${name}.`, false);
      visit(field.fields ?? {}, `${name}.`, true);
    }
  };
  visit(properties, "", false);
  const fields = new OpenFields(fieldsOf({ properties }));
  return { fields, isOwn, isListed: true, constants, inSeconds, derived };
}

/** The fields of a description as properties of a mapping. Undefined where Kibana's own types are in it. */
function propertiesOf(input: Json): Readonly<Record<string, MappedField>> | undefined {
  const body = isJson(input["mappings"]) ? input["mappings"] : input;
  if (isJson(body["properties"])) return body["properties"] as Readonly<Record<string, MappedField>>;
  const entries = Object.entries(body);
  if (entries.some(([, field]) => isJson(field) && ("esTypes" in field || "subType" in field)))
    return undefined;
  return Object.fromEntries(
    entries.map(([name, field]) => [
      name,
      typeof field === "string" ? readNotation(field) : (field as MappedField),
    ]),
  );
}

/** Fields beside which there may be others: Elasticsearch maps what it first meets. */
class OpenFields implements Fields {
  readonly closed = false;
  readonly #fields: Fields;

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  find(name: string): FieldInfo | undefined {
    return this.#fields.find(name);
  }

  names(): Iterable<string> {
    return this.#fields.names();
  }
}
