/** Who may do what, and what a server lacks: the situations that a doctor has to tell apart. */
import { describe, expect, it } from "vitest";
import type { KibanaOptions, Privilege } from "../../src/emulator/index.js";
import { basic, type Session, startKibana } from "../support/kibana.js";
import { indexConnector, itemOf, ITEMS, LISTS, listOf, queryRule, reference, RULES } from "./samples.js";

type Json = Record<string, unknown>;
const INTERNAL = { "kbn-xsrf": "1", "x-elastic-internal-origin": "kdac", "content-type": "application/json" };

function asUser(
  rights: Partial<{ lacks: Privilege[]; spaces: string[] }>,
  options: KibanaOptions = {},
): Session {
  const users = [
    { username: "elastic", password: "changeme" },
    { username: "jane", password: "x", ...rights },
  ];
  return startKibana({ spaces: ["soc"], ...options, users }).as("jane", "x");
}

const preview = queryRule({ invocationCount: 1, timeframeEnd: "2026-01-01T00:00:00.000Z" });
const ATTEMPTS: readonly (readonly [what: string, run: (kibana: Session) => Promise<{ status: number }>])[] =
  [
    ["find rules", (k) => k.get(`${RULES}/_find`)],
    ["create a rule", (k) => k.post(RULES, queryRule())],
    ["create a list", (k) => k.post(LISTS, listOf())],
    ["make the streams", (k) => k.post("/api/lists/index")],
    ["create a connector", (k) => k.post("/api/actions/connector", indexConnector())],
    ["create a space", (k) => k.post("/api/spaces/space", { id: "new", name: "new" })],
    ["see the features", (k) => k.get("/api/features")],
    ["preview", (k) => k.post(`${RULES}/preview`, preview)],
  ];

describe("a role that lacks a privilege", () => {
  it.each([
    [[], []],
    [["read"], ["find rules", "preview"]],
    [
      ["write"],
      ["create a rule", "create a list", "make the streams", "create a connector", "create a space"],
    ],
    [["exceptions"], ["create a list"]],
    [["lists"], ["make the streams"]],
    [["connectors"], ["create a connector"]],
    [["spaces"], ["create a space"]],
    [["features"], ["see the features"]],
  ] as [Privilege[], string[]][])("%j may not %j", async (lacks, refused) => {
    for (const [what, run] of ATTEMPTS) {
      const { status } = await run(asUser({ lacks }));
      expect([what, status === 403]).toEqual([what, refused.includes(what)]);
    }
  });

  it("to enable rules may change all else of them, from 9.4 on", async () => {
    const kibana = asUser({ lacks: ["enable"] });
    await kibana.post(RULES, queryRule());
    const { status, body } = await kibana.patch(RULES, { rule_id: "rule-1", enabled: true });
    expect(status).toBe(403);
    expect(body["message"]).toMatch(/permissions to edit the following fields: enabled$/);
    expect((await kibana.put(RULES, queryRule({ enabled: true }))).status).toBe(403);
    expect((await kibana.patch(RULES, { rule_id: "rule-1", enabled: false, name: "n" })).status).toBe(200);
    const older = asUser({ lacks: ["enable"] }, { flavour: "9.2" });
    await older.post(RULES, queryRule());
    expect((await older.patch(RULES, { rule_id: "rule-1", enabled: true })).status).toBe(200);
  });

  it("to read the alerts of previews gets a log that says so", async () => {
    const { body } = await asUser({ lacks: ["preview"] }).post(`${RULES}/preview`, preview);
    expect(body["previewId"]).toBeUndefined();
    expect(body["logs"]).toMatchObject([{ errors: [expect.stringContaining('Missing "read" privileges')] }]);
    const kibana = asUser({ lacks: ["preview"] });
    const headers = { ...INTERNAL, authorization: basic("jane", "x") };
    const index = ".preview.alerts-security.alerts-default";
    const search = JSON.stringify({ params: { index } });
    expect((await kibana.send("POST", "/internal/search/ese", headers, search)).status).toBe(403);
    const path = `/api/console/proxy?method=POST&path=${index}/_search`;
    expect((await kibana.send("POST", path, headers, "{}")).status).toBe(403);
  });

  it("to use a space is refused there and does not see it", async () => {
    const kibana = asUser({ spaces: ["soc"] });
    expect((await kibana.get(`/s/soc${RULES}/_find`)).status).toBe(200);
    expect((await kibana.get(`${RULES}/_find`)).status).toBe(403);
    expect((await kibana.get<Json[]>("/api/spaces/space")).body).toMatchObject([{ id: "soc" }]);
    expect((await kibana.get("/api/spaces/space/default")).status).toBe(403);
  });
});

