/** An answer that leads elsewhere: the key never goes there. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient } from "../../../src/kibana/client.js";
import { deleteRule, getRule, getStatus } from "../../../src/kibana/endpoints/index.js";
import { failure, KEY } from "./support.js";

const strangers: string[] = [];
const elsewhere = createServer((request, response) => {
  strangers.push(`${request.method} ${request.url} ${request.headers.authorization ?? "without a key"}`);
  response.writeHead(200, { "content-type": "application/json", "kbn-name": "kibana" });
  response.end(JSON.stringify({ id: "i", rule_id: "r", name: "n" }));
});
let status = 302;
const kibana = createServer((_, response) => {
  const { port } = elsewhere.address() as AddressInfo;
  response.writeHead(status, { location: `http://127.0.0.1:${port}/api/x` }).end();
});
const listens = (server: typeof kibana): Promise<void> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

beforeAll(() => Promise.all([listens(elsewhere), listens(kibana)]));
afterAll(() => {
  for (const server of [elsewhere, kibana]) {
    server.closeAllConnections();
    server.close();
  }
});

describe.each([301, 302, 303, 307, 308])("a redirect with %i", (code) => {
  it("is not followed, and is no answer", async () => {
    status = code;
    strangers.length = 0;
    const client = createClient({
      url: `http://127.0.0.1:${(kibana.address() as AddressInfo).port}`,
      auth: { apiKey: KEY },
      clock: { now: () => 0, sleep: () => Promise.resolve() },
      random: () => 0,
      version: "1.2.3",
    });
    for (const request of [
      () => getStatus(client),
      () => getRule(client, "default", { rule_id: "r" }),
      () => deleteRule(client, "default", { rule_id: "r" }),
    ]) {
      const error = await failure(request());
      expect(["login", "not-kibana"]).toContain(error.kind);
    }
    expect(strangers).toEqual([]);
  });
});
