import { createServer, type IncomingMessage } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createClient, type ClientOptions } from "../../../src/kibana/client.js";
import { systemClock } from "../../../src/kibana/client-clock.js";
import {
  exportRules,
  findRules,
  getStatus,
  importRules,
  updateRule,
} from "../../../src/kibana/endpoints/index.js";
import { fetchTransport } from "../../../src/kibana/transport.js";
import { selfSigned } from "./certificate.js";
import { clientOf, failure, KEY, scripted } from "./support.js";

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly port: number | undefined;
}

const seen: Seen[] = [];
let answer: { status: number; body: string; delay?: number } = { status: 200, body: "{}" };
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
  request.on("end", () => {
    seen.push({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body,
      port: request.socket.remotePort,
    });
    const { status, body: text, delay = 0 } = answer;
    setTimeout(() => response.writeHead(status, { "content-type": "application/json" }).end(text), delay);
  });
});
const options = (): ClientOptions => ({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  auth: { apiKey: KEY },
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  random: () => 0,
  version: "1.2.3",
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("over the loopback", () => {
  it("1: sends the headers that Kibana wants, to the space that was asked for", async () => {
    answer = { status: 200, body: JSON.stringify({ id: "i", rule_id: "r", name: "n" }) };
    seen.length = 0;
    const client = createClient(options());
    await updateRule(client, "soc-emea", { rule_id: "r", name: "n" });
    await updateRule(client, "default", { rule_id: "r", name: "n" });
    expect(seen.map((request) => request.url)).toEqual([
      "/s/soc-emea/api/detection_engine/rules",
      "/api/detection_engine/rules",
    ]);
    expect(seen[0]).toMatchObject({
      method: "PUT",
      body: '{"rule_id":"r","name":"n"}',
      headers: {
        authorization: `ApiKey ${KEY}`,
        "kbn-xsrf": "kdac",
        "elastic-api-version": "2023-10-31",
        "user-agent": "kdac/1.2.3",
        "content-type": "application/json",
      },
    });
    expect(seen[0]!.port, "the connection is kept").toBe(seen[1]!.port);
  });

  it("encodes queries and spaces", async () => {
    answer = { status: 200, body: '{"total":0,"data":[]}' };
    seen.length = 0;
    await findRules(createClient(options()), "a b", { filter: 'alert.attributes.name: "a&b"' });
    const url = new URL(seen[0]!.url!, "http://x");
    expect(url.pathname).toBe("/s/a%20b/api/detection_engine/rules/_find");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      filter: 'alert.attributes.name: "a&b"',
      page: "1",
      per_page: "1000",
    });
  });

  it("imports as a multipart file whose name ends in .ndjson", async () => {
    answer = { status: 200, body: '{"success":true}' };
    seen.length = 0;
    await importRules(createClient(options()), "default", '{"rule_id":"r"}\n', { overwrite: true });
    expect(seen[0]!.url).toBe("/api/detection_engine/rules/_import?overwrite=true");
    expect(seen[0]!.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen[0]!.body).toMatch(/name="file"; filename="kdac.ndjson"/);
    expect(seen[0]!.body).toContain('{"rule_id":"r"}\n');
  });

  it("reports a time-out as one", async () => {
    answer = { status: 200, body: "{}", delay: 300 };
    const error = await failure(getStatus(createClient({ ...options(), connection: { timeout: 30 } })));
    expect(error.kind).toBe("timeout");
    expect(error.message).toMatch(/did not answer in time/);
  });

  it("refuses a certificate that nobody vouches for, whatever the environment says", async () => {
    const secure = createSecureServer(selfSigned(), (_, response) => response.end("{}"));
    await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    try {
      const url = `https://localhost:${(secure.address() as AddressInfo).port}`;
      const error = await failure(getStatus(createClient({ ...options(), url })));
      expect(error.kind).toBe("tls");
      expect(error.message).toMatch(/cannot be trusted.*NODE_EXTRA_CA_CERTS/);
    } finally {
      vi.unstubAllEnvs();
      secure.close();
    }
  });
});

describe("without sockets", () => {
  it("asks an in-process Kibana through its fetch, forms included", async () => {
    const requests: { url: string; file: string }[] = [];
    const transport = fetchTransport(async (request) => {
      const file = (await request.formData()).get("file");
      requests.push({ url: request.url, file: file instanceof File ? await file.text() : "" });
      return Response.json({ success: true });
    });
    await importRules(clientOf(transport).client, "x", "{}\n");
    expect(requests).toEqual([
      { url: "https://kibana.example.com:5601/s/x/api/detection_engine/rules/_import", file: "{}\n" },
    ]);
  });
});

describe("the client", () => {
  it("keeps to its concurrency", async () => {
    let running = 0;
    let most = 0;
    const { client } = clientOf(
      async (_, now) => {
        most = Math.max(most, ++running);
        await systemClock.sleep(2);
        running--;
        return { status: 200, headers: {}, text: "{}", at: now() };
      },
      { concurrency: 3 },
    );
    await Promise.all(
      Array.from({ length: 12 }, () =>
        client.json({ method: "GET", path: "/api/x", doing: "x", repeat: "repeatable" }),
      ),
    );
    expect(most).toBe(3);
  });

  it("encodes an API key given as id:key, and takes one with its scheme", () => {
    const encoded = Buffer.from("id:key").toString("base64");
    for (const apiKey of ["id:key", encoded, `ApiKey ${encoded}`, ` ${encoded}\n`]) {
      const { transport, sent } = scripted({ status: 200, body: {} });
      void clientOf(transport, { auth: { apiKey } }).client.send({
        method: "GET",
        path: "/api/x",
        doing: "x",
        repeat: "repeatable",
      });
      expect(sent[0]!.headers["authorization"]).toBe(`ApiKey ${encoded}`);
    }
  });

  it("reads an export's lines, and does not take a cut one for a whole", async () => {
    const whole = scripted({ status: 200, body: '{"rule_id":"a"}\n\n{"exported_count":1}\n' });
    await expect(exportRules(clientOf(whole.transport).client, "default")).resolves.toEqual([
      { rule_id: "a" },
    ]);
    const cut = scripted({ status: 200, body: '{"rule_id":"a"}\n{"exported_co' });
    expect((await failure(exportRules(clientOf(cut.transport).client, "default"))).kind).toBe("incomplete");
  });
});
