/** What Kibana does with a rule beside the rows of its own tests: versions, revisions, bulk edits, lists, preview. */
import { describe, expect, it } from "vitest";
import { RULE_TYPES } from "../../src/kibana/rule.js";
import { ndjsonOf, type Session, startKibana } from "../support/kibana.js";
import {
  action,
  indexConnector,
  itemOf,
  ITEMS,
  LISTS,
  listOf,
  queryRule,
  reference,
  ruleOf,
  RULES,
} from "./samples.js";

const read = async (kibana: Session, space = "") =>
  (await kibana.get(`${space}${RULES}?rule_id=rule-1`)).body;
const edit = (kibana: Session, type: string, value: unknown) =>
  kibana.post(`${RULES}/_bulk_action`, { action: "edit", query: "", edit: [{ type, value }] });

describe("version and revision", () => {
  it.each(RULE_TYPES)("the same %s rule again is no revision, by PUT and by PATCH", async (type) => {
    const kibana = startKibana();
    const connector = await kibana.post("/api/actions/connector", indexConnector());
    const rule = ruleOf(type, { actions: [action(connector.body["id"], { uuid: "one-uuid" })] });
    const created = await kibana.post(RULES, rule);
    const put = await kibana.put(RULES, rule);
    expect(put.body).toEqual({ ...created.body, updated_at: put.body["updated_at"] });
    expect(put.body["updated_at"]).not.toBe(created.body["updated_at"]);
    const { type: _, ...patch } = rule;
    expect((await kibana.patch(RULES, patch)).body["revision"]).toBe(0);
  });

  it.each([
    ["version", { version: 2 }],
    ["meta", { meta: { a: 1 } }],
    ["tags", { tags: ["x"] }],
    ["interval", { interval: "6m" }],
    ["query", { query: "user.name: admin" }],
  ])("another %s is a revision", async (_, changes) => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule());
    expect((await kibana.put(RULES, queryRule(changes))).body["revision"]).toBe(1);
  });

  it("PUT keeps enabled and version where it leaves them out; PATCH keeps all", async () => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule({ enabled: true, version: 7, note: "n" }));
    expect((await kibana.put(RULES, queryRule({ note: "m" }))).body).toMatchObject({
      enabled: true,
      version: 7,
    });
    expect((await kibana.patch(RULES, { rule_id: "rule-1", tags: ["t"] })).body).toMatchObject({
      enabled: true,
      version: 7,
      note: "m",
      tags: ["t"],
    });
  });

  it("an overwriting import sets the version to 1 where the line has none", async () => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule({ version: 7, enabled: true }));
    await kibana.upload(`${RULES}/_import?overwrite=true`, ndjsonOf([queryRule()]));
    expect(await read(kibana)).toMatchObject({ version: 1, enabled: true });
  });
});

describe("changing the type", () => {
  it("is refused, but between the two query types", async () => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule());
    const refused = await kibana.put(RULES, ruleOf("eql"));
    expect(refused.status).toBe(400);
    expect(refused.body["message"]).toMatch(/^params invalid: /);
    expect((await read(kibana))["type"]).toBe("query");
    expect((await kibana.put(RULES, ruleOf("saved_query"))).body["type"]).toBe("saved_query");
    const imported = await kibana.upload(`${RULES}/_import?overwrite=true`, ndjsonOf([ruleOf("esql")]));
    expect(imported.body).toMatchObject({ success: false, success_count: 0 });
  });

  it("PATCH takes the fields of the stored type and drops those of others", async () => {
    const kibana = startKibana();
    await kibana.post(RULES, ruleOf("eql"));
    const patched = await kibana.patch(RULES, {
      rule_id: "rule-1",
      tiebreaker_field: "event.sequence",
      threshold: { value: 0 },
    });
    expect(patched.body).toMatchObject({ tiebreaker_field: "event.sequence", revision: 1 });
    expect(patched.body).not.toHaveProperty("threshold");
    const refused = await kibana.patch(RULES, { rule_id: "rule-1", query: 1 });
    expect(refused.body).toEqual({
      message: "query: Invalid input: expected string, received number",
      status_code: 400,
    });
  });
});

