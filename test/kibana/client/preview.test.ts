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
          7,
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
  body: { statusCode: status, error: "x", message: "closed" },
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
        { status: 200, body: found(undefined) },
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
      [closed(404), { status: 403, body: { error: { type: "security_exception" }, status: 403 } }],
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

  it("lost credentials are an error, not an absence", async () => {
    const { transport } = scripted({ status: 401, body: { statusCode: 401, message: "expired" } });
    expect((await failure(previewHits(clientOf(transport).client, "soc", "p", 1))).kind).toBe("auth");
  });
});
