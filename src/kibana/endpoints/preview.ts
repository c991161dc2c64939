import { isJson, type Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { isKibanaError } from "../errors.js";
import { objects, unexpected } from "./values.js";

export interface PreviewWindow {
  /** Runs, one interval apart; the last one is at `timeframeEnd`. */
  readonly invocationCount: number;
  /** ISO date-time. */
  readonly timeframeEnd: string;
}

/** What one run of a preview said. */
export interface PreviewLog {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** ISO date-time of the run. */
  readonly startedAt?: string;
  /** Milliseconds. */
  readonly duration?: number;
}

export interface Preview {
  /** Names the alerts that it wrote; absent where it was refused as a whole. */
  readonly previewId?: string;
  /** Kibana gave up after a minute (trap 39). */
  readonly isAborted: boolean;
  readonly logs: readonly PreviewLog[];
}

/**
 * `POST /rules/preview`: runs a rule on live data with the caller's own privileges, without creating it; its actions do
 * not run. The same errors as on creation are a KibanaError; those of a run are in the logs, which end with the first
 * failed one.
 *
 * @param rule in create form
 */
export async function previewRule(
  client: Client,
  space: string,
  rule: Json,
  { invocationCount, timeframeEnd }: PreviewWindow,
): Promise<Preview> {
  const doing = `preview rule "${String(rule["name"])}"`;
  const body = await client.json({
    method: "POST",
    path: "/api/detection_engine/rules/preview",
    space,
    body: { ...rule, invocationCount, timeframeEnd },
    doing,
    privilege: 'Security: Rules, read, and read on the indices ".preview.alerts-security.alerts-*"',
    // What a preview leaves behind is alerts under an id of its own.
    repeat: "repeatable",
    large: true,
  });
  if (!isJson(body) || !Array.isArray(body["logs"])) throw unexpected(doing);
  const { previewId } = body;
  return {
    ...(typeof previewId === "string" ? { previewId } : {}),
    isAborted: body["isAborted"] === true,
    logs: objects(body["logs"]).map(logOf),
  };
}

function logOf({ errors, warnings, startedAt, duration }: Json): PreviewLog {
  return {
    errors: texts(errors),
    warnings: texts(warnings),
    ...(typeof startedAt === "string" ? { startedAt } : {}),
    ...(typeof duration === "number" ? { duration } : {}),
  };
}

export interface PreviewHits {
  readonly total: number;
  /** The alerts' sources, earliest first. */
  readonly alerts: readonly Json[];
}

/**
 * The alerts that a preview wrote. There is no public API for them: Kibana's own search and the console's proxy, both
 * internal, are tried in this order. They are written without a refresh, so the first look may come too early: ask again after a
 * second.
 *
 * @param size alerts to return at most
 * @returns undefined where neither way is open to the caller
 */
export async function previewHits(
  client: Client,
  space: string,
  previewId: string,
  size: number,
): Promise<PreviewHits | undefined> {
  const index = `.preview.alerts-security.alerts-${space}`;
  const search = {
    size,
    track_total_hits: true,
    query: { term: { "kibana.alert.rule.uuid": previewId } },
    sort: [{ "@timestamp": { order: "asc" } }],
  };
  const common = {
    method: "POST",
    space,
    doing: "read a preview's alerts",
    repeat: "repeatable",
  } as const satisfies Partial<Call>;
  const ways: readonly Call[] = [
    { ...common, path: "/internal/search/es", internal: "versioned", body: { params: { index, ...search } } },
    {
      ...common,
      path: "/api/console/proxy",
      internal: "plain",
      query: { method: "POST", path: `${index}/_search` },
      body: search,
    },
  ];
  for (const way of ways) {
    const hits = hitsOf(await unlessClosed(client, way));
    if (hits !== undefined) return hits;
  }
  return undefined;
}

async function unlessClosed(client: Client, call: Call): Promise<unknown> {
  try {
    return await client.json(call);
  } catch (error) {
    // The console hands on Elasticsearch's own error bodies, which look like another server's.
    if (isKibanaError(error, "validation", "privilege", "no-api", "not-found", "not-kibana"))
      return undefined;
    throw error;
  }
}

/** Both ways answer with a search's result, Kibana's own around it. */
function hitsOf(body: unknown): PreviewHits | undefined {
  const result = isJson(body) && isJson(body["rawResponse"]) ? body["rawResponse"] : body;
  const hits = isJson(result) ? result["hits"] : undefined;
  if (!isJson(hits)) return undefined;
  const alerts = objects(hits["hits"]).flatMap(({ _source: source }) => (isJson(source) ? [source] : []));
  const { total } = hits;
  const count = isJson(total) ? total["value"] : total;
  return { total: typeof count === "number" ? count : alerts.length, alerts };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
