import { describe, expect, it } from "vitest";
import { type Auth, createClient } from "../../../src/kibana/client.js";
import { decodedPart } from "../../../src/kibana/client-url.js";
import type { Connection } from "../../../src/kibana/connection.js";
import { listSpaces } from "../../../src/kibana/endpoints/index.js";
import type { ErrorKind } from "../../../src/kibana/errors.js";
import { clientOf, failure, KEY, scripted, type Step } from "./support.js";

interface Case {
  readonly when: string;
  readonly meets: Step;
  readonly kind: ErrorKind;
  readonly says: RegExp;
}

const platform = (statusCode: number, error: string, message: string): Step => ({
  status: statusCode,
  body: { statusCode, error, message },
});

const CASES: readonly Case[] = [
  {
    when: "a wrong key",
    meets: platform(401, "Unauthorized", "unable to authenticate"),
    kind: "auth",
    says: /refused the credentials.*check api_key/,
  },
  {
    when: "a missing privilege",
    meets: platform(403, "Forbidden", "API [GET /x] is unauthorized"),
    kind: "privilege",
    says: /may not list the spaces.*grant the key or role/,
  },
  {
    when: "a proxy's 401 with a page",
    meets: { status: 401, body: "<html>401</html>", headers: { "content-type": "text/html" } },
    kind: "login",
    says: /GET \/api\/spaces\/space at https:\/\/kibana.example.com:5601 is not Kibana, and refused the credentials \(401\)/,
  },
  {
    when: "a web page",
    meets: { status: 200, body: "<!doctype html><html></html>", headers: { "content-type": "text/html" } },
    kind: "not-kibana",
    says: /web page.*check the environment's url/,
  },
  {
    when: "another server's 404",
    meets: { status: 404, body: "404 page not found", headers: { "content-type": "text/plain" } },
    kind: "not-kibana",
    says: /not Kibana \(404\)/,
  },
  {
    when: "Kibana without the API",
    meets: platform(404, "Not Found", "Not Found"),
    kind: "no-api",
    says: /has no API to list the spaces/,
  },
  {
    when: "Elasticsearch by its header",
    meets: {
      status: 401,
      body: { error: { type: "security_exception" }, status: 401 },
      headers: { "x-elastic-product": "Elasticsearch" },
    },
    kind: "not-kibana",
    says: /is Elasticsearch, not Kibana.*5601/,
  },
  {
    when: "Elasticsearch by its greeting",
    meets: { status: 200, body: { name: "n", tagline: "You Know, for Search" } },
    kind: "not-kibana",
    says: /is Elasticsearch/,
  },
  {
    when: "Elasticsearch by its errors",
    meets: { status: 400, body: { error: "no handler found for uri [/api/spaces/space]", status: 400 } },
    kind: "not-kibana",
    says: /is Elasticsearch/,
  },
  {
    when: "a login page",
    meets: { status: 302, headers: { location: "/login?next=%2Fapi" } },
    kind: "login",
    says: /redirects to a login page.*api_key/,
  },
  {
    when: "another address",
    meets: { status: 301, headers: { location: "https://elsewhere.example.com/?token=x" } },
    kind: "not-kibana",
    says: /redirects to "https:\/\/elsewhere.example.com\/"/,
  },
  {
    when: "a bad request",
    meets: { status: 400, body: { message: ["a", "b"], status_code: 400 } },
    kind: "validation",
    says: /\(400\): a; b$/,
  },
  {
    when: "an error whose message is an object",
    meets: { status: 409, body: { message: { error: { message: "in use" } }, status_code: 409 } },
    kind: "conflict",
    says: /in use/,
  },
  {
    when: "a payload too large",
    meets: platform(
      413,
      "Request Entity Too Large",
      "Payload content length greater than maximum allowed: 1048576",
    ),
    kind: "too-large",
    says: /maximum allowed/,
  },
  {
    when: "a crash",
    meets: { status: 500, body: { message: "boom", status_code: 500 } },
    kind: "server",
    says: /\(500\): boom/,
  },
  {
    when: "an unknown host",
    meets: "ENOTFOUND",
    kind: "dns",
    says: /host "kibana.example.com" does not exist.*check the environment's url/,
  },
  {
    when: "a foreign certificate authority",
    meets: "SELF_SIGNED_CERT_IN_CHAIN",
    kind: "tls",
    says: /cannot be trusted.*NODE_EXTRA_CA_CERTS/,
  },
  { when: "an expired certificate", meets: "CERT_HAS_EXPIRED", kind: "tls", says: /renew the certificate/ },
  {
    when: "a certificate of another name",
    meets: "ERR_TLS_CERT_ALTNAME_INVALID",
    kind: "tls",
    says: /not for "kibana.example.com"/,
  },
  { when: "a port without TLS", meets: "EPROTO", kind: "tls", says: /begins with http:/ },
  {
    when: "an expired key",
    meets: platform(401, "Unauthorized", "security_exception: api key is expired"),
    kind: "auth",
    says: /the key has expired: make a new API key/,
  },
  {
    when: "a key that was invalidated",
    meets: platform(401, "Unauthorized", "api key [x] has been invalidated"),
    kind: "auth",
    says: /the key was invalidated: make a new API key/,
  },
  {
    when: "a proxy that wants a user",
    meets: { status: 407, body: "<html>407</html>", headers: { "content-type": "text/html" } },
    kind: "proxy",
    says: /the proxy before .* wants credentials.*HTTPS_PROXY/,
  },
  {
    when: "a proxy's limit on bodies",
    meets: { status: 413, body: "<html>413</html>", headers: { "content-type": "text/html" } },
    kind: "too-large",
    says: /larger than Kibana or a proxy accepts/,
  },
  { when: "a network that leads nowhere", meets: "ENETUNREACH", kind: "network", says: /the VPN.*IPv6/ },
  {
    when: "a name service that is silent",
    meets: "EAI_AGAIN",
    kind: "network",
    says: /name service does not answer/,
  },
  {
    when: "a certificate of tomorrow",
    meets: "CERT_NOT_YET_VALID",
    kind: "tls",
    says: /set this machine's clock/,
  },
  {
    when: "an answer that is not JSON",
    meets: { status: 200, body: "ok", headers: { "content-type": "text/plain" } },
    kind: "not-kibana",
    says: /did not answer with JSON/,
  },
  {
    when: "JSON of another form",
    meets: { status: 200, body: [{ name: "no id" }] },
    kind: "not-kibana",
    says: /another form/,
  },
];

