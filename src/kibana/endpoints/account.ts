import { isJson } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { isKibanaError } from "../errors.js";
import { type Asked, objects, unexpected, withStrings } from "./values.js";

/** Whose credentials these are. */
export interface Account {
  /** For an API key, its owner's. */
  readonly username: string;
  readonly kind: "api-key" | "user" | "unknown";
  readonly key?: {
    readonly id?: string;
    readonly name?: string;
    /** `elasticsearch`, or `cloud` for the keys of an organisation. */
    readonly managedBy?: string;
    /** The key is of an Elastic Cloud organisation: Kibana enables no rule with it. */
    readonly ofOrganization?: true;
  };
  /** Absent for API keys, whose privileges come from the key. */
  readonly roles?: readonly string[];
}

const ME: Call = {
  method: "GET",
  path: "/internal/security/me",
  internal: "plain",
  doing: "read whose credentials these are",
  repeat: "repeatable",
};

/**
 * Whose credentials these are: by `GET /internal/security/me`, which needs no privilege but may be blocked; then by what the
 * detection engine's privileges tell, which is the name alone.
 */
export async function whoAmI(client: Client, space = "default"): Promise<Account> {
  try {
    return accountOf(await client.json(ME), ME);
  } catch (error) {
    if (!isKibanaError(error, "validation", "privilege", "no-api", "not-found", "not-kibana")) throw error;
    const { username } = await detectionPrivileges(client, space);
    return { username: username ?? "", kind: "unknown" };
  }
}

/** The realm that tells the keys of Elastic Cloud organisations from those of a deployment or project. */
const ORGANIZATION_REALM = "_cloud_api_key";

function accountOf(body: unknown, asked: Asked): Account {
  const found = withStrings(body, asked, "username");
  const { username, api_key: key, authentication_type: type, roles, authentication_realm: realm } = found;
  const isOrganizations =
    isJson(realm) && (realm["name"] === ORGANIZATION_REALM || realm["type"] === ORGANIZATION_REALM);
  const isKey = type === "api_key" || isJson(key) || isOrganizations;
  const kind = isKey ? "api-key" : type === "realm" ? "user" : "unknown";
  return {
    username,
    kind,
    ...(isJson(key) || isOrganizations
      ? {
          key: {
            ...(isJson(key) ? keyOf(key) : {}),
            ...(isOrganizations ? { ofOrganization: true } : {}),
          },
        }
      : {}),
    ...(kind !== "api-key" && Array.isArray(roles) ? { roles: roles.filter(isText) } : {}),
  };
}

function keyOf({ id, name, managed_by: managedBy }: Readonly<Record<string, unknown>>): {
  id?: string;
  name?: string;
  managedBy?: string;
} {
  return {
    ...(isText(id) ? { id } : {}),
    ...(isText(name) ? { name } : {}),
    ...(isText(managedBy) ? { managedBy } : {}),
  };
}

/** What the detection engine says of the caller in a space. */
export interface DetectionPrivileges {
  readonly username?: string;
  /** Of Elasticsearch's privileges on the alerts; says nothing about writing rules. */
  readonly hasAllRequested?: boolean;
  /** Without it Kibana cannot create rules: `xpack.encryptedSavedObjects.encryptionKey` is not set. */
  readonly hasEncryptionKey: boolean;
  readonly isAuthenticated: boolean;
}

/** `GET /api/detection_engine/privileges`. Refused with 403 where the caller may not even read detections. */
export async function detectionPrivileges(client: Client, space: string): Promise<DetectionPrivileges> {
  const call: Call = {
    method: "GET",
    path: "/api/detection_engine/privileges",
    space,
    doing: "read the detection engine's privileges",
    privilege: "Security: Rules, read",
    repeat: "repeatable",
  };
  const body = await client.json(call);
  if (!isJson(body) || typeof body["has_encryption_key"] !== "boolean") throw unexpected(call);
  const { username, has_all_requested: hasAll } = body;
  return {
    ...(isText(username) ? { username } : {}),
    ...(typeof hasAll === "boolean" ? { hasAllRequested: hasAll } : {}),
    hasEncryptionKey: body["has_encryption_key"],
    isAuthenticated: body["is_authenticated"] !== false,
  };
}

