import { may } from "../http/auth.js";
import type { Call } from "../http/call.js";
import { checkedBody, checkedQuery } from "../http/route.js";
import { SiemError } from "../http/errors.js";
import { ensureEndpointList } from "../exceptions/lists.js";
import { createProblems } from "../validate/extra.js";
import { durationMs } from "../validate/date-math.js";
import { previewBody, type RuleBody } from "../validate/rule.js";
import { booleanText, object, withDefault } from "../validate/schema.js";
import { textOf } from "../text.js";
import { checkMl } from "./write.js";

const previewQuery = object({ enable_logged_requests: withDefault(booleanText(), () => false) });

/** More invocations than a preview gets through in the minute that it has. */
const MOST_INVOCATIONS = 1000;

const NO_PRIVILEGE =
  'Missing "read" privileges for the ".preview.alerts-security.alerts" or ".internal.preview.alerts-security.alerts" indices. Without these privileges you cannot use the Rule Preview feature.';

interface Log {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly startedAt?: string;
  readonly duration: number;
  readonly requests?: readonly unknown[];
}

/**
 * `POST rules/preview`: the checks of a create, and a log per invocation. There is no Elasticsearch here, so nothing
 * is searched, and each log says so; where indices are told of, it says only whether the rule finds any of them.
 */
export function previewRule(call: Call) {
  const { enable_logged_requests: logsRequests } = checkedQuery(call, previewQuery);
  const body = checkedBody(call, previewBody);
  const problems = createProblems(body, call.kernel.traits);
  if (problems.length > 0) throw new SiemError(400, problems);
  ensureEndpointList(call);
  checkMl(call, body.type);
  const invocations = Number(body["invocationCount"]);
  if (invocations < 1) return refusal("Invalid invocation count");
  if (!may(call.user, "preview")) return refusal(NO_PRIVILEGE);
  const run = {
    errors: [],
    warnings: warningsOf(body, call.kernel.server.indices),
    duration: 0,
    ...(logsRequests && body.type !== "threat_match" ? { requests: [] } : {}),
  };
  return {
    previewId: call.kernel.uuid(),
    logs: startsOf(body, Math.min(invocations, MOST_INVOCATIONS)).map(
      (startedAt): Log => ({ ...run, startedAt }),
    ),
    isAborted: invocations > MOST_INVOCATIONS,
  };
}

function refusal(error: string): { readonly logs: readonly Log[] } {
  return { logs: [{ errors: [error], warnings: [], duration: 0 }] };
}

/** When each invocation starts: an interval after the one before, the last at the end of the time frame. */
function startsOf(body: RuleBody, invocations: number): string[] {
  const end = Date.parse(String(body["timeframeEnd"]));
  const interval = durationMs(textOf(body["interval"] ?? "5m")) ?? 0;
  return Array.from({ length: invocations }, (_, i) =>
    new Date(end - interval * (invocations - 1 - i)).toISOString(),
  );
}

function warningsOf(body: RuleBody, indices: readonly string[] | undefined): string[] {
  if (indices === undefined) {
    return ["The embedded Kibana does not run queries: no events were searched and no alerts were written"];
  }
  const patterns = body["index"] as readonly string[] | undefined;
  if (patterns === undefined || patterns.some((pattern) => indices.some((index) => matches(pattern, index)))) {
    return [];
  }
  const warning = `Unable to find matching indices for rule ${String(body["name"])}. This warning will persist until one of the following occurs: a matching index is created or the rule is disabled.`;
  return [warning];
}

/** Whether an index pattern with `*` names an index; each part between stars is looked for once. */
function matches(pattern: string, index: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return index === first;
  if (!index.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = index.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return index.length - last.length >= at && index.endsWith(last);
}
