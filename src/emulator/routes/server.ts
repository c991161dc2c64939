/** What Kibana says about itself, its licence and the caller. */
import { SiemError } from "../http/errors.js";
import { type Call, isNobody, type Route } from "../http/route.js";
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
  const { version, state } = call.kernel;
  return {
    name: "kdac",
    uuid: state.uuid,
    version: {
      number: version.replace(/-SNAPSHOT$/, ""),
      build_hash: "0".repeat(40),
      build_number: 0,
      build_snapshot: version.endsWith("-SNAPSHOT"),
      ...(atLeast(version, "8.10")
        ? { build_flavor: "traditional", build_date: "1970-01-01T00:00:00.000Z" }
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

/** `GET /internal/security/me`. An API key acts for its owner. */
function me({ user, scheme }: Call) {
  const byKey = scheme === "apikey";
  const realm = byKey ? { name: "_es_api_key", type: "_es_api_key" } : { name: "native1", type: "native" };
  return {
    username: user.username,
    roles: byKey ? [] : user.lacks === undefined ? ["superuser"] : ["restricted"],
    full_name: null,
    email: null,
    metadata: {},
    enabled: true,
    authentication_realm: realm,
    lookup_realm: realm,
    authentication_type: byKey ? "api_key" : "realm",
    authentication_provider: { type: "http", name: "__http__" },
    elastic_cloud_user: false,
    http_authentication_scheme: scheme,
    ...(byKey ? { api_key: { id: "kdac", name: "kdac", managed_by: "elasticsearch" } } : {}),
  };
}

const FEATURES = ["actions", "alerting", "security", "securitySolution", "spaces"];

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
      [...FEATURES, "ml"].map((name) => [
        name,
        { isAvailable: name !== "ml" || kernel.allowsMl, isEnabled: true },
      ]),
    ),
    signature: "0".repeat(64),
  };
}

const ALERTS = ".alerts-security.alerts-";

function privileges({ user, space }: Call) {
  const can = (privilege: "read" | "write"): boolean => user.lacks?.includes(privilege) !== true;
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
    has_encryption_key: true,
  };
}

const SEARCH_KEYS = ["query", "aggs", "_source", "fields", "track_total_hits", "size", "sort"];

/** There are no alerts here, so a search for them finds none. */
function searchAlerts({ body }: Call) {
  const sent = typeof body === "object" && body !== null ? body : {};
  if (!SEARCH_KEYS.some((key) => key in sent)) {
    throw new SiemError(400, '"value" must have at least 1 children');
  }
  return {
    took: 0,
    timed_out: false,
    _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    hits: { total: { value: 0, relation: "eq" }, max_score: null, hits: [] },
  };
}

function setAlertStatus() {
  return {
    took: 0,
    timed_out: false,
    total: 0,
    updated: 0,
    deleted: 0,
    batches: 0,
    version_conflicts: 0,
    noops: 0,
    retries: { bulk: 0, search: 0 },
    throttled_millis: 0,
    requests_per_second: -1,
    throttled_until_millis: 0,
    failures: [],
  };
}

const ENGINE = "/api/detection_engine";

export const serverRoutes: readonly Route[] = [
  { method: "GET", path: "/api/status", openToAll: true, handle: status },
  { method: "GET", path: "/internal/security/me", internal: true, handle: me },
  { method: "GET", path: "/api/licensing/info", internal: true, handle: licensing },
  {
    method: "GET",
    path: "/api/features",
    handle: () =>
      FEATURES.map((id) => ({ id, name: id, app: [], category: { id: "management", label: "Management" } })),
  },
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
  {
    method: "POST",
    path: `${ENGINE}/signals/search`,
    privilege: "read",
    readOnly: true,
    handle: searchAlerts,
  },
  {
    method: "POST",
    path: `${ENGINE}/signals/status`,
    privilege: "write",
    readOnly: true,
    handle: setAlertStatus,
  },
];
