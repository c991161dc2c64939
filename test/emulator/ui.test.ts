/** What Kibana's pages do to rules, lists and items. */
import { describe, expect, it } from "vitest";
import { startKibana, type Session } from "../support/kibana.js";
import { ui } from "../support/ui.js";
import { itemOf, ITEMS, LISTS, listOf, queryRule, ruleOf, RULES } from "./samples.js";

type Json = Record<string, unknown>;

async function withRule(changes: Json = {}): Promise<Session> {
  const kibana = startKibana();
  const made = await kibana.post(RULES, queryRule(changes));
  expect(made.status, made.text).toBe(200);
  return kibana;
}

const read = async (kibana: Session): Promise<Json> => (await kibana.get(`${RULES}?rule_id=rule-1`)).body;

describe("a save in the rule form", () => {
  it("drops meta, rewrites the schedule, and leaves version alone", async () => {
    const kibana = await withRule({
      version: 4,
      interval: "10m",
      from: "now-15m",
      to: "now-1m",
      meta: { kdac: { project: "p" }, from: "5m" },
      namespace: "x",
    });
    const saved = await ui(kibana.kibana).saveRule("rule-1", { severity: "low" });
    expect(saved).toMatchObject({
      version: 4,
      revision: 1,
      severity: "low",
      from: "now-900s",
      to: "now",
      meta: { kibana_siem_app_url: "http://kibana.local/app/security" },
      updated_by: "analyst",
      created_by: "elastic",
    });
    expect(saved["namespace"]).toBeUndefined();
  });

  const reference = "https://example.com/";
  const rewritten: readonly (readonly [string, Json, Json])[] = [
    [
      "the framework of threats",
      { threat: [{ framework: "MITRE ATLAS", tactic: { id: "x", name: "y", reference } }] },
      { threat: [{ framework: "MITRE ATT&CK", tactic: { id: "x", name: "y", reference } }] },
    ],
    [
      "empty texts in lists",
      { references: ["", reference], author: [""] },
      { references: [reference], author: [] },
    ],
    ["empty texts", { note: "", rule_name_override: "" }, { note: undefined, rule_name_override: undefined }],
    ["the kind of a building block", { building_block_type: "mine" }, { building_block_type: "default" }],
    [
      "index patterns beside a data view",
      { index: ["a"], data_view_id: "v" },
      { index: undefined, data_view_id: "v" },
    ],
  ];
  it.each(rewritten)("rewrites %s", async (_, sent, stored) => {
    const kibana = await withRule(sent);
    const saved = await ui(kibana.kibana).saveRule("rule-1");
    for (const [name, value] of Object.entries(stored)) expect(saved[name]).toEqual(value);
  });

  it("keeps the first cardinality, and loses the paging of indicators", async () => {
    const kibana = startKibana();
    const cardinality = [
      { field: "a", value: 1 },
      { field: "b", value: 2 },
    ];
    const threshold = { field: ["host.name"], value: 5, cardinality };
    await kibana.post(RULES, ruleOf("threshold", { threshold }));
    const paging = { concurrent_searches: 1, items_per_search: 9 };
    await kibana.post(RULES, ruleOf("threat_match", { rule_id: "rule-2", ...paging }));
    const analyst = ui(kibana.kibana);
    expect(await analyst.saveRule("rule-1")).toMatchObject({
      threshold: { ...threshold, cardinality: cardinality.slice(0, 1) },
    });
    expect((await analyst.saveRule("rule-2"))["concurrent_searches"]).toBeUndefined();
  });

  it("keeps actions, exceptions, tags and whether the rule is enabled", async () => {
    const kibana = await withRule({ tags: ["t"], enabled: true });
    const analyst = ui(kibana.kibana);
    await analyst.addException("rule-1", { name: "fp", entries: itemOf()["entries"] });
    const before = await read(kibana);
    const saved = await analyst.renameRule("rule-1", "new");
    for (const name of ["tags", "enabled", "exceptions_list", "actions"]) {
      expect(saved[name]).toEqual(before[name]);
    }
    expect(saved["name"]).toBe("new");
  });
});

describe("in other pages", () => {
  it("rules are toggled, tagged, rescheduled, duplicated and deleted, and keep their meta", async () => {
    const kibana = await withRule({ meta: { kdac: 1 }, version: 2 });
    const analyst = ui(kibana.kibana);
    await analyst.enable("rule-1");
    expect(await read(kibana)).toMatchObject({ enabled: true, revision: 0 });
    await analyst.disable("rule-1");
    await analyst.bulkAddTags(["rule-1"], ["triage"]);
    expect(await read(kibana)).toMatchObject({
      enabled: false,
      tags: ["triage"],
      version: 3,
      meta: { kdac: 1 },
    });
    await analyst.bulkSetSchedule(["rule-1"], "10m", "5m");
    expect(await read(kibana)).toMatchObject({ from: "now-900s", meta: { kdac: 1, from: "5m" } });
    const copy = await analyst.duplicate("rule-1");
    expect(copy).toMatchObject({ name: "Simple Rule Query [Duplicate]", meta: { kdac: 1 } });
    await analyst.deleteRule("rule-1");
    expect((await kibana.get(`${RULES}?rule_id=rule-1`)).status).toBe(404);
  });

  it("lists are made, linked and edited, items commented on, and values added", async () => {
    const kibana = await withRule();
    await kibana.post(LISTS, listOf());
    await kibana.post(ITEMS, itemOf({ meta: { kdac: 1 } }));
    const analyst = ui(kibana.kibana, "default", "jane");
    await analyst.createList({ list_id: "made", name: "made here" });
    await analyst.linkList("rule-1", { list_id: "made" });
    expect((await read(kibana))["exceptions_list"]).toMatchObject([{ list_id: "made" }]);
    const edited = await analyst.editItem("some-list-item-id", { name: "better" }, { comment: "seen" });
    expect(edited).toMatchObject({
      name: "better",
      updated_by: "jane",
      comments: [{ comment: "seen", created_by: "jane" }],
      meta: { kdac: 1 },
    });
    await analyst.editList({ list_id: "made" }, { name: "renamed" });
    expect(await analyst.list({ list_id: "made" })).toMatchObject({ name: "renamed" });
    await analyst.deleteItem("some-list-item-id");
    await analyst.deleteList({ list_id: "made" });
    await expect(analyst.list({ list_id: "made" })).rejects.toMatchObject({ name: "UiRefusal", status: 404 });
    await kibana.post("/api/lists/index");
    await kibana.post("/api/lists", { id: "v", name: "v", description: "v", type: "keyword" });
    expect(await analyst.addValue("v", "x")).toMatchObject({ value: "x" });
    await analyst.deleteValue("v", "x");
    expect((await kibana.get("/api/lists/items/_find?list_id=v")).body["total"]).toBe(0);
  });

  it("the work is done in the analyst's space, past faults and the log", async () => {
    const seen: unknown[] = [];
    const faults = [{ respond: { kind: "status", status: 503 } as const }];
    const kibana = startKibana({ spaces: ["soc"], faults, onRequest: (log) => seen.push(log) });
    await ui(kibana.kibana, "soc").createRule(queryRule());
    expect(seen).toEqual([]);
    kibana.kibana.setFaults([]);
    expect((await kibana.get(`${RULES}/_find`)).body["total"]).toBe(0);
    expect((await kibana.get(`/s/soc${RULES}/_find`)).body["total"]).toBe(1);
  });
});
