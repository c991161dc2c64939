/** Searches by the two internal ways, which find the alerts of previews too. No rule runs here: they find nothing. */
import { may } from "../http/auth.js";
import { PlatformError } from "../http/errors.js";
import { json } from "../http/responses.js";
import type { Call, Route } from "../http/call.js";
import { checkedQuery } from "../http/route.js";
import { object, string } from "../validate/schema.js";
import { nothingFound } from "./alerts.js";

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
  const { params } = (call.body ?? {}) as {
    readonly params?: { readonly index?: unknown; readonly body?: unknown };
  };
  const refused = refusal(call, String(params?.index));
  if (refused !== undefined) {
    const { type, reason } = refused;
    throw new PlatformError(403, type, {}, { error: { type, reason, root_cause: [refused] } });
  }
  return {
    isPartial: false,
    isRunning: false,
    rawResponse: nothingFound(params?.body ?? params),
    total: 1,
    loaded: 1,
    isRestored: false,
  };
}

const proxyQuery = object({ method: string(), path: string() });

/** The way of Kibana's console, which hands a request on to Elasticsearch. */
function proxy(call: Call): unknown {
  const { method, path } = checkedQuery(call, proxyQuery);
  const index = /^\/?([^/]+)\/_search(?:\?|$)/.exec(path)?.[1];
  if (index === undefined || (method !== "POST" && method !== "GET")) {
    return json({ error: `no handler found for uri [/${path}] and method [${method}]` }, 400);
  }
  const refused = refusal(call, decodeURIComponent(index));
  if (refused === undefined) return nothingFound(call.body);
  return json({ error: { root_cause: [refused], ...refused }, status: 403 }, 403);
}

export const searchRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/internal/search/:strategy",
    internal: true,
    readOnly: true,
    handle: searchInternally,
  },
  { method: "POST", path: "/api/console/proxy", internal: true, readOnly: true, handle: proxy },
];