describe("how a rule is addressed", () => {
  it.each([
    [
      { id: "c1e1b359-7ac1-4e96-bc81-c683c092436f", rule_id: "x" },
      'both "id" and "rule_id" cannot exist, choose one or the other',
    ],
    [{}, 'either "id" or "rule_id" must be set'],
  ])("%j", async (selector, text) => {
    const kibana = startKibana();
    const answers = [
      await kibana.get(`${RULES}?${new URLSearchParams(selector as Record<string, string>)}`),
      await kibana.put(RULES, queryRule({ rule_id: undefined, ...selector })),
      await kibana.patch(RULES, { name: "x", ...selector }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(400);
      expect(body).toEqual({ message: [text], status_code: 400 });
    }
  });

  it("an id that is no UUID", async () => {
    const { body } = await startKibana().get(`${RULES}?id=x`);
    expect(body["message"]).toBe("[request query]: id: Invalid UUID");
  });
});

describe("spaces", () => {
  it("keep rules, lists and connectors apart; agnostic lists are shared", async () => {
    const kibana = startKibana({ spaces: ["soc"] });
    await kibana.post(RULES, queryRule({ name: "here" }));
    await kibana.post(`/s/soc${RULES}`, queryRule({ name: "there" }));
    expect((await read(kibana))["name"]).toBe("here");
    expect((await read(kibana, "/s/soc"))["name"]).toBe("there");
    expect((await read(kibana, "/s/default"))["name"]).toBe("here");
    await kibana.post(LISTS, listOf());
    await kibana.post(LISTS, listOf({ list_id: "all", namespace_type: "agnostic" }));
    expect((await kibana.get(`/s/soc${LISTS}?list_id=some-list-id`)).status).toBe(404);
    const both = await kibana.get(`/s/soc${LISTS}/_find?namespace_type=single,agnostic`);
    expect((both.body["data"] as { list_id: string }[]).map((list) => list.list_id)).toEqual([
      "endpoint_list",
      "all",
    ]);
    await kibana.post("/s/soc/api/actions/connector", indexConnector());
    expect((await kibana.get("/api/actions/connectors")).body).toEqual([]);
  });

  it("that nobody made are written to all the same, as in Kibana", async () => {
    const kibana = startKibana();
    expect((await kibana.post(`/s/nowhere${RULES}`, queryRule())).status).toBe(200);
    expect((await kibana.get("/api/spaces/space/nowhere")).status).toBe(404);
  });
});

describe("bulk edits", () => {
  it("set_schedule gives the window in seconds and keeps the look-back in meta", async () => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule({ meta: { owner: "soc" } }));
    await edit(kibana, "set_schedule", { interval: "1h", lookback: "10m" });
    expect(await read(kibana)).toMatchObject({
      interval: "1h",
      from: "now-4200s",
      to: "now",
      meta: { owner: "soc", from: "10m" },
      version: 2,
      revision: 1,
    });
  });

  it.each([
    ["add_tags", ["b", "c"], { tags: ["a", "b", "c"] }],
    ["delete_tags", ["a"], { tags: ["b"] }],
    ["set_tags", ["z"], { tags: ["z"] }],
    ["add_index_patterns", ["logs-*"], { index: ["x-*", "logs-*"] }],
    ["set_index_patterns", ["logs-*"], { index: ["logs-*"] }],
    ["set_timeline", { timeline_id: "i", timeline_title: "t" }, { timeline_id: "i", timeline_title: "t" }],
    [
      "set_alert_suppression",
      { group_by: ["host.name"] },
      { alert_suppression: { group_by: ["host.name"] } },
    ],
  ])("%s", async (type, value, expected) => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule({ tags: ["a", "b"], index: ["x-*"] }));
    expect((await edit(kibana, type, value)).status).toBe(200);
    expect(await read(kibana)).toMatchObject(expected);
  });

  it("leave a rule with a data view alone unless told to overwrite it", async () => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule({ data_view_id: "dv" }));
    const skipped = await edit(kibana, "add_index_patterns", ["logs-*"]);
    expect(skipped.body).toMatchObject({ attributes: { summary: { skipped: 1 } } });
    const value = { type: "set_index_patterns", value: ["logs-*"], overwrite_data_views: true };
    await kibana.post(`${RULES}/_bulk_action`, { action: "edit", query: "", edit: [value] });
    const rule = await read(kibana);
    expect(rule["index"]).toEqual(["logs-*"]);
    expect(rule).not.toHaveProperty("data_view_id");
  });

  it.each([
    ["set_alert_suppression", { group_by: ["a"] }, "threshold", "THRESHOLD_RULE_TYPE_IN_SUPPRESSION"],
    [
      "set_alert_suppression_for_threshold",
      { duration: { value: 1, unit: "h" } },
      "query",
      "UNSUPPORTED_RULE_IN_SUPPRESSION_FOR_THRESHOLD",
    ],
  ] as const)("%s does not fit every type", async (type, value, ruleType, err_code) => {
    const kibana = startKibana();
    await kibana.post(RULES, ruleOf(ruleType));
    const { status, body } = await edit(kibana, type, value);
    expect(status).toBe(500);
    expect(body).toMatchObject({ attributes: { errors: [{ err_code }] } });
  });

  it.each([
    ["9.3.0", "edit.0.value.actions.0: Unrecognized key(s) in object: 'action_type_id'"],
    ["9.5.1", 'action: Invalid input: expected "delete"'],
  ])("keys that actions do not have are refused, Kibana %s", async (version, text) => {
    const sent = { id: "1", params: {}, action_type_id: ".index" };
    const { status, body } = await edit(startKibana({ version }), "set_rule_actions", { actions: [sent] });
    expect(status).toBe(400);
    expect(body["message"]).toContain(text);
  });

  it.each([
    [
      { action: "delete", ids: Array.from({ length: 101 }, (_, i) => `${i}`) },
      "More than 100 ids sent for bulk edit action.",
    ],
    [
      { action: "delete", ids: ["1"], query: "" },
      "Both query and ids are sent. Define either ids or query in request payload.",
    ],
    [
      { action: "enable", gaps_range_start: "x" },
      "gaps_range_start, gaps_range_end and gap_fill_statuses must be provided together.",
    ],
  ])("%#: a request that is refused as a whole", async (body, message) => {
    const answer = await startKibana().post(`${RULES}/_bulk_action`, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ message, status_code: 400 });
  });

  it("more than 2,000 rules are not edited at once from 9.4 on", async () => {
    const kibana = startKibana();
    const lines = Array.from({ length: 2001 }, (_, i) => queryRule({ rule_id: `rule-${i}` }));
    await kibana.upload(`${RULES}/_import`, ndjsonOf(lines));
    const { status, body } = await edit(kibana, "add_tags", ["x"]);
    expect(status).toBe(400);
    expect(body["message"]).toBe("More than 2000 rules matched the filter query. Try to narrow it down.");
  });

  it("no rule has gaps to fill, and disabled ones cannot be asked", async () => {
    const kibana = startKibana();
    await kibana.post(RULES, queryRule({ enabled: true }));
    await kibana.post(RULES, queryRule({ rule_id: "rule-2" }));
    const fill_gaps = { start_date: "2026-01-01T00:00:00Z", end_date: "2026-01-02T00:00:00Z" };
    const { body } = await kibana.post(`${RULES}/_bulk_action`, { action: "fill_gaps", fill_gaps });
    expect(body).toMatchObject({
      attributes: {
        results: { skipped: [{ skip_reason: "NO_GAPS_TO_FILL" }] },
        errors: [{ err_code: "RULE_FILL_GAPS_DISABLED_RULE" }],
      },
    });
  });
});

