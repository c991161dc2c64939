/**
 * Searches for alerts, those of previews among them, by the three ways that there are. No rule runs here, so that
 * there are no alerts: every search finds none.
 */
import { may } from "../http/auth.js";
import { PlatformError, SiemError } from "../http/errors.js";
import { json } from "../http/responses.js";
import { type Call, checkedQuery, type Route } from "../http/route.js";
import { object, string } from "../validate/schema.js";

const NOTHING = {
  took: 0,
  timed_out: false,
  _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
  hits: { total: { value: 0, relation: "eq" }, max_score: null, hits: [] },
};

const SEARCH_KEYS = ["query", "aggs", "_source", "fields", "track_total_hits", "size", "sort"];

/** Whatever a client asks for, the search is about the alerts of rules, never about those of previews. */
function searchAlerts({ body }: Call) {
  const sent = typeof body === "object" && body !== null ? body : {};
  if (!SEARCH_KEYS.some((key) => key in sent)) {
    throw new SiemError(400, '"value" must have at least 1 children');
  }
  return NOTHING;
}

/** Elasticsearch decides whether an index may be read. */
function refusal(
  { user }: Call,
  index: string,
): { readonly type: string; readonly reason: string } | undefined {
  const privilege = index.includes(".preview.") ? "preview" : "alerts";
  if (may(user, privilege)) return undefined;
  const who = user.key === undefined ? "user" : "API key";
  return {
    type: "security_exception",
    reason: `action [indices:data/read/search] is unauthorized for ${who} [${user.username}] on indices [${index}], this action is granted by the index privileges [read,all]`,
  };
}

const STRATEGIES = new Set(["ese", "es"]);

/** The search that Kibana's own pages use. */
function searchInternally(call: Call) {
  const { strategy = "" } = call.params;
  if (!STRATEGIES.has(strategy)) throw new PlatformError(404, `Search strategy ${strategy} not found`);
  const { params } = (call.body ?? {}) as { readonly params?: { readonly index?: unknown } };
  const refused = refusal(call, String(params?.index));
  if (refused !== undefined) {
    const { type, reason } = refused;
    throw new PlatformError(403, type, {}, { error: { type, reason, root_cause: [refused] } });
  }
  return {
    isPartial: false,
    isRunning: false,
    rawResponse: NOTHING,
    total: 1,
    loaded: 1,
    isRestored: false,
  };
}

const proxyQuery = object({ method: string(), path: string() });

/** The way of Kibana's console, which hands a request on to Elasticsearch. */
function proxy(call: Call): Response | typeof NOTHING {
  const { method, path } = checkedQuery(call, proxyQuery);
  const index = /^\/?([^/]+)\/_search(?:\?|$)/.exec(path)?.[1];
  if (index === undefined || (method !== "POST" && method !== "GET")) {
    return json({ error: `no handler found for uri [/${path}] and method [${method}]` }, 400);
  }
  const refused = refusal(call, decodeURIComponent(index));
  if (refused === undefined) return NOTHING;
  return json({ error: { root_cause: [refused], ...refused }, status: 403 }, 403);
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

const SIGNALS = "/api/detection_engine/signals";

export const searchRoutes: readonly Route[] = [
  {
    method: "POST",
    path: `${SIGNALS}/search`,
    privilege: "read",
    readOnly: true,
    handle: searchAlerts,
  },
  {
    method: "POST",
    path: `${SIGNALS}/status`,
    privilege: "write",
    readOnly: true,
    handle: setAlertStatus,
  },
  {
    method: "POST",
    path: "/internal/search/:strategy",
    internal: true,
    readOnly: true,
    handle: searchInternally,
  },
  { method: "POST", path: "/api/console/proxy", internal: true, readOnly: true, handle: proxy },
];
