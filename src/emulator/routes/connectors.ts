/** `/api/actions`: connectors. */
import type { ConnectorResponse } from "../../kibana/connector.js";
import {
  CONNECTOR_TYPES,
  type ConnectorType,
  connectorProblem,
  featuresOf,
  isLicensed,
  missing,
} from "../connectors/types.js";
import { PlatformError } from "../http/errors.js";
import { noContent } from "../http/responses.js";
import type { Call, Route } from "../http/call.js";
import { checkedQuery } from "../http/route.js";
import type { Kernel } from "../kernel.js";
import type { StoredConnector } from "../store/state.js";
import { object, optional, string } from "../validate/schema.js";
import { type Shape, strictBody } from "../validate/strict.js";

const CONNECTOR = "/api/actions/connector";

type Values = Readonly<Record<string, unknown>>;

interface ConnectorBody {
  readonly name: string;
  readonly connector_type_id: string;
  readonly config?: Values;
  readonly secrets?: Values;
}

const notBlank = (value: unknown): string | undefined =>
  String(value).trim() === "" ? `value '' is not valid` : undefined;

const updateShape: Shape = {
  name: { kind: "string", required: true, demand: notBlank },
  config: { kind: "object" },
  secrets: { kind: "object" },
};
const createShape: Shape = { ...updateShape, connector_type_id: { kind: "string", required: true } };

function toResponse(connector: StoredConnector): ConnectorResponse {
  return {
    id: connector.id,
    name: connector.name,
    ...(connector.preconfigured ? {} : { config: { ...connector.config } }),
    connector_type_id: connector.type,
    is_preconfigured: connector.preconfigured,
    is_deprecated: false,
    is_connector_type_deprecated: false,
    ...(connector.preconfigured ? {} : { is_missing_secrets: connector.missingSecrets }),
    is_system_action: false,
  };
}

const notFound = (id: string): PlatformError =>
  new PlatformError(404, `Saved object [action/${id}] not found`);

function required(call: Call): StoredConnector {
  const id = call.params["id"]!;
  const connector = call.kernel.connector(call.space, id);
  if (connector === undefined) throw notFound(id);
  return connector;
}

function usableType(call: Call, id: string): ConnectorType {
  const type = CONNECTOR_TYPES.get(id);
  if (type === undefined) throw new PlatformError(400, `Action type "${id}" is not registered.`);
  if (!isLicensed(type, call.kernel.license)) {
    throw new PlatformError(
      403,
      `Action type ${id} is disabled because your ${call.kernel.license} license does not support it. Please upgrade your license.`,
    );
  }
  return type;
}

