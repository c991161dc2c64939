/** Rows 50–92: `POST rules/_import`, as Kibana's own integration tests assert it. */
import { describe, expect, it } from "vitest";
import { documents, ndjsonOf, type Session, startKibana as start } from "../../support/kibana.js";
import {
  action,
  connectorLine,
  indexConnector,
  itemOf,
  LISTS,
  listOf,
  queryRule,
  reference,
  ruleOf,
  RULES,
} from "../samples.js";
import { type Flavour, FLAVOURS, type KibanaOptions } from "../../../src/emulator/index.js";
import { isModern } from "../worded.js";

describe.each(FLAVOURS)("on %s", (flavour: Flavour) => {
  const startKibana = (options: KibanaOptions = {}): Session => start({ flavour, ...options });

  interface Imported {
    readonly errors: readonly { readonly rule_id?: string; readonly error: { readonly message: string } }[];
    readonly [key: string]: unknown;
  }

  interface Rule {
    readonly id: string;
    readonly rule_id: string;
    readonly name: string;
    readonly updated_at: string;
    readonly exceptions_list: readonly { readonly id: string; readonly list_id: string }[];
    readonly [key: string]: unknown;
  }

  const CONNECTOR = "cabc78e0-9031-11ed-b076-53cc4d57aaf1";

  const importing = (kibana: Session, lines: readonly unknown[], flags = "", space = "") =>
    kibana.upload<Imported>(`${space}${RULES}/_import${flags}`, ndjsonOf(lines));

  const read = async (kibana: Session, ruleId: string, space = ""): Promise<Rule> =>
    (await kibana.get<Rule>(`${space}${RULES}?rule_id=${ruleId}`)).body;

  const itemError = (status_code: number, message: string, rule_id?: string) => ({
    ...(rule_id === undefined ? {} : { rule_id }),
    error: { status_code, message },
  });

  describe("the file", () => {
    it("#50 named rules.txt", async () => {
      const { status, body } = await startKibana().upload(
        `${RULES}/_import`,
        ndjsonOf([queryRule()]),
        "rules.txt",
      );
      expect(status).toBe(400);
      expect(body).toEqual({ status_code: 400, message: "Invalid file extension .txt" });
    });

    it("#51 with one valid rule", async () => {
      const { status, headers, body } = await importing(startKibana(), [queryRule()]);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toMatch(/^application\/json/);
      expect(body).toEqual({
        success: true,
        success_count: 1,
        rules_count: 1,
        errors: [],
        exceptions_errors: [],
        exceptions_success: true,
        exceptions_success_count: 0,
        action_connectors_success: true,
        action_connectors_success_count: 0,
        action_connectors_errors: [],
        action_connectors_warnings: [],
      });
    });

    it("#52 of junk text", async () => {
      const kibana = startKibana();
      const { status, body } = await kibana.upload<Imported>(`${RULES}/_import`, "this is not ndjson");
      expect(status).toBe(200);
      expect(body).toMatchObject({ success: false, success_count: 0, rules_count: 1 });
      expect(body.errors).toHaveLength(1);
      expect(body.errors[0]).toMatchObject({ error: { status_code: 400 } });
      expect(body.errors[0]!.error.message).toContain("is not valid JSON");
    });

    it("#53 that is empty", async () => {
      const { status, body } = await startKibana().upload(`${RULES}/_import`, "");
      expect(status).toBe(200);
      expect(body).toMatchObject({ success: true, success_count: 0, rules_count: 0, errors: [] });
    });

    it("#54 that is not there", async () => {
      const { kibana, send } = startKibana();
      const form = new FormData();
      form.set("other", new Blob(["{}"]), "rules.ndjson");
      const headers = { authorization: `ApiKey ${kibana.apiKey}`, "kbn-xsrf": "true" };
      const { status, body } = await send("POST", `${RULES}/_import`, headers, form);
      expect(status).toBe(500);
      expect(body).toEqual({ status_code: 500, message: expect.any(String) });
    });

    it("#55 sent as JSON", async () => {
      const { status, body } = await startKibana().post(`${RULES}/_import`, queryRule());
      expect(status).toBe(500);
      expect(body).toEqual({ status_code: 500, message: expect.any(String) });
    });

    it("#56 with a blank first line", async () => {
      const kibana = startKibana();
      const { body } = await kibana.upload(`${RULES}/_import`, `\n${ndjsonOf([queryRule()])}`);
      expect(body).toMatchObject({ success: true, success_count: 1, rules_count: 1 });
    });
  });

  describe("lines that are refused", () => {
    it("#57 a bad from", async () => {
      const { body } = await importing(startKibana(), [queryRule({ from: "something else" })]);
      expect(body.errors[0]!.error.message).toBe("from: Failed to parse date-math expression");
    });

    it("#58 a bad one and a good one", async () => {
      const { body } = await importing(startKibana(), [
        queryRule({ from: "x" }),
        queryRule({ rule_id: "rule-2" }),
      ]);
      expect(body).toMatchObject({ success: false, success_count: 1, rules_count: 2 });
      expect(body.errors).toHaveLength(1);
    });

    const fields = ["a", "b", "c", "d", "e", "f"];
    const cardinality = { field: ["a"], value: 1, cardinality: [{ field: "a", value: 1 }] };
    it.each([
      [
        "#59 a threshold is missing",
        { threshold: undefined },
        "threshold: Invalid input: expected object, received undefined",
        "threshold: Required",
      ],
      [
        "#60 six threshold fields",
        { threshold: { field: fields, value: 1 } },
        "threshold.field: Too big: expected array to have <=5 items",
        "threshold.field: Array must contain at most 5 element(s)",
      ],
      [
        "#60 threshold value 0",
        { threshold: { field: ["a"], value: 0 } },
        "threshold.value: Too small: expected number to be >=1",
        "threshold.value: Number must be greater than or equal to 1",
      ],
      [
        "#60 cardinality of a field that is grouped by",
        { threshold: cardinality },
        "Cardinality of a field that is being aggregated on is always 1",
        "Cardinality of a field that is being aggregated on is always 1",
      ],
      [
        "#90 no rule_id",
        { rule_id: undefined },
        "rule_id: Invalid input: expected string, received undefined",
        "rule_id: Required",
      ],
    ])("%s", async (_, changes, zod4, zod3) => {
      const line = ruleOf("threshold", changes);
      const { body } = await importing(startKibana(), [line]);
      expect(body.errors).toEqual([
        isModern(flavour) ? itemError(400, zod4) : itemError(400, zod3, "(unknown id)"),
      ]);
    });

    it("#61 10,001 rules", async () => {
      const line = `${JSON.stringify(queryRule({ description: "d", name: "n" }))}\n`;
      const { status, body } = await startKibana().upload(`${RULES}/_import`, line.repeat(10_001));
      expect(status).toBe(500);
      expect(body).toEqual({ status_code: 500, message: "Can't import more than 10000 rules" });
    });
  });

  describe("a rule_id that is not alone", () => {
    it("#62 twice in the file", async () => {
      const lines = [queryRule({ name: "first" }), queryRule({ name: "last" })];
      const kibana = startKibana();
      const { body } = await importing(kibana, lines);
      expect(body).toMatchObject({ success: false, success_count: 1, rules_count: 2 });
      expect(body.errors).toEqual([
        itemError(400, 'More than one rule with rule-id: "rule-1" found', "rule-1"),
      ]);
    });

    it("#63 twice in the file, with overwrite: the last wins", async () => {
      const kibana = startKibana();
      const lines = [queryRule({ name: "first" }), queryRule({ name: "last" })];
      const { body } = await importing(kibana, lines, "?overwrite=true");
      expect(body).toMatchObject({ success: true, success_count: 1, rules_count: 2, errors: [] });
      expect((await read(kibana, "rule-1")).name).toBe("last");
    });

    it("#64 there already", async () => {
      const kibana = startKibana();
      await kibana.post(RULES, queryRule());
      const { body } = await importing(kibana, [queryRule()]);
      expect(body).toMatchObject({ success: false, success_count: 0 });
      expect(body.errors).toEqual([itemError(409, "Rule with this rule_id already exists", "rule-1")]);
    });

    it("#65 one that is there and two that are new", async () => {
      const kibana = startKibana();
      await kibana.post(RULES, queryRule());
      const lines = ["rule-1", "rule-2", "rule-3"].map((rule_id) => queryRule({ rule_id }));
      const { body } = await importing(kibana, lines);
      expect(body).toMatchObject({ success: false, success_count: 2, rules_count: 3 });
      expect(body.errors).toEqual([itemError(409, "Rule with this rule_id already exists", "rule-1")]);
    });

    it("#66 there already, with overwrite", async () => {
      const kibana = startKibana();
      await kibana.post(RULES, queryRule());
      const { body } = await importing(kibana, [queryRule({ name: "some other name" })], "?overwrite=true");
      expect(body).toMatchObject({ success: true, success_count: 1 });
      expect(await read(kibana, "rule-1")).toMatchObject({ name: "some other name", revision: 1 });
    });

    it("#67 overwriting takes away what the line leaves out", async () => {
      const kibana = startKibana();
      const optional = {
        rule_name_override: "event.message",
        timestamp_override: "event.ingested",
        timeline_id: "id",
        timeline_title: "title",
        license: "Apache-2.0",
        note: "# note",
        building_block_type: "default",
        meta: { owner: "soc" },
        investigation_fields: { field_names: ["host.name"] },
      };
      await kibana.post(RULES, queryRule({ ...optional, output_index: ".siem-signals-x", throttle: "1h" }));
      await importing(kibana, [queryRule()], "?overwrite=true");
      const rule = await read(kibana, "rule-1");
      for (const name of [...Object.keys(optional), "throttle"]) expect(rule).not.toHaveProperty(name);
      expect(rule["output_index"]).toBe("");
    });
  });

  describe("the id in a line", () => {
    const payload = "11111111-2222-4333-8444-555555555555";

    it("#68 is ignored on create", async () => {
      const kibana = startKibana();
      await importing(kibana, [queryRule({ id: payload })]);
      expect((await read(kibana, "rule-1")).id).not.toBe(payload);
      expect((await kibana.get(`${RULES}?id=${payload}`)).status).toBe(404);
    });

    it("#69 does not replace the id of the rule that is overwritten", async () => {
      const kibana = startKibana();
      const { body } = await kibana.post<Rule>(RULES, queryRule());
      await importing(kibana, [queryRule({ id: payload })], "?overwrite=true");
      expect((await read(kibana, "rule-1")).id).toBe(body.id);
    });

    it("#70 of rule A with the rule_id of rule B: B is overwritten, A is not", async () => {
      const kibana = startKibana();
      const a = (await kibana.post<Rule>(RULES, queryRule({ rule_id: "a", name: "a" }))).body;
      const b = (await kibana.post<Rule>(RULES, queryRule({ rule_id: "b", name: "b" }))).body;
      await importing(kibana, [queryRule({ id: a.id, rule_id: "b", name: "new" })], "?overwrite=true");
      expect(await read(kibana, "a")).toEqual(a);
      expect(await read(kibana, "b")).toMatchObject({ id: b.id, name: "new" });
    });

    it("#71 of a rule that is there, with a new rule_id: a second rule", async () => {
      const kibana = startKibana();
      const a = (await kibana.post<Rule>(RULES, queryRule({ rule_id: "a" }))).body;
      const { body } = await importing(kibana, [queryRule({ id: a.id, rule_id: "b" })]);
      expect(body).toMatchObject({ success: true, success_count: 1 });
      expect((await read(kibana, "b")).id).not.toBe(a.id);
    });

    it("#72 of two lines: two rules with ids of their own", async () => {
      const kibana = startKibana();
      await importing(kibana, [
        queryRule({ id: payload, rule_id: "a" }),
        queryRule({ id: payload, rule_id: "b" }),
      ]);
      const ids = [(await read(kibana, "a")).id, (await read(kibana, "b")).id, payload];
      expect(new Set(ids).size).toBe(3);
    });
  });

  describe("what was exported", () => {
    async function reimported(version: string) {
      const kibana = startKibana(
        version === "serverless" ? { flavour: "serverless" } : { flavour: "9.5", version },
      );
      const before = (await kibana.post<Rule>(RULES, queryRule())).body;
      const exported = await kibana.post(`${RULES}/_export`);
      const { body } = await kibana.upload<Imported>(`${RULES}/_import?overwrite=true`, exported.text);
      return { before, body, after: await read(kibana, "rule-1") };
    }

    it("#73 comes back unchanged from 9.6 on, and is counted as such", async () => {
      const { before, body, after } = await reimported("9.6.0");
      expect(body).toMatchObject({ success: true, success_count: 1, unchanged_count: 1 });
      expect(after).toEqual(before);
    });

    it("#73 comes back unchanged on serverless, which counts nothing", async () => {
      const { before, body, after } = await reimported("serverless");
      expect(body).not.toHaveProperty("unchanged_count");
      expect(after).toEqual(before);
    });

    it("#73 is written again before 9.6, as no new revision", async () => {
      const { before, body, after } = await reimported("9.5.1");
      expect(body).not.toHaveProperty("unchanged_count");
      expect(after["revision"]).toBe(0);
      expect(after.updated_at > before.updated_at).toBe(true);
    });

    it("#74 becomes an independent rule in another space", async () => {
      const kibana = startKibana({ spaces: ["soc"] });
      const here = (await kibana.post<Rule>(RULES, queryRule())).body;
      const exported = await kibana.post(`${RULES}/_export`);
      const { body } = await kibana.upload(`/s/soc${RULES}/_import`, exported.text);
      expect(body).toMatchObject({ success: true, success_count: 1 });
      const there = await read(kibana, "rule-1", "/s/soc");
      expect(there.id).not.toBe(here.id);
      await kibana.delete(`/s/soc${RULES}?rule_id=rule-1`);
      expect(await read(kibana, "rule-1")).toEqual(here);
    });
  });

  describe("connectors", () => {
    it("#75 a rule with a connector that is there keeps its action", async () => {
      const kibana = startKibana();
      const connector = await kibana.post("/api/actions/connector", indexConnector());
      const { body } = await importing(kibana, [queryRule({ actions: [action(connector.body["id"])] })]);
      expect(body).toMatchObject({ success: true, success_count: 1 });
      expect((await read(kibana, "rule-1"))["actions"]).toMatchObject([{ id: connector.body["id"] }]);
    });

    it("#76 in the file", async () => {
      const kibana = startKibana();
      const { body } = await importing(kibana, [
        queryRule({ actions: [action(CONNECTOR)] }),
        connectorLine(CONNECTOR),
      ]);
      expect(body).toMatchObject({
        success: true,
        success_count: 1,
        action_connectors_success: true,
        action_connectors_success_count: 1,
        action_connectors_errors: [],
        action_connectors_warnings: [],
      });
      expect((await kibana.get(`/api/actions/connector/${CONNECTOR}`)).status).toBe(200);
    });

    it("#77 that is not there", async () => {
      const { body } = await importing(startKibana(), [queryRule({ actions: [action("123")] })]);
      expect(body).toMatchObject({ success: false, success_count: 0, action_connectors_success: true });
      const message = "Rule actions reference the following missing action IDs: 123";
      expect(body.errors).toEqual([itemError(404, message, "rule-1")]);
    });

    it("#78 whose secrets are missing", async () => {
      const kibana = startKibana();
      const { body } = await importing(kibana, [
        queryRule({ actions: [action(CONNECTOR)] }),
        connectorLine(CONNECTOR, { isMissingSecrets: true }),
      ]);
      expect(body).toMatchObject({ success: true, success_count: 1, action_connectors_success: true });
      expect(body["action_connectors_warnings"]).toEqual([
        {
          type: "action_required",
          message: "1 connector has sensitive information that require updates.",
          actionPath: "/app/management/insightsAndAlerting/triggersActionsConnectors",
          buttonLabel: "Go to connectors",
        },
      ]);
      const refused = await kibana.put(RULES, queryRule({ name: "x", actions: [action(CONNECTOR)] }));
      expect(refused.body["message"]).toContain("Invalid connectors: imported webhook");
    });

    it("#79 whose id is there", async () => {
      const kibana = startKibana();
      await kibana.post(`/api/actions/connector/${CONNECTOR}`, indexConnector());
      const lines = [queryRule({ actions: [action(CONNECTOR)] }), connectorLine(CONNECTOR)];
      const { body } = await importing(kibana, lines);
      expect(body).toMatchObject({
        success: true,
        success_count: 1,
        action_connectors_success: false,
        action_connectors_success_count: 0,
        action_connectors_errors: [
          { id: CONNECTOR, error: { status_code: 409, message: "Saved Object already exists" } },
        ],
      });
      const stored = await kibana.get(`/api/actions/connector/${CONNECTOR}`);
      expect(stored.body).toMatchObject({ connector_type_id: ".index", name: "alerts to an index" });
    });

    it("#80 whose id is there, with overwrite_action_connectors", async () => {
      const kibana = startKibana();
      await kibana.post(`/api/actions/connector/${CONNECTOR}`, indexConnector());
      const lines = [queryRule({ actions: [action(CONNECTOR)] }), connectorLine(CONNECTOR)];
      const { body } = await importing(kibana, lines, "?overwrite_action_connectors=true");
      expect(body).toMatchObject({ action_connectors_success: true, action_connectors_success_count: 1 });
      const stored = await kibana.get(`/api/actions/connector/${CONNECTOR}`);
      expect(stored.body).toMatchObject({ connector_type_id: ".webhook", name: "imported webhook" });
    });

    it("#81 that are preconfigured", async () => {
      const preconfigured = [{ id: "soc-email", name: "SOC", connector_type_id: ".email" }];
      const kibana = startKibana({ preconfigured });
      const { body } = await importing(kibana, [queryRule({ actions: [action("soc-email")] })]);
      expect(body).toMatchObject({ success: true, success_count: 1, action_connectors_success_count: 0 });
    });

    it("#82 with an originId", async () => {
      const kibana = startKibana({ spaces: ["soc"] });
      const line = { ...connectorLine(CONNECTOR), originId: "46bd9ee5-4d21-40be-a107-d6a4b7ba23a7" };
      for (const space of ["", "/s/soc"]) {
        const lines = [queryRule({ actions: [action(CONNECTOR)] }), line];
        const { body } = await importing(kibana, lines, "", space);
        expect(body).toMatchObject({ success: true, action_connectors_success: true });
      }
    });
  });

  describe("exception lists", () => {
    it("#83 a rule with its own list and an item in one file", async () => {
      const kibana = startKibana();
      const { body } = await importing(kibana, [
        queryRule({ exceptions_list: [reference({ type: "rule_default" })] }),
        listOf({ type: "rule_default" }),
        itemOf(),
      ]);
      expect(body).toMatchObject({
        success: true,
        success_count: 1,
        exceptions_success: true,
        exceptions_success_count: 1,
        exceptions_errors: [],
      });
      const list = await kibana.get(`${LISTS}?list_id=some-list-id`);
      const rule = await read(kibana, "rule-1");
      expect(rule.exceptions_list[0]!.id).toBe(list.body["id"]);
    });

    it("#84 that all spaces share", async () => {
      const kibana = startKibana({ spaces: ["soc"] });
      const agnostic = { namespace_type: "agnostic" };
      const { body } = await importing(kibana, [
        queryRule({ exceptions_list: [reference(agnostic)] }),
        listOf(agnostic),
        itemOf(agnostic),
      ]);
      expect(body).toMatchObject({ success: true, exceptions_success: true, exceptions_success_count: 1 });
      const path = `${LISTS}?list_id=some-list-id&namespace_type=agnostic`;
      expect((await kibana.get(path)).status).toBe(200);
      expect((await kibana.get(`/s/soc${path}`)).status).toBe(200);
    });

    it("#85 whose items have comments", async () => {
      const kibana = startKibana();
      const comment = {
        comment: "seen by me",
        id: "old",
        created_at: "2020-01-01T00:00:00Z",
        created_by: "me",
      };
      await importing(kibana, [queryRule(), listOf(), itemOf({ comments: [comment] })]);
      const { body } = await kibana.get(`${LISTS}/items?item_id=some-list-item-id`);
      const [stored] = body["comments"] as [Record<string, unknown>];
      expect(stored).toMatchObject({ comment: "seen by me", created_by: "elastic" });
      expect(stored["id"]).not.toBe("old");
      expect(stored["created_at"]).not.toBe(comment.created_at);
    });

    it("#86 150 rules with 150 lists and 150 items", async () => {
      const kibana = startKibana();
      const lines = Array.from({ length: 150 }, (_, i) => [
        queryRule({ rule_id: `rule-${i}`, exceptions_list: [reference({ list_id: `list-${i}` })] }),
        listOf({ list_id: `list-${i}` }),
        itemOf({ list_id: `list-${i}`, item_id: `item-${i}` }),
      ]).flat();
      const { body } = await importing(kibana, lines);
      expect(body).toMatchObject({
        success: true,
        success_count: 150,
        exceptions_success: true,
        exceptions_success_count: 150,
      });
    });

    it("#87 one that is there and one that is not", async () => {
      const kibana = startKibana();
      await kibana.post(LISTS, listOf());
      const exceptions_list = [reference(), reference({ list_id: "123" })];
      const { body } = await importing(kibana, [queryRule({ exceptions_list })]);
      expect(body).toMatchObject({ success: false, success_count: 1 });
      expect(body.errors).toEqual([
        itemError(
          400,
          'Rule with rule_id: "rule-1" references a non existent exception list of list_id: "123". Reference has been removed.',
          "rule-1",
        ),
      ]);
      expect((await read(kibana, "rule-1")).exceptions_list.map((list) => list.list_id)).toEqual([
        "some-list-id",
      ]);
    });
  });

  describe("prebuilt rules", () => {
    const asset = queryRule({
      rule_id: "prebuilt-rule",
      version: 3,
      author: ["Elastic"],
      license: "Elastic",
    });

    async function imported(changes: Record<string, unknown>) {
      const kibana = startKibana({ prebuilt: [asset] });
      const { body } = await importing(kibana, [{ ...asset, ...changes }]);
      return { body, rule: await read(kibana, "prebuilt-rule") };
    }

    it("#88 a known asset, whatever the line says of itself", async () => {
      const { rule } = await imported({});
      expect(rule).toMatchObject({
        immutable: true,
        rule_source: {
          type: "external",
          is_customized: false,
          ...(flavour === "8.18" ? {} : { customized_fields: [], has_base_version: true }),
        },
      });
    });

    it("#89 with another name", async () => {
      const { rule } = await imported({ name: "mine" });
      expect(rule["rule_source"]).toMatchObject({
        type: "external",
        is_customized: true,
        ...(flavour === "8.18" ? {} : { customized_fields: [{ field_name: "name" }] }),
      });
    });

    it("#91 without a version", async () => {
      const { body } = await imported({ version: undefined });
      const message = 'Prebuilt rules must specify a "version" to be imported. [rule_id: prebuilt-rule]';
      expect(body.errors).toEqual([itemError(400, message, "prebuilt-rule")]);
    });

    it("#92 a custom rule without a version", async () => {
      const kibana = startKibana();
      await importing(kibana, [queryRule({ immutable: true, rule_source: { type: "external" } })]);
      expect(await read(kibana, "rule-1")).toMatchObject({
        version: 1,
        immutable: false,
        rule_source: { type: "internal" },
      });
      expect(documents((await kibana.post(`${RULES}/_export`)).text)).toHaveLength(2);
    });
  });
});
