/** Every endpoint sends what Kibana's API describes, and nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createKibana } from "../../../src/emulator/index.js";
import * as kibanaApi from "../../../src/kibana/endpoints/index.js";
import { fetchTransport } from "../../../src/kibana/transport.js";
import { decodeValueListCreate, decodeValueListResponse } from "../../../src/kibana/wire.js";
import { describeConformance } from "../../support/conformance.js";
import { checkedFetch, wrongWith } from "../../support/wire-check.js";
import { SHAPES } from "../../support/wire-requests.js";
import { clientOf, KEY } from "./support.js";

const HEADERS = { authorization: `ApiKey ${KEY}`, "kbn-xsrf": "kdac", "elastic-api-version": "2023-10-31" };
const never = (): boolean => false;
const RULE = {
  rule_id: "a",
  name: "a",
  description: "d",
  type: "query",
  query: "a: b",
  severity: "low",
  risk_score: 1,
};
const LIST = { list_id: "l", namespace_type: "single" } as const;
const ITEM = {
  ...LIST,
  item_id: "i",
  type: "simple",
  name: "i",
  description: "d",
  entries: [{ type: "exists", field: "a", operator: "included" }],
};
const CONNECTOR = "11111111-1111-4111-8111-111111111111";
const VALUES = { id: "v", name: "v", description: "d", type: "keyword" };

describe("every endpoint", () => {
  it("sends what the API describes", async () => {
    const wrong: string[] = [];
    const requests = new Set<string>();
    const kibana = createKibana();
    const fetch = checkedFetch((request) => {
      requests.add(`${request.method} ${new URL(request.url).pathname}`);
      return kibana.fetch(request);
    }, wrong);
    const { client } = clientOf(fetchTransport(fetch), { auth: { apiKey: kibana.apiKey } });
    const api = kibanaApi;
    await api.getStatus(client);
    await api.whoAmI(client);
    await api.detectionPrivileges(client, "default");
    await api.licence(client);
    await api.features(client);
    await api.createSpace(client, { id: "soc", name: "SOC" });
    await api.listSpaces(client);
    const { id } = await api.createRule(client, "soc", RULE, never);
    await api.updateRule(client, "soc", { ...RULE, enabled: false, version: 1 });
    await api.patchRule(client, "soc", { rule_id: "a", tags: ["t"] });
    await api.getRule(client, "soc", { id });
    await api.findRules(client, "soc", {
      filter: 'alert.attributes.name: "a"',
      sort: { field: "created_at", order: "asc" },
    });
    const lines = await api.exportRules(client, "soc", ["a"]);
    await api.exportRules(client, "soc");
    await api.importRules(client, "soc", lines.map((line) => `${JSON.stringify(line)}\n`).join(""), {
      overwrite: true,
    });
    await api.bulkDryRun(client, "soc", id);
    await api.bulkDryRun(client, "soc");
    await api.bulkAction(client, "soc", "enable", [id]);
    const window = { invocationCount: 1, timeframeEnd: "2026-01-01T00:00:00.000Z" };
    await api.previewRule(client, "soc", RULE, window);
    await api.previewHits(client, "soc", "p", 1).catch(never);
    await api.deleteRule(client, "soc", { rule_id: "a" });
    await api.createList(client, "soc", { ...LIST, name: "l", description: "d", type: "detection" }, never);
    await api.updateList(client, "soc", { ...LIST, name: "m", description: "d", type: "detection" });
    await api.findLists(client, "soc", [LIST]);
    await api.createItem(client, "soc", ITEM, never);
    await api.updateItem(client, "soc", { ...ITEM, name: "j" });
    await api.getItem(client, "soc", ITEM);
    await api.findItems(client, "soc", [LIST, { list_id: "m", namespace_type: "agnostic" }]).catch(never);
    await api.deleteItem(client, "soc", ITEM);
    await api.deleteList(client, "soc", LIST);
    await api.createConnector(client, "soc", CONNECTOR, {
      name: "c",
      connector_type_id: ".index",
      config: { index: "x" },
    });
    await api.updateConnector(client, "soc", CONNECTOR, { name: "c", config: { index: "y" }, secrets: {} });
    await api.getConnector(client, "soc", CONNECTOR);
    await api.listConnectors(client, "soc");
    await api.deleteConnector(client, "soc", CONNECTOR);
    await api.deleteConnector(client, "soc", CONNECTOR);
    await api.ensureListStreams(client, "soc");
    await api.createValueList(client, "soc", VALUES, never);
    await api.updateValueList(client, "soc", { id: "v", name: "w", description: "d", meta: { a: 1 } });
    const list = await api.getValueList(client, "soc", "v");
    await api.findValueLists(client, "soc");
    await api.importValues(client, "soc", "v", ["a", "b"]);
    await api.deleteValue(client, "soc", { id: "v", type: "keyword" }, "a");
    await api.deleteValueList(client, "soc", "v");
    expect(wrong).toEqual([]);
    expect(decodeValueListResponse(list)).toMatchObject({ ok: true });
    expect(requests.size).toBeGreaterThan(40);
  });
});

describe("the check", () => {
  const json = (method: string, path: string, body?: unknown, headers: Record<string, string> = HEADERS) =>
    wrongWith({
      method,
      url: `https://kibana${path}`,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const rules = "/api/detection_engine/rules";

  it.each<[string, Promise<string[]>, RegExp]>([
    ["an unknown route", json("GET", "/api/nowhere"), /not known/],
    ["an unknown parameter", json("GET", `${rules}?rule_id=a&name=b`), /parameter name is not known/],
    ["two selectors", json("DELETE", `${rules}?rule_id=a&id=b`), /exactly one of id and rule_id/],
    ["no selector", json("DELETE", rules), /exactly one of id and rule_id/],
    [
      "an unknown key",
      json("POST", "/s/soc/api/detection_engine/rules", { ...RULE, nmae: "x" }),
      /nmae: unknown key/,
    ],
    ["a missing key", json("POST", rules, { ...RULE, name: undefined }), /name: expected/],
    ["26: a bulk creation", json("POST", `${rules}/_bulk_create`, [RULE]), /not known/],
    [
      "27: more than 100 ids",
      json("POST", `${rules}/_bulk_action`, { action: "enable", ids: Array(101).fill("a") }),
      /ids/,
    ],
    [
      "every rule of a space",
      json("POST", `${rules}/_bulk_action`, { action: "delete" }),
      /exactly one of ids and query/,
    ],
    [
      "a connector's id that is no UUID",
      json("POST", "/api/actions/connector/mine", { name: "c", connector_type_id: ".index" }),
      /not known/,
    ],
    [
      "references that go with a value list",
      json("DELETE", "/api/lists?id=a&deleteReferences=true"),
      /deleteReferences is not known/,
    ],
    [
      "uneven lists",
      json("GET", "/api/exception_lists/items/_find?list_id=a,b&namespace_type=single"),
      /as many parts/,
    ],
    [
      "no xsrf header",
      json("PUT", rules, RULE, { authorization: "x", "elastic-api-version": "2023-10-31" }),
      /no kbn-xsrf/,
    ],
    [
      "no version",
      json("GET", "/api/status", undefined, { authorization: "x" }),
      /elastic-api-version is absent/,
    ],
    [
      "an internal route without its header",
      json("GET", "/internal/security/me", undefined, { authorization: "x" }),
      /x-elastic-internal-origin/,
    ],
    ["a body that is not wanted", json("DELETE", `${rules}?id=a`, {}), /nobody reads/],
  ])("finds %s", async (_, checking, says) => {
    expect((await checking).join("\n")).toMatch(says);
  });

  it.each<[string, string, string, RegExp]>([
    ["the name of a bundle", "a.json", "", /not .ndjson/],
    ["a rule's unknown key", "a.ndjson", JSON.stringify({ ...RULE, nmae: 1 }), /nmae: unknown key/],
  ])("finds %s", async (_, name, text, says) => {
    const body = new FormData();
    body.set("file", new Blob([text]), name);
    const wrong = await wrongWith({
      method: "POST",
      url: `https://k${rules}/_import`,
      headers: HEADERS,
      body,
    });
    expect(wrong.join("\n")).toMatch(says);
  });

  it("knows value lists by their type", () => {
    expect(decodeValueListCreate(VALUES)).toMatchObject({ ok: true });
    expect(decodeValueListCreate({ ...VALUES, type: "words" })).toMatchObject({ ok: false });
    expect(decodeValueListCreate({ ...VALUES, values: [] })).toEqual({
      ok: false,
      errors: ["values: unknown key"],
    });
  });
});

interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function bodyOf({ headers, body }: Recorded): Promise<string | FormData | undefined> {
  if (body === undefined || body === null) return undefined;
  const type = headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return JSON.stringify(body);
  return new Response(body as string, { headers: { "content-type": type } }).formData();
}

describeConformance("the requests of other clients", "client-requests", (folder) => {
  it.each(["detection-rules-lib-kibana", "security-documents-generator"])(
    "fit the same check: %s",
    async (name) => {
      const recorded = readFileSync(join(folder, `${name}.jsonl`), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Recorded);
      const isShared = ({ method, url }: Recorded): boolean => {
        const path = new URL(url, "https://kibana").pathname.replace(/^\/s\/[^/]+(?=\/)/, "");
        return SHAPES.some(({ request }) => request.test(`${method} ${path}`));
      };
      const shared = recorded.filter(isShared);
      expect(shared.length).toBeGreaterThan(3);
      for (const request of shared) {
        // One of them sends no version, the other an internal route's header everywhere.
        const wrong = await wrongWith({
          method: request.method,
          url: `https://kibana${request.url}`,
          headers: HEADERS,
          body: await bodyOf(request),
        });
        // That client sends the keys of every action with each one; Kibana drops them.
        const surplus = /_bulk_action: (edit|duplicate)(: unknown key|\.)|_bulk_action: action: expected/;
        expect(wrong.filter((what) => !surplus.test(what))).toEqual([]);
      }
    },
  );
});