describe("an error of the client", () => {
  it.each(CASES)("is one clear line for $when", async ({ meets, kind, says }) => {
    const { client } = clientOf(scripted(meets).transport);
    const error = await failure(listSpaces(client));
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(says);
    expect(error.message).not.toContain("\n");
  });

  it.each([
    ["", /the url is empty/],
    ["kibana:5601", /begins with "kibana:"/],
    ["not a url", /cannot be read/],
    ["https://elastic:changeme@kibana:5601", /contains credentials/],
    ["https://kibana/s/soc", /points at a page \("\/s\/soc"\)/],
    ["https://kibana/app/home", /points at a page/],
  ])("refuses the url %j", async (url, says) => {
    const error = await failure(
      Promise.resolve().then(() => clientOf(scripted({ status: 200 }).transport, { url })),
    );
    expect(error.kind).toBe("url");
    expect(error.message).toMatch(says);
    expect(error.message).not.toContain("changeme");
  });

  it("keeps base paths and takes off trailing slashes", () => {
    const { client } = clientOf(scripted({ status: 200 }).transport, { url: "https://host/kibana//" });
    expect(client.base).toBe("https://host/kibana");
  });
});

const everythingOf = (error: Error): string =>
  [
    error.message,
    error.stack,
    String(error),
    JSON.stringify(error),
    JSON.stringify(Object.entries(error)),
    String(error.cause),
  ].join("\n");

