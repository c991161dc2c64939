/** Codecs of exception lists and items; `exceptions.ts` has their types. */
import * as t from "io-ts";
import { form, freeObject, texts } from "./form.js";
import { exceptionListType, namespaceType } from "./parts.js";
import { nonBlankText, sized, wholeNumber } from "./scalars.js";

const operator = t.keyof({ included: null, excluded: null });
const condition = { field: nonBlankText, operator };

const match = form({ type: t.literal("match"), ...condition, value: nonBlankText }, {});
const matchAny = form({ type: t.literal("match_any"), ...condition, value: sized(nonBlankText, 1) }, {});
const exists = form({ type: t.literal("exists"), ...condition }, {});

const inner = t.union([match, matchAny, exists], "an entry of type match, match_any or exists");

const entry = t.union(
  [
    match,
    matchAny,
    form({ type: t.literal("wildcard"), ...condition, value: nonBlankText }, {}),
    exists,
    form(
      { type: t.literal("list"), ...condition, list: form({ id: nonBlankText, type: nonBlankText }, {}) },
      {},
    ),
    form({ type: t.literal("nested"), field: nonBlankText, entries: sized(inner, 1) }, {}),
  ],
  "an entry of type match, match_any, wildcard, exists, list or nested",
);

const osTypes = t.array(t.keyof({ linux: null, macos: null, windows: null }));
const marks = { os_types: osTypes, tags: texts, meta: freeObject };

const server = {
  id: t.string,
  tie_breaker_id: t.string,
  created_at: t.string,
  created_by: t.string,
  updated_at: t.string,
  updated_by: t.string,
};
const lock = { _version: t.string };

const list = { type: exceptionListType, name: nonBlankText, description: t.string };
const listOptional = { ...marks, version: wholeNumber(1), namespace_type: namespaceType };

export const listCreate = form(list, { ...listOptional, list_id: nonBlankText });
export const listUpdate = form(list, { ...listOptional, list_id: nonBlankText, id: nonBlankText, ...lock });

const listFilled = {
  namespace_type: namespaceType,
  immutable: t.boolean,
  version: wholeNumber(1),
};
export const listResponse = form(
  { ...list, list_id: nonBlankText, ...listFilled, ...server },
  { ...marks, ...lock },
);
export const exportedList = form(
  { ...list, list_id: nonBlankText },
  { ...listFilled, ...server, ...marks, ...lock },
);

const comment = { comment: nonBlankText };
const commentServer = { id: nonBlankText, created_at: t.string, created_by: t.string };
const commentUpdated = { updated_at: t.string, updated_by: t.string };

const item = {
  type: t.literal("simple"),
  name: nonBlankText,
  description: t.string,
  entries: t.array(entry),
};
const itemOptional = { ...marks, namespace_type: namespaceType, expire_time: t.string };

export const itemCreate = form(
  { ...item, list_id: nonBlankText },
  { ...itemOptional, item_id: nonBlankText, comments: t.array(form(comment, {})) },
);
export const itemUpdate = form(item, {
  ...itemOptional,
  id: nonBlankText,
  item_id: nonBlankText,
  list_id: nonBlankText,
  comments: t.array(form(comment, { id: nonBlankText })),
  ...lock,
});

const itemIds = { item_id: nonBlankText, list_id: nonBlankText };
const itemMarks = { ...marks, expire_time: t.string, ...lock };
export const itemResponse = form(
  {
    ...item,
    ...itemIds,
    namespace_type: namespaceType,
    comments: t.array(form({ ...comment, ...commentServer }, commentUpdated)),
    ...server,
  },
  itemMarks,
);
export const exportedItem = form(
  { ...item, ...itemIds },
  {
    namespace_type: namespaceType,
    comments: t.array(form(comment, { ...commentServer, ...commentUpdated })),
    ...server,
    ...itemMarks,
  },
);