describe("an API key", () => {
  const encoded = btoa("key-id:secret");
  const send = (kibana: Session, path: string) =>
    kibana.send("GET", path, { ...INTERNAL, authorization: `ApiKey ${encoded}` });

  it("says its id, its name, its owner and who manages it", async () => {
    const users = [{ username: "ci", password: "x" }];
    const apiKeys = [{ encoded, name: "deploy", managedBy: "cloud", username: "ci" }];
    const { body } = await send(startKibana({ users, apiKeys }), "/internal/security/me");
    expect(body).toMatchObject({
      username: "ci",
      authentication_type: "api_key",
      api_key: { id: "key-id", name: "deploy", managed_by: "cloud" },
    });
  });

  it("may do no more than its owner, and may be given less", async () => {
    const users = [{ username: "viewer", password: "x", lacks: ["spaces" as const] }];
    const kibana = startKibana({ users, apiKeys: [{ encoded, lacks: ["exceptions"] }] });
    const post = (path: string, body: unknown) =>
      kibana.send("POST", path, { ...INTERNAL, authorization: `ApiKey ${encoded}` }, JSON.stringify(body));
    expect((await post(LISTS, listOf())).status).toBe(403);
    expect((await post("/api/spaces/space", { id: "a", name: "a" })).status).toBe(403);
    expect((await post(RULES, queryRule())).status).toBe(200);
  });

  it("ends at its time", async () => {
    const apiKeys = [{ encoded, expires: "2026-01-01T00:00:00Z" }];
    const at = (time: string) => startKibana({ apiKeys, now: () => new Date(time) });
    expect((await send(at("2025-12-31T23:59:59Z"), `${RULES}/_find`)).status).toBe(200);
    expect((await send(at("2026-01-01T00:00:00Z"), `${RULES}/_find`)).status).toBe(401);
  });

  it("is all that serverless takes", async () => {
    const kibana = startKibana({ flavour: "serverless" });
    expect((await kibana.get(`${RULES}/_find`)).status).toBe(200);
    const headers = { authorization: basic("elastic", "changeme") };
    expect((await kibana.send("GET", `${RULES}/_find`, headers)).status).toBe(401);
  });
});

