import { describe, expect, it } from "vitest";
import {
  createRule,
  deleteRule,
  exportRules,
  getRule,
  importRules,
  updateRule,
} from "../../../src/kibana/endpoints/index.js";
import type { Client } from "../../../src/kibana/client.js";
import { backOff, delayBeforeRetry, type Repeat } from "../../../src/kibana/retry.js";
import { KibanaError, type ErrorKind } from "../../../src/kibana/errors.js";
import { parseRetryAfter } from "../../../src/kibana/retry-after.js";
import { clientOf, failure, scripted, type Step } from "./support.js";

const rule = { rule_id: "r1", id: "3f9c8e8e-0000-4000-8000-000000000001", name: "n" };
const ok: Step = { status: 200, body: rule };
const throttled: Step = {
  status: 429,
  body: { statusCode: 429, error: "Too Many Requests", message: "Too Many Requests" },
};
const notReady: Step = {
  status: 503,
  body: "Kibana server is not ready yet",
  headers: { "content-type": "text/plain" },
};
const badGateway: Step = {
  status: 502,
  body: "<html>bad gateway</html>",
  headers: { "content-type": "text/html" },
};
const exportOfR1 = `${JSON.stringify(rule)}\n${JSON.stringify({ exported_count: 1, exported_rules_count: 1 })}\n`;
const missing: Step = { status: 404, body: { message: 'rule_id: "r1" not found', status_code: 404 } };
const taken: Step = { status: 409, body: { message: 'rule_id: "r1" already exists', status_code: 409 } };

const calls: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  GET: (client) => getRule(client, "default", rule),
  PUT: (client) => updateRule(client, "default", rule),
  DELETE: (client) => deleteRule(client, "default", { rule_id: "r1" }),
  export: (client) => exportRules(client, "default", ["r1"]),
  POST: (client) => createRule(client, "default", rule, () => true),
  import: (client) => importRules(client, "default", "{}\n"),
};

