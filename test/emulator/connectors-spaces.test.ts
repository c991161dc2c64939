import { describe, expect, it } from "vitest";
import { createKibana } from "../../src/emulator/index.js";
import { startKibana } from "../support/kibana.js";
import { action, indexConnector, queryRule, RULES, webhook } from "./samples.js";

const CONNECTOR = "/api/actions/connector";
const ID = "0b2a3b6e-95a4-4a4f-9a2d-7a6c37b9a2f1";
const SPACE = "/api/spaces/space";

describe("connectors", () => {
  it("are created, read, listed, replaced and deleted; secrets never come back", async () => {
    const kibana = startKibana();
    const created = await kibana.post(CONNECTOR, webhook());
    expect(created.status).toBe(200);
    const { id } = created.body;
    expect(created.body).toEqual({
      id,
      name: "soc webhook",
      connector_type_id: ".webhook",
      config: { url: "https://soc.example/hook", method: "post", headers: null, hasAuth: true },
      is_preconfigured: false,
      is_deprecated: false,
      is_connector_type_deprecated: false,
      is_missing_secrets: false,
      is_system_action: false,
    });
    expect((await kibana.get(`${CONNECTOR}/${String(id)}`)).body).toEqual(created.body);
    await kibana.post(RULES, queryRule({ actions: [action(id)] }));
    expect((await kibana.get("/api/actions/connectors")).body).toEqual([
      { ...created.body, referenced_by_count: 1 },
    ]);
    const put = await kibana.put(`${CONNECTOR}/${String(id)}`, {
      name: "new",
      config: { url: "https://b.example" },
    });
    expect(put.body).toMatchObject({ id, name: "new", config: { url: "https://b.example" } });
    const deleted = await kibana.delete(`${CONNECTOR}/${String(id)}`);
    expect(deleted.status).toBe(204);
    expect(deleted.text).toBe("");
    expect((await kibana.get(`${CONNECTOR}/${String(id)}`)).status).toBe(404);
  });

  it("before 9.4, take no id but a UUID", async () => {
    const kibana = startKibana({ flavour: "9.2" });
    expect((await kibana.post(`${CONNECTOR}/${ID}`, indexConnector())).body["id"]).toBe(ID);
    expect((await kibana.post(`${CONNECTOR}/${ID}`, indexConnector())).status).toBe(409);
    const { status, body } = await kibana.post(`${CONNECTOR}/soc-slack`, indexConnector());
    expect(status).toBe(400);
    expect(body["message"]).toBe(
      "Predefined IDs are not allowed for saved objects with encrypted attributes unless the ID is a UUID.: Bad Request",
    );
  });

  it.each(["9.5", "serverless"] as const)("from 9.4 on, take any id: %s", async (flavour) => {
    const kibana = startKibana({ flavour });
    expect((await kibana.post(`${CONNECTOR}/soc-slack`, indexConnector())).body["id"]).toBe("soc-slack");
    expect((await kibana.post(`${CONNECTOR}/soc-slack`, indexConnector())).status).toBe(409);
    expect((await kibana.get(`${CONNECTOR}/soc-slack`)).body).toMatchObject({ id: "soc-slack" });
  });

  it("types are asked for by the feature that uses them", async () => {
    const kibana = startKibana();
    const idsOf = async (query: string) =>
      (await kibana.get<{ id: string }[]>(`/api/actions/connector_types${query}`)).body.map(({ id }) => id);
    const all = await idsOf("");
    const alerting = await idsOf("?feature_id=alerting");
    const others = [".cases-webhook", ".gen-ai", ".bedrock", ".gemini", ".sentinelone", ".crowdstrike"];
    expect(alerting).toEqual(all.filter((id) => !others.includes(id)));
    expect(await idsOf("?feature_id=cases")).toEqual([
      ".jira",
      ".servicenow",
      ".servicenow-sir",
      ".resilient",
      ".swimlane",
      ".cases-webhook",
      ".thehive",
    ]);
    expect(await idsOf("?feature_id=generativeAIForSecurity")).toEqual([".gen-ai", ".bedrock", ".gemini"]);
    expect(await idsOf("?feature_id=nothing")).toEqual([]);
  });

  it.each<[Record<string, unknown>, number, string]>([
    [
      indexConnector({ name: undefined }),
      400,
      "[request body.name]: expected value of type [string] but got [undefined]",
    ],
    [indexConnector({ color: "red" }), 400, "[request body.color]: definition for this key is missing"],
    [
      indexConnector({ config: "x" }),
      400,
      "[request body.config]: expected a plain object value, but found [string] instead.",
    ],
    [indexConnector({ connector_type_id: ".nope" }), 400, 'Action type ".nope" is not registered.'],
    [
      indexConnector({ config: {} }),
      400,
      "error validating connector type config: [index]: expected value of type [string] but got [undefined]",
    ],
    [
      { name: "s", connector_type_id: ".slack" },
      400,
      "error validating connector type secrets: [webhookUrl]: expected value of type [string] but got [undefined]",
    ],
  ])("%j is refused", async (connector, statusCode, message) => {
    const { status, body } = await startKibana().post(CONNECTOR, connector);
    expect(status).toBe(statusCode);
    expect(body).toEqual({ statusCode, error: "Bad Request", message });
  });

  it("need their licence", async () => {
    const kibana = startKibana({ license: "basic" });
    expect((await kibana.post(CONNECTOR, indexConnector())).status).toBe(200);
    const { status, body } = await kibana.post(CONNECTOR, webhook());
    expect(status).toBe(403);
    expect(body["message"]).toContain("your basic license does not support it");
    const types = (await kibana.get<{ id: string; enabled: boolean }[]>("/api/actions/connector_types")).body;
    expect(types.find((type) => type.id === ".index")?.enabled).toBe(true);
    expect(types.find((type) => type.id === ".slack")?.enabled).toBe(false);
  });

  it.each(["get", "put", "delete"] as const)("%s of one that is not there", async (method) => {
    const body = method === "put" ? { name: "n" } : undefined;
    const answer = await startKibana()[method](`${CONNECTOR}/${ID}`, body);
    expect(answer.body).toEqual({
      statusCode: 404,
      error: "Not Found",
      message: `Saved object [action/${ID}] not found`,
    });
  });

  it("of the configuration file are in every space and cannot be changed", async () => {
    const preconfigured = [{ id: "soc-email", name: "SOC", connector_type_id: ".email" }];
    const kibana = startKibana({ preconfigured });
    const { body } = await kibana.get(`/s/soc${CONNECTOR}/soc-email`);
    expect(body).toMatchObject({ is_preconfigured: true, connector_type_id: ".email" });
    expect(body).not.toHaveProperty("config");
    expect((await kibana.put(`${CONNECTOR}/soc-email`, { name: "x" })).status).toBe(400);
    expect((await kibana.delete(`${CONNECTOR}/soc-email`)).status).toBe(400);
  });

  it("run as far as nobody is told of it", async () => {
    const kibana = startKibana();
    const run = async (connector: Record<string, unknown>, params: unknown) => {
      const { body } = await kibana.post(CONNECTOR, connector);
      return (await kibana.post(`${CONNECTOR}/${String(body["id"])}/_execute`, { params })).body;
    };
    expect(await run(indexConnector(), { documents: [{}] })).toMatchObject({ status: "ok" });
    expect(await run({ name: "l", connector_type_id: ".server-log" }, { message: "m" })).toMatchObject({
      status: "ok",
    });
    expect(await run({ name: "l", connector_type_id: ".server-log" }, {})).toMatchObject({
      status: "error",
      message:
        "error validating action params: [message]: expected value of type [string] but got [undefined]",
    });
    expect(await run(webhook(), { body: "x" })).toMatchObject({
      status: "error",
      message: expect.stringContaining("nothing was sent") as string,
    });
  });
});

