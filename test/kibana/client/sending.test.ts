import { describe, expect, it } from "vitest";
import type { ClientOptions } from "../../../src/kibana/client.js";
import {
  createRule,
  exportRules,
  findRules,
  getRule,
  getStatus,
  importRules,
  previewRule,
} from "../../../src/kibana/endpoints/index.js";
import { readExport } from "../../../src/kibana/endpoints/export-lines.js";
import { clientOf, failure, KEY, scripted, type Step } from "./support.js";

const rule = { id: "1", rule_id: "r1", name: "n" };
const ok: Step = { status: 200, body: rule };
const refusal = (status: number, headers: Record<string, string> = {}): Step => ({
  status,
  body: { message: "later", status_code: status },
  headers,
});

describe("time for an answer", () => {
  it("is ten times as long for calls with which an estate may travel", async () => {
    const page = { page: 1, perPage: 1000, total: 0, data: [] };
    const { transport, sent } = scripted(
      ok,
      { status: 200, body: '{"exported_count":0}\n' },
      { status: 200, body: page },
      { status: 200, body: { success: true } },
      { status: 200, body: { logs: [] } },
    );
    const { client } = clientOf(transport, { connection: { timeout: 7_000 } });
    await getRule(client, "default", { rule_id: "r1" });
    await exportRules(client, "default");
    await findRules(client, "default", {});
    await importRules(client, "default", "{}\n");
    await previewRule(
      client,
      "default",
      {},
      { invocationCount: 1, timeframeEnd: "2026-01-01T00:00:00.000Z" },
    );
    expect(sent.map(({ timeout }) => timeout)).toEqual([7_000, 70_000, 70_000, 70_000, 70_000]);
  });

  it("is a minute unless told otherwise", async () => {
    const { transport, sent } = scripted(ok);
    await getRule(clientOf(transport).client, "default", { rule_id: "r1" });
    expect(sent.map(({ timeout }) => timeout)).toEqual([60_000]);
  });
});