/** The stack's licence. Serverless has tiers instead: what it says here means nothing. */
export interface Licence {
  /** `basic`, `standard`, `gold`, `platinum`, `enterprise` or `trial`. */
  readonly type: string;
  readonly status: string;
  /** Milliseconds since 1970. */
  readonly expires?: number;
}

/** `GET /api/licensing/info`, which Kibana keeps to itself; undefined where it does not tell. */
export async function licence(client: Client): Promise<Licence | undefined> {
  const call: Call = {
    method: "GET",
    path: "/api/licensing/info",
    internal: "plain",
    doing: "read the licence",
    repeat: "repeatable",
  };
  const body = await unlessRefused(client.json(call));
  if (body === undefined) return undefined;
  const found = isJson(body) ? body["license"] : undefined;
  if (!isJson(found)) throw unexpected(call);
  if (!isText(found["type"])) return undefined;
  const { type, status, expiryDateInMillis: expires } = found;
  return {
    type,
    status: isText(status) ? status : "unknown",
    ...(typeof expires === "number" ? { expires } : {}),
  };
}

/** `GET /api/features`: the ids of Kibana's features; undefined where the caller may not read them. */
export async function features(client: Client): Promise<string[] | undefined> {
  const call: Call = {
    method: "GET",
    path: "/api/features",
    doing: "list Kibana's features",
    privilege: "to read features",
    repeat: "repeatable",
  };
  const body = await unlessRefused(client.json(call));
  return body === undefined ? undefined : objects(body, call).flatMap(({ id }) => (isText(id) ? [id] : []));
}

/** Whether rules may be written, and Kibana's words where they may not. */
export interface WriteProbe {
  readonly permitted: boolean;
  readonly reason?: string;
}

/** No rule has this id, so that the probe looks at privileges alone. */
const NO_RULE = 'alert.attributes.params.ruleId: "kdac-probe-of-privileges"';

/**
 * `POST /rules/_bulk_action?dry_run=true`: whether the caller may write rules in a space; writes nothing. From 9.4 on Kibana may
 * answer for each rule: give the id of one (Kibana's own) where there is one.
 */
export async function bulkDryRun(client: Client, space: string, ruleId?: string): Promise<WriteProbe> {
  const call: Call = {
    method: "POST",
    path: "/api/detection_engine/rules/_bulk_action",
    space,
    query: { dry_run: true },
    body: {
      action: "edit",
      ...(ruleId === undefined ? { query: NO_RULE } : { ids: [ruleId] }),
      edit: [{ type: "add_tags", value: ["kdac"] }],
    },
    doing: "try a change of rules",
    privilege: "Security: Rules, all",
    repeat: "repeatable",
    accept: [500],
  };
  try {
    const body = await client.json(call);
    const attributes = isJson(body) ? body["attributes"] : undefined;
    if (!isJson(attributes) || !isJson(attributes["summary"])) throw unexpected(call);
    const refused = objects(attributes["errors"] ?? [], call).find(
      (error) => error["err_code"] === "USER_INSUFFICIENT_RULE_PRIVILEGES" || error["status_code"] === 403,
    );
    if (refused === undefined) return { permitted: true };
    return { permitted: false, ...(isText(refused["message"]) ? { reason: refused["message"] } : {}) };
  } catch (error) {
    if (!isKibanaError(error, "privilege")) throw error;
    return { permitted: false, reason: error.messages.join("; ") };
  }
}

/** For what is nice to know: a Kibana that does not have it or does not tell it is no failure. */
async function unlessRefused(reading: Promise<unknown>): Promise<unknown> {
  try {
    return await reading;
  } catch (error) {
    if (isKibanaError(error, "validation", "privilege", "no-api", "not-found")) return undefined;
    throw error;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
