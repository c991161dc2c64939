import { type AddressInfo, createServer, type Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { type Client, createClient } from "../../../src/kibana/client.js";
import { exportRules, exportValues, findRules, getRule } from "../../../src/kibana/endpoints/index.js";
import type { KibanaError } from "../../../src/kibana/errors.js";
import { failure, fakeClock, KEY } from "./support.js";

const RULE = { id: "1", rule_id: "a", name: "Été" };
const rule = JSON.stringify(RULE);
const page = JSON.stringify({ page: 1, perPage: 1000, total: 1, data: [RULE] });
const ndjson = `${rule}\n{"exported_count":1,"exported_rules_count":1}\n`;
const long = JSON.stringify({ ...RULE, description: Array.from({ length: 3_000 }, (_, n) => n).join(" ") });

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that sends these bytes as they are to each request and then closes the connection. */
async function raw(
  answers: (path: string) => readonly (string | Uint8Array)[],
): Promise<{ client: Client; paths: string[]; heads: string[] }> {
  const paths: string[] = [];
  const heads: string[] = [];
  const server = createServer((socket: Socket) => {
    socket.once("data", (bytes: Buffer) => {
      const sent = bytes.toString("latin1");
      const path = sent.split(" ", 2).join(" ");
      heads.push(sent);
      paths.push(path);
      socket.end(Buffer.concat(answers(path).map((part) => Buffer.from(part))));
    });
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const client = createClient({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    auth: { apiKey: KEY },
    clock: fakeClock(),
    random: () => 0,
    version: "1.2.3",
    connection: { proxy: "none" },
  });
  return { client, paths, heads };
}

function head(...lines: string[]): string {
  return ["HTTP/1.1 200 OK", "kbn-name: kibana", "connection: close", ...lines, "", ""].join("\r\n");
}

/** As much of a text as ends within its first character of two bytes. */
function withinCharacter(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return bytes.subarray(0, bytes.findIndex((byte) => byte >= 0x80) + 1);
}

const asHost = ({ problem }: KibanaError): string => problem.replace(/127\.0\.0\.1:\d+/, "HOST");

const READS: readonly [
  what: string,
  request: string,
  doing: string,
  body: string,
  (client: Client) => Promise<unknown>,
][] = [
  [
    "a rule",
    "GET /api/detection_engine/rules",
    'read rule "a"',
    rule,
    (client) => getRule(client, "default", { rule_id: "a" }),
  ],
  [
    "a page",
    "GET /api/detection_engine/rules/_find",
    "find rules",
    page,
    (client) => findRules(client, "default", {}),
  ],
  [
    "an export",
    "POST /api/detection_engine/rules/_export",
    "export rules",
    ndjson,
    (client) => exportRules(client, "default"),
  ],
];

describe.each(READS)("the answer with %s", (what, request, doing, body, read) => {
  const broke = (code: string): string =>
    `the connection to "HOST" broke (${code}): cannot ${doing} (${request})`;

  it("is read where it is whole, in each encoding", async () => {
    const whole = await raw(() => [head(`content-length: ${Buffer.byteLength(body)}`), body]);
    const expected = await read(whole.client);
    for (const [encoding, bytes] of [
      ["gzip", gzipSync(body)],
      ["x-gzip", gzipSync(body)],
      ["GZIP", gzipSync(body)],
      ["deflate", deflateSync(body)],
      ["br", brotliCompressSync(body)],
    ] as const) {
      const { client } = await raw(() => [head(`content-encoding: ${encoding}`), bytes]);
      await expect(read(client), encoding).resolves.toEqual(expected);
    }
  });

  it("is a broken connection where it is shorter than its content-length", async () => {
    // The cut is between two lines of an export, where what came looks whole by itself.
    const part = what === "an export" ? `${rule}\n` : body.slice(0, -1);
    const { client, paths } = await raw(() => [head(`content-length: ${Buffer.byteLength(body)}`), part]);
    const error = await failure(read(client));
    expect([error.kind, error.effect, asHost(error)]).toEqual([
      "network",
      "unknown",
      broke("ERR_BAD_RESPONSE"),
    ]);
    expect(paths).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(`^${request}`) as unknown));
  });

  it("is a broken connection where its last chunk is missing", async () => {
    const size = Buffer.byteLength(body).toString(16);
    // All of the body is there: only its end is not.
    const { client, paths } = await raw(() => [head("transfer-encoding: chunked"), `${size}\r\n${body}\r\n`]);
    const error = await failure(read(client));
    expect([error.kind, error.effect, asHost(error)]).toEqual([
      "network",
      "unknown",
      broke("ERR_BAD_RESPONSE"),
    ]);
    expect(paths).toHaveLength(4);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)(
    "is a broken connection where its %s is cut, although the length is right",
    async (encoding, encode) => {
      // Behind the last byte of the text there is the checksum: without it the text still decodes.
      const encoded = encode(body);
      const part = encoded.subarray(0, encoded.length - 1);
      const { client, paths } = await raw(() => [
        head(`content-encoding: ${encoding}`, `content-length: ${part.length}`),
        part,
      ]);
      const error = await failure(read(client));
      expect([error.kind, error.effect, asHost(error)]).toEqual(["network", "unknown", broke("Z_BUF_ERROR")]);
      expect(paths).toHaveLength(4);
    },
  );

  it("is no answer where its end is the connection's, within a character", async () => {
    const { client, paths } = await raw(() => [head(), withinCharacter(body)]);
    const error = await failure(read(client));
    expect(asHost(error)).toBe(
      what === "an export"
        ? `the answer to ${request} is not whole: line 1 is not a JSON object`
        : `http://HOST did not answer with JSON (200) to ${request}: cannot ${doing}`,
    );
    expect(paths, "the answer is not asked for again").toHaveLength(1);
  });
});

describe("the values of a value list", () => {
  /** A Kibana whose list has these many values. */
  const kibana = (total: number, exported: Uint8Array) =>
    raw((path) =>
      path.startsWith("GET")
        ? [head(), JSON.stringify({ page: 1, per_page: 1, total, data: [{ id: "1", value: "a" }] })]
        : [head(), exported],
    );

  it("are whole where each is a line and their number is the list's", async () => {
    const { client } = await kibana(2, Buffer.from("10.0.0.1\n10.0.0.10\n"));
    await expect(exportValues(client, "default", "ips")).resolves.toEqual(["10.0.0.1", "10.0.0.10"]);
  });

  it.each([
    ["within a value, which is then another value", Buffer.from("10.0.0.1\n10.0.0.10\n").subarray(0, -2)],
    ["within a character", withinCharacter("a\n\u00e9\n")],
  ])("are not whole where the last one is cut %s", async (_, exported) => {
    const { client, paths } = await kibana(2, exported);
    const error = await failure(exportValues(client, "default", "ips"));
    expect([error.kind, error.problem]).toEqual([
      "incomplete",
      "the answer to POST /api/lists/items/_export is not whole: it ends within a line",
    ]);
    expect(paths.filter((path) => path.startsWith("POST"))).toHaveLength(3);
  });

  it("are not whole where one is missing", async () => {
    const { client } = await kibana(2, Buffer.from("10.0.0.1\n"));
    expect((await failure(exportValues(client, "default", "ips"))).problem).toBe(
      'the answer to POST /api/lists/items/_export is not whole: it has 1 values, and the list "ips" has 2',
    );
  });
});

describe("encoded answers", () => {
  it("are asked for in the encodings that are read", async () => {
    const { client, heads } = await raw(() => [head(), rule]);
    await getRule(client, "default", { rule_id: "a" });
    expect(heads.map((sent) => /^accept-encoding: (.*)$/im.exec(sent)?.[1])).toEqual(["gzip, deflate, br"]);
  });

  it("may be empty, or not encoded at all where their encoding is not known", async () => {
    const empty = await raw(() => [head("content-encoding: gzip", "content-length: 0")]);
    expect((await failure(getRule(empty.client, "default", { rule_id: "a" }))).kind).toBe("not-kibana");
    const { client } = await raw(() => [head("content-encoding: identity"), rule]);
    await expect(getRule(client, "default", { rule_id: "a" })).resolves.toEqual(RULE);
  });

  it("that are cut in the middle are not read to there", async () => {
    const bytes = gzipSync(long);
    const { client } = await raw(() => [head("content-encoding: gzip"), bytes.subarray(0, bytes.length / 2)]);
    expect((await failure(getRule(client, "default", { rule_id: "a" }))).kind).toBe("network");
  });
});
