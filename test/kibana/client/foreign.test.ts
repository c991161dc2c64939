/** Only what Kibana signs is an answer: nothing follows from what a proxy, a gateway or another server says in its place. */
import { describe, expect, it } from "vitest";
import type { Client } from "../../../src/kibana/client.js";
import * as api from "../../../src/kibana/endpoints/index.js";
import type { ErrorKind } from "../../../src/kibana/errors.js";
import { clientOf, failure, scripted, type Scripted, type Step } from "./support.js";

const JSON_TYPE = { "content-type": "application/json" };
const HTML = { "content-type": "text/html; charset=utf-8" };
const PAGE = "<!doctype html><title>Sign in</title>";
const KEY = { list_id: "l", namespace_type: "single" } as const;
const ITEM = { ...KEY, item_id: "i" };
const ID = "11111111-1111-4111-8111-111111111111";
const never = (): boolean => false;

/** Every call of the API, with the request that its errors name. */
const CALLS: readonly [request: string, call: (client: Client) => Promise<unknown>][] = [
  ["GET /api/status", (client) => api.getStatus(client)],
  ["GET /api/spaces/space", (client) => api.listSpaces(client)],
  ["POST /api/spaces/space", (client) => api.createSpace(client, { id: "soc", name: "SOC" })],
  ["GET /s/soc/api/detection_engine/privileges", (client) => api.detectionPrivileges(client, "soc")],
  ["GET /api/licensing/info", (client) => api.licence(client)],
  ["GET /api/features", (client) => api.features(client)],
  ["POST /s/soc/api/detection_engine/rules/_bulk_action", (client) => api.bulkDryRun(client, "soc")],
  [
    "POST /s/soc/api/detection_engine/rules/_bulk_action",
    (client) => api.bulkAction(client, "soc", "delete", [ID]),
  ],
  ["GET /s/soc/api/detection_engine/rules", (client) => api.getRule(client, "soc", { rule_id: "r" })],
  ["PUT /s/soc/api/detection_engine/rules", (client) => api.updateRule(client, "soc", { rule_id: "r" })],
  ["PATCH /s/soc/api/detection_engine/rules", (client) => api.patchRule(client, "soc", { rule_id: "r" })],
  ["DELETE /s/soc/api/detection_engine/rules", (client) => api.deleteRule(client, "soc", { rule_id: "r" })],
  ["GET /s/soc/api/detection_engine/rules/_find", (client) => api.findRules(client, "soc", {})],
  ["POST /s/soc/api/detection_engine/rules/_export", (client) => api.exportRules(client, "soc")],
  ["POST /s/soc/api/detection_engine/rules/_import", (client) => api.importRules(client, "soc", "{}\n")],
  [
    "POST /s/soc/api/detection_engine/rules/preview",
    (client) =>
      api.previewRule(client, "soc", {}, { invocationCount: 1, timeframeEnd: "2026-01-01T00:00:00Z" }),
  ],
  ["POST /s/soc/internal/search/es", (client) => api.previewHits(client, "soc", "p", 1)],
  ["GET /s/soc/api/exception_lists", (client) => api.getList(client, "soc", KEY)],
  ["PUT /s/soc/api/exception_lists", (client) => api.updateList(client, "soc", KEY)],
  ["DELETE /s/soc/api/exception_lists", (client) => api.deleteList(client, "soc", KEY)],
  ["GET /s/soc/api/exception_lists/_find", (client) => api.findLists(client, "soc", [KEY])],
  ["GET /s/soc/api/exception_lists/_find", (client) => api.listLists(client, "soc")],
  ["GET /s/soc/api/exception_lists/items", (client) => api.getItem(client, "soc", ITEM)],
  ["PUT /s/soc/api/exception_lists/items", (client) => api.updateItem(client, "soc", ITEM)],
  ["DELETE /s/soc/api/exception_lists/items", (client) => api.deleteItem(client, "soc", ITEM)],
  ["GET /s/soc/api/exception_lists/items/_find", (client) => api.findItems(client, "soc", [KEY])],
  ["GET /s/soc/api/lists", (client) => api.getValueList(client, "soc", "v")],
  [
    "PUT /s/soc/api/lists",
    (client) => api.updateValueList(client, "soc", { id: "v", name: "v", description: "d" }),
  ],
  ["DELETE /s/soc/api/lists", (client) => api.deleteValueList(client, "soc", "v")],
  ["GET /s/soc/api/lists/_find", (client) => api.findValueLists(client, "soc")],
  ["GET /s/soc/api/lists/index", (client) => api.ensureListStreams(client, "soc")],
  [
    "DELETE /s/soc/api/lists/items",
    (client) => api.deleteValue(client, "soc", { id: "v", type: "keyword" }, "a"),
  ],
  ["GET /s/soc/api/lists/items", (client) => api.deleteValue(client, "soc", { id: "v", type: "text" }, "a")],
  ["GET /s/soc/api/lists/items", (client) => api.deleteCopies(client, "soc", "v", "a")],
  ["GET /s/soc/api/actions/connectors", (client) => api.listConnectors(client, "soc")],
  [`GET /s/soc/api/actions/connector/${ID}`, (client) => api.getConnector(client, "soc", ID)],
  [
    `PUT /s/soc/api/actions/connector/${ID}`,
    (client) => api.updateConnector(client, "soc", ID, { name: "c", config: {}, secrets: {} }),
  ],
  [`DELETE /s/soc/api/actions/connector/${ID}`, (client) => api.deleteConnector(client, "soc", ID)],
];