describe("retries", () => {
  it.each([
    { call: "GET", steps: [throttled, throttled, ok], sends: 3, done: true },
    { call: "PUT", steps: [notReady, ok], sends: 2, done: true },
    { call: "POST", steps: [throttled, notReady, ok], sends: 3, done: true },
    { call: "GET", steps: ["ECONNRESET", ok], sends: 2, done: true },
    { call: "PUT", steps: ["ETIMEDOUT", "EPIPE", ok], sends: 3, done: true },
    { call: "DELETE", steps: ["ECONNRESET", missing], sends: 2, done: true },
    { call: "export", steps: [badGateway, { status: 200, body: exportOfR1 }], sends: 2, done: true },
    { call: "GET", steps: ["ECONNRESET"], sends: 4, done: false },
    { call: "GET", steps: [throttled], sends: 6, done: false },
    { call: "PUT", steps: ["ENOTFOUND"], sends: 1, done: false },
    { call: "PUT", steps: ["CERT_HAS_EXPIRED"], sends: 1, done: false },
    {
      call: "PUT",
      steps: [{ status: 400, body: { message: "no", status_code: 400 } }],
      sends: 1,
      done: false,
    },
    {
      call: "PUT",
      steps: [{ status: 500, body: { message: "no", status_code: 500 } }],
      sends: 1,
      done: false,
    },
    { call: "POST", steps: ["ECONNREFUSED", ok], sends: 2, done: true },
    { call: "import", steps: [throttled], sends: 1, done: false },
    { call: "import", steps: [notReady], sends: 1, done: false },
    { call: "import", steps: ["ECONNRESET"], sends: 1, done: false },
    { call: "import", steps: ["ECONNREFUSED"], sends: 1, done: false },
  ])("$call after $steps is sent $sends times", async ({ call, steps, sends, done }) => {
    const { transport, sent } = scripted(...steps);
    const { client } = clientOf(transport);
    const outcome = await calls[call]!(client).then(
      () => true,
      () => false,
    );
    expect({ sends: sent.length, done: outcome }).toEqual({ sends, done });
  });

  it("24: a creation whose connection broke is read back, not sent again", async () => {
    const { transport, sent } = scripted("ECONNRESET", missing, ok);
    await expect(calls["POST"]!(clientOf(transport).client)).resolves.toEqual(rule);
    expect(sent.map((exchange) => exchange.method)).toEqual(["POST", "GET", "GET"]);
  });

  it("a creation that is not there after several reads is sent again", async () => {
    const { transport, sent } = scripted("ECONNRESET", missing, missing, missing, ok);
    await expect(calls["POST"]!(clientOf(transport).client)).resolves.toEqual(rule);
    expect(sent.map((exchange) => exchange.method)).toEqual(["POST", "GET", "GET", "GET", "POST"]);
  });

  it("a creation that somebody else's rule met is not a success", async () => {
    const { transport } = scripted("ECONNRESET", ok);
    const error = await failure(createRule(clientOf(transport).client, "default", rule, () => false));
    expect(error.kind).toBe("network");
  });

  it("a 409 that is the answer to our own lost first send counts as created", async () => {
    const { transport, sent } = scripted(notReady, taken, ok);
    await expect(calls["POST"]!(clientOf(transport).client)).resolves.toEqual(rule);
    expect(sent.map((exchange) => exchange.method)).toEqual(["POST", "POST", "GET"]);
  });

  it("wait as long as Retry-After asks, and hold the other requests back too", async () => {
    const { transport, sent } = scripted({ ...throttled, headers: { "retry-after": "7" } }, ok);
    const { client, clock } = clientOf(transport);
    await calls["GET"]!(client);
    await calls["GET"]!(client);
    expect(clock.slept).toEqual([7_000]);
    expect(sent).toHaveLength(3);
  });

  it("give up at once when Retry-After asks for more than two minutes", async () => {
    const { transport, sent } = scripted({ ...throttled, headers: { "retry-after": "3600" } });
    const error = await failure(calls["GET"]!(clientOf(transport).client));
    expect(error.kind).toBe("throttled");
    expect(sent).toHaveLength(1);
  });

  it("are told to whoever shows progress", async () => {
    const notices: number[] = [];
    const { transport } = scripted(throttled, ok);
    const { client } = clientOf(transport, { onWait: ({ milliseconds }) => notices.push(milliseconds) });
    await calls["GET"]!(client);
    expect(notices).toEqual([250]);
  });
});

const error = (kind: ErrorKind, effect: "none" | "unknown", status?: number): KibanaError =>
  new KibanaError({ kind, problem: "p", effect, ...(status === undefined ? {} : { status }) });

describe("the delay before a retry", () => {
  it.each<[ErrorKind, "none" | "unknown", number | undefined, Repeat, boolean]>([
    ["throttled", "none", 429, "repeatable", true],
    ["throttled", "none", 429, "refused-only", true],
    ["throttled", "none", 429, "never", false],
    ["unavailable", "none", 503, "refused-only", true],
    ["unavailable", "unknown", 504, "refused-only", false],
    ["unavailable", "unknown", 504, "repeatable", true],
    ["network", "unknown", undefined, "refused-only", false],
    ["network", "none", undefined, "refused-only", true],
    ["timeout", "unknown", undefined, "repeatable", true],
    ["tls", "none", undefined, "repeatable", false],
    ["validation", "none", 400, "repeatable", false],
  ])("of %s (effect %s, status %s) where %s: %s", (kind, effect, status, repeat, retried) => {
    expect(delayBeforeRetry(error(kind, effect, status), repeat, 1, () => 0) !== undefined).toBe(retried);
  });

  it("doubles up to half a minute, between half of it and all of it", () => {
    expect([1, 2, 3, 4, 20].map((attempt) => backOff(attempt, () => 0))).toEqual([
      250, 500, 1000, 2000, 15_000,
    ]);
    expect([1, 2, 20].map((attempt) => backOff(attempt, () => 0.999_999_9))).toEqual([500, 1000, 30_000]);
  });

  it.each([
    [undefined, undefined],
    ["3", 3_000],
    ["Thu, 01 Jan 1970 00:00:10 GMT", 9_000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["soon", undefined],
  ])("reads Retry-After %j", (header, milliseconds) => {
    expect(parseRetryAfter(header, 1_000)).toBe(milliseconds);
  });
});
