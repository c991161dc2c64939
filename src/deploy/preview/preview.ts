import { type Diagnostic, report } from "../../diagnostics/index.js";
import { isJson, type Json } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import { getRule, type Preview, previewHits, previewRule } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import type { CompiledRule } from "../../rule/index.js";
import { inPool } from "../apply/pool.js";
import { findingsOf, targetOf } from "./findings.js";
import type { Previews, RulePreview } from "./types.js";
import { type Range, type Window, windowOf } from "./window.js";

export interface PreviewRequest {
  readonly environment: string;
  readonly space: string;
  /** Compiled for the space. */
  readonly rules: readonly CompiledRule[];
  readonly range: Range;
  /** More alerts of one rule are an error. */
  readonly maxAlerts?: number;
  readonly onProgress?: (label: string, done: number, total: number) => void;
}

/** Kibana lets ten previews run at a time, for everybody who asks. */
const AT_A_TIME = 3;
/** Alerts are written without a refresh, which Elasticsearch makes each second. */
const REFRESH = 1_100;
/** Looks at counts that still grow. */
const LOOKS = 4;
const DAY = 86_400_000;

/** A rule that was run, before its alerts were counted. */
interface Ran {
  readonly compiled: CompiledRule;
  readonly window: Window;
  /** Undefined where Kibana refused. */
  readonly preview?: Preview;
  readonly findings: readonly Diagnostic[];
}

/**
 * Runs rules on live data and counts their alerts, a few at a time. Rejects with KibanaError for what is not about one rule: credentials, or no way to Kibana.
 */
export async function previewRules(client: Client, request: PreviewRequest): Promise<Previews> {
  const { environment, space, rules, range, onProgress } = request;
  const ran: Ran[] = [];
  let done = 0;
  await inPool([...rules.entries()], AT_A_TIME, async ([i, compiled]) => {
    onProgress?.("running rules", done, rules.length);
    ran[i] = await run(client, space, compiled, range);
    done++;
  });
  onProgress?.("counting alerts", rules.length, rules.length);
  const counts = await counted(
    client,
    space,
    ran.flatMap(({ preview }) => preview?.previewId ?? []),
  );
  const results = ran.map((one) => resultOf(one, counts, request.maxAlerts));
  return {
    environment,
    space,
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    rules: results.map(({ rule }) => rule),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  };
}

async function run(client: Client, space: string, compiled: CompiledRule, range: Range): Promise<Ran> {
  const window = windowOf(compiled.rule as unknown as Json, range);
  const base = { compiled, window };
  try {
    const body = await bodyOf(client, space, compiled, window);
    const preview = await previewRule(client, space, body, window);
    return { ...base, preview, findings: findingsOf(compiled, preview.logs) };
  } catch (error) {
    if (isKibanaError(error, "validation")) {
      const problem = error.messages.length === 0 ? error.problem : error.messages.join("; ");
      return { ...base, findings: [report("preview/refused", { problem }, targetOf(compiled, problem))] };
    }
    if (!isKibanaError(error, "server", "throttled", "unavailable", "timeout", "too-large", "privilege"))
      throw error;
    const target = { file: compiled.source.file };
    const help = error.help === undefined ? {} : { help: error.help };
    return { ...base, findings: [report("preview/kibana", { problem: error.problem }, target, help)] };
  }
}

/**
 * What is run: the rule without what a preview does not do (actions), and with the exceptions that analysts added to it in
 * the space, which keep alerts away from it there.
 */
async function bodyOf(
  client: Client,
  space: string,
  { rule }: CompiledRule,
  { changes }: Window,
): Promise<Json> {
  const live = await getRule(client, space, { rule_id: rule.rule_id });
  const own = (Array.isArray(live?.["exceptions_list"]) ? live["exceptions_list"] : []).filter(
    (list) => isJson(list) && list["type"] === "rule_default",
  );
  const { actions: _, response_actions: __, throttle: ___, ...fields } = rule as unknown as Json;
  return {
    ...fields,
    ...changes,
    enabled: false,
    exceptions_list: [
      ...(rule.exceptions_list ?? []).filter(({ type }) => type !== "rule_default" || own.length === 0),
      ...own,
    ],
  };
}

/** Alerts by preview; a preview that is missing could not be counted. */
async function counted(
  client: Client,
  space: string,
  previewIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let look = 0; look < LOOKS; look++) {
    let grown = false;
    for (const id of previewIds) {
      const hits = await previewHits(client, space, id, 0);
      // Neither way is open to these credentials, for no preview.
      if (hits === undefined) return counts;
      grown ||= counts.get(id) !== hits.total;
      counts.set(id, hits.total);
    }
    if (!grown || previewIds.length === 0) break;
    if (look + 1 < LOOKS) await client.clock.sleep(REFRESH);
  }
  return counts;
}

function resultOf(
  { compiled, window, preview, findings }: Ran,
  counts: ReadonlyMap<string, number>,
  maxAlerts: number | undefined,
): { rule: RulePreview; diagnostics: Diagnostic[] } {
  const { rule, source } = compiled;
  const { covers, invocationCount, note } = window;
  const failed = findings.some(({ severity }) => severity === "error");
  const alerts = preview?.previewId === undefined ? null : (counts.get(preview.previewId) ?? null);
  const done = preview?.logs.length ?? 0;
  const whole = { file: source.file, pointer: "/query" };
  const diagnostics = [...findings];
  if (preview?.isAborted === true)
    diagnostics.push(report("preview/aborted", { done, runs: invocationCount }, whole));
  if (alerts === null && preview?.previewId !== undefined)
    diagnostics.push(
      report(
        "preview/uncounted",
        {},
        { file: source.file },
        maxAlerts === undefined ? {} : { severity: "error" },
      ),
    );
  if (alerts !== null && maxAlerts !== undefined && alerts > maxAlerts)
    diagnostics.push(report("preview/too-many-alerts", { alerts, limit: maxAlerts }, whole));
  return {
    rule: {
      rule_id: rule.rule_id,
      name: rule.name,
      file: source.file,
      runs: done,
      from: new Date(covers.from).toISOString(),
      to: new Date(covers.to).toISOString(),
      alerts,
      per_day: alerts === null ? null : Math.round((alerts * DAY * 10) / (covers.to - covers.from)) / 10,
      outcome: failed ? "failed" : preview?.isAborted === true ? "aborted" : "ok",
      notes: note === undefined ? [] : [note],
    },
    diagnostics,
  };
}
