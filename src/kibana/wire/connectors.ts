import type {
  ConnectorCreate,
  ConnectorResponse,
  ConnectorSavedObject,
  ConnectorUpdate,
} from "../connector.js";
import * as codecs from "./connector-codecs.js";
import { type Decoded, decodeWith, type UnknownKeys } from "./decode.js";

/** Checks what `POST /api/actions/connector` is to take. Kibana itself refuses unknown keys here. */
export function decodeConnectorCreate(
  value: unknown,
  unknownKeys: UnknownKeys = "reject",
): Decoded<ConnectorCreate> {
  return decodeWith(codecs.connectorCreate, value, unknownKeys);
}

export function decodeConnectorUpdate(
  value: unknown,
  unknownKeys: UnknownKeys = "reject",
): Decoded<ConnectorUpdate> {
  return decodeWith(codecs.connectorUpdate, value, unknownKeys);
}

/** Checks a connector as Kibana returns it. */
export function decodeConnectorResponse(
  value: unknown,
  unknownKeys: UnknownKeys = "keep",
): Decoded<ConnectorResponse> {
  return decodeWith(codecs.connectorResponse, value, unknownKeys);
}

/** Checks a connector line of an export. */
export function decodeConnectorSavedObject(
  value: unknown,
  unknownKeys: UnknownKeys = "keep",
): Decoded<ConnectorSavedObject> {
  return decodeWith(codecs.connectorSavedObject, value, unknownKeys);
}