describe("an address that cannot be decoded", () => {
  it.each(["/s/%zz/api/status", "/s/%E2%82/api/status", "/s/a%/api/actions/connectors", `${CONNECTOR}/%zz`])(
    "is a bad request: %s",
    async (path) => {
      const requests: string[] = [];
      const kibana = createKibana({
        onRequest: (request) => requests.push(`${request.path} ${request.space} ${request.status}`),
      });
      const response = await kibana.fetch(new Request(`http://kibana.test${path}`));
      expect(await response.json()).toEqual({
        statusCode: 400,
        error: "Bad Request",
        message: "Bad Request",
      });
      expect([response.status, response.headers.get("kbn-name")]).toEqual([400, "kdac"]);
      expect(requests).toEqual([`${path} default 400`]);
    },
  );
});

describe("spaces", () => {
  it("are created, read, listed, replaced and deleted with all that is in them", async () => {
    const kibana = startKibana();
    const space = { id: "soc", name: "SOC", description: "d", disabledFeatures: ["ml"] };
    expect((await kibana.post(SPACE, space)).body).toEqual(space);
    expect((await kibana.get(`${SPACE}/soc`)).body).toEqual(space);
    const put = await kibana.put(`${SPACE}/soc`, { id: "soc", name: "new" });
    expect(put.body).toEqual({ id: "soc", name: "new", disabledFeatures: [] });
    const all = await kibana.get<{ id: string }[]>(SPACE);
    expect(all.body.map(({ id }) => id)).toEqual(["default", "soc"]);
    await kibana.post(`/s/soc${RULES}`, queryRule());
    expect((await kibana.delete(`${SPACE}/soc`)).status).toBe(204);
    await kibana.post(SPACE, space);
    expect((await kibana.get(`/s/soc${RULES}/_find`)).body["total"]).toBe(0);
  });

  it.each<["get" | "put" | "delete" | "post", string, unknown, number, string]>([
    ["get", `${SPACE}/x`, undefined, 404, "Not Found"],
    ["delete", `${SPACE}/x`, undefined, 404, "Not Found"],
    ["put", `${SPACE}/x`, { id: "x", name: "x" }, 404, "Not Found"],
    ["post", SPACE, { id: "default", name: "x" }, 409, "A space with the identifier default already exists."],
    [
      "delete",
      `${SPACE}/default`,
      undefined,
      400,
      "The default space cannot be deleted because it is reserved.",
    ],
    [
      "post",
      SPACE,
      { id: "A B", name: "x" },
      400,
      "[request body.id]: must be lower case, a-z, 0-9, '_', and '-' are allowed",
    ],
    [
      "post",
      SPACE,
      { id: "a" },
      400,
      "[request body.name]: expected value of type [string] but got [undefined]",
    ],
    [
      "post",
      SPACE,
      { id: "a", name: "a", x: 1 },
      400,
      "[request body.x]: definition for this key is missing",
    ],
    [
      "post",
      SPACE,
      { id: "a", name: "a", initials: "abc" },
      400,
      "[request body.initials]: value has length [3] but it must have a maximum length of [2].",
    ],
  ])("%s %s %j", async (method, path, body, statusCode, message) => {
    const answer = await startKibana()[method](path, body);
    expect(answer.body).toMatchObject({ statusCode, message });
  });

  it("the default one keeps its standing when it is replaced", async () => {
    const kibana = startKibana();
    await kibana.put(`${SPACE}/default`, { id: "default", name: "Home" });
    expect((await kibana.delete(`${SPACE}/default`)).status).toBe(400);
  });
});

