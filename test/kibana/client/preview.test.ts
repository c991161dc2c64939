import { STATUS_CODES } from "node:http";
import { describe, expect, it } from "vitest";
import { previewHits, previewRule } from "../../../src/kibana/endpoints/index.js";
import { connect } from "./connect.js";
import { clientOf, failure, scripted, type Step } from "./support.js";

const RULE = {
  name: "a",
  description: "d",
  type: "query",
  query: "a: b",
  severity: "low",
  risk_score: 1,
  index: ["logs-*"],
};
const WINDOW = { invocationCount: 2, timeframeEnd: "2026-01-01T00:00:00.000Z" };

describe("a preview", () => {
  it("runs the rule without creating it", async () => {
    const { client, requests } = connect();
    const preview = await previewRule(client, "default", RULE, WINDOW);
    expect(preview).toMatchObject({ isAborted: false });
    expect(preview.logs.length).toBeGreaterThan(0);
    expect(requests).toEqual(["POST /api/detection_engine/rules/preview"]);
  });

  it("is refused for what creation would refuse", async () => {
    const { client } = connect();
    const error = await failure(previewRule(client, "default", { ...RULE, risk_score: 200 }, WINDOW));
    expect(error.kind).toBe("validation");
    expect(error.message).toMatch(/cannot preview rule "a".*risk_score/);
  });

  it("39: that Kibana gave up is told, with what the runs said", async () => {
    const { transport } = scripted({
      status: 200,
      body: {
        previewId: "p",
        isAborted: true,
        logs: [
          { errors: ["boom", 1], warnings: null, startedAt: "2026-01-01T00:00:00.000Z", duration: 60_000 },
        ],
      },
    });
    expect(await previewRule(clientOf(transport).client, "default", RULE, WINDOW)).toEqual({
      previewId: "p",
      isAborted: true,
      logs: [{ errors: ["boom"], warnings: [], startedAt: "2026-01-01T00:00:00.000Z", duration: 60_000 }],
    });
  });
});

const found = (total: unknown): unknown => ({
  hits: { total, hits: [{ _id: "1", _source: { "kibana.alert.uuid": "1" } }, { _id: "2" }] },
});
const alerts = [{ "kibana.alert.uuid": "1" }];
const closed = (status: number): Step => ({
  status,
  body: { statusCode: status, error: STATUS_CODES[status], message: "closed" },
});

describe("a preview's alerts", () => {
  it.each<[string, Step[], unknown, string[]]>([
    [
      "Kibana's search",
      [{ status: 200, body: { isRunning: false, rawResponse: found(7) } }],
      { total: 7, alerts },
      ["/s/soc/internal/search/es"],
    ],
    [
      "the console where the search is blocked",
      [closed(400), { status: 200, body: found({ value: 7, relation: "eq" }) }],
      { total: 7, alerts },
      ["/s/soc/internal/search/es", "/s/soc/api/console/proxy"],
    ],
    [
      "the console where the search answers in another form",
      [
        { status: 200, body: {} },
        { status: 200, body: found(1) },
      ],
      { total: 1, alerts },
      ["/s/soc/internal/search/es", "/s/soc/api/console/proxy"],
    ],
    [
      "nothing where both are closed",
      [closed(403)],
      undefined,
      ["/s/soc/internal/search/es", "/s/soc/api/console/proxy"],
    ],
    [
      "nothing where Elasticsearch itself refuses",
      [
        closed(404),
        {
          status: 403,
          body: { error: { type: "security_exception" }, status: 403 },
          headers: { "kbn-name": "kibana", "x-elastic-product": "Elasticsearch" },
        },
      ],
      undefined,
      ["/s/soc/internal/search/es", "/s/soc/api/console/proxy"],
    ],
  ])("are read through %s", async (_, steps, result, paths) => {
    const { transport, sent } = scripted(...steps);
    expect(await previewHits(clientOf(transport).client, "soc", "p-1", 3)).toEqual(result);
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(paths);
    for (const { body, headers } of sent) {
      expect(headers).toHaveProperty("x-elastic-internal-origin");
      expect(JSON.parse(body as string)).toEqual(
        expect.objectContaining(
          headers["elastic-api-version"] === "1" ? { params: expect.anything() as unknown } : { size: 3 },
        ),
      );
    }
  });

  it.each([
    ["a search of another form", { status: 200, body: {} }, "not-kibana", /another form/],
    ["no count", { status: 200, body: found(undefined) }, "not-kibana", /another form/],
    [
      "a count of another form",
      { status: 200, body: found({ relation: "eq" }) },
      "not-kibana",
      /another form/,
    ],
    [
      "hits of another form",
      { status: 200, body: { hits: { total: 1, hits: {} } } },
      "not-kibana",
      /another form/,
    ],
    [
      "a search that goes on",
      { status: 200, body: { isRunning: true, rawResponse: found(7) } },
      "incomplete",
      /POST \/s\/soc\/internal\/search\/es is not whole: the search did not reach all shards/,
    ],
    [
      "a search that gave up",
      { status: 200, body: { timed_out: true, ...(found(7) as object) } },
      "incomplete",
      /shards/,
    ],
    [
      "a search without some shards",
      { status: 200, body: { _shards: { total: 2, failed: 1 }, ...(found(7) as object) } },
      "incomplete",
      /shards/,
    ],
    [
      "something else's 404",
      { status: 404, body: { ok: false, message: "Unknown resource." } },
      "not-kibana",
      /not Kibana/,
    ],
  ])("%s is no count", async (_, step, kind, says) => {
    const error = await failure(previewHits(clientOf(scripted(step).transport).client, "soc", "p", 1));
    expect([error.kind, error.message]).toEqual([kind, expect.stringMatching(says)]);
  });

  it("all shards without a failure are all hits", async () => {
    const body = { _shards: { total: 2, failed: 0 }, timed_out: false, ...(found(7) as object) };
    const { transport } = scripted({ status: 200, body });
    expect(await previewHits(clientOf(transport).client, "soc", "p", 1)).toEqual({ total: 7, alerts });
  });

  it("lost credentials are an error, not an absence", async () => {
    const { transport } = scripted({
      status: 401,
      body: { statusCode: 401, error: "Unauthorized", message: "expired" },
    });
    expect((await failure(previewHits(clientOf(transport).client, "soc", "p", 1))).kind).toBe("auth");
  });
});