describe("a server", () => {
  it("without an encryption key says so, and makes no rule and no connector", async () => {
    const kibana = startKibana({ encryptionKey: false });
    expect((await kibana.get("/api/detection_engine/privileges")).body["has_encryption_key"]).toBe(false);
    for (const answer of [
      await kibana.post(RULES, queryRule()),
      await kibana.post("/api/actions/connector", indexConnector()),
    ]) {
      expect(answer.status).toBe(500);
      expect(answer.body["message"]).toContain("missing encryption key");
    }
  });

  it("whose clock is ahead tells it in its answers", async () => {
    const now = () => new Date("2026-01-01T00:00:00Z");
    const { headers } = await startKibana({ now, clockOffset: 600_000 }).get("/api/status");
    expect(headers.get("date")).toBe("Thu, 01 Jan 2026 00:10:00 GMT");
  });

  it("enforces the shortest interval that it was given", async () => {
    const kibana = startKibana({ minimumInterval: "5m" });
    const refused = await kibana.post(RULES, queryRule({ interval: "1m" }));
    expect(refused.body).toEqual({
      message: "Error creating rule: the interval is less than the allowed minimum interval of 5m",
      status_code: 400,
    });
    await kibana.post(RULES, queryRule());
    const { body } = await kibana.put(RULES, queryRule({ interval: "1m" }));
    expect(body["message"]).toMatch(/^Error updating rule: the interval is less/);
  });

  it("breaks the circuit where enabled rules would run too often", async () => {
    const kibana = startKibana({ runsPerMinute: 1 });
    const often = { enabled: true, interval: "1m" };
    expect((await kibana.post(RULES, queryRule(often))).status).toBe(200);
    const { status, body } = await kibana.post(RULES, queryRule({ ...often, rule_id: "rule-2" }));
    expect(status).toBe(400);
    expect(body["message"]).toMatch(/^Error validating circuit breaker - .*there are only 0 runs per minute/);
    expect((await kibana.post(RULES, queryRule({ interval: "1m", rule_id: "rule-3" }))).status).toBe(200);
  });

  it.each([
    [{ license: "basic" as const }, 403],
    [{ flavour: "serverless" as const, tier: "essentials" as const }, 403],
    [{ flavour: "serverless" as const }, 200],
  ])("with %j answers a machine learning rule with %d", async (options, expected) => {
    const ml = { type: "machine_learning", query: undefined };
    const rule = queryRule({ ...ml, anomaly_threshold: 1, machine_learning_job_id: "j" });
    expect((await startKibana(options).post(RULES, rule)).status).toBe(expected);
  });

  it("of 9.4 refuses to enable a rule but by PUT, as one was seen to", async () => {
    const kibana = startKibana({ version: "9.4.3" });
    const { body } = await kibana.post(RULES, queryRule());
    expect((await kibana.patch(RULES, { rule_id: "rule-1", enabled: true })).status).toBe(403);
    const bulk = await kibana.post(`${RULES}/_bulk_action`, { action: "enable", ids: [body["id"]] });
    expect(bulk.body).toMatchObject({
      attributes: { errors: [{ err_code: "USER_INSUFFICIENT_RULE_PRIVILEGES" }] },
    });
    const put = await kibana.put(RULES, queryRule({ enabled: true }));
    expect(put.body["enabled"]).toBe(true);
  });

  it("turns away the sixth bulk action and the eleventh preview at a time", async () => {
    const kibana = startKibana();
    const all = async (n: number, path: string, body: unknown): Promise<number> => {
      const answers = await Promise.all(Array.from({ length: n }, () => kibana.post(path, body)));
      return answers.filter(({ status }) => status === 429).length;
    };
    expect(await all(6, `${RULES}/_bulk_action`, { action: "enable" })).toBe(1);
    expect(await all(5, `${RULES}/_bulk_action`, { action: "enable" })).toBe(0);
    expect(await all(11, `${RULES}/preview`, preview)).toBe(1);
  });

  it("finds the indices that it has in a preview, and gets no further than a minute", async () => {
    const kibana = startKibana({ indices: ["logs-endpoint"] });
    const warnings = async (index: string[]): Promise<unknown> => {
      const { body } = await kibana.post(`${RULES}/preview`, { ...preview, index });
      return (body["logs"] as { warnings: unknown }[])[0]!.warnings;
    };
    expect(await warnings(["logs-*"])).toEqual([]);
    expect(await warnings(["winlogbeat-*"])).toEqual([
      expect.stringMatching(/^Unable to find matching indices/),
    ]);
    const long = await kibana.post(`${RULES}/preview`, { ...preview, invocationCount: 5000 });
    expect(long.body["isAborted"]).toBe(true);
  });
});

describe("lists and items stay apart by privilege", () => {
  it("adding an exception to a rule needs the privilege for exceptions", async () => {
    const kibana = asUser({ lacks: ["exceptions"] });
    const { body } = await kibana.post(RULES, queryRule({ exceptions_list: [reference()] }));
    const { list_id: _, ...item } = itemOf();
    expect((await kibana.post(`${RULES}/${String(body["id"])}/exceptions`, { items: [item] })).status).toBe(
      403,
    );
    expect((await kibana.get(`${ITEMS}?item_id=x`)).status).toBe(404);
  });
});