describe("what Kibana says of itself", () => {
  it("of the detection engine's privileges and indices", async () => {
    const users = [{ username: "viewer", password: "x", lacks: ["write" as const] }];
    const kibana = startKibana({ users }).as("viewer", "x");
    expect((await kibana.get("/api/detection_engine/privileges")).body).toMatchObject({
      username: "viewer",
      has_all_requested: false,
      is_authenticated: true,
      has_encryption_key: true,
      index: { ".alerts-security.alerts-default": { read: true, write: false } },
    });
    expect((await startKibana().post("/api/detection_engine/index")).body).toEqual({ acknowledged: true });
    expect((await startKibana().delete("/api/detection_engine/index")).status).toBe(404);
  });

  it("of alerts: there are none", async () => {
    const kibana = startKibana();
    const { body } = await kibana.post("/api/detection_engine/signals/search", { size: 1 });
    expect(body).toMatchObject({ hits: { total: { value: 0 }, hits: [] } });
    const refused = await kibana.post("/api/detection_engine/signals/search", {});
    expect(refused.body).toEqual({ message: '"value" must have at least 1 children', status_code: 400 });
  });

  it("of prebuilt rules, which it installs and updates", async () => {
    const asset = (changes: Record<string, unknown>) =>
      queryRule({ version: 1, author: ["Elastic"], ...changes });
    const kibana = startKibana({ prebuilt: [asset({ version: 1 }), asset({ version: 2, name: "newer" })] });
    const status = async () => (await kibana.get(`${RULES}/prepackaged/_status`)).body;
    expect(await status()).toMatchObject({ rules_not_installed: 1, rules_installed: 0 });
    const { body } = await kibana.put(`${RULES}/prepackaged`);
    expect(body).toMatchObject({ rules_installed: 1, rules_updated: 0 });
    expect(await status()).toMatchObject({
      rules_not_installed: 0,
      rules_installed: 1,
      rules_not_updated: 0,
    });
    expect((await kibana.get(`${RULES}?rule_id=rule-1`)).body).toMatchObject({ name: "newer", version: 2 });
    expect((await kibana.put(`${RULES}/prepackaged`)).body).toMatchObject({
      rules_installed: 0,
      rules_updated: 0,
    });
  });
});
