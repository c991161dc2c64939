import { isJson, type Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { isKibanaError } from "../errors.js";
import { incomplete, objects, unexpected } from "./values.js";

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
  const call: Call = {
    method: "POST",
    path: "/api/detection_engine/rules/preview",
    space,
    body: { ...rule, invocationCount, timeframeEnd },
    doing: `preview rule "${String(rule["name"])}"`,
    privilege: 'Security: Rules, read, and read on the indices ".preview.alerts-security.alerts-*"',
    // What a preview leaves behind is alerts under an id of its own.
    repeat: "repeatable",
    large: true,
  };
  const body = await client.json(call);
  if (!isJson(body)) throw unexpected(call);
  const { previewId } = body;
  return {
    ...(typeof previewId === "string" ? { previewId } : {}),
    isAborted: body["isAborted"] === true,
    logs: objects(body["logs"], call).map(logOf),
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
  let other: Call | undefined;
  for (const way of ways) {
    const body = await unlessClosed(client, way);
    if (body === undefined) continue;
    const hits = hitsOf(body, way);
    if (hits !== undefined) return hits;
    other = way;
  }
  if (other !== undefined) throw unexpected(other);
  return undefined;
}

async function unlessClosed(client: Client, call: Call): Promise<unknown> {
  try {
    return await client.json(call);
  } catch (error) {
    if (isKibanaError(error, "validation", "privilege", "no-api", "not-found")) return undefined;
    throw error;
  }
}

/**
 * Both ways answer with a search's result, Kibana's own around it; undefined for an answer of another form. The hits of some
 * shards are not all hits.
 */
function hitsOf(body: unknown, asked: Call): PreviewHits | undefined {
  const outer = isJson(body) ? body : {};
  const result = isJson(outer["rawResponse"]) ? outer["rawResponse"] : outer;
  const hits = result["hits"];
  if (!isJson(hits)) return undefined;
  const { total } = hits;
  const count = isJson(total) ? total["value"] : total;
  if (typeof count !== "number") return undefined;
  const failed = isJson(result["_shards"]) ? result["_shards"]["failed"] : 0;
  if (
    outer["isRunning"] === true ||
    result["timed_out"] === true ||
    (typeof failed === "number" && failed > 0)
  )
    throw incomplete(asked, "the search did not reach all shards in time");
  const alerts = objects(hits["hits"], asked).flatMap(({ _source: source }) =>
    isJson(source) ? [source] : [],
  );
  return { total: count, alerts };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
