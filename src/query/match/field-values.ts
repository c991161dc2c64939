import { familyOf, hasFieldsBelow } from "../../fields/index.js";
import { type Event, leaves, type Read, reader } from "./event.js";
import { fieldOf, type FieldScope, fullName, isUnmapped, sourceOf } from "./field-source.js";
import { indexing, through } from "./indexing.js";
import { holdsAny } from "./objects.js";

/**
 * Reads the values of a field by its name in the scope, as events have them. An alias has those of what it stands for; a
 * multi-field those of the field that it belongs to, unless an event has it by its own name; a flattened field those
 * of all its keys.
 */
export function writtenValues(scope: FieldScope, name: string): Read {
  const { fields, path, readers = reader } = scope;
  const full = fullName(scope, name);
  const info = fields?.find(full);
  if (info?.type === "flattened" && info.aliasOf === undefined) return (event) => valuesBelow(event, name);
  const source = sourceOf(fields, full);
  if (source === undefined) return readers(name);
  if (path !== undefined && !source.startsWith(`${path}.`)) return () => undefined;
  const relative = path === undefined ? source : source.slice(path.length + 1);
  if (info?.aliasOf !== undefined)
    return fields?.find(source)?.aliasOf === undefined ? writtenValues(scope, relative) : readers(relative);
  const own = readers(name);
  const above = readers(relative);
  return (event) => own(event) ?? above(event);
}

function valuesBelow(event: Event, name: string): unknown {
  const found: unknown[] = [];
  for (const [leaf, value] of leaves(event)) {
    if (leaf.startsWith(name) && (leaf.length === name.length || leaf[name.length] === "."))
      found.push(value);
  }
  return found.length === 0 ? undefined : found;
}

/** Reads the values of a field by its name in the scope, as its index has them: see `indexing`. */
export function indexedValues(scope: FieldScope, name: string): Read {
  return through(writtenValues(scope, name), indexing(fieldOf(scope.fields, fullName(scope, name))));
}

/**
 * Whether a field has a value in an event, by its name in the scope; of an object, and of what may be one, whether any
 * field below it has.
 */
export function hasValue(scope: FieldScope, name: string): (event: Event) => boolean {
  const { fields } = scope;
  const full = fullName(scope, name);
  if (isUnmapped(fields, full) && !hasFieldsBelow(fields!, full)) return () => false;
  const field = fieldOf(fields, full);
  const read = indexedValues(scope, name);
  if (field !== undefined && !isStructured(field.type)) return (event) => read(event) !== undefined;
  return (event) => read(event) !== undefined || holdsAny(event, name);
}

/** Whether a value of the type may be an object: a point, a range, an object itself. */
function isStructured(type: string): boolean {
  const family = familyOf(type);
  return family === "object" || family === "range" || family === "other";
}