describe("a gateway's refusal", () => {
  it.each([
    [502, "unknown"],
    [503, "none"],
    [504, "unknown"],
  ])("of %i leaves the effect of a creation %s", async (status, effect) => {
    const { transport } = scripted(refusal(status));
    const error = await failure(
      clientOf(transport).client.send({
        method: "POST",
        path: "/api/x",
        doing: "x",
        repeat: "never",
      }),
    );
    expect([error.kind, error.effect]).toEqual(["unavailable", effect]);
  });

  it.each([502, 504])("of %i is read back before a creation is sent again", async (status) => {
    const { transport, sent } = scripted(refusal(status), ok);
    await createRule(clientOf(transport).client, "default", rule, () => true);
    expect(sent.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  it("keeps how long it asked to stay away, in seconds or to a time", async () => {
    for (const [header, milliseconds] of [
      ["121", 121_000],
      // The clock of these clients stands at 1,000 seconds.
      ["Thu, 01 Jan 1970 00:20:00 GMT", 200_000],
      ["Thu, 01 Jan 1970 00:00:01 GMT", 0],
    ] as const) {
      const { transport, sent } = scripted(refusal(429, { "retry-after": header }));
      const { client, clock } = clientOf(transport);
      const error = await failure(
        client.send({
          method: "POST",
          path: "/api/x",
          doing: "x",
          repeat: "never",
        }),
      );
      expect([error.retryAfter, sent.length, clock.slept], header).toEqual([milliseconds, 1, []]);
    }
  });

  it("of exactly two minutes is waited for, and not a second more", async () => {
    for (const [seconds, sends] of [
      [120, 2],
      [121, 1],
    ] as const) {
      const { transport, sent } = scripted(refusal(429, { "retry-after": String(seconds) }), ok);
      const { client, clock } = clientOf(transport);
      await getRule(client, "default", { rule_id: "r1" }).catch(() => undefined);
      expect([sent.length, clock.slept]).toEqual([sends, sends === 2 ? [120_000] : []]);
    }
  });
});

describe("a time to stay away", () => {
  it.each([
    ["0", 250],
    ["3", 3_000],
  ])("of %s s does not make a wait shorter than it is anyway", async (seconds, waited) => {
    const { transport } = scripted(refusal(503, { "retry-after": seconds }), ok);
    const { client, clock } = clientOf(transport);
    await getRule(client, "default", { rule_id: "r1" });
    expect(clock.slept).toEqual([waited]);
  });
});

describe("a redirect", () => {
  it.each([300, 301, 302, 307, 399])("with %i is no answer, and is not followed", async (status) => {
    const { transport, sent } = scripted({
      status,
      headers: { location: "/elsewhere" },
    });
    const error = await failure(getRule(clientOf(transport).client, "default", { rule_id: "r1" }));
    expect([error.kind, error.effect, error.problem, sent.length]).toEqual([
      "not-kibana",
      "unknown",
      'https://kibana.example.com:5601 redirects to "/elsewhere" instead of answering GET /api/detection_engine/rules',
      1,
    ]);
  });
});

describe("a creation whose connection fails", () => {
  it.each(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN", "EADDRNOTAVAIL"])(
    "with %s never left, and is sent again without a look",
    async (code) => {
      const { transport, sent } = scripted(code, ok);
      await createRule(clientOf(transport).client, "default", rule, () => true);
      expect(sent.map(({ method }) => method)).toEqual(["POST", "POST"]);
    },
  );

  it.each(["ECONNRESET", "EPIPE", "ETIMEDOUT", "ERR_BAD_RESPONSE"])(
    "with %s may have arrived, and is looked for",
    async (code) => {
      const { transport, sent } = scripted(code, ok);
      await createRule(clientOf(transport).client, "default", rule, () => true);
      expect(sent.map(({ method }) => method)).toEqual(["POST", "GET"]);
    },
  );
});

describe("a refusal without Kibana's name", () => {
  it("is not Kibana's where its body has another status than the answer", async () => {
    const body = { statusCode: 500, error: "Not Found", message: "m" };
    const { transport } = scripted({ status: 404, body });
    const error = await failure(getRule(clientOf(transport).client, "default", { rule_id: "r1" }));
    expect(error.kind).toBe("not-kibana");
  });
});

describe("a page", () => {
  it("has as many entries as were asked for, also where it tells a larger size", async () => {
    const rules = Array.from({ length: 3 }, (_, n) => ({
      id: `${n}`,
      rule_id: `r${n}`,
      name: "n",
    }));
    const page = (number: number, data: readonly unknown[]): Step => ({
      status: 200,
      body: { page: number, perPage: 5_000, total: 3, data },
    });
    const { transport, sent } = scripted(page(1, rules.slice(0, 2)), page(2, rules.slice(2)));
    const found = await findRules(clientOf(transport).client, "default", {
      perPage: 2,
    });
    expect([found.rules, sent.length]).toEqual([rules, 2]);
  });
});

describe("a run that is given up", () => {
  it("sends nothing again", async () => {
    const abort = new AbortController();
    const { transport, sent } = scripted(refusal(503), ok);
    const options: Partial<ClientOptions> = {
      signal: abort.signal,
      transport: async (exchange, now) => {
        abort.abort();
        return transport(exchange, now);
      },
    };
    const { client, clock } = clientOf(transport, options);
    expect((await failure(getRule(client, "default", { rule_id: "r1" }))).kind).toBe("unavailable");
    expect([sent.length, clock.slept]).toEqual([1, []]);
    expect(sent[0]!.signal).toBe(abort.signal);
  });
});

describe("what is said while a request waits, and after it failed", () => {
  it("has no secret in any of its parts", async () => {
    const { transport } = scripted(
      { status: 503, body: { message: `later ${KEY}`, status_code: 503 } },
      {
        status: 400,
        body: { message: [`no ${KEY}`, "and no"], status_code: 400 },
      },
    );
    const reasons: string[] = [];
    const { client } = clientOf(transport, {
      onWait: ({ reason }) => reasons.push(reason),
    });
    const error = await failure(getRule(client, "default", { rule_id: KEY }));
    expect(reasons).toEqual([
      'Kibana at https://kibana.example.com:5601 is not ready (503: later [redacted]): cannot read rule "[redacted]"',
    ]);
    expect(error.messages).toEqual(["no [redacted]", "and no"]);
    expect(error.problem).toBe(
      'cannot read rule "[redacted]" in space "default" (400): no [redacted]; and no',
    );
  });
});

describe("the first contact", () => {
  it("waits for a Kibana that is not ready, but not for one that is not there", async () => {
    const { transport, sent } = scripted(refusal(503), {
      status: 200,
      body: { version: { number: "9.5.1" } },
    });
    expect((await getStatus(clientOf(transport).client)).dialect.version).toBe("9.5.1");
    expect(sent).toHaveLength(2);
    const refused = scripted("ECONNREFUSED");
    expect((await failure(getStatus(clientOf(refused.transport).client))).kind).toBe("refused");
    expect(refused.sent).toHaveLength(1);
  });
});

describe("an answer that is too large", () => {
  it.each(["maxContentLength size of 5 exceeded", "Cannot create a Buffer larger than 5 bytes"])(
    "is an answer, and not asked for again: %s",
    async (message) => {
      let sends = 0;
      const { client } = clientOf(() => Promise.reject(new Error(message, { cause: ++sends })));
      const error = await failure(getRule(client, "default", { rule_id: "r1" }));
      expect([error.kind, error.effect, sends]).toEqual(["too-large", "answered", 1]);
      expect(error.problem).toBe(
        'the answer of "kibana.example.com:5601" is larger than kdac accepts: cannot read rule "r1" (GET /api/detection_engine/rules)',
      );
    },
  );
});

describe("an export as bytes", () => {
  it("is whole also where nothing ends its last line", () => {
    const asked = { method: "POST", path: "/api/x", doing: "x" } as const;
    const lines = Buffer.from('{"rule_id":"a"}\n{"exported_count":1}');
    expect(readExport(lines, asked)).toEqual([{ rule_id: "a" }]);
  });
});

describe("a secret that is known later", () => {
  it("is hidden from then on", () => {
    const { client } = clientOf(scripted(ok).transport);
    expect(client.redact("hook https://soc.example/t0ken")).toBe("hook https://soc.example/t0ken");
    client.hide("https://soc.example/t0ken");
    expect(client.redact("hook https://soc.example/t0ken")).toBe("hook [redacted]");
  });
});

describe("a long refusal", () => {
  it("is cut behind its secrets are gone, after 500 characters", async () => {
    const said = `${"x".repeat(495)}${KEY}`;
    const { transport } = scripted({
      status: 400,
      body: { message: said, status_code: 400 },
    });
    const error = await failure(getRule(clientOf(transport).client, "default", { rule_id: "r1" }));
    expect(error.messages).toEqual([`${"x".repeat(495)}[reda…`]);
  });
});
