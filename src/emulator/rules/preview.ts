import { type Call, checkedBody } from "../http/route.js";
import { SiemError } from "../http/errors.js";
import { ensureEndpointList } from "../exceptions/lists.js";
import { createProblems } from "../validate/extra.js";
import { previewBody } from "../validate/rule.js";
import { checkMl } from "./write.js";

/**
 * `POST rules/preview`: the checks of a create, and a log per invocation. There is no Elasticsearch here, so nothing
 * is searched, and each log says so.
 */
export function previewRule(call: Call) {
  const body = checkedBody(call, previewBody);
  const problems = createProblems(body, call.kernel.traits);
  if (problems.length > 0) throw new SiemError(400, problems);
  ensureEndpointList(call);
  checkMl(call, body.type);
  const invocations = Number(body["invocationCount"]);
  if (invocations < 1) {
    return { logs: [{ errors: ["Invalid invocation count"], warnings: [], duration: 0 }] };
  }
  const log = {
    errors: [],
    warnings: ["The embedded Kibana does not run queries: no events were searched and no alerts were written"],
    startedAt: String(body["timeframeEnd"]),
    duration: 0,
  };
  return {
    previewId: call.kernel.uuid(),
    logs: Array.from({ length: Math.min(invocations, MOST_LOGS) }, () => log),
    isAborted: false,
  };
}

/** More invocations than a preview would get through in its minute. */
const MOST_LOGS = 1000;
