import type * as t from "io-ts";
import type { ValueListCreate, ValueListResponse, ValueListUpdate } from "../value-lists.js";
import { type Decoded, decodeWith, type UnknownKeys } from "./decode.js";
import * as codecs from "./value-list-codecs.js";

/** Checks what `POST /api/lists` is to take. */
export function decodeValueListCreate(
  value: unknown,
  unknownKeys: UnknownKeys = "reject",
): Decoded<ValueListCreate> {
  // The codec knows which types there are; what is sent has its type as text, from a file that the schema has checked.
  const codec: unknown = codecs.valueListCreate;
  return decodeWith(codec as t.Type<ValueListCreate>, value, unknownKeys);
}

/** Checks what `PUT /api/lists` is to take: the type cannot change. */
export function decodeValueListUpdate(
  value: unknown,
  unknownKeys: UnknownKeys = "reject",
): Decoded<ValueListUpdate> {
  return decodeWith<ValueListUpdate>(codecs.valueListUpdate, value, unknownKeys);
}

/** Checks a value list as Kibana returns it. */
export function decodeValueListResponse(
  value: unknown,
  unknownKeys: UnknownKeys = "keep",
): Decoded<ValueListResponse> {
  return decodeWith<ValueListResponse>(codecs.valueListResponse, value, unknownKeys);
}
