import { describe, expect, it } from "vitest";
import { ConnectionReset, createKibana, type Fault, serve } from "../../src/emulator/index.js";
import { ndjsonOf, type Session, startKibana } from "../support/kibana.js";
import { queryRule, RULES } from "./samples.js";

const withFaults = (...faults: Fault[]): Session => startKibana({ faults });
const count = async (kibana: Session): Promise<unknown> => (await kibana.get(`${RULES}/_find`)).body["total"];

describe("faults", () => {
  it("answer in Kibana's place, as often as they are told", async () => {
    const respond = { kind: "status", status: 429, retryAfter: 2 } as const;
    const kibana = withFaults({ match: { method: "post", path: RULES }, times: 2, respond });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await kibana.post(RULES, queryRule())).status);
    expect(statuses).toEqual([429, 429, 200]);
    expect(await count(kibana)).toBe(1);
  });

  it("say when to come again", async () => {
    const kibana = withFaults({ respond: { kind: "status", status: 503, retryAfter: 7 } });
    const { status, headers, body } = await kibana.get("/api/status");
    expect(status).toBe(503);
    expect(headers.get("retry-after")).toBe("7");
    expect(body).toEqual({ statusCode: 503, error: "Service Unavailable", message: "Service Unavailable" });
  });

  it("can strike after the request was carried out", async () => {
    const kibana = withFaults({
      match: { path: RULES },
      times: 1,
      respond: { kind: "status", status: 504, afterHandling: true },
    });
    expect((await kibana.post(RULES, queryRule())).status).toBe(504);
    expect(await count(kibana)).toBe(1);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])("drop the connection; afterwards: %s", async (afterHandling, written) => {
    const kibana = withFaults({
      match: { method: "POST" },
      times: 1,
      respond: { kind: "reset", afterHandling },
    });
    await expect(kibana.post(RULES, queryRule())).rejects.toBeInstanceOf(ConnectionReset);
    expect(await count(kibana)).toBe(written);
  });

  it("wait", async () => {
    const kibana = withFaults({ respond: { kind: "slow", milliseconds: 30 } });
    const before = performance.now();
    await kibana.get("/api/status");
    expect(performance.now() - before).toBeGreaterThanOrEqual(25);
  });

  it("begin later, match by pattern and space, and can be replaced", async () => {
    const match = { path: /\/rules\?/, space: "soc" };
    const kibana = withFaults({ match, after: 1, respond: { kind: "status", status: 500 } });
    const statusOf = async (path: string): Promise<number> => (await kibana.get(path)).status;
    const path = `${RULES}?rule_id=x`;
    expect(await statusOf(`/s/soc${path}`)).toBe(404);
    expect(await statusOf(path)).toBe(404);
    expect(await statusOf(`/s/soc${path}`)).toBe(500);
    kibana.kibana.setFaults([]);
    expect(await statusOf(`/s/soc${path}`)).toBe(404);
  });

  it("let some rules of a bulk action fail", async () => {
    const kibana = startKibana();
    for (const rule_id of ["a", "b", "c"]) await kibana.post(RULES, queryRule({ rule_id }));
    kibana.kibana.setFaults([
      { times: 1, respond: { kind: "partial", failures: 2, message: "shard is away" } },
    ]);
    const { status, body } = await kibana.post(`${RULES}/_bulk_action`, { action: "enable" });
    expect(status).toBe(500);
    expect(body).toMatchObject({
      message: "Bulk edit partially failed",
      attributes: {
        summary: { failed: 2, succeeded: 1, total: 3 },
        errors: [{ message: "shard is away", status_code: 500, rules: [{ name: "Simple Rule Query" }, {}] }],
      },
    });
  });

  it("let some rules of an import fail", async () => {
    const kibana = withFaults({ respond: { kind: "partial", failures: 1 } });
    const lines = ndjsonOf([queryRule(), queryRule({ rule_id: "rule-2" })]);
    const { status, body } = await kibana.upload(`${RULES}/_import`, lines);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: false,
      success_count: 1,
      errors: [{ rule_id: "rule-1", error: { status_code: 500 } }],
    });
  });
});