/** The answers of others, and what they are taken for. */
const ANSWERS: readonly [name: string, answer: Scripted, kind: ErrorKind][] = [
  ["an edge's 404", { status: 404, body: { ok: false, message: "Unknown resource." } }, "not-kibana"],
  [
    "a gateway's 404",
    { status: 404, body: { statusCode: 404, message: "Resource not found" } },
    "not-kibana",
  ],
  ["a gateway's 404 with a message alone", { status: 404, body: { message: "Not Found" } }, "not-kibana"],
  [
    "a 404 whose body tells another status",
    { status: 404, body: { message: "x", status_code: 403 } },
    "not-kibana",
  ],
  [
    "a 404 with the text of another status",
    { status: 404, body: { statusCode: 404, error: "Gone", message: "x" } },
    "not-kibana",
  ],
  ["a page's 404", { status: 404, body: "<html>404</html>", headers: HTML }, "not-kibana"],
  [
    "a 404 in plain text",
    { status: 404, body: "404 page not found", headers: { "content-type": "text/plain" } },
    "not-kibana",
  ],
  ["a 404 without a body", { status: 404, body: "", headers: JSON_TYPE }, "not-kibana"],
  ["a proxy's 409", { status: 409, body: { error: "conflict" } }, "not-kibana"],
  ["a proxy's 403", { status: 403, body: { message: "Forbidden" } }, "not-kibana"],
  ["a proxy's 403 page", { status: 403, body: "<html>403</html>", headers: HTML }, "not-kibana"],
  [
    "a proxy's 400",
    { status: 400, body: "Bad Request", headers: { "content-type": "text/plain" } },
    "not-kibana",
  ],
  ["a proxy's 500", { status: 500, body: { error: "oops" } }, "not-kibana"],
  ["a proxy's 401", { status: 401, body: { message: "Unauthorized" } }, "login"],
  ["a login page", { status: 200, body: PAGE, headers: HTML }, "not-kibana"],
  ["a redirect to a login", { status: 302, headers: { location: "https://sso.example.com/login" } }, "login"],
];

describe.each(CALLS)("%s", (request, call) => {
  it.each(ANSWERS)("does not follow %s", async (_, answer, kind) => {
    const { transport, sent } = scripted(answer);
    const error = await failure(call(clientOf(transport).client));
    expect(error.kind).toBe(kind);
    expect(error.effect).toBe("unknown");
    expect(error.problem).toContain(request);
    expect(sent).toHaveLength(1);
  });

  it.each<[string, Scripted]>([
    ["is empty", { status: 200, body: "" }],
    ["is JSON of another form", { status: 200, body: { ok: true } }],
    ["is a list of something else", { status: 200, body: [1] }],
    ["is null", { status: 200, body: "null" }],
  ])("does not follow a 200 that %s", async (_, answer) => {
    const { transport } = scripted(answer);
    const error = await failure(call(clientOf(transport).client));
    expect(error.problem).toContain(request.replace("/internal/search/es", ""));
    expect(["not-kibana", "incomplete"]).toContain(error.kind);
  });

  it("is not done by an empty 204 where Kibana answers with what it did", async () => {
    const { transport } = scripted({ status: 204, body: "" });
    if (request.startsWith("DELETE /s/soc/api/actions/"))
      return expect(call(clientOf(transport).client)).resolves.toBeUndefined();
    await failure(call(clientOf(transport).client));
  });
});

/** The first answer has Kibana's name: from then on each answer has. */
const NAMED: Step = { status: 200, body: { status: {} }, headers: { "kbn-name": "kibana" } };