describe("actions", () => {
  async function refused(changes: readonly Record<string, unknown>[], rule: Record<string, unknown> = {}) {
    const kibana = startKibana();
    const { body } = await kibana.post("/api/actions/connector", indexConnector());
    const actions = changes.map((each) => action(body["id"], each));
    const answer = await kibana.post(RULES, queryRule({ ...rule, actions }));
    expect(answer.status).toBe(400);
    return answer.body["message"];
  }
  const one = "Failed to validate actions due to the following error: ";
  const hourly = { summary: true, notifyWhen: "onThrottleInterval", throttle: "1m" };

  it.each<[string, readonly Record<string, unknown>[], string]>([
    [
      "more often than the rule runs",
      [{ frequency: hourly }],
      `${one}Action frequency cannot be shorter than the schedule interval of 5m: default (1m)`,
    ],
    ["of another group", [{ group: "recovered" }], `${one}Invalid action groups: recovered`],
    ["with one uuid", [{ uuid: "u" }, { uuid: "u" }], `${one}Actions have duplicated UUIDs`],
    [
      "with an empty alerts_filter",
      [{ uuid: "u", alerts_filter: {} }],
      `${one}Action's alertsFilter  must have either "query" or "timeframe" : u`,
    ],
    [
      "with two problems",
      [{ group: "x", frequency: hourly }],
      "Failed to validate actions due to the following 2 errors:\n- Invalid action groups: x\n- Action frequency cannot be shorter than the schedule interval of 5m: x (1m)",
    ],
  ])("%s", async (_, changes, message) => {
    expect(await refused(changes)).toBe(message);
  });

  it("of the system have neither group nor frequency", async () => {
    const sent = { id: "system-connector-.cases", action_type_id: ".cases", params: { subAction: "run" } };
    const { body } = await startKibana().post(RULES, queryRule({ actions: [sent] }));
    expect(body["actions"]).toEqual([{ ...sent, uuid: expect.any(String) as string }]);
  });
});

