import { type Fields, familyOf, isInteger } from "../../../fields/index.js";
import {
  isKeptAsItIs,
  limiting,
  type Read,
  type Readers,
  through,
  writtenValues,
} from "../../match/index.js";
import { typeOfMapping } from "../type-of-mapping.js";

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
}

/** The types of the fields that a query reads. */
export interface Schema {
  typeOf(name: string): FieldType;
  /** Reads a field's values: undefined, a scalar, or an array of scalars. */
  read(name: string): Read;
  /** Whether events have what a condition on the field is about under its own name. */
  isKeptAsItIs(name: string): boolean;
}

export interface SchemaOptions {
  readonly fields?: Fields | undefined;
  readonly timestampField: string;
  /** Of the fields that `fields` does not know: what the events show. A field that is not there is in no event. */
  readonly seen?: ReadonlyMap<string, Kind> | undefined;
  readonly readers?: Readers | undefined;
}

/**
 * The types of fields: what `fields` says, else what was seen in events, else text, with the timestamp a date. A
 * field that neither knows counts as mapped only where nothing was seen and `fields` may be incomplete.
 */
export function createSchema({ fields, timestampField, seen, readers }: SchemaOptions): Schema {
  const unknownIsMapped = seen === undefined && fields?.closed !== true;
  const typeOf = (name: string): FieldType => {
    const info = fields?.find(name);
    if (info !== undefined)
      return {
        kind: kindOf(info.type),
        whole: familyOf(info.type) === "number" ? isInteger(info.type) : undefined,
        nanos: info.type === "date_nanos",
        mapped: true,
      };
    if (name === timestampField) return { kind: "date", mapped: true };
    const kind = seen?.get(name);
    return { kind: kind ?? "text", mapped: kind !== undefined || unknownIsMapped };
  };
  const known = new Map<string, Read>();
  const read = (name: string): Read => {
    let values = known.get(name);
    if (values === undefined) {
      // Elasticsearch's EQL knows nothing of normalizers.
      values = through(writtenValues({ fields, readers }, name), limiting(fields?.find(name)));
      known.set(name, values);
    }
    return values;
  };
  return { typeOf, read, isKeptAsItIs: (name) => isKeptAsItIs(fields, name) };
}

function kindOf(type: string): Kind {
  const kind = typeOfMapping(type);
  return kind === "unknown" || kind === "null" ? "text" : kind;
}
