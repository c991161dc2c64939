/** What Kibana's core checks before any handler: who calls, what was sent and how. */
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { createKibana, serve } from "../../src/emulator/index.js";
import { basic, startKibana } from "../support/kibana.js";
import { queryRule, RULES } from "./samples.js";

const AUTH = { authorization: basic("elastic", "changeme") };
const XSRF = { "kbn-xsrf": "1" };
const JSON_TYPE = { "content-type": "application/json" };

describe("authentication", () => {
  it("takes the API key, and its owner is who writes", async () => {
    const { kibana, send } = startKibana({ apiKey: "a2V5OnNlY3JldA==" });
    expect(kibana.apiKey).toBe("a2V5OnNlY3JldA==");
    const headers = { authorization: "ApiKey a2V5OnNlY3JldA==", ...XSRF, ...JSON_TYPE };
    const { status, body } = await send("POST", RULES, headers, JSON.stringify(queryRule()));
    expect(status).toBe(200);
    expect(body["created_by"]).toBe("elastic");
  });

  it("makes a random API key", () => {
    const keys = [startKibana().kibana.apiKey, startKibana().kibana.apiKey];
    expect(keys[0]).not.toBe(keys[1]);
    expect(atob(keys[0]!)).toMatch(/^[^:]+:[^:]+$/);
  });

  it.each([
    ["nobody", {}, "Unauthorized"],
    [
      "a wrong password",
      { authorization: basic("elastic", "wrong") },
      "unable to authenticate user [elastic]",
    ],
    ["a wrong key", { authorization: "ApiKey d3Jvbmc=" }, "unable to authenticate with provided credentials"],
    ["another scheme", { authorization: "Bearer x" }, "Unauthorized"],
  ])("refuses %s", async (_, headers, text) => {
    const { status, body, headers: answered } = await startKibana().send("GET", `${RULES}/_find`, headers);
    expect(status).toBe(401);
    expect(body).toMatchObject({ statusCode: 401, error: "Unauthorized" });
    expect(body["message"]).toContain(text);
    expect(answered.get("www-authenticate")).toContain("Basic");
  });

  it("tells strangers of the status no more than the level", async () => {
    const { send, get } = startKibana();
    const stranger = await send("GET", "/api/status", {});
    expect(stranger.status).toBe(200);
    expect(stranger.body).toEqual({ status: { overall: { level: "available" } } });
    expect((await get("/api/status")).body).toMatchObject({ version: { number: "9.5.1" } });
  });

  it("takes the users that it is given", async () => {
    const kibana = startKibana({ users: [{ username: "jane", password: "pa:ss" }] });
    expect((await kibana.get(`${RULES}/_find`)).status).toBe(401);
    const rule = await kibana.as("jane", "pa:ss").post(RULES, queryRule());
    expect(rule.body["created_by"]).toBe("jane");
  });
});

describe("headers", () => {
  it("wants kbn-xsrf on what may write", async () => {
    const { send } = startKibana();
    const { status, body } = await send("POST", RULES, { ...AUTH, ...JSON_TYPE }, "{}");
    expect(status).toBe(400);
    expect(body).toEqual({
      statusCode: 400,
      error: "Bad Request",
      message: "Request must contain a kbn-xsrf header.",
    });
    expect((await send("GET", `${RULES}/_find`, AUTH)).status).toBe(200);
  });

  it("refuses another kbn-version", async () => {
    const { body } = await startKibana().send("GET", `${RULES}/_find`, { ...AUTH, "kbn-version": "8.0.0" });
    expect(body).toMatchObject({ statusCode: 400, attributes: { expected: "9.5.1", got: "8.0.0" } });
    expect(body["message"]).toContain('("kbn-version" header was "8.0.0" but should be "9.5.1")');
  });

  it("echoes the API version, and refuses one that it does not know", async () => {
    const { get, send } = startKibana();
    expect((await get(`${RULES}/_find`)).headers.get("elastic-api-version")).toBe("2023-10-31");
    const { status, body } = await send(
      "POST",
      RULES,
      { ...AUTH, ...XSRF, "elastic-api-version": "1" },
      "{}",
    );
    expect(status).toBe(400);
    expect(body["message"]).toBe(
      'No version "1" available for [post] [/api/detection_engine/rules]. Available versions are: [2023-10-31]',
    );
  });

  it("gives an internal API to those that say they are internal", async () => {
    const path = "/internal/security/me";
    const { send } = startKibana();
    const refused = await send("GET", path, AUTH);
    expect(refused.status).toBe(400);
    expect(refused.body["message"]).toBe(
      `uri [${path}] with method [get] exists but is not available with the current configuration`,
    );
    const internal = { ...AUTH, "x-elastic-internal-origin": "kdac" };
    expect((await send("GET", path, internal)).body).toMatchObject({
      username: "elastic",
      authentication_type: "realm",
    });
    expect((await send("GET", `${path}?elasticInternalOrigin=false`, internal)).status).toBe(400);
    expect((await send("GET", "/api/licensing/info", internal)).body).toMatchObject({
      license: { type: "trial" },
    });
    expect((await startKibana({ version: "8.18.0" }).send("GET", path, AUTH)).status).toBe(200);
  });
});

