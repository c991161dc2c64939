import type {
  ExceptionItemCreate,
  ExceptionItemResponse,
  ExceptionItemUpdate,
  ExceptionListCreate,
  ExceptionListResponse,
  ExceptionListUpdate,
  ExportedExceptionItem,
  ExportedExceptionList,
} from "../exceptions.js";
import { type Decoded, decodeWith, type UnknownKeys } from "./decode.js";
import * as codecs from "./exception-codecs.js";

/** Checks what `POST /api/exception_lists` is to take. */
export function decodeListCreate(
  value: unknown,
  unknownKeys: UnknownKeys = "reject",
): Decoded<ExceptionListCreate> {
  return decodeWith(codecs.listCreate, value, unknownKeys);
}

export function decodeListUpdate(
  value: unknown,
  unknownKeys: UnknownKeys = "reject",
): Decoded<ExceptionListUpdate> {
  return decodeWith(codecs.listUpdate, value, unknownKeys);
}

/** Checks a list as Kibana returns it. */
export function decodeListResponse(
  value: unknown,
  unknownKeys: UnknownKeys = "keep",
): Decoded<ExceptionListResponse> {
  return decodeWith(codecs.listResponse, value, unknownKeys);
}

/** Checks a list line of an export, scrubbed or not. */
export function decodeExportedList(
  value: unknown,
  unknownKeys: UnknownKeys = "keep",
): Decoded<ExportedExceptionList> {
  return decodeWith(codecs.exportedList, value, unknownKeys);
}

/** Checks what `POST /api/exception_lists/items` is to take. */
export function decodeItemCreate(
  value: unknown,
  unknownKeys: UnknownKeys = "reject",
): Decoded<ExceptionItemCreate> {
  return decodeWith(codecs.itemCreate, value, unknownKeys);
}

export function decodeItemUpdate(
  value: unknown,
  unknownKeys: UnknownKeys = "reject",
): Decoded<ExceptionItemUpdate> {
  return decodeWith(codecs.itemUpdate, value, unknownKeys);
}

/** Checks an item as Kibana returns it. */
export function decodeItemResponse(
  value: unknown,
  unknownKeys: UnknownKeys = "keep",
): Decoded<ExceptionItemResponse> {
  return decodeWith(codecs.itemResponse, value, unknownKeys);
}

/** Checks an item line of an export, scrubbed or not. */
export function decodeExportedItem(
  value: unknown,
  unknownKeys: UnknownKeys = "keep",
): Decoded<ExportedExceptionItem> {
  return decodeWith(codecs.exportedItem, value, unknownKeys);
}
