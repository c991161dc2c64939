import { familyOf, type FieldInfo } from "../../fields/index.js";
import { toMillis } from "./date.js";
import { numberIn } from "./equal.js";
import type { Event } from "./event.js";
import { fieldOf, type FieldScope, fullName } from "./field-source.js";
import { indexedValues } from "./field-values.js";
import { toBoolean } from "./number.js";
import { textOf } from "./scalar.js";

/**
 * Reads the values of a field as a search returns them (`fields`) and as aggregations group by them: of the field's type,
 * whatever the document has. Values that are too long to be indexed, or that the type cannot hold, are left out.
 */
export function fetchedValues(scope: FieldScope, name: string): (event: Event) => readonly unknown[] {
  const read = indexedValues(scope, name);
  const convert = conversion(fieldOf(scope.fields, fullName(scope, name)));
  return (event) => {
    const value = read(event);
    if (value === undefined) return [];
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    return convert === undefined ? all : all.map(convert).filter((each) => each !== undefined);
  };
}

function conversion(field: FieldInfo | undefined): ((value: unknown) => unknown) | undefined {
  switch (field === undefined ? "other" : familyOf(field.type)) {
    case "keyword":
    case "text":
    case "ip":
    case "version":
    case "string":
      return textOf;
    case "number":
      return (value) => numberIn(field!.type, value);
    case "boolean":
      return toBoolean;
    case "date":
      return field!.type === "date_nanos" ? asItIs : isoDate;
    default:
      return undefined;
  }
}

const asItIs = (value: unknown): unknown => value;

function isoDate(value: unknown): string | undefined {
  const ms = toMillis(value);
  return ms === undefined || Math.abs(ms) > MAX_DATE ? undefined : new Date(ms).toISOString();
}

/** The last millisecond that a `Date` can hold. */
const MAX_DATE = 8.64e15;
