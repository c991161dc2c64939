import { createServer, request as httpRequest, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import {
  type AddressInfo,
  connect as connectTo,
  createServer as createPlainServer,
  type Server as NetServer,
} from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createClient, type Client, type TraceLine } from "../../../src/kibana/client.js";
import type { Connection } from "../../../src/kibana/connection.js";
import { getStatus, listSpaces } from "../../../src/kibana/endpoints/index.js";
import { selfSigned } from "./certificate.js";
import { clientOf, failure, KEY, scripted } from "./support.js";

const STATUS = JSON.stringify({ version: { number: "9.5.1" } });
const certificate = selfSigned();
const kibana = createServer((_, response) =>
  response.setHeader("content-type", "application/json").end(STATUS),
);
const secure = createSecureServer(certificate, (_, response) =>
  response.setHeader("content-type", "application/json").end(STATUS),
);
/** Accepts connections and says nothing. */
const silent = createPlainServer(() => undefined);
/** What the proxy was asked, as `METHOD target`, with what it was told of its user. */
const proxied: { line: string; user: string | undefined; key: string | undefined }[] = [];
let wanted: string | undefined;
const proxy = createServer((incoming, response) => {
  const { method = "", url = "", headers } = incoming;
  proxied.push({
    line: `${method} ${url}`,
    user: headers["proxy-authorization"],
    key: headers.authorization,
  });
  if (wanted !== undefined && headers["proxy-authorization"] !== wanted) {
    response.writeHead(407, { "content-type": "text/html" }).end("<html>407</html>");
    return;
  }
  httpRequest(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  }).end();
});
proxy.on("connect", ({ url = "", headers }, socket, head) => {
  proxied.push({ line: `CONNECT ${url}`, user: headers["proxy-authorization"], key: headers.authorization });
  if (wanted !== undefined && headers["proxy-authorization"] !== wanted) {
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
    return;
  }
  const [host = "", port = ""] = url.split(":");
  const upstream = connectTo(Number(port), host, () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("error", () => upstream.destroy());
});

const servers: (Server | NetServer)[] = [kibana, secure, silent, proxy];
const portOf = (server: Server | NetServer): number => (server.address() as AddressInfo).port;
const urlOf = (server: Server | NetServer, scheme = "http"): string =>
  `${scheme}://localhost:${portOf(server)}`;
const clientAt = (url: string, connection: Connection, onTrace?: (line: TraceLine) => void): Client =>
  createClient({
    url,
    auth: { apiKey: KEY },
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    random: () => 0,
    version: "1.2.3",
    connection,
    ...(onTrace === undefined ? {} : { onTrace }),
  });

beforeAll(async () => {
  for (const server of servers) await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
});
afterAll(() => {
  for (const server of servers) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  }
});
afterEach(() => {
  wanted = undefined;
  proxied.length = 0;
  vi.unstubAllEnvs();
});

