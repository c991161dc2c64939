/** Schemas of value lists and their items. */
import { VALUE_LIST_TYPES } from "../../kibana/value-lists.js";
import {
  anyObject,
  booleanText,
  integer,
  nonBlank,
  number,
  object,
  oneOf,
  optional,
  string,
  withDefault,
} from "./schema.js";

const type = oneOf(VALUE_LIST_TYPES);

export const listBody = object({
  id: optional(nonBlank()),
  type,
  name: nonBlank(),
  description: nonBlank(),
  meta: optional(anyObject()),
  version: withDefault(integer({ min: 1 }), () => 1),
});
export const listUpdate = object({
  _version: optional(string()),
  id: nonBlank(),
  name: nonBlank(),
  description: nonBlank(),
  meta: optional(anyObject()),
  version: optional(integer({ min: 1 })),
});
export const listPatch = object({
  _version: optional(string()),
  id: nonBlank(),
  name: optional(nonBlank()),
  description: optional(nonBlank()),
  meta: optional(anyObject()),
  version: optional(integer({ min: 1 })),
});
export const idQuery = object({ id: nonBlank() });
export const deleteQuery = object({
  id: nonBlank(),
  deleteReferences: withDefault(booleanText(), () => false),
  ignoreReferences: withDefault(booleanText(), () => false),
});

const paging = {
  page: optional(number({ coerce: true, integer: true, min: 1 })),
  per_page: optional(number({ coerce: true, integer: true, min: 0 })),
  sort_field: optional(nonBlank()),
  sort_order: optional(oneOf(["desc", "asc"])),
  cursor: optional(nonBlank()),
  filter: optional(string()),
};
export const findQuery = object(paging);
export const findItemsQuery = object({ list_id: nonBlank(), ...paging });

export const itemBody = object({
  id: optional(nonBlank()),
  list_id: nonBlank(),
  value: string(),
  meta: optional(anyObject()),
});
export const itemUpdate = object({
  _version: optional(string()),
  id: nonBlank(),
  value: string(),
  meta: optional(anyObject()),
});
export const itemPatch = object({
  _version: optional(string()),
  id: nonBlank(),
  value: optional(string()),
  meta: optional(anyObject()),
});
export const itemQuery = object({
  id: optional(nonBlank()),
  list_id: optional(nonBlank()),
  value: optional(string()),
});
export const exportQuery = object({ list_id: nonBlank() });
export const importQuery = object({ list_id: optional(nonBlank()), type: optional(type) });
