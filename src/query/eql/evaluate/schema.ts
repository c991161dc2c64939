import { type Fields, familyOf, isInteger, isObject } from "../../../fields/index.js";
import { type Event, reader } from "../../match/index.js";

/** How values of a field are compared. `text` is also what is not known: then the literal decides. */
export type Kind = "boolean" | "date" | "ip" | "number" | "text" | "version";

/** What evaluation has to know of one field. */
export interface FieldType {
  readonly kind: Kind;
  /** Numbers: whether arithmetic is on integers; undefined where only the values tell. */
  readonly whole?: boolean | undefined;
  /** `date_nanos`. */
  readonly nanos?: boolean;
  /** Whether some index has the field; where none has, `?field` is the literal null. */
  readonly mapped: boolean;
  /** Longest text that is indexed, in UTF-16 units: longer values are not there for a query. */
  readonly ignoreAbove?: number | undefined;
}

/** The types of the fields that a query reads. */
export interface Schema {
  typeOf(name: string): FieldType;
  /** Reads a field's values: undefined, a scalar, or an array of scalars. */
  read(name: string): (event: Event) => unknown;
  /** Whether the value stands in events under another name. */
  isMultiField(name: string): boolean;
}

export interface SchemaOptions {
  readonly fields?: Fields | undefined;
  readonly timestampField: string;
  /** Of the fields that `fields` does not know: what the events show. A field that is not there is in no event. */
  readonly seen?: ReadonlyMap<string, Kind> | undefined;
}

/**
 * The types of fields: what `fields` says, else what was seen in events, else text, with the timestamp a date. A
 * field that neither knows counts as mapped only where nothing was seen and `fields` may be incomplete.
 */
export function createSchema({ fields, timestampField, seen }: SchemaOptions): Schema {
  const unknownIsMapped = seen === undefined && fields?.closed !== true;
  const typeOf = (name: string): FieldType => {
    const info = fields?.find(name);
    if (info !== undefined)
      return {
        kind: kindOf(info.type),
        whole: familyOf(info.type) === "number" ? isInteger(info.type) : undefined,
        nanos: info.type === "date_nanos",
        mapped: true,
        ignoreAbove: info.ignoreAbove,
      };
    if (name === timestampField) return { kind: "date", mapped: true };
    const kind = seen?.get(name);
    return { kind: kind ?? "text", mapped: kind !== undefined || unknownIsMapped };
  };
  const readers = new Map<string, (event: Event) => unknown>();
  const read = (name: string): ((event: Event) => unknown) => {
    let known = readers.get(name);
    if (known === undefined) {
      const own = isMultiField(name, fields) ? multiFieldReader(name) : reader(name);
      known = limited(own, typeOf(name).ignoreAbove);
      readers.set(name, known);
    }
    return known;
  };
  return { typeOf, read, isMultiField: (name) => isMultiField(name, fields) };
}

/** Multi-fields that mappings commonly have, where no mapping is given. */
const MULTI_FIELD = /\.(?:keyword|text|caseless)$/;

/** A multi-field (`message.keyword`) is in no event: it holds the value of the field that it belongs to. */
function isMultiField(name: string, fields: Fields | undefined): boolean {
  const parent = fields?.find(parentOf(name));
  if (parent === undefined) return MULTI_FIELD.test(name);
  return parent.type !== "flattened" && !isObject(parent.type) && name.includes(".");
}

function multiFieldReader(name: string): (event: Event) => unknown {
  const own = reader(name);
  const above = reader(parentOf(name));
  return (event) => own(event) ?? above(event);
}

const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf(".")));

function limited(read: (event: Event) => unknown, most: number | undefined): (event: Event) => unknown {
  if (most === undefined) return read;
  const fits = (value: unknown): boolean => typeof value !== "string" || value.length <= most;
  return (event) => {
    const value = read(event);
    if (!Array.isArray(value)) return fits(value) ? value : undefined;
    if (value.every(fits)) return value;
    const kept = value.filter(fits);
    return kept.length === 0 ? undefined : kept;
  };
}

function kindOf(type: string): Kind {
  const family = familyOf(type);
  switch (family) {
    case "boolean":
    case "date":
    case "ip":
    case "number":
    case "version":
      return family;
    default:
      return "text";
  }
}