function checkValues(type: ConnectorType, body: Partial<ConnectorBody>): void {
  const problem = connectorProblem(type, body.config ?? {}, body.secrets ?? {});
  if (problem !== undefined) throw new PlatformError(400, problem);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function requireEncryption({ server }: Kernel): void {
  if (server.encryptionKey) return;
  throw new PlatformError(
    500,
    "Unable to create action because the Encrypted Saved Objects plugin is missing encryption key. Please set xpack.encryptedSavedObjects.encryptionKey in the kibana.yml or use the bin/kibana-encryption-keys command.",
  );
}

function create(call: Call): ConnectorResponse {
  const { kernel, space } = call;
  const body = strictBody<ConnectorBody>(call.body, createShape);
  requireEncryption(kernel);
  const type = usableType(call, body.connector_type_id);
  checkValues(type, body);
  const id = call.params["id"] ?? kernel.uuid();
  if (kernel.connector(space, id)?.preconfigured === true) {
    throw new PlatformError(400, `This ${id} already exists in a preconfigured action.`);
  }
  if (!kernel.has("anyConnectorId") && !UUID.test(id)) {
    throw new PlatformError(
      400,
      "Predefined IDs are not allowed for saved objects with encrypted attributes unless the ID is a UUID.: Bad Request",
    );
  }
  if (space.connectors.has(id)) throw new PlatformError(409, `Saved object [action/${id}] conflict`);
  const now = kernel.now();
  const connector: StoredConnector = {
    id,
    name: body.name,
    type: type.id,
    config: { ...type.defaults, ...body.config },
    hasSecrets: Object.keys(body.secrets ?? {}).length > 0,
    missingSecrets: false,
    preconfigured: false,
    created_at: now,
    updated_at: now,
  };
  space.connectors.set(id, connector);
  return toResponse(connector);
}

/** Replaces name, configuration and secrets; a type cannot change. */
function update(call: Call): ConnectorResponse {
  const body = strictBody<ConnectorBody>(call.body, updateShape);
  const existing = required(call);
  if (existing.preconfigured) {
    throw new PlatformError(400, `Preconfigured action ${existing.id} can not be updated.`);
  }
  const type = usableType(call, existing.type);
  checkValues(type, body);
  const connector: StoredConnector = {
    ...existing,
    name: body.name,
    config: { ...type.defaults, ...body.config },
    hasSecrets: Object.keys(body.secrets ?? {}).length > 0,
    missingSecrets: false,
    updated_at: call.kernel.now(),
  };
  call.space.connectors.set(existing.id, connector);
  return toResponse(connector);
}

function remove(call: Call): Response {
  const { id, preconfigured } = required(call);
  if (preconfigured) throw new PlatformError(400, `Preconfigured action ${id} is not allowed to delete.`);
  call.space.connectors.delete(id);
  return noContent();
}

function list({ kernel, space }: Call): ConnectorResponse[] {
  const uses = new Map<string, number>();
  for (const rule of space.rules.values()) {
    for (const id of new Set(rule.actions.map((action) => action.id))) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  return kernel
    .connectors(space)
    .map((connector) => ({ ...toResponse(connector), referenced_by_count: uses.get(connector.id) ?? 0 }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

const executeShape: Shape = { params: { kind: "object", required: true } };

/** What is written to an index or to a log is dropped; nothing is ever sent to anyone. */
function execute(call: Call) {
  const { id, type: typeId } = required(call);
  const { params } = strictBody<{ readonly params: Values }>(call.body, executeShape);
  const type = usableType(call, typeId);
  const problem = missing(params, type.params);
  const failed = (message: string) => ({ status: "error", connector_id: id, message, retry: false });
  if (problem !== undefined) return failed(`error validating action params: ${problem}`);
  switch (typeId) {
    case ".server-log":
      return { status: "ok", connector_id: id };
    case ".index": {
      const documents = params["documents"] as readonly unknown[];
      const items = documents.map(() => ({ index: { status: 201, result: "created" } }));
      return { status: "ok", data: { took: 0, errors: false, items }, connector_id: id };
    }
    default:
      return failed(`the embedded Kibana runs no ${type.name} actions: nothing was sent`);
  }
}

const typesQuery = object({ feature_id: optional(string()) });

function types(call: Call) {
  const { kernel } = call;
  const { feature_id: feature } = checkedQuery(call, typesQuery);
  const asked = [...CONNECTOR_TYPES.values()].filter(
    (type) => feature === undefined || featuresOf(type).includes(feature),
  );
  return asked.map((type) => {
    const licensed = isLicensed(type, kernel.license);
    return {
      id: type.id,
      name: type.name,
      enabled: licensed,
      enabled_in_config: true,
      enabled_in_license: licensed,
      minimum_license_required: type.license,
      supported_feature_ids: featuresOf(type),
      is_system_action_type: false,
      is_deprecated: false,
    };
  });
}

export const connectorRoutes: readonly Route[] = [
  { method: "GET", path: "/api/actions/connectors", privilege: "read", handle: list },
  { method: "GET", path: "/api/actions/connector_types", privilege: "read", handle: types },
  { method: "POST", path: CONNECTOR, privilege: "connectors", handle: create },
  { method: "POST", path: `${CONNECTOR}/:id`, privilege: "connectors", handle: create },
  {
    method: "GET",
    path: `${CONNECTOR}/:id`,
    privilege: "read",
    handle: (call) => toResponse(required(call)),
  },
  { method: "PUT", path: `${CONNECTOR}/:id`, privilege: "connectors", handle: update },
  { method: "DELETE", path: `${CONNECTOR}/:id`, privilege: "connectors", handle: remove },
  { method: "POST", path: `${CONNECTOR}/:id/_execute`, privilege: "connectors", handle: execute },
];
