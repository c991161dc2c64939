/** Rows 100–121: `POST rules/_bulk_action`, as Kibana's own integration tests assert it. */
import { describe, expect, it } from "vitest";
import { documents, type Session, startKibana as start } from "../../support/kibana.js";
import {
  action,
  indexConnector,
  itemOf,
  ITEMS,
  LISTS,
  listOf,
  NOTHING_EXPORTED,
  queryRule,
  reference,
  ruleOf,
  RULES,
} from "../samples.js";
import { type Flavour, FLAVOURS, type KibanaOptions } from "../../../src/emulator/index.js";
import { isModern } from "../worded.js";

describe.each(FLAVOURS)("on %s", (flavour: Flavour) => {
  const startKibana = (options: KibanaOptions = {}): Session => start({ flavour, ...options });

  interface Rule {
    readonly id: string;
    readonly rule_id: string;
    readonly name: string;
    readonly [key: string]: unknown;
  }

  interface Attributes {
    readonly summary: Readonly<Record<string, number>>;
    readonly results: Readonly<Record<"updated" | "created" | "deleted" | "skipped", readonly Rule[]>>;
    readonly errors?: readonly Readonly<Record<string, unknown>>[];
  }

  interface Bulk {
    readonly message?: string;
    readonly attributes: Attributes;
    readonly [key: string]: unknown;
  }

  const BULK = `${RULES}/_bulk_action`;
  const bulk = (kibana: Session, body: unknown, query = "") => kibana.post<Bulk>(`${BULK}${query}`, body);
  const edit = (kibana: Session, type: string, value: unknown, query = "") =>
    bulk(kibana, { action: "edit", query: "", edit: [{ type, value }] }, query);
  const read = async (kibana: Session, ruleId = "rule-1"): Promise<Rule> =>
    (await kibana.get<Rule>(`${RULES}?rule_id=${ruleId}`)).body;
  const create = async (kibana: Session, rule: unknown = queryRule()): Promise<Rule> =>
    (await kibana.post<Rule>(RULES, rule)).body;

  const EMPTY = { updated: [], created: [], deleted: [], skipped: [] };
  const OLD_ACTION = { frequency: { summary: true, throttle: null, notifyWhen: "onActiveAlert" } };

  describe("what it does", () => {
    it("#100 export", async () => {
      const kibana = startKibana();
      const rule = await create(kibana);
      const { status, headers, text } = await bulk(kibana, { action: "export", query: "" });
      expect(status).toBe(200);
      expect(headers.get("content-type")).toBe("application/ndjson");
      expect(headers.get("content-disposition")).toBe('attachment; filename="rules_export.ndjson"');
      const summary = { ...NOTHING_EXPORTED, exported_count: 1, exported_rules_count: 1 };
      expect(documents(text)).toEqual([rule, summary]);
    });

    it("#101 delete", async () => {
      const kibana = startKibana();
      const rule = await create(kibana);
      const { status, body } = await bulk(kibana, { action: "delete", query: "" });
      expect(status).toBe(200);
      expect(body).toMatchObject({ success: true, rules_count: 1 });
      expect(body.attributes.summary).toEqual({ failed: 0, skipped: 0, succeeded: 1, total: 1 });
      expect(body.attributes.results).toEqual({ ...EMPTY, deleted: [rule] });
      expect((await kibana.get(`${RULES}?rule_id=rule-1`)).status).toBe(404);
    });

    it.each([
      ["enable", false],
      ["disable", true],
    ])("#102 %s without ids and query means all rules", async (action, enabled) => {
      const kibana = startKibana();
      await create(kibana, queryRule({ enabled }));
      await create(kibana, queryRule({ rule_id: "rule-2", enabled }));
      const { body } = await bulk(kibana, { action });
      expect(body.attributes.summary).toMatchObject({ succeeded: 2, total: 2 });
      expect(body.attributes.results.updated.map((rule) => rule["enabled"])).toEqual([!enabled, !enabled]);
      expect((await read(kibana))["enabled"]).toBe(!enabled);
    });

    it("#103 duplicate without exceptions", async () => {
      const kibana = startKibana();
      const exceptions_list = [reference()];
      const rule = await create(kibana, queryRule({ enabled: true, version: 4, exceptions_list }));
      const duplicate = { include_exceptions: false, include_expired_exceptions: false };
      const { body } = await bulk(kibana, { action: "duplicate", ids: [rule.id], duplicate });
      const [copy] = body.attributes.results.created;
      expect(copy).toMatchObject({
        name: "Simple Rule Query [Duplicate]",
        enabled: false,
        version: 4,
        revision: 0,
        exceptions_list: [],
      });
      expect(copy!.rule_id).not.toBe(rule.rule_id);
      expect((await kibana.get(`${RULES}/_find`)).body["total"]).toBe(2);
    });

    it.each([
      [true, 2],
      [false, 1],
    ])("#104 duplicate with exceptions, expired ones too: %s", async (include_expired_exceptions, items) => {
      const kibana = startKibana();
      await kibana.post(LISTS, listOf());
      const own = await kibana.post(LISTS, listOf({ list_id: "own", type: "rule_default" }));
      await kibana.post(ITEMS, itemOf({ list_id: "own", item_id: "a" }));
      await kibana.post(
        ITEMS,
        itemOf({ list_id: "own", item_id: "b", expire_time: "2020-01-01T00:00:00.000Z" }),
      );
      const exceptions_list = [
        reference(),
        reference({ id: own.body["id"], list_id: "own", type: "rule_default" }),
      ];
      const rule = await create(kibana, queryRule({ exceptions_list }));
      const duplicate = { include_exceptions: true, include_expired_exceptions };
      const { body } = await bulk(kibana, { action: "duplicate", ids: [rule.id], duplicate });
      const [shared, copied] = body.attributes.results.created[0]!["exceptions_list"] as Rule[];
      expect(shared).toEqual(reference());
      expect(copied!["list_id"]).not.toBe("own");
      const found = await kibana.get(`${ITEMS}/_find?list_id=${String(copied!["list_id"])}`);
      expect(found.body["total"]).toBe(items);
    });

    it("#105 delete_index_patterns that are there", async () => {
      const kibana = startKibana();
      await create(kibana, queryRule({ index: ["index1-*", "index2-*"] }));
      const { body } = await edit(kibana, "delete_index_patterns", ["index2-*"]);
      expect(body.attributes.results.updated[0]!["index"]).toEqual(["index1-*"]);
      expect(await read(kibana)).toMatchObject({ index: ["index1-*"], version: 2, revision: 1 });
    });

    it("#109 set, add and delete investigation fields", async () => {
      const kibana = startKibana();
      await create(kibana);
      const fields = async (type: string, field_names: string[]) => {
        await edit(kibana, type, { field_names });
        return (await read(kibana))["investigation_fields"];
      };
      expect(await fields("set_investigation_fields", ["a", "b"])).toEqual({ field_names: ["a", "b"] });
      expect(await fields("add_investigation_fields", ["b", "c"])).toEqual({ field_names: ["a", "b", "c"] });
      expect(await fields("delete_investigation_fields", ["a", "x"])).toEqual({ field_names: ["b", "c"] });
      expect(await fields("delete_investigation_fields", ["b", "c"])).toBeUndefined();
    });
  });

  describe("actions", () => {
    const withAction = async (kibana: Session) => {
      const { body } = await kibana.post("/api/actions/connector", indexConnector());
      const { action_type_id: _, ...sent } = action(body["id"]);
      return { id: body["id"], sent };
    };

    it("#110 add_rule_actions with throttle 1h", async () => {
      const kibana = startKibana();
      const { id, sent } = await withAction(kibana);
      const rule = await create(kibana, queryRule({ actions: [action(id)] }));
      await edit(kibana, "add_rule_actions", { throttle: "1h", actions: [sent] });
      const [old, added] = (await read(kibana))["actions"] as Record<string, unknown>[];
      expect(old).toEqual((rule["actions"] as unknown[])[0]);
      expect(old).toMatchObject(OLD_ACTION);
      expect(added).toEqual({
        ...action(id),
        uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        frequency: { summary: true, throttle: "1h", notifyWhen: "onThrottleInterval" },
      });
    });

    it("#111 add_rule_actions with none", async () => {
      const kibana = startKibana();
      const rule = await create(kibana);
      const { status, body } = await edit(kibana, "add_rule_actions", { throttle: "1h", actions: [] });
      expect(status).toBe(200);
      expect(body.attributes.summary).toEqual({ failed: 0, skipped: 1, succeeded: 0, total: 1 });
      expect(body.attributes.results.skipped).toEqual([
        { id: rule.id, name: rule.name, skip_reason: "RULE_NOT_MODIFIED" },
      ]);
    });

    it("#112 set_rule_actions on a prebuilt rule", async () => {
      const kibana = startKibana({ prebuilt: [queryRule({ version: 3 })] });
      await kibana.put(`${RULES}/prepackaged`);
      const { sent } = await withAction(kibana);
      const { status } = await edit(kibana, "set_rule_actions", { throttle: "1h", actions: [sent] });
      expect(status).toBe(200);
      const rule = await read(kibana);
      expect(rule).toMatchObject({ version: 3, immutable: true });
      expect(rule["actions"]).toHaveLength(1);
    });

    it("#114 throttle rule", async () => {
      const kibana = startKibana();
      const { sent } = await withAction(kibana);
      await create(kibana);
      await edit(kibana, "set_rule_actions", { throttle: "rule", actions: [sent] });
      expect((await read(kibana))["actions"]).toMatchObject([OLD_ACTION]);
    });
  });

  describe("what it refuses", () => {
    const ML_TEXT =
      "Index patterns can't be added. Machine learning rule doesn't have index patterns property";

    it("#106 add_index_patterns on a machine learning rule", async () => {
      const kibana = startKibana();
      const { id, name } = await create(kibana, ruleOf("machine_learning"));
      const { status, body } = await edit(kibana, "add_index_patterns", ["index-*"]);
      expect(status).toBe(500);
      expect(body).toMatchObject({ message: "Bulk edit failed", status_code: 500 });
      expect(body.attributes.summary).toEqual({ failed: 1, skipped: 0, succeeded: 0, total: 1 });
      expect(body.attributes.errors).toEqual([{ message: ML_TEXT, status_code: 500, rules: [{ id, name }] }]);
    });

    it.each([
      ["delete_index_patterns", ["simple-index-*"]],
      ["set_index_patterns", []],
    ])("#107 %s leaves no pattern", async (type, value) => {
      const kibana = startKibana();
      const rule = await create(kibana, queryRule({ index: ["simple-index-*"] }));
      const { status, body } = await edit(kibana, type, value);
      expect(status).toBe(500);
      expect(body.attributes.errors).toMatchObject([
        { message: "Mutated params invalid: Index patterns can't be empty", status_code: 500 },
      ]);
      expect(await read(kibana)).toEqual(rule);
    });

    it.each([
      ["add_tags", ["tag1"]],
      ["delete_tags", ["other"]],
      ["add_index_patterns", ["index1-*"]],
      ["delete_index_patterns", ["other-*"]],
      ["add_investigation_fields", { field_names: ["field-1"] }],
      ["delete_investigation_fields", { field_names: ["other"] }],
    ])("#108 %s that changes nothing is skipped", async (type, value) => {
      const kibana = startKibana();
      const fields = {
        tags: ["tag1"],
        index: ["index1-*"],
        investigation_fields: { field_names: ["field-1"] },
      };
      const rule = await create(kibana, queryRule(fields));
      const { status, body } = await edit(kibana, type, value);
      expect(status).toBe(200);
      expect(body.attributes.summary).toEqual({ failed: 0, skipped: 1, succeeded: 0, total: 1 });
      expect(body.attributes.results.skipped).toEqual([
        { id: rule.id, name: rule.name, skip_reason: "RULE_NOT_MODIFIED" },
      ]);
      expect(await read(kibana)).toEqual(rule);
    });

    it.each([
      ["9.3.0", "edit.0.value.interval: Invalid, edit.0.value.lookback: Invalid"],
      ["9.5.1", "edit.0.value.lookback: Invalid string"],
    ])("#113 set_schedule of interval 0m and lookback -1m, Kibana %s", async (version, text) => {
      const kibana = startKibana({ version });
      await create(kibana);
      const { status, body } = await edit(kibana, "set_schedule", { interval: "0m", lookback: "-1m" });
      expect(status).toBe(400);
      expect(body).toMatchObject({ statusCode: 400, error: "Bad Request" });
      expect(body.message).toContain("edit.0.value.interval: Invalid");
      expect(body.message).toContain("edit.0.value.lookback: Invalid");
      expect(body.message).toContain(text);
    });

    it("#120 to enable without the sub-privilege", async () => {
      const users = [
        { username: "elastic", password: "changeme" },
        { username: "author", password: "x", lacks: ["enable" as const] },
      ];
      const kibana = startKibana({ users });
      await create(kibana);
      const { status, body } = await bulk(kibana.as("author", "x"), { action: "enable", query: "" });
      if (!isModern(flavour)) {
        expect(status).toBe(200);
        return;
      }
      expect(status).toBe(500);
      expect(body.attributes.errors).toMatchObject([
        {
          err_code: "USER_INSUFFICIENT_RULE_PRIVILEGES",
          message: "User does not have permission to enable rules",
          status_code: 500,
        },
      ]);
    });

    it("#121 edits of a prebuilt rule without the licence to customise, allowed parts included", async () => {
      const kibana = startKibana({
        license: "basic",
        tier: "essentials",
        prebuilt: [queryRule({ version: 1 })],
      });
      await kibana.put(`${RULES}/prepackaged`);
      const { id } = (await kibana.post("/api/actions/connector", indexConnector())).body;
      const { action_type_id: _, ...sent } = action(id);
      const edits = [
        { type: "set_rule_actions", value: { throttle: "1h", actions: [sent] } },
        { type: "set_tags", value: ["mine"] },
      ];
      const before = await read(kibana);
      const { status, body } = await bulk(kibana, { action: "edit", query: "", edit: edits });
      expect(status).toBe(500);
      expect(body.attributes.errors).toMatchObject([
        { message: "Elastic rule can't be edited", status_code: 500 },
      ]);
      expect(await read(kibana)).toEqual(before);
    });
  });

  describe("dry run", () => {
    it("#115 of export", async () => {
      const { status, body } = await bulk(startKibana(), { action: "export" }, "?dry_run=true");
      expect(status).toBe(400);
      expect(body).toEqual({ message: "Export action doesn't support dry_run mode", status_code: 400 });
    });

    it.each([
      ["delete", {}],
      ["enable", {}],
      ["disable", {}],
      ["edit", { edit: [{ type: "set_tags", value: ["new"] }] }],
    ])("#116 of %s changes nothing", async (action, extra) => {
      const kibana = startKibana();
      const rule = await create(kibana);
      const { status, body } = await bulk(kibana, { action, ...extra }, "?dry_run=true");
      expect(status).toBe(200);
      expect(body.attributes.summary).toEqual({ failed: 0, skipped: 0, succeeded: 1, total: 1 });
      expect(body.attributes.results).toEqual(EMPTY);
      expect(await read(kibana)).toEqual(rule);
    });

    it("#117 of index patterns on a machine learning rule", async () => {
      const kibana = startKibana();
      const { id, name } = await create(kibana, ruleOf("machine_learning"));
      const { status, body } = await edit(kibana, "add_index_patterns", ["index-*"], "?dry_run=true");
      expect(status).toBe(500);
      expect(body.attributes.errors).toEqual([
        {
          message: "Machine learning rule doesn't have index patterns",
          status_code: 500,
          err_code: "MACHINE_LEARNING_INDEX_PATTERN",
          rules: [{ id, name }],
        },
      ]);
    });

    const run = { start_date: "2026-01-01T00:00:00.000Z", end_date: "2026-01-02T00:00:00.000Z" };

    it("#118 of run with an unknown id", async () => {
      const kibana = startKibana();
      const { id } = await create(kibana, queryRule({ enabled: true }));
      const unknown = "c1e1b359-7ac1-4e96-bc81-c683c092436f";
      const { status, body } = await bulk(
        kibana,
        { action: "run", ids: [id, unknown], run },
        "?dry_run=true",
      );
      expect(status).toBe(500);
      expect(body.message).toBe("Bulk manual rule run partially failed");
      expect(body.attributes.summary).toEqual({ failed: 1, skipped: 0, succeeded: 1, total: 2 });
      expect(body.attributes.errors).toEqual([
        { message: "Rule not found", status_code: 500, rules: [{ id: unknown }] },
      ]);
    });

    it("#119 of run on a disabled rule", async () => {
      const kibana = startKibana();
      const { id, name } = await create(kibana);
      const { status, body } = await bulk(kibana, { action: "run", ids: [id], run }, "?dry_run=true");
      expect(status).toBe(500);
      expect(body.message).toBe("Bulk manual rule run failed");
      expect(body.attributes.errors).toEqual([
        {
          message: "Cannot schedule manual rule run for a disabled rule",
          status_code: 500,
          err_code: "MANUAL_RULE_RUN_DISABLED_RULE",
          rules: [{ id, name }],
        },
      ]);
    });
  });
});
