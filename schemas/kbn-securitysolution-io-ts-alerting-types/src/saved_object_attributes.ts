import * as t from "io-ts";

export type SavedObjectAttributeSingle = string | number | boolean | null | undefined | SavedObjectAttributes;

export type SavedObjectAttribute = SavedObjectAttributeSingle | SavedObjectAttributeSingle[];

/** What a saved object may hold: scalars, objects, and lists of those, but no list inside a list. */
export interface SavedObjectAttributes {
  [key: string]: SavedObjectAttribute;
}

export const saved_object_attribute_single: t.Type<SavedObjectAttributeSingle> = t.recursion(
  "saved_object_attribute_single",
  () => t.union([t.string, t.number, t.boolean, t.null, t.undefined, saved_object_attributes]),
);

export const saved_object_attribute: t.Type<SavedObjectAttribute> = t.recursion(
  "saved_object_attribute",
  () => t.union([saved_object_attribute_single, t.array(saved_object_attribute_single)]),
);

export const saved_object_attributes: t.Type<SavedObjectAttributes> = t.recursion(
  "saved_object_attributes",
  () => t.record(t.string, saved_object_attribute),
);