describe("the body", () => {
  it.each([
    ["{", 400, "Invalid request payload JSON format"],
    ["", 400, "[request body]: Invalid input: expected object, received null"],
    ["[]", 400, "[request body]: Invalid input: expected object, received array"],
    ["{}", 400, "[request body]: type: Invalid input"],
    ['{"type":"nope"}', 400, "[request body]: type: Invalid input"],
  ])("%j", async (text, expected, message) => {
    const { status, body } = await startKibana().send(
      "POST",
      RULES,
      { ...AUTH, ...XSRF, ...JSON_TYPE },
      text,
    );
    expect(status).toBe(expected);
    expect(body["message"]).toBe(message);
  });

  it("of another type is refused", async () => {
    const headers = { ...AUTH, ...XSRF, "content-type": "image/png" };
    expect((await startKibana().send("POST", RULES, headers, "x")).status).toBe(415);
  });

  it.each([
    [RULES, 1_048_576],
    [`${RULES}/_import`, 10_485_760],
    ["/api/exception_lists/_import", 9_000_000],
  ])("of %s may have %d bytes", async (path, most) => {
    const { status, body } = await startKibana().send(
      "POST",
      path,
      { ...AUTH, ...XSRF },
      " ".repeat(most + 1),
    );
    expect(status).toBe(413);
    expect(body).toEqual({
      statusCode: 413,
      error: "Request Entity Too Large",
      message: `Payload content length greater than maximum allowed: ${most}`,
    });
  });
});

describe("paths", () => {
  it.each([
    ["GET", "/api/nothing"],
    ["GET", `${RULES}/_bulk_action`],
    ["POST", `${RULES}/_bulk_update`],
    ["GET", "/s/soc/api/nothing"],
    ["GET", "/"],
  ])("%s %s is not there", async (method, path) => {
    const { status, body } = await startKibana().send(method, path, { ...AUTH, ...XSRF });
    expect(status).toBe(404);
    expect(body).toEqual({ statusCode: 404, error: "Not Found", message: "Not Found" });
  });

  it("comes first: a path that is not there asks for no credentials", async () => {
    expect((await startKibana().send("GET", "/api/nothing", {})).status).toBe(404);
  });
});

describe("the log of requests", () => {
  it("tells each request once, without the space's prefix and without credentials", async () => {
    const seen: unknown[] = [];
    const kibana = startKibana({ spaces: ["soc"], onRequest: (log) => seen.push(log) });
    await kibana.get(`/s/soc${RULES}/_find?page=2`);
    await kibana.post(RULES, {});
    expect(seen).toEqual([
      { method: "GET", path: `${RULES}/_find?page=2`, space: "soc", status: 200 },
      { method: "POST", path: RULES, space: "default", status: 400 },
    ]);
  });
});

describe("the name that a request asks for", () => {
  it.each([
    ["localhost", 200],
    ["localhost:5601", 200],
    ["LOCALHOST", 200],
    ["127.0.0.1", 200],
    ["127.8.9.1:80", 200],
    ["[::1]:5601", 200],
    ["rebound.example", 421],
    ["127.0.0.1.rebound.example", 421],
    ["localhost.rebound.example:5601", 421],
  ])("%s → %i", async (name, status) => {
    const running = await serve(createKibana(), { port: 0 });
    try {
      const { port } = new URL(running.url);
      const answered = await new Promise((resolve, reject) => {
        request({ host: "127.0.0.1", port, path: "/api/status", headers: { host: name } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
      expect(answered).toBe(status);
    } finally {
      await running.close();
    }
  });
});