describe("answers that are broken or not Kibana's", () => {
  it.each([
    [{ retryAfter: 7 }, "7"],
    [{ retryAfter: "soon" }, "soon"],
    [{ retryAt: 60 }, "Thu, 01 Jan 2026 00:01:00 GMT"],
  ])("%j says when to come again: %s", async (when, header) => {
    const faults: Fault[] = [{ respond: { kind: "status", status: 429, ...when } }];
    const kibana = startKibana({ faults, now: () => new Date("2026-01-01T00:00:00Z") });
    expect((await kibana.get("/api/status")).headers.get("retry-after")).toBe(header);
  });

  it.each([
    ["login", undefined, 200],
    ["error", undefined, 502],
    ["login", 503, 503],
  ] as const)("a page of a proxy: %s, %s", async (page, status, expected) => {
    const kibana = withFaults({
      respond: { kind: "html", page, ...(status === undefined ? {} : { status }) },
    });
    const answer = await kibana.get(`${RULES}/_find`);
    expect(answer.status).toBe(expected);
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.text).toContain("<!doctype html>");
  });

  it("a page of a proxy can hide that the request was carried out", async () => {
    const kibana = withFaults({
      match: { method: "POST" },
      respond: { kind: "html", page: "error", afterHandling: true },
    });
    await kibana.post(RULES, queryRule());
    expect(await count(kibana)).toBe(1);
  });

  it("an expired key, from the n-th request on", async () => {
    const kibana = withFaults({ after: 1, respond: { kind: "expired-key" } });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await kibana.get(`${RULES}/_find`)).status);
    expect(statuses).toEqual([200, 401, 401]);
  });

  it("a body in pieces is whole in the end", async () => {
    const kibana = withFaults({ respond: { kind: "slow-body", milliseconds: 16 } });
    expect((await kibana.get("/api/status")).body).toMatchObject({ version: { number: "9.5.1" } });
    await kibana.post("/api/spaces/space", { id: "a", name: "a" });
    expect((await kibana.delete("/api/spaces/space/a")).status).toBe(204);
  });

  it("a body that breaks off fails the read of it, and the request was carried out", async () => {
    const kibana = withFaults({ match: { method: "POST" }, respond: { kind: "truncated" } });
    await expect(kibana.post(RULES, queryRule())).rejects.toThrow("terminated");
    expect(await count(kibana)).toBe(1);
  });
});

describe("somebody else at work", () => {
  const edit = { act: "save-rule", rule_id: "rule-1", change: { name: "by hand" } } as const;
  const name = async (kibana: Session) => (await kibana.get(`${RULES}?rule_id=rule-1`)).body["name"];

  it.each([
    ["before", "by the client"],
    ["after", "by hand"],
  ] as const)("%s a request leaves what is %s", async (when, left) => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule());
    kibana.kibana.setFaults([{ match: { method: "PUT" }, respond: { kind: "change", when, does: [edit] } }]);
    const answer = await kibana.put(RULES, queryRule({ name: "by the client" }));
    expect(answer.body).toMatchObject({ name: "by the client", revision: when === "before" ? 2 : 1 });
    expect(await name(kibana)).toBe(left);
  });

  it("does several things, in another space, under a name; what is refused is left undone", async () => {
    const kibana = startKibana({ spaces: ["soc"] });
    await kibana.post(`/s/soc${RULES}`, queryRule());
    kibana.kibana.setFaults([
      {
        times: 1,
        respond: {
          kind: "change",
          user: "jane",
          space: "soc",
          does: [
            { act: "delete-rule", rule_id: "not-there" },
            edit,
            { act: "duplicate-rule", rule_id: "rule-1" },
          ],
        },
      },
    ]);
    expect((await kibana.get("/api/status")).status).toBe(200);
    const { body } = await kibana.get(`/s/soc${RULES}/_find`);
    expect(body).toMatchObject({
      total: 2,
      data: [
        { name: "by hand", updated_by: "jane" },
        { name: "by hand [Duplicate]", created_by: "jane" },
      ],
    });
  });
});

describe("over a socket", () => {
  const answers = async (fault: Fault): Promise<{ response: Response; close: () => Promise<void> }> => {
    const running = await serve(createKibana({ faults: [fault] }), { port: 0 });
    const headers = { authorization: `ApiKey ${running.apiKey}` };
    return { response: await fetch(`${running.url}/api/status`, { headers }), close: () => running.close() };
  };

  it("a body breaks off although its length was told", async () => {
    const { response, close } = await answers({ respond: { kind: "truncated" } });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
    await close();
  });

  it("the headers of a slow body come before its end", async () => {
    const { response, close } = await answers({ respond: { kind: "slow-body", milliseconds: 3_600_000 } });
    expect(response.status).toBe(200);
    await response.body?.cancel();
    await close();
  });

  it("serves, drops connections where a fault says so, and closes", async () => {
    const kibana = createKibana();
    const running = await serve(kibana, { port: 0 });
    expect(running.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const headers = { authorization: `ApiKey ${running.apiKey}` };
    const response = await fetch(`${running.url}/api/status`, { headers });
    expect(await response.json()).toMatchObject({ version: { number: "9.5.1" } });
    kibana.setFaults([{ respond: { kind: "reset" } }]);
    await expect(fetch(`${running.url}/api/status`, { headers })).rejects.toThrow("fetch failed");
    await running.close();
    await expect(fetch(`${running.url}/api/status`)).rejects.toThrow("fetch failed");
  });

  it("rejects where the port is taken", async () => {
    const first = await serve(createKibana(), { port: 0 });
    const port = Number(new URL(first.url).port);
    await expect(serve(createKibana(), { port })).rejects.toThrow("EADDRINUSE");
    await first.close();
  });
});
