/** What the integration suites of independent clients do against a real Kibana, on each flavour, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FLAVOURS } from "../../../src/emulator/index.js";
import { type Json, remote, type Remote } from "./client.js";

const RULES = "/api/detection_engine/rules";
const LISTS = "/api/exception_lists";
const ITEMS = `${LISTS}/items`;
const VALUES = "/api/lists";
const CONNECTOR = "/api/actions/connector";
const INTERNAL = { "x-elastic-internal-origin": "suite" };

const rule = (ruleId: string, changes: Json = {}): Json => ({
  rule_id: ruleId,
  name: `Rule ${ruleId}`,
  description: "A rule of the suite",
  risk_score: 47,
  severity: "medium",
  type: "query",
  language: "kuery",
  query: "process.name: cmd.exe",
  index: ["logs-*"],
  ...changes,
});

describe.each(FLAVOURS)("an independent client on %s", (flavour) => {
  let kibana: Remote;
  beforeAll(async () => {
    kibana = await remote(flavour);
  });
  afterAll(() => kibana.close());

  it("status: tells version and flavour", async () => {
    const { status, body } = await kibana.call("GET", "/api/status");
    expect(status).toBe(200);
    const { version } = body as { version: Json };
    expect(version["build_flavor"]).toBe(flavour === "serverless" ? "serverless" : "traditional");
    if (flavour !== "serverless") expect(String(version["number"])).toMatch(new RegExp(`^${flavour}\\.`));
  });

  it("rules: create, get, find, patch, replace, delete, 404", async () => {
    const created = await kibana.call("POST", RULES, rule("life", { tags: ["suite"], note: "guide" }));
    expect(created.status).toBe(200);
    const id = String(created.body["id"]);
    expect((await kibana.call("GET", `${RULES}?id=${id}`)).body).toEqual(created.body);
    const filter = encodeURIComponent('alert.attributes.tags: "suite"');
    const found = await kibana.call("GET", `${RULES}/_find?filter=${filter}&page=1&per_page=5`);
    expect(found.body).toMatchObject({ page: 1, perPage: 5, total: 1, data: [{ rule_id: "life" }] });
    const patched = await kibana.call("PATCH", RULES, { rule_id: "life", name: "Patched" });
    expect(patched.body).toMatchObject({ name: "Patched", note: "guide", revision: 1, version: 1 });
    const put = await kibana.call("PUT", RULES, rule("life", { name: "Put" }));
    expect(put.body).toMatchObject({ id, name: "Put", tags: [], revision: 2 });
    expect(put.body["note"]).toBeUndefined();
    expect((await kibana.call("POST", RULES, rule("life"))).status).toBe(409);
    expect((await kibana.call("DELETE", `${RULES}?rule_id=life`)).body).toMatchObject({ id });
    const gone = await kibana.call("GET", `${RULES}?rule_id=life`);
    expect(gone.status).toBe(404);
    expect(gone.body).toEqual({ message: 'rule_id: "life" not found', status_code: 404 });
  });

  const types: readonly (readonly [string, Json])[] = [
    ["eql", { language: "eql", query: "process where true" }],
    ["esql", { language: "esql", query: "from logs-* metadata _id", index: undefined }],
    ["threshold", { threshold: { field: ["host.name"], value: 3 } }],
    ["new_terms", { new_terms_fields: ["user.name"], history_window_start: "now-7d" }],
    ["machine_learning", { anomaly_threshold: 60, machine_learning_job_id: ["job"], query: undefined }],
    [
      "threat_match",
      {
        threat_query: "*:*",
        threat_index: ["ti-*"],
        threat_mapping: [{ entries: [{ field: "host.ip", type: "mapping", value: "threat.ip" }] }],
      },
    ],
  ];
  it.each(types)("rules: a rule of type %s is created, read and deleted", async (type, changes) => {
    const sent = rule(`of-${type}`, { type, language: undefined, ...changes });
    const created = await kibana.call("POST", RULES, sent);
    expect(created.status, created.text).toBe(200);
    const read = await kibana.call("GET", `${RULES}?rule_id=of-${type}`);
    expect(read.body).toMatchObject({ type });
    expect((await kibana.call("DELETE", `${RULES}?rule_id=of-${type}`)).status).toBe(200);
  });

  it("rules: bulk enable, edit, disable, duplicate, delete", async () => {
    const ids: string[] = [];
    for (const name of ["b1", "b2"]) {
      ids.push(String((await kibana.call("POST", RULES, rule(name))).body["id"]));
    }
    const bulk = (body: Json, query = "") => kibana.call("POST", `${RULES}/_bulk_action${query}`, body);
    const dry = await bulk({ action: "delete", ids }, "?dry_run=true");
    expect(dry.body).toMatchObject({ success: true, attributes: { summary: { succeeded: 2, total: 2 } } });
    const enabled = await bulk({ action: "enable", ids });
    expect(enabled.body).toMatchObject({
      rules_count: 2,
      attributes: { results: { updated: [{ enabled: true }, { enabled: true }] } },
    });
    const edited = await bulk({ action: "edit", ids, edit: [{ type: "add_tags", value: ["bulk"] }] });
    expect(edited.body).toMatchObject({
      attributes: { results: { updated: [{ tags: ["bulk"], version: 2 }, { version: 2 }] } },
    });
    const again = await bulk({ action: "edit", ids, edit: [{ type: "add_tags", value: ["bulk"] }] });
    expect(again.body).toMatchObject({ attributes: { summary: { skipped: 2 } } });
    const copies = await bulk({ action: "duplicate", ids: ids.slice(0, 1) });
    expect(copies.body).toMatchObject({
      attributes: { results: { created: [{ name: "Rule b1 [Duplicate]", enabled: false }] } },
    });
    const partial = await bulk({ action: "disable", ids: [ids[0], "0e4b7c1c-0000-4000-8000-000000000000"] });
    expect(partial.status).toBe(500);
    expect(partial.body).toMatchObject({
      message: "Bulk edit partially failed",
      attributes: { errors: [{ message: "Rule not found" }], summary: { failed: 1, succeeded: 1 } },
    });
    const deleted = await bulk({ action: "delete" });
    expect(deleted.body).toMatchObject({ rules_count: 3 });
    expect((await kibana.call("GET", `${RULES}/_find`)).body["total"]).toBe(0);
  });

  it("exceptions: list, item, comment, find, link, delete", async () => {
    const list = { list_id: "shared", name: "Shared", description: "d", type: "detection" };
    const created = await kibana.call("POST", LISTS, list);
    expect(created.status).toBe(200);
    expect((await kibana.call("POST", LISTS, list)).status).toBe(409);
    const item = {
      list_id: "shared",
      item_id: "one",
      type: "simple",
      name: "One",
      description: "d",
      entries: [{ field: "host.name", type: "match", operator: "included", value: "a" }],
      comments: [{ comment: "first" }],
    };
    const made = await kibana.call("POST", ITEMS, item);
    expect(made.body).toMatchObject({ item_id: "one", comments: [{ comment: "first" }] });
    const [{ id: commentId }] = made.body["comments"] as [{ id: string }];
    const { list_id: _, ...update } = item;
    const comments = [{ id: commentId, comment: "first" }, { comment: "second" }];
    const put = await kibana.call("PUT", ITEMS, { ...update, comments, _version: made.body["_version"] });
    expect(put.body["comments"]).toMatchObject([{ comment: "first" }, { comment: "second" }]);
    const stale = await kibana.call("PUT", ITEMS, { ...update, comments, _version: made.body["_version"] });
    expect(stale.status).toBe(409);
    const found = await kibana.call("GET", `${ITEMS}/_find?list_id=shared`);
    expect(found.body).toMatchObject({ total: 1, per_page: 20, data: [{ item_id: "one" }] });
    const noEntries = await kibana.call("POST", ITEMS, { ...item, item_id: "none", entries: [] });
    expect(noEntries.status).toBe(400);
    expect((await kibana.call("DELETE", `${ITEMS}?item_id=one`)).status).toBe(200);
    expect((await kibana.call("GET", `${ITEMS}?item_id=one`)).status).toBe(404);
    expect((await kibana.call("DELETE", `${LISTS}?list_id=shared`)).body).toMatchObject({
      list_id: "shared",
    });
    expect((await kibana.call("GET", `${LISTS}?list_id=shared`)).status).toBe(404);
  });

  it("exceptions: a rule's own list is made by its first exception", async () => {
    const { body } = await kibana.call("POST", RULES, rule("own"));
    const items = [
      {
        type: "simple",
        name: "fp",
        description: "d",
        entries: [{ field: "user.name", type: "exists", operator: "included" }],
      },
    ];
    const added = await kibana.call("POST", `${RULES}/${String(body["id"])}/exceptions`, { items });
    expect(added.status).toBe(200);
    const after = await kibana.call("GET", `${RULES}?rule_id=own`);
    expect(after.body).toMatchObject({ revision: 1, exceptions_list: [{ type: "rule_default" }] });
    await kibana.call("DELETE", `${RULES}?rule_id=own`);
  });

  it("value lists: streams, list, import, find, export, delete", async () => {
    const list = { id: "ips", name: "IPs", description: "d", type: "ip" };
    expect((await kibana.call("POST", VALUES, list)).status).toBe(400);
    expect((await kibana.call("POST", `${VALUES}/index`)).body).toEqual({ acknowledged: true });
    expect((await kibana.call("POST", VALUES, list)).status).toBe(200);
    expect((await kibana.call("POST", VALUES, list)).status).toBe(409);
    const imported = await kibana.upload(
      `${VALUES}/items/_import?list_id=ips`,
      "ips.txt",
      "10.0.0.1\n10.0.0.2\n",
    );
    expect(imported.body).toMatchObject({ id: "ips" });
    const found = await kibana.call("GET", `${VALUES}/items/_find?list_id=ips&per_page=1&page=2`);
    expect(found.body).toMatchObject({ total: 2, data: [{ value: "10.0.0.2" }] });
    const next = encodeURIComponent(String(found.body["cursor"]));
    const end = await kibana.call(
      "GET",
      `${VALUES}/items/_find?list_id=ips&per_page=1&page=3&cursor=${next}`,
    );
    expect(end.body).toMatchObject({ data: [] });
    expect((await kibana.call("POST", `${VALUES}/items/_export?list_id=ips`)).text).toBe(
      "10.0.0.1\n10.0.0.2\n",
    );
    expect((await kibana.call("DELETE", `${VALUES}/items?list_id=ips&value=10.0.0.1`)).status).toBe(200);
    expect((await kibana.call("DELETE", `${VALUES}?id=ips`)).body).toMatchObject({ id: "ips" });
    expect((await kibana.call("GET", `${VALUES}?id=ips`)).status).toBe(404);
    expect((await kibana.call("GET", `${VALUES}/_find`)).body).toMatchObject({ total: 0 });
  });

  it("connectors: create, list, update, execute, delete, and secrets never come back", async () => {
    const body = {
      name: "hook",
      connector_type_id: ".webhook",
      config: { url: "https://soc.example" },
      secrets: { user: "u", password: "very-secret" },
    };
    const made = await kibana.call("POST", CONNECTOR, body);
    expect(made.status).toBe(200);
    expect(made.text).not.toContain("very-secret");
    const path = `${CONNECTOR}/${String(made.body["id"])}`;
    expect((await kibana.call("POST", path, body)).status).toBe(409);
    const named = await kibana.call("POST", `${CONNECTOR}/not-a-uuid`, body);
    expect(named.status).toBe(flavour === "8.18" || flavour === "9.2" ? 400 : 200);
    if (named.status === 200) await kibana.call("DELETE", `${CONNECTOR}/not-a-uuid`);
    expect((await kibana.call("POST", CONNECTOR, { ...body, surplus: 1 })).status).toBe(400);
    const { connector_type_id: _, ...change } = { ...body, name: "renamed" };
    expect((await kibana.call("PUT", path, change)).body).toMatchObject({ name: "renamed" });
    const all = await kibana.call<Json[]>("GET", "/api/actions/connectors");
    expect(all.body).toMatchObject([
      { name: "renamed", is_missing_secrets: false, referenced_by_count: 0, is_preconfigured: false },
    ]);
    expect((await kibana.call("POST", `${path}/_execute`, { params: {} })).body).toMatchObject({
      status: "error",
    });
    expect((await kibana.call("DELETE", path)).status).toBe(204);
    expect((await kibana.call("GET", path)).status).toBe(404);
  });

  it("spaces: create, use, update, delete with all that is inside", async () => {
    expect((await kibana.call("POST", "/api/spaces/space", { id: "soc", name: "SOC" })).status).toBe(200);
    expect((await kibana.call("POST", "/api/spaces/space", { id: "soc", name: "SOC" })).status).toBe(409);
    expect((await kibana.call("POST", `/s/soc${RULES}`, rule("inside"))).status).toBe(200);
    expect((await kibana.call("GET", `${RULES}?rule_id=inside`)).status).toBe(404);
    const put = await kibana.call("PUT", "/api/spaces/space/soc", { id: "soc", name: "New" });
    expect(put.body).toMatchObject({ name: "New", disabledFeatures: [] });
    expect((await kibana.call("DELETE", "/api/spaces/space/soc")).status).toBe(204);
    expect((await kibana.call("GET", "/api/spaces/space/soc")).status).toBe(404);
    expect((await kibana.call("GET", `/s/soc${RULES}?rule_id=inside`)).status).toBe(404);
  });

  it("export and import are a round trip into another space", async () => {
    await kibana.call("POST", "/api/spaces/space", { id: "copy", name: "Copy" });
    const list = await kibana.call("POST", LISTS, {
      list_id: "trip",
      name: "Trip",
      description: "d",
      type: "detection",
    });
    const reference = {
      id: list.body["id"],
      list_id: "trip",
      type: "detection",
      namespace_type: "single",
    };
    await kibana.call("POST", RULES, rule("trip", { exceptions_list: [reference], version: 7 }));
    const exported = await kibana.call("POST", `${RULES}/_export`, { objects: [{ rule_id: "trip" }] });
    expect(exported.type).toBe("application/ndjson");
    const lines = exported.text.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    const imported = await kibana.upload(`/s/copy${RULES}/_import?overwrite=true`, "a.ndjson", exported.text);
    expect(imported.body).toMatchObject({
      success: true,
      success_count: 1,
      rules_count: 1,
      exceptions_success: true,
      exceptions_success_count: 1,
      errors: [],
    });
    const copy = await kibana.call("GET", `/s/copy${RULES}?rule_id=trip`);
    expect(copy.body).toMatchObject({ version: 7, query: "process.name: cmd.exe" });
    expect(copy.body["id"]).not.toBe((JSON.parse(lines[0]!) as Json)["id"]);
    const again = await kibana.upload(`/s/copy${RULES}/_import`, "a.ndjson", `${lines[0]}\n`);
    expect(again.body).toMatchObject({
      success: false,
      errors: [{ rule_id: "trip", error: { status_code: 409 } }],
    });
    await kibana.call("DELETE", `${RULES}?rule_id=trip`);
  });

  it("preview: a log an invocation, and a search for its alerts by both internal ways", async () => {
    const body = rule("looked-at", { invocationCount: 2, timeframeEnd: "2026-01-01T00:00:00.000Z" });
    const preview = await kibana.call("POST", `${RULES}/preview`, body);
    expect(preview.body).toMatchObject({ isAborted: false, logs: [{ errors: [] }, { errors: [] }] });
    const index = ".preview.alerts-security.alerts-default";
    const query = { term: { "kibana.alert.rule.uuid": preview.body["previewId"] } };
    const search = await kibana.call(
      "POST",
      "/internal/search/ese",
      { params: { index, body: { query } } },
      { ...INTERNAL, "elastic-api-version": "1" },
    );
    expect(search.body).toMatchObject({ rawResponse: { hits: { total: { value: 0 }, hits: [] } } });
    const console = await kibana.call(
      "POST",
      `/api/console/proxy?method=POST&path=${encodeURIComponent(`${index}/_search`)}`,
      { query },
      INTERNAL,
    );
    expect(console.body).toMatchObject({ hits: { total: { value: 0 }, hits: [] } });
  });

  it("account: who am I, what may I, what is licensed", async () => {
    const me = await kibana.call("GET", "/internal/security/me", undefined, INTERNAL);
    expect(me.body).toMatchObject({ authentication_type: "api_key", username: "elastic" });
    const may = await kibana.call("GET", "/api/detection_engine/privileges");
    expect(may.body).toMatchObject({ is_authenticated: true, has_encryption_key: true });
    const licence = await kibana.call("GET", "/api/licensing/info", undefined, INTERNAL);
    expect(licence.body).toMatchObject({ license: { status: "active" } });
    expect((await kibana.call("GET", "/api/features")).status).toBe(200);
  });

  it("what only some versions have", async () => {
    const isOld = flavour === "8.18";
    const isNewest = flavour === "9.5" || flavour === "serverless";
    const bulk = await kibana.call("POST", `${RULES}/_bulk_create`, [rule("old")]);
    expect(bulk.status).toBe(isOld ? 200 : 404);
    const internal = await kibana.call("GET", "/internal/security/me");
    expect(internal.status).toBe(isOld ? 200 : 400);
    const fields = await kibana.call(
      "POST",
      RULES,
      rule("fields", { type: "threshold", threshold: { field: ["a", "b", "c", "d"], value: 1 } }),
    );
    expect(fields.status).toBe(isOld ? 400 : 200);
    const entries = [
      { field: "a", type: "mapping", value: "b" },
      { field: "c", type: "mapping", value: "d", negate: true },
    ];
    const negated = await kibana.call(
      "POST",
      RULES,
      rule("negated", {
        type: "threat_match",
        threat_query: "*:*",
        threat_index: ["ti-*"],
        threat_mapping: [{ entries }],
      }),
    );
    expect(negated.text.includes('"negate":')).toBe(!isOld);
    const gap = await kibana.call("POST", RULES, rule("gap", { interval: "1h", from: "now-5m" }));
    expect(gap.status).toBe(isNewest ? 400 : 200);
    const wrong = await kibana.call("POST", RULES, rule("wrong", { max_signals: 0 }));
    expect(wrong.body["message"]).toBe(
      isNewest
        ? "[request body]: max_signals: Too small: expected number to be >=1"
        : "[request body]: max_signals: Number must be greater than or equal to 1",
    );
    const devices = { list_id: "dev", name: "n", description: "d", type: "endpoint_trusted_devices" };
    expect((await kibana.call("POST", LISTS, { ...devices, namespace_type: "agnostic" })).status).toBe(
      isOld ? 400 : 200,
    );
    const basic = await kibana.call("GET", "/api/spaces/space", undefined, {
      authorization: `Basic ${btoa("elastic:changeme")}`,
    });
    expect(basic.status).toBe(flavour === "serverless" ? 401 : 200);
  });
});
