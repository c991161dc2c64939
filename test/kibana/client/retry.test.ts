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
import type { Transport } from "../../../src/kibana/transport.js";
import { parseRetryAfter } from "../../../src/kibana/retry-after.js";
import { clientOf, failure, scripted, type Scripted, type Step } from "./support.js";

const rule = { rule_id: "r1", id: "3f9c8e8e-0000-4000-8000-000000000001", name: "n" };
const ok: Step = { status: 200, body: rule };
const throttled: Scripted = {
  status: 429,
  body: { statusCode: 429, error: "Too Many Requests", message: "Too Many Requests" },
};
const notReady: Scripted = {
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

/** A clock whose time goes on only when it is told to; who sleeps wakes in order. */
function handClock() {
  let now = 0;
  let sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const settle = async (): Promise<void> => {
    for (let turns = 0; turns < 50; turns++) await Promise.resolve();
  };
  return {
    now: () => now,
    sleep: (milliseconds: number) =>
      new Promise<void>((wake) => void sleepers.push({ until: now + milliseconds, wake })),
    settle,
    async goTo(time: number): Promise<void> {
      for (;;) {
        await settle();
        const next = [...sleepers].sort((a, b) => a.until - b.until).find(({ until }) => until <= time);
        if (next === undefined) break;
        now = Math.max(now, next.until);
        sleepers = sleepers.filter((one) => one !== next);
        next.wake();
      }
      now = time;
    },
  };
}

describe("requests at the same time", () => {
  /** Sends of a client by time, where each request of a name gets its answers in order. */
  function world(answers: Readonly<Record<string, Step[]>>) {
    const clock = handClock();
    const sent: string[] = [];
    const left = new Map(Object.entries(answers));
    const transport: Transport = async (exchange, now) => {
      const name = new URL(exchange.url).pathname.slice(1);
      sent.push(`${now()} ${name}`);
      const [step = ok, ...rest] = left.get(name) ?? [];
      left.set(name, rest);
      return scripted(step).transport(exchange, now);
    };
    const { client } = clientOf(transport, { clock });
    const send = (name: string, repeat: Repeat = "repeatable"): Promise<unknown> =>
      client.send({ method: "GET", path: `/${name}`, doing: "x", repeat }).catch(() => "failed");
    return { clock, sent, send };
  }
  const after = (step: Scripted, seconds: number): Step => ({
    ...step,
    headers: { "retry-after": String(seconds) },
  });

  it.each([
    ["503", notReady],
    ["429", throttled],
  ])("all wait as long as a %s asks one of them", async (_, refusal) => {
    const { clock, sent, send } = world({ a: [after(refusal, 7)] });
    const calls = [send("a")];
    await clock.goTo(1);
    calls.push(send("b"), send("c"));
    await clock.goTo(6_999);
    expect(sent).toEqual(["0 a"]);
    await clock.goTo(7_000);
    await Promise.all(calls);
    expect(sent.sort()).toEqual(["0 a", "7000 a", "7000 b", "7000 c"]);
  });

  it("all wait for a back-off where the refusal asks for no time", async () => {
    const { clock, sent, send } = world({ a: [notReady] });
    const calls = [send("a")];
    await clock.goTo(1);
    calls.push(send("b"));
    await clock.goTo(249);
    expect(sent).toEqual(["0 a"]);
    await clock.goTo(250);
    await Promise.all(calls);
    expect(sent.sort()).toEqual(["0 a", "250 a", "250 b"]);
  });

  it("wait on where another refusal asks for more time meanwhile", async () => {
    const { clock, sent, send } = world({ a: [after(notReady, 5)], b: [after(notReady, 9)] });
    const calls = [send("a"), send("b")];
    await clock.goTo(1);
    calls.push(send("c"));
    await clock.goTo(8_999);
    expect(sent).toEqual(["0 a", "0 b"]);
    await clock.goTo(9_000);
    await Promise.all(calls);
    expect(sent.slice(2).sort()).toEqual(["9000 a", "9000 b", "9000 c"]);
  });

  it("do not wait less where another refusal asks for less time", async () => {
    const { clock, sent, send } = world({ a: [after(notReady, 9)], b: [after(notReady, 2)] });
    const calls = [send("a"), send("b")];
    await clock.goTo(8_999);
    expect(sent).toEqual(["0 a", "0 b"]);
    await clock.goTo(9_000);
    await Promise.all(calls);
  });

  it("wait also after a request that is never sent again", async () => {
    const { clock, sent, send } = world({ a: [after(throttled, 3)] });
    const calls = [send("a", "never")];
    await clock.goTo(1);
    calls.push(send("b"));
    await clock.goTo(2_999);
    expect(sent).toEqual(["0 a"]);
    await clock.goTo(3_000);
    expect(await Promise.all(calls)).toEqual(["failed", expect.anything()]);
    expect(sent).toEqual(["0 a", "3000 b"]);
  });

  it("do not wait for a time that is not waited for", async () => {
    const { clock, sent, send } = world({ a: [after(throttled, 3_600)] });
    const calls = [send("a")];
    await clock.goTo(1);
    calls.push(send("b"));
    await clock.goTo(2);
    expect(await Promise.all(calls)).toEqual(["failed", expect.anything()]);
    expect(sent).toEqual(["0 a", "1 b"]);
  });

  it("do not wait for what is one request's own trouble", async () => {
    const { clock, sent, send } = world({ a: ["ECONNRESET"] });
    const calls = [send("a")];
    await clock.goTo(1);
    calls.push(send("b"));
    await clock.goTo(250);
    await Promise.all(calls);
    expect(sent).toEqual(["0 a", "1 b", "250 a"]);
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