describe("redaction", () => {
  it("leaves no credential in an error that quotes the request", async () => {
    const echo = scripted({
      status: 400,
      body: { message: `bad header: ApiKey ${KEY} and {"apiKey":"${KEY}"}`, status_code: 400 },
    });
    const error = await failure(listSpaces(clientOf(echo.transport).client));
    expect(error.message).toContain("[redacted]");
    expect(everythingOf(error)).not.toContain(KEY);
  });

  it("leaves no password, plain or in its Basic form, nor a secret made known later", async () => {
    const basic = Buffer.from("elastic:hunter22").toString("base64");
    const echo = scripted({
      status: 400,
      body: { message: `hunter22 ${basic} https://hooks.example.com/T0/p%22q`, status_code: 400 },
    });
    const { client } = clientOf(echo.transport, { auth: { username: "elastic", password: "hunter22" } });
    client.hide("https://hooks.example.com/T0/p%22q");
    const text = everythingOf(await failure(listSpaces(client)));
    for (const secret of ["hunter22", basic, "hooks.example.com"]) expect(text).not.toContain(secret);
  });

  /** Everything that a client says when a server repeats a text: the error, its trace, why it waits. */
  async function saidOf(auth: Auth, echo: string, connection: Connection = {}): Promise<string> {
    const body = { statusCode: 503, error: "Service Unavailable", message: `<${echo}>` };
    const said: string[] = [];
    const { client } = clientOf(scripted({ status: 503, body }).transport, {
      auth,
      connection,
      onWait: ({ reason }) => said.push(reason),
      onTrace: ({ path }) => said.push(path),
    });
    const error = await failure(
      client.json({
        method: "GET",
        path: "/api/x",
        query: { q: echo },
        doing: `do ${echo}`,
        repeat: "repeatable",
      }),
    );
    return [...said, everythingOf(error)].join("\n");
  }

  const pair = "VuaCfGcBCdbkQm-e5aOx:ui2lp2axTNmsyakw9tvNnw";
  const half = "ui2lp2axTNmsyakw9tvNnw";
  const encoded = Buffer.from(pair).toString("base64");

  it.each([encoded, pair, `ApiKey ${encoded}`])(
    "leaves no part of the API key %s, in whatever form",
    async (apiKey) => {
      for (const shown of [
        encoded,
        encoded.replace(/=+$/, ""),
        encodeURIComponent(encoded),
        encodeURIComponent(encoded).toLowerCase().includes("%3d")
          ? encodeURIComponent(encoded).replaceAll("%3D", "%3d")
          : encoded,
        pair,
        encodeURIComponent(pair),
        half,
        Buffer.from(half).toString("base64"),
        JSON.stringify({ authorization: `ApiKey ${encoded}` }),
      ]) {
        const said = await saidOf({ apiKey }, shown);
        expect(said).toContain("[redacted]");
        for (const secret of [half, encoded.slice(0, -4), Buffer.from(half).toString("base64").slice(0, -4)])
          expect(said, shown).not.toContain(secret);
      }
    },
  );

  it("shows the id of a key, which is no secret", async () => {
    expect(await saidOf({ apiKey: encoded }, "VuaCfGcBCdbkQm-e5aOx")).toContain("VuaCfGcBCdbkQm-e5aOx");
  });

  const password = 'p/a?"s s\\ü&+=';
  const basic = Buffer.from(`elastic:${password}`).toString("base64");
  it.each<[string, string]>([
    ["as it is", password],
    ["in JSON", JSON.stringify(password)],
    ["in JSON within JSON", JSON.stringify(JSON.stringify({ password }))],
    ["as a part of an address", encodeURIComponent(password)],
    ["as one with small letters", encodeURIComponent(password).replace(/%../g, (x) => x.toLowerCase())],
    ["as a field of a form", new URLSearchParams({ p: password }).toString()],
    ["in base64", Buffer.from(password).toString("base64")],
    ["in the base64 of addresses", Buffer.from(password).toString("base64url")],
    ["with its user", `elastic:${password}`],
    ["in the header", `Basic ${basic}`],
    ["in the header without its scheme", basic],
    ["in the header without its padding", basic.replace(/=+$/, "")],
    ["in the header of addresses", Buffer.from(`elastic:${password}`).toString("base64url")],
  ])("leaves no password %s", async (_, shown) => {
    const said = await saidOf({ username: "elastic", password }, shown);
    expect(said).toContain("[redacted]");
    expect(said).not.toContain(shown);
    for (const part of [
      "p/a?",
      "p%2Fa",
      "p%2fa",
      Buffer.from(password).toString("base64").slice(0, 12),
      basic.slice(0, 12),
    ])
      expect(said).not.toContain(part);
  });

  it.each(["pa%ss", "p%41ss", "p%2fss%"])(
    "leaves no password %s of a proxy, as written and as meant",
    async (proxied) => {
      const connection = { proxy: `http://u:${proxied}@proxy:3128` };
      for (const shown of [proxied, decodedPart(proxied), `u:${proxied}`]) {
        expect(await saidOf({ apiKey: KEY }, shown, connection)).not.toContain(shown);
      }
    },
  );

  it("leaves no secret whose end a long message would cut off, or whose white space it would fold", async () => {
    const long = "x".repeat(490);
    const said = await saidOf({ username: "u", password: "hunter22-and-more" }, `${long}hunter22-and-more`);
    expect(said).not.toContain("hunter");
    expect(await saidOf({ username: "u", password: "two  spaces\there" }, "two  spaces\there")).not.toContain(
      "spaces",
    );
  });

  it("drops the axios error, whose toJSON holds the Authorization header", async () => {
    // Port 9 of the loopback address is not listened on: axios itself fails.
    const client = createClient({
      url: "http://127.0.0.1:9",
      auth: { apiKey: KEY },
      clock: { now: () => 0, sleep: () => Promise.resolve() },
      random: () => 0,
      version: "1.2.3",
    });
    const error = await failure(listSpaces(client));
    expect(error.kind).toBe("refused");
    expect(error.message).toMatch(/nothing listens at "127.0.0.1:9".*start Kibana/);
    expect(everythingOf(error)).not.toContain(KEY);
  });

  it("refuses an api_key that no header can carry, without showing it", async () => {
    const error = await failure(
      Promise.resolve().then(() =>
        clientOf(scripted({ status: 200 }).transport, { auth: { apiKey: "line\nbreak" } }),
      ),
    );
    expect(error.kind).toBe("auth");
    expect(error.message).not.toContain("break");
  });
});
