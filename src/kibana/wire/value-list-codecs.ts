/** Codecs of value lists; `value-lists.ts` has their types. */
import * as t from "io-ts";
import { VALUE_LIST_TYPES, type ValueListType } from "../value-lists.js";
import { form, freeObject } from "./form.js";
import { nonBlankText, wholeNumber } from "./scalars.js";

const type = t.keyof(
  Object.fromEntries(VALUE_LIST_TYPES.map((name) => [name, null])) as Record<ValueListType, null>,
);
const named = { name: nonBlankText, description: nonBlankText };
const optional = { meta: freeObject, version: wholeNumber(1) };

/** Kibana makes an id where none is sent; here it is the author's, or a rule could not name the list. */
export const valueListCreate = form({ ...named, type, id: nonBlankText }, optional);

export const valueListUpdate = form({ ...named, id: nonBlankText }, { ...optional, _version: t.string });

export const valueListResponse = form(
  {
    ...named,
    type,
    id: nonBlankText,
    immutable: t.boolean,
    version: wholeNumber(1),
    tie_breaker_id: t.string,
    created_at: t.string,
    created_by: t.string,
    updated_at: t.string,
    updated_by: t.string,
  },
  {
    meta: freeObject,
    _version: t.string,
    "@timestamp": t.string,
    serializer: t.string,
    deserializer: t.string,
  },
);
