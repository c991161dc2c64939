/** Schemas of exception lists and items. */
import { exceptionListType } from "./rule-parts.js";
import {
  anyObject,
  array,
  booleanText,
  discriminated,
  integer,
  literal,
  nonBlank,
  number,
  object,
  oneOf,
  optional,
  string,
  withDefault,
} from "./schema.js";

const namespaceType = oneOf(["agnostic", "single"]);
const defaultNamespace = withDefault(namespaceType, () => "single" as const);
const osTypes = array(oneOf(["linux", "macos", "windows"]));
const tags = array(nonBlank());
const operator = oneOf(["excluded", "included"]);

const match = object({ type: literal("match"), field: nonBlank(), value: nonBlank(), operator });
const matchAny = object({
  type: literal("match_any"),
  field: nonBlank(),
  value: array(nonBlank(), { min: 1 }),
  operator,
});
const exists = object({ type: literal("exists"), field: nonBlank(), operator });
const list = object({
  type: literal("list"),
  field: nonBlank(),
  list: object({ id: nonBlank(), type: nonBlank() }),
  operator,
});
const wildcard = object({ type: literal("wildcard"), field: nonBlank(), value: nonBlank(), operator });
const nested = object({
  type: literal("nested"),
  field: nonBlank(),
  entries: array(discriminated<unknown>("type", { match, match_any: matchAny, exists }), { min: 1 }),
});

const entries = array(
  discriminated<unknown>("type", { match, match_any: matchAny, list, exists, nested, wildcard }),
);

const listFields = {
  name: string(),
  description: string(),
  type: exceptionListType,
  namespace_type: defaultNamespace,
  os_types: optional(osTypes),
  tags: optional(tags),
  meta: optional(anyObject()),
  version: optional(integer({ min: 1 })),
};

export const listBody = object({ list_id: optional(nonBlank()), ...listFields });
export const listUpdate = object({
  id: optional(nonBlank()),
  list_id: optional(nonBlank()),
  ...listFields,
  _version: optional(string()),
});
export const sharedListBody = object({ name: string(), description: string() });
/** A list line of an import; what else an export has is ignored. */
export const listLine = object({ list_id: nonBlank(), ...listFields });

const newComment = object({ comment: nonBlank() });
const comment = object({ id: optional(nonBlank()), comment: nonBlank() });

const itemFields = {
  type: literal("simple"),
  name: nonBlank(),
  description: string(),
  entries,
  namespace_type: defaultNamespace,
  os_types: optional(osTypes),
  tags: optional(tags),
  meta: optional(anyObject()),
  expire_time: optional(string({ format: "datetime" })),
};

export const itemBody = object({
  item_id: optional(nonBlank()),
  list_id: nonBlank(),
  ...itemFields,
  comments: optional(array(newComment)),
});
export const itemUpdate = object({
  id: optional(nonBlank()),
  item_id: optional(nonBlank()),
  list_id: optional(nonBlank()),
  ...itemFields,
  comments: optional(array(comment)),
  _version: optional(string()),
});
/** Items of `POST rules/{id}/exceptions` and of the endpoint list, which name no list. */
export const looseItem = object({
  item_id: optional(nonBlank()),
  ...itemFields,
  comments: optional(array(newComment)),
});
export const itemLine = object({
  item_id: nonBlank(),
  list_id: nonBlank(),
  ...itemFields,
  comments: optional(array(newComment)),
});
export const ruleItemsBody = object({ items: array(looseItem) });

export const selector = object({
  id: optional(nonBlank()),
  list_id: optional(nonBlank()),
  item_id: optional(nonBlank()),
  namespace_type: defaultNamespace,
});

const paging = {
  filter: optional(string()),
  page: optional(number({ coerce: true, integer: true, min: 1 })),
  per_page: optional(number({ coerce: true, integer: true, min: 0 })),
  sort_field: optional(nonBlank()),
  sort_order: optional(oneOf(["desc", "asc"])),
};

export const findQuery = object({ ...paging, namespace_type: optional(string()) });
export const findItemsQuery = object({
  list_id: nonBlank(),
  ...paging,
  search: optional(string()),
  namespace_type: optional(string()),
});
export const endpointFindQuery = object(paging);
export const exportQuery = object({
  id: nonBlank(),
  list_id: nonBlank(),
  namespace_type: defaultNamespace,
  include_expired_exceptions: withDefault(booleanText(), () => true),
});
export const duplicateQuery = object({
  list_id: nonBlank(),
  namespace_type: namespaceType,
  include_expired_exceptions: withDefault(booleanText(), () => true),
});
export const importQuery = object({
  overwrite: withDefault(booleanText(), () => false),
  as_new_list: withDefault(booleanText(), () => false),
});
export const summaryQuery = object({
  id: optional(nonBlank()),
  list_id: optional(nonBlank()),
  namespace_type: defaultNamespace,
  filter: optional(string()),
});