describe("a certificate authority", () => {
  it("of the environment's own is trusted, beside those that Node knows", async () => {
    const client = clientAt(urlOf(secure, "https"), { ca: certificate.cert });
    expect((await getStatus(client)).dialect.version).toBe("9.5.1");
  });

  it("that did not sign this certificate does not help", async () => {
    const error = await failure(getStatus(clientAt(urlOf(secure, "https"), { ca: selfSigned().cert })));
    expect(error.kind).toBe("tls");
    expect(error.message).toMatch(/set ca in the environment's settings/);
  });

  it("is trusted for its name alone", async () => {
    const url = `https://127.0.0.1:${portOf(secure)}`;
    const error = await failure(getStatus(clientAt(url, { ca: certificate.cert })));
    expect(error.message).toMatch(/certificate is not for "127.0.0.1"|nothing listens/);
  });
});

describe("a proxy", () => {
  it("is asked for a tunnel to https, and sees neither the key nor the path", async () => {
    const client = clientAt(urlOf(secure, "https"), { ca: certificate.cert, proxy: urlOf(proxy) });
    expect((await getStatus(client)).dialect.version).toBe("9.5.1");
    expect(proxied).toEqual([
      { line: `CONNECT localhost:${portOf(secure)}`, user: undefined, key: undefined },
    ]);
  });

  it("does not make a certificate trusted", async () => {
    const error = await failure(getStatus(clientAt(urlOf(secure, "https"), { proxy: urlOf(proxy) })));
    expect(error.kind).toBe("tls");
  });

  it("is handed plain http", async () => {
    await getStatus(clientAt(urlOf(kibana), { proxy: urlOf(proxy) }));
    expect(proxied.map(({ line }) => line)).toEqual([`GET ${urlOf(kibana)}/api/status`]);
  });

  it.each(["http", "https"])("is given its user and password, for %s", async (scheme) => {
    wanted = `Basic ${Buffer.from("me:p@ss word").toString("base64")}`;
    const at = `http://me:p%40ss%20word@localhost:${portOf(proxy)}`;
    const server = scheme === "https" ? secure : kibana;
    await getStatus(clientAt(urlOf(server, scheme), { ca: certificate.cert, proxy: at }));
    expect(proxied.map(({ user }) => user)).toEqual([wanted]);
  });

  it.each(["http", "https"])(
    "that refuses its credentials is told apart from Kibana, for %s",
    async (scheme) => {
      wanted = "Basic x";
      const at = `http://me:hunter22@localhost:${portOf(proxy)}`;
      const server = scheme === "https" ? secure : kibana;
      const error = await failure(
        getStatus(clientAt(urlOf(server, scheme), { ca: certificate.cert, proxy: at })),
      );
      expect(error.kind).toBe("proxy");
      expect(error.message).toMatch(/the proxy before .* wants credentials \(407\)/);
      expect(JSON.stringify([error, error.message, error.stack])).not.toContain("hunter22");
    },
  );

  it("that is not there is named, instead of Kibana", async () => {
    const error = await failure(getStatus(clientAt(urlOf(kibana), { proxy: "http://127.0.0.1:9" })));
    expect(error.kind).toBe("proxy");
    expect(error.message).toMatch(/nothing listens at the proxy "127.0.0.1:9"/);
  });

  it("comes from the variables that all tools read, unless it is switched off", async () => {
    vi.stubEnv("HTTP_PROXY", urlOf(proxy));
    vi.stubEnv("http_proxy", urlOf(proxy));
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("no_proxy", "");
    const url = `http://kibana.test:${portOf(kibana)}`;
    await failure(getStatus(clientAt(url, { proxy: "none", connectTimeout: 500 })));
    expect(proxied).toEqual([]);
    wanted = "never";
    await failure(getStatus(clientAt(url, {})));
    expect(proxied.map(({ line }) => line)).toEqual([`GET ${url}/api/status`]);
    vi.stubEnv("NO_PROXY", "kibana.test");
    vi.stubEnv("no_proxy", "kibana.test");
    await failure(getStatus(clientAt(url, {})));
    expect(proxied).toHaveLength(1);
  });

  it.each([
    ["proxy:3128", /begins with "proxy:"/],
    ["//user:hunter22@x", /cannot be read/],
  ])("at %j is refused before anything is sent", async (at, says) => {
    const error = await failure(Promise.resolve().then(() => clientAt(urlOf(kibana), { proxy: at })));
    expect(error.kind).toBe("proxy");
    expect(error.message).toMatch(says);
    expect(error.message).not.toContain("hunter22");
  });
});

describe("time limits", () => {
  it("end a connection that does not come about", async () => {
    const url = urlOf(silent, "https");
    const error = await failure(getStatus(clientAt(url, { connectTimeout: 50 })));
    expect([error.kind, error.effect]).toEqual(["timeout", "none"]);
    expect(error.message).toMatch(/no connection to "localhost:\d+" came about in time.*connect_timeout/);
  });

  it("end an answer that does not come", async () => {
    const error = await failure(getStatus(clientAt(urlOf(silent), { timeout: 50, connectTimeout: 10_000 })));
    expect([error.kind, error.effect]).toEqual(["timeout", "unknown"]);
    expect(error.message).toMatch(/raise timeout/);
  });

  it("to connect do not end a request that only takes long", async () => {
    const slow = createServer((_, response) => {
      setTimeout(() => response.setHeader("content-type", "application/json").end(STATUS), 1_500);
    });
    await new Promise<void>((resolve) => slow.listen(0, "localhost", resolve));
    try {
      const client = clientAt(urlOf(slow), { connectTimeout: 1_000 });
      expect((await getStatus(client)).dialect.version).toBe("9.5.1");
    } finally {
      slow.closeAllConnections();
      slow.close();
    }
  });
});

describe("a trace", () => {
  it("has a line for each send, with the path and without a secret", async () => {
    const lines: TraceLine[] = [];
    const { transport } = scripted(
      { status: 503, body: { message: "later", status_code: 503 } },
      "ECONNRESET",
      { status: 200, body: [{ id: "default" }] },
    );
    const { client } = clientOf(transport, { onTrace: (line) => lines.push(line) });
    await client.json({
      method: "GET",
      path: "/api/spaces/space",
      space: "soc",
      query: { a: KEY },
      doing: "x",
      repeat: "repeatable",
    });
    expect(lines.map(({ path: _, ...line }) => line)).toEqual([
      { method: "GET", status: 503, milliseconds: 0, bytes: 37, sends: 1 },
      { method: "GET", failure: "network", milliseconds: 0, bytes: 0, sends: 2 },
      { method: "GET", status: 200, milliseconds: 0, bytes: 18, sends: 3 },
    ]);
    for (const { path } of lines) expect(path).toBe("/s/soc/api/spaces/space?a=[redacted]");
  });

  it("keeps the base path", async () => {
    const lines: TraceLine[] = [];
    const { client } = clientOf(scripted({ status: 200, body: [] }).transport, {
      url: "https://host/kibana",
      onTrace: (line) => lines.push(line),
    });
    await listSpaces(client);
    expect(lines.map(({ path }) => path)).toEqual(["/kibana/api/spaces/space"]);
  });
});
