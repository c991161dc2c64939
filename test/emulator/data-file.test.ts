import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKibana, DataFileError } from "../../src/emulator/index.js";
import { startKibana } from "../support/kibana.js";
import { itemOf, ITEMS, LISTS, listOf, queryRule, RULES, webhook } from "./samples.js";

let folder: string;
let data: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kdac-data-"));
  data = join(folder, "state", "kibana.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the data file", () => {
  it("keeps everything from one run to the next", async () => {
    const before = startKibana({ data, spaces: ["soc"] });
    const rule = await before.post(`/s/soc${RULES}`, queryRule());
    await before.post(LISTS, listOf({ namespace_type: "agnostic" }));
    const item = await before.post(ITEMS, itemOf({ namespace_type: "agnostic" }));
    const connector = await before.post("/api/actions/connector", webhook());
    await before.post("/api/lists/index");
    await before.post("/api/lists", { id: "ips", type: "ip", name: "ips", description: "ips" });
    await before.post("/api/lists/items", { list_id: "ips", value: "127.0.0.1" });
    const { uuid } = (await before.get("/api/status")).body;
    await before.kibana.flush();

    const after = startKibana({ data });
    expect((await after.get(`/s/soc${RULES}?rule_id=rule-1`)).body).toEqual(rule.body);
    expect((await after.get(`${RULES}?rule_id=rule-1`)).status).toBe(404);
    expect((await after.get(`${ITEMS}?item_id=some-list-item-id&namespace_type=agnostic`)).body).toEqual(
      item.body,
    );
    expect((await after.get(`/api/actions/connector/${String(connector.body["id"])}`)).body).toEqual(
      connector.body,
    );
    expect((await after.post("/api/lists/items/_export?list_id=ips")).text).toBe("127.0.0.1\n");
    expect((await after.get("/api/spaces/space/soc")).status).toBe(200);
    expect((await after.get("/api/status")).body["uuid"]).toBe(uuid);
  });

  it("carries no secret, is for its owner only, and is never half written", async () => {
    const kibana = startKibana({ data });
    await kibana.post("/api/actions/connector", webhook());
    await kibana.kibana.flush();
    const text = readFileSync(data, "utf8");
    expect(text).toContain("soc webhook");
    expect(text).not.toContain("not-a-password");
    expect(text).not.toContain(kibana.kibana.apiKey);
    expect(statSync(data).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, "state"))).toEqual(["kibana.json"]);
  });

  it("is written soon after a change without being asked", async () => {
    const kibana = startKibana({ data });
    await kibana.post(RULES, queryRule());
    await expect
      .poll(() => statSync(data, { throwIfNoEntry: false })?.size ?? 0, { timeout: 5000 })
      .toBeGreaterThan(0);
  });

  it("meets a newer package of prebuilt rules, which leaves the user's part alone", async () => {
    const before = startKibana({ data, prebuilt: [queryRule({ version: 1, author: ["Elastic"] })] });
    await before.put(`${RULES}/prepackaged`);
    await before.post(`${RULES}/_bulk_action`, { action: "enable" });
    await before.kibana.flush();
    const newer = queryRule({ version: 2, author: ["Elastic", "Others"], name: "newer" });
    const after = startKibana({ data, prebuilt: [newer] });
    expect((await after.get(`${RULES}/prepackaged/_status`)).body).toMatchObject({ rules_not_updated: 1 });
    expect((await after.put(`${RULES}/prepackaged`)).body).toMatchObject({
      rules_installed: 0,
      rules_updated: 1,
    });
    expect((await after.get(`${RULES}?rule_id=rule-1`)).body).toMatchObject({
      name: "newer",
      version: 2,
      revision: 1,
      enabled: true,
      rule_source: { is_customized: false },
    });
  });

  it("is not touched by reading", async () => {
    const kibana = startKibana({ data });
    await kibana.get(`${RULES}/_find`);
    await kibana.post(`${RULES}/_export`);
    await kibana.kibana.flush();
    expect(statSync(data, { throwIfNoEntry: false })).toBeUndefined();
  });

  const saved = { format: "kdac embedded Kibana", formatVersion: 1, uuid: "u", sequence: 0 };
  const lists = { spaces: [], sharedLists: [], sharedItems: [], data: [] };
  it.each([
    ["{", /cannot read the data file ".*kibana\.json": .*JSON/],
    ['"x"', /was not written by the embedded Kibana/],
    [JSON.stringify({ rules: [] }), /was not written by the embedded Kibana/],
    [JSON.stringify({ ...saved, formatVersion: 99 }), /its format version is 99, this kdac reads 1/],
    [JSON.stringify({ ...saved, uuid: 1 }), /it is incomplete/],
    [JSON.stringify({ ...saved, ...lists, data: 1 }), /"data" is no list of objects/],
    [JSON.stringify({ ...saved, ...lists, data: [{ id: "soc" }] }), /"rules" of space "soc" is no list/],
  ])("that reads %s is refused with a reason", (text, reason) => {
    const file = join(folder, "kibana.json");
    writeFileSync(file, text);
    expect(() => createKibana({ data: file })).toThrow(DataFileError);
    expect(() => createKibana({ data: file })).toThrow(reason);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("that cannot be written is told of, and a later flush tries again", async () => {
    const kibana = startKibana({ data: join(folder, "blocked", "kibana.json") });
    writeFileSync(join(folder, "blocked"), "a file where a folder should be");
    await kibana.post(RULES, queryRule());
    await expect(kibana.kibana.flush()).rejects.toThrow(/cannot write the data file/);
    rmSync(join(folder, "blocked"));
    await kibana.kibana.flush();
    chmodSync(join(folder, "blocked"), 0o755);
    expect(readFileSync(join(folder, "blocked", "kibana.json"), "utf8")).toContain("rule-1");
  });
});