describe("a rule's own exceptions", () => {
  const item = { name: "n", description: "d", type: "simple", entries: itemOf()["entries"] };

  it("make its list, attach it once and keep the other lists", async () => {
    const kibana = startKibana();
    const { body: rule } = await kibana.post(RULES, queryRule({ exceptions_list: [reference()] }));
    const path = `${RULES}/${String(rule["id"])}/exceptions`;
    const first = await kibana.post<Record<string, unknown>[]>(path, {
      items: [item, { ...item, name: "second" }],
    });
    expect(first.body.map((each) => each["name"])).toEqual(["n", "second"]);
    await kibana.post(path, { items: [item] });
    const after = await read(kibana);
    expect(after).toMatchObject({
      revision: 1,
      version: 1,
      exceptions_list: [reference(), { type: "rule_default" }],
    });
    const listId = String(first.body[0]!["list_id"]);
    const list = await kibana.get(`${LISTS}?list_id=${listId}`);
    expect(list.body).toMatchObject({
      name: "Exceptions for rule - Simple Rule Query",
      description: `Exception list containing exceptions for rule with id: ${String(rule["id"])}`,
      tags: ["default_rule_exception_list"],
    });
    expect((await kibana.get(`${ITEMS}/_find?list_id=${listId}`)).body["total"]).toBe(3);
  });

  it("replace a list that is gone", async () => {
    const kibana = startKibana();
    const dangling = reference({ list_id: "gone", type: "rule_default" });
    const { body: rule } = await kibana.post(RULES, queryRule({ exceptions_list: [dangling] }));
    await kibana.post(`${RULES}/${String(rule["id"])}/exceptions`, { items: [item] });
    const lists = (await read(kibana))["exceptions_list"] as { list_id: string }[];
    expect(lists).toHaveLength(1);
    expect(lists[0]!.list_id).not.toBe("gone");
  });

  it("of a rule that is not there", async () => {
    const id = "c1e1b359-7ac1-4e96-bc81-c683c092436f";
    const { status, body } = await startKibana().post(`${RULES}/${id}/exceptions`, { items: [item] });
    expect(status).toBe(500);
    expect(body["message"]).toBe(`Unable to add exception to rule - rule with id:"${id}" not found`);
  });
});

describe("preview", () => {
  const body = (changes: Record<string, unknown>) =>
    queryRule({ invocationCount: 2, timeframeEnd: "2026-01-01T00:00:00.000Z", ...changes });

  it("checks as create does, stores nothing, and says that nothing was searched", async () => {
    const kibana = startKibana();
    const { status, body: answer } = await kibana.post(`${RULES}/preview`, body({}));
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      previewId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      isAborted: false,
    });
    const logs = answer["logs"] as Record<string, unknown>[];
    expect(logs).toHaveLength(2);
    expect(logs[0]).toMatchObject({ errors: [], startedAt: "2025-12-31T23:55:00.000Z", duration: 0 });
    expect(logs[0]!["warnings"]).toEqual([expect.stringContaining("does not run queries")]);
    expect((await kibana.get(`${RULES}/_find`)).body["total"]).toBe(0);
    expect((await kibana.post(`${RULES}/preview`, body({ timeline_id: "x" }))).status).toBe(400);
    expect((await kibana.post(`${RULES}/preview`, body({ timeframeEnd: "today" }))).body["message"]).toBe(
      "[request body]: timeframeEnd: Invalid ISO datetime",
    );
  });

  it("of no invocation", async () => {
    const { body: answer } = await startKibana().post(`${RULES}/preview`, body({ invocationCount: 0 }));
    expect(answer).toEqual({ logs: [{ errors: ["Invalid invocation count"], warnings: [], duration: 0 }] });
  });
});

describe("the bulk routes of 8.x", () => {
  it("create, update and delete, with an error in the place of what fails", async () => {
    const kibana = startKibana({ version: "8.18.0" });
    const created = await kibana.post(`${RULES}/_bulk_create`, [queryRule(), queryRule()]);
    expect(created.body).toMatchObject([
      { rule_id: "rule-1" },
      { rule_id: "rule-1", error: { status_code: 409, message: 'rule_id: "rule-1" already exists' } },
    ]);
    const updated = await kibana.patch(`${RULES}/_bulk_update`, [{ rule_id: "rule-1", name: "new" }, {}]);
    expect(updated.body).toMatchObject([
      { name: "new" },
      { rule_id: "(unknown id)", error: { status_code: 400 } },
    ]);
    const deleted = await kibana.delete(`${RULES}/_bulk_delete`, [{ rule_id: "rule-1" }, { rule_id: "x" }]);
    expect(deleted.body).toMatchObject([{ name: "new" }, { error: { status_code: 404 } }]);
  });
});