describe("a Kibana that has put its name on an answer", () => {
  const signed = (answer: Scripted): Scripted => ({
    ...answer,
    headers: { ...answer.headers, "kbn-name": "kibana" },
  });
  const missing: Scripted = { status: 404, body: { message: 'rule_id: "r" not found', status_code: 404 } };
  const fastify: Scripted = {
    status: 404,
    body: { statusCode: 404, error: "Not Found", message: "Route GET:/api not found" },
  };
  const rule: Scripted = { status: 200, body: { id: "i", rule_id: "r", name: "n" } };

  const getRule = async (...steps: Step[]): Promise<unknown> => {
    const { client } = clientOf(scripted(NAMED, ...steps).transport);
    await api.getStatus(client);
    return api.getRule(client, "default", { rule_id: "r" });
  };

  it("is believed under its name, whatever the body", async () => {
    expect(await getRule(signed(missing))).toBeUndefined();
    expect(await getRule(signed({ status: 404, body: { message: "gone" } }))).toBeUndefined();
    expect(await getRule(signed(rule))).toEqual(rule.body);
  });

  it.each([
    ["404 in its form", missing],
    ["404 of another server of its kind", fastify],
    ["success", rule],
  ])("is not believed without its name: a %s", async (_, answer) => {
    const error = await failure(getRule(answer));
    expect(error.kind).toBe("not-kibana");
    expect(error.problem).toBe(
      `what answers GET /api/detection_engine/rules at https://kibana.example.com:5601 is not Kibana (${answer.status})`,
    );
  });

  it("may be behind a proxy that throttles, which has no name", async () => {
    expect(await getRule({ status: 503, body: "busy" }, { status: 429, body: "slow" }, signed(rule))).toEqual(
      rule.body,
    );
  });

  it("is believed by its envelopes where a proxy takes its name off", async () => {
    const { client } = clientOf(scripted(missing).transport);
    expect(await api.getRule(client, "default", { rule_id: "r" })).toBeUndefined();
    const core = scripted({
      status: 404,
      body: { statusCode: 404, error: "Not Found", message: "Saved object not found" },
    });
    expect(await api.getConnector(clientOf(core.transport).client, "default", ID)).toBeUndefined();
    const large = scripted({
      status: 413,
      body: { statusCode: 413, error: "Request Entity Too Large", message: "Payload content length" },
    });
    expect((await failure(api.listSpaces(clientOf(large.transport).client))).problem).toContain(
      "Payload content length",
    );
  });

  it("answers with long refusals too", async () => {
    const errors = Array.from({ length: 2_000 }, (_, n) => ({ message: `rule ${n}`, status_code: 500 }));
    const report = { message: "Bulk edit failed", status_code: 500, attributes: { errors, summary: {} } };
    const { client } = clientOf(scripted({ status: 500, body: report }).transport);
    expect(await api.bulkAction(client, "default", "enable", [ID])).toEqual(report);
  });
});

describe("a creation that something else answered", () => {
  const sent = { rule_id: "r", id: "i", name: "n" };
  const edge: Step = { status: 404, body: { ok: false, message: "Unknown resource." } };
  const missing: Step = { status: 404, body: { message: 'rule_id: "r" not found', status_code: 404 } };
  const rule: Step = { status: 200, body: sent };
  const create = (...steps: Step[]) => {
    const { transport, sent: requests } = scripted(...steps);
    const made = api.createRule(clientOf(transport).client, "default", sent, () => true);
    return { made, methods: () => requests.map(({ method }) => method) };
  };

  it("is read back, and done where the rule is there", async () => {
    for (const first of [edge, { status: 200, body: { ok: true } }, { status: 200, body: "" }]) {
      const { made, methods } = create(first, missing, rule);
      expect(await made).toEqual(sent);
      expect(methods()).toEqual(["POST", "GET", "GET"]);
    }
  });

  it("is not sent again where the rule is not there: the edge would answer again", async () => {
    const { made, methods } = create(edge, missing);
    expect((await failure(made)).problem).toMatch(/^what answers POST .* is not Kibana \(404\)$/);
    expect(methods()).toEqual(["POST", "GET", "GET", "GET"]);
  });

  it("is not taken for undone by an edge that answers the reading", async () => {
    const { made, methods } = create("ECONNRESET", edge);
    expect((await failure(made)).problem).toMatch(/^what answers GET .* is not Kibana \(404\)$/);
    expect(methods()).toEqual(["POST", "GET"]);
  });

  it.each<[string, (client: Client) => Promise<unknown>]>([
    ["list", (client) => api.createList(client, "default", KEY, never)],
    ["item", (client) => api.createItem(client, "default", ITEM, never)],
    [
      "value list",
      (client) =>
        api.createValueList(client, "default", { id: "v", name: "v", description: "d", type: "ip" }, never),
    ],
    [
      "connector",
      (client) =>
        api.createConnector(client, "default", ID, { name: "c", connector_type_id: ".index", config: {} }),
    ],
  ])("holds for a %s too", async (_, made) => {
    const { transport, sent: requests } = scripted("ECONNRESET", edge);
    expect((await failure(made(clientOf(transport).client))).kind).toBe("not-kibana");
    expect(requests.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  it("values that an edge took are read, and what is missing is sent again", async () => {
    const list = { status: 200, body: { id: "v", name: "v", type: "ip" } };
    const values = (text: string): Step => ({ status: 200, body: text });
    const count = (total: number): Step => ({
      status: 200,
      body: { total, data: total === 0 ? [] : [{ id: "1" }] },
    });
    const { transport, sent: requests } = scripted(
      edge,
      values("1.1.1.1\n"),
      count(1),
      values("1.1.1.1\n"),
      count(1),
      list,
      values("1.1.1.1\n2.2.2.2\n"),
      count(2),
    );
    await api.importValues(clientOf(transport).client, "default", "v", ["1.1.1.1", "2.2.2.2"]);
    expect(requests.map(({ url }) => new URL(url).pathname.replace("/api/lists/items/", ""))).toEqual([
      "_import",
      "_export",
      "_find",
      "_export",
      "_find",
      "_import",
      "_export",
      "_find",
    ]);
    const form = requests[5]!.body as FormData;
    expect(await (form.get("file") as File).text()).toBe("2.2.2.2\n");
  });
});
