/** What becomes of the values of a keyword when they are indexed. */
import { type FieldInfo, isKeyword } from "../../fields/index.js";
import type { Read } from "./event.js";
import { fold } from "./fold.js";
import { type ScalarTest, textOf } from "./scalar.js";

/** What becomes of a value; undefined is one that is left out. */
type Indexing = (value: unknown) => unknown;

/** The normalizer that every index has; of others only the settings of an index tell what they do. */
export const LOWERCASE = "lowercase";

/** What is to be done with a text that a field is compared with, since its index has no other ones. */
export function normalization(field: FieldInfo | undefined): (text: string) => string {
  return field?.normalizer === LOWERCASE ? fold : asItIs;
}

const asItIs = (text: string): string => text;

/** Values that are too long are left out (`ignore_above`), and others normalized. Undefined where all stay as they are. */
export function indexing(field: FieldInfo | undefined): Indexing | undefined {
  const limit = limiting(field);
  if (field?.normalizer !== LOWERCASE) return limit;
  return (value) => {
    const kept = limit === undefined ? value : limit(value);
    return kept === undefined ? undefined : fold(textOf(kept));
  };
}

/** Values that are too long are left out. Undefined where all are kept. */
export function limiting(field: FieldInfo | undefined): Indexing | undefined {
  if (field?.ignoreAbove === undefined || !isKeyword(field.type)) return undefined;
  const most = field.ignoreAbove;
  return (value) => ((typeof value === "string" ? value : textOf(value)).length <= most ? value : undefined);
}

/** A reader of what is indexed of the values that another one reads. */
export function through(read: Read, index: Indexing | undefined): Read {
  if (index === undefined) return read;
  const stays = (value: unknown): boolean => index(value) === value;
  return (event) => {
    const value = read(event);
    if (!Array.isArray(value)) return value === undefined ? undefined : index(value);
    if (value.every(stays)) return value;
    const kept = value.map(index).filter((each) => each !== undefined);
    return kept.length === 0 ? undefined : kept;
  };
}

/** A test of a value before it is indexed, by one of what is indexed of it. */
export function beforeIndexing(test: ScalarTest, field: FieldInfo | undefined): ScalarTest {
  const index = indexing(field);
  if (index === undefined) return test;
  return (value) => {
    const indexed = index(value);
    return indexed !== undefined && test(indexed);
  };
}
