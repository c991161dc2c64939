/** What Kibana says about itself, its licence and the caller. */
import { may } from "../http/auth.js";
import { SiemError } from "../http/errors.js";
import type { Call, Route } from "../http/call.js";
import { isNobody } from "../http/route.js";
import type { ApiKey } from "../options.js";
import { atLeast } from "../version.js";

const AVAILABLE = { level: "available", summary: "All services and plugins are available" };
const PLUGINS = [
  "actions",
  "alerting",
  "features",
  "licensing",
  "lists",
  "security",
  "securitySolution",
  "spaces",
];

/** Strangers see the level only. */
function status(call: Call) {
  if (isNobody(call)) return { status: { overall: { level: "available" } } };
  const { kernel } = call;
  const { version, state } = kernel;
  return {
    name: "kdac",
    uuid: state.uuid,
    version: {
      number: version.replace(/-SNAPSHOT$/, ""),
      build_hash: "0".repeat(40),
      build_number: 0,
      build_snapshot: version.endsWith("-SNAPSHOT"),
      ...(kernel.has("buildFlavor")
        ? {
            build_flavor: kernel.isServerless ? "serverless" : "traditional",
            build_date: "1970-01-01T00:00:00.000Z",
          }
        : {}),
    },
    status: {
      overall: AVAILABLE,
      core: {
        elasticsearch: {
          level: "available",
          summary: "Elasticsearch is available",
          meta: { warningNodes: [], incompatibleNodes: [] },
        },
        savedObjects: {
          level: "available",
          summary: "SavedObjects service has completed migrations and is available",
          meta: { migratedIndices: { migrated: 0, skipped: 0, patched: 0 } },
        },
      },
      plugins: Object.fromEntries(PLUGINS.map((plugin) => [plugin, AVAILABLE])),
    },
  };
}

function realmOf(key: ApiKey | undefined): { readonly name: string; readonly type: string } {
  if (key === undefined) return { name: "native1", type: "native" };
  const name = key.organization === true ? "_cloud_api_key" : "_es_api_key";
  return { name, type: name };
}

/** `GET /internal/security/me`. An API key acts for its owner. */
function me({ kernel, user, scheme }: Call) {
  const { key } = user;
  const realm = realmOf(key);
  const isRestricted = (user.lacks?.length ?? 0) > 0 || user.spaces !== undefined;
  return {
    username: user.username,
    roles: key !== undefined ? [] : isRestricted ? ["restricted"] : ["superuser"],
    full_name: null,
    email: null,
    metadata: {},
    enabled: true,
    authentication_realm: realm,
    lookup_realm: realm,
    authentication_type: key === undefined ? "realm" : "api_key",
    authentication_provider: { type: "http", name: "__http__" },
    elastic_cloud_user: kernel.isServerless,
    ...(kernel.has("authenticationScheme") ? { http_authentication_scheme: scheme } : {}),
    ...(key === undefined
      ? {}
      : {
          api_key: {
            id: Buffer.from(key.encoded, "base64").toString("utf8").split(":")[0],
            name: key.name ?? "kdac",
            managed_by: key.managedBy ?? (key.organization === true ? "cloud" : "elasticsearch"),
          },
        }),
  };
}

/** Security's own feature changed its id with its generations; first versions of these are approximate. */
const SECURITY_FEATURES: readonly (readonly [from: string, ids: readonly string[]])[] = [
  ["9.4", ["siemV5", "securitySolutionRulesV1"]],
  ["9.2", ["siemV4"]],
  ["9.1", ["siemV3"]],
  ["8.18", ["siemV2"]],
  ["0.0", ["siem"]],
];

function features({ kernel }: Call) {
  const [, security] = SECURITY_FEATURES.find(([from]) => atLeast(kernel.version, from))!;
  const category = { id: "securitySolution", label: "Security" };
  return [...security, "securitySolutionCasesV3", "actions", "savedObjectsManagement"].map((id) => ({
    id,
    name: id,
    app: [],
    category,
    privileges: { all: {}, read: {} },
    subFeatures: [],
  }));
}

const LICENSED = ["actions", "alerting", "security", "securitySolution", "spaces"];

/** A serverless project says that it is licensed for everything; its tier decides in truth. */
function licensing({ kernel }: Call) {
  return {
    license: {
      uid: kernel.state.uuid,
      type: kernel.license,
      mode: kernel.license,
      status: "active",
      expiryDateInMillis: Date.parse("2999-12-31T00:00:00Z"),
    },
    features: Object.fromEntries(
      [...LICENSED, "ml"].map((name) => [
        name,
        { isAvailable: name !== "ml" || kernel.allowsMl, isEnabled: true },
      ]),
    ),
    signature: "0".repeat(64),
  };
}

const ALERTS = ".alerts-security.alerts-";

function privileges({ kernel, user, space }: Call) {
  const can = (privilege: "read" | "write"): boolean => may(user, privilege) && may(user, "alerts");
  const index = {
    all: can("write"),
    manage: can("write"),
    read: can("read"),
    write: can("write"),
    index: can("write"),
    maintenance: can("write"),
    view_index_metadata: can("read"),
  };
  return {
    username: user.username,
    has_all_requested: can("write") && can("read"),
    cluster: { monitor_ml: can("read"), manage_ml: can("write"), manage: can("write"), monitor: can("read") },
    index: { [`${ALERTS}${space.id}`]: index },
    application: {},
    is_authenticated: true,
    has_encryption_key: kernel.server.encryptionKey,
  };
}

const ENGINE = "/api/detection_engine";

export const serverRoutes: readonly Route[] = [
  { method: "GET", path: "/api/status", openToAll: true, handle: status },
  { method: "GET", path: "/internal/security/me", internal: true, handle: me },
  { method: "GET", path: "/api/licensing/info", internal: true, handle: licensing },
  { method: "GET", path: "/api/features", privilege: "features", handle: features },
  { method: "GET", path: `${ENGINE}/privileges`, privilege: "read", handle: privileges },
  {
    method: "GET",
    path: `${ENGINE}/index`,
    privilege: "read",
    handle: ({ space }) => ({ name: `${ALERTS}${space.id}`, index_mapping_outdated: false }),
  },
  {
    method: "POST",
    path: `${ENGINE}/index`,
    privilege: "write",
    handle: () => ({ acknowledged: true }),
  },
  {
    method: "DELETE",
    path: `${ENGINE}/index`,
    privilege: "write",
    handle: ({ space }) => {
      throw new SiemError(404, `index: ".siem-signals-${space.id}" does not exist`);
    },
  },
];
