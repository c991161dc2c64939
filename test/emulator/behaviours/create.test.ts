/** Rows 1–26: `POST /api/detection_engine/rules`, as Kibana's own integration tests assert it. */
import { describe, expect, it } from "vitest";
import { startKibana as start, type Session } from "../../support/kibana.js";
import { action, indexConnector, LISTS, listOf, queryRule, reference, ruleOf, RULES } from "../samples.js";
import { REFUSALS } from "./refusals.js";
import { type Flavour, FLAVOURS, type KibanaOptions } from "../../../src/emulator/index.js";
import { isModern } from "../worded.js";

describe.each(FLAVOURS)("on %s", (flavour: Flavour) => {
  const startKibana = (options: KibanaOptions = {}): Session => start({ flavour, ...options });

  interface Rule {
    readonly id: string;
    readonly rule_id: string;
    readonly actions: readonly { readonly uuid: string; readonly frequency: unknown }[];
  }

  const INVARIANTS = {
    actions: [],
    author: [],
    enabled: false,
    exceptions_list: [],
    false_positives: [],
    from: "now-6m",
    immutable: false,
    interval: "5m",
    language: "kuery",
    max_signals: 100,
    output_index: "",
    references: [],
    related_integrations: [],
    required_fields: [],
    revision: 0,
    risk_score_mapping: [],
    rule_source: { type: "internal" },
    setup: "",
    severity_mapping: [],
    tags: [],
    threat: [],
    to: "now",
    version: 1,
  };

  describe("create", () => {
    it("#1 a valid query rule with a rule_id", async () => {
      const { status, body } = await startKibana().post(RULES, queryRule());
      expect(status).toBe(200);
      expect(body).toMatchObject({ ...queryRule(), created_by: "elastic", updated_by: "elastic" });
      expect(body["created_at"]).toBe(body["updated_at"]);
    });

    it("#2 a query rule without an index has all defaults and nothing else", async () => {
      const { status, body } = await startKibana().post(RULES, queryRule());
      expect(status).toBe(200);
      const stamps = ["id", "created_at", "created_by", "updated_at", "updated_by"];
      const expected = { ...INVARIANTS, ...queryRule() };
      expect(Object.keys(body).sort()).toEqual([...Object.keys(expected), ...stamps].sort());
      expect(body).toMatchObject(expected);
    });

    it("#3 without a rule_id one is made", async () => {
      const { status, body } = await startKibana().post<Rule>(RULES, queryRule({ rule_id: undefined }));
      expect(status).toBe(200);
      expect(body.rule_id).toMatch(/^[0-9a-f-]{36}$/);
    });

    it("#4 the same rule_id twice", async () => {
      const kibana = startKibana();
      await kibana.post(RULES, queryRule());
      const { status, text } = await kibana.post(RULES, queryRule());
      expect(status).toBe(409);
      expect(text).toBe('{"message":"rule_id: \\"rule-1\\" already exists","status_code":409}');
    });

    it("#5 max_signals is 100 when absent", async () => {
      const { body } = await startKibana().post(RULES, queryRule());
      expect(body["max_signals"]).toBe(100);
    });

    it("#7 required_fields are [] when absent, on create and on read", async () => {
      const kibana = startKibana();
      expect((await kibana.post(RULES, queryRule())).body["required_fields"]).toEqual([]);
      expect((await kibana.get(`${RULES}?rule_id=rule-1`)).body["required_fields"]).toEqual([]);
    });

    it("#8 required_fields are told apart into ECS and others", async () => {
      const required_fields = [
        { name: "@timestamp", type: "date" },
        { name: "my-non-ecs-field", type: "keyword" },
      ];
      const { body } = await startKibana().post(RULES, queryRule({ required_fields }));
      expect(body["required_fields"]).toEqual([
        { name: "@timestamp", type: "date", ecs: true },
        { name: "my-non-ecs-field", type: "keyword", ecs: false },
      ]);
    });

    it("#9 related_integrations, setup and max_signals come back as they were sent", async () => {
      const fields = {
        related_integrations: [{ package: "aws", version: "^2.3.0", integration: "cloudtrail" }],
        setup: "# some setup",
        max_signals: 200,
      };
      const { status, body } = await startKibana().post(RULES, queryRule(fields));
      expect(status).toBe(200);
      expect(body).toMatchObject(fields);
    });

    it("#10 a saved_query rule with data_view_id and saved_id", async () => {
      const rule = ruleOf("saved_query", { data_view_id: "my-data-view", saved_id: "doesnt-exist" });
      const { status, body } = await startKibana().post(RULES, rule);
      expect(status).toBe(200);
      expect(body).toMatchObject(rule);
      expect(body).not.toHaveProperty("query");
    });

    it("#11 a job id of a machine learning rule comes back as a list", async () => {
      const { status, body } = await startKibana().post(RULES, ruleOf("machine_learning"));
      expect(status).toBe(200);
      expect(body["machine_learning_job_id"]).toEqual(["job-1"]);
    });

    it("#12 two rule_default lists", async () => {
      const exceptions_list = [
        reference({ list_id: "a", type: "rule_default" }),
        reference({ list_id: "b", type: "rule_default" }),
      ];
      const { status, body } = await startKibana().post(RULES, queryRule({ exceptions_list }));
      expect(status).toBe(500);
      expect(body).toEqual({
        message: "More than one default exception list found on rule",
        status_code: 500,
      });
    });

    it("#13 a rule_default list of another rule", async () => {
      const kibana = startKibana();
      const list = await kibana.post(LISTS, listOf({ type: "rule_default" }));
      const exceptions_list = [reference({ id: list.body["id"], type: "rule_default" })];
      const first = await kibana.post<Rule>(RULES, queryRule({ exceptions_list }));
      const { status, body } = await kibana.post(RULES, queryRule({ rule_id: "rule-2", exceptions_list }));
      expect(status).toBe(409);
      expect(body["message"]).toBe(`default exception list already exists in rule(s): ${first.body.id}`);
    });

    it("#14 a detection list on two rules need not exist", async () => {
      const kibana = startKibana();
      const exceptions_list = [reference()];
      for (const rule_id of ["rule-1", "rule-2"]) {
        const { status, body } = await kibana.post(RULES, queryRule({ rule_id, exceptions_list }));
        expect(status).toBe(200);
        expect(body["exceptions_list"]).toEqual(exceptions_list);
      }
    });

    it("#15 a user without the privilege to write rules", async () => {
      const users = [{ username: "viewer", password: "seen", lacks: ["write" as const] }];
      const viewer = startKibana({ users }).as("viewer", "seen");
      const { status, body } = await viewer.post(RULES, queryRule());
      expect(status).toBe(403);
      expect(body).toMatchObject({ statusCode: 403, error: "Forbidden" });
      expect((await viewer.get(`${RULES}/_find`)).status).toBe(200);
    });

    const refusedOnCreate = REFUSALS.filter(({ rows }) => rows.create !== undefined);
    it.each(refusedOnCreate)("$rows.create $what", async ({ rule, zod4, zod3 }) => {
      const { body } = await startKibana().post(RULES, rule);
      expect(body).toEqual({
        statusCode: 400,
        error: "Bad Request",
        message: `[request body]: ${isModern(flavour) ? zod4 : zod3}`,
      });
    });

    it("#19 cardinality over a field that is grouped by", async () => {
      const threshold = { field: ["host.name"], value: 5, cardinality: [{ field: "host.name", value: 2 }] };
      const { status, body } = await startKibana().post(RULES, ruleOf("threshold", { threshold }));
      expect(status).toBe(400);
      expect(body).toEqual({
        message: ["Cardinality of a field that is being aggregated on is always 1"],
        status_code: 400,
      });
    });

    it("#20 investigation_fields as an object", async () => {
      const investigation_fields = { field_names: ["process.name", "@timestamp"] };
      const { status, body } = await startKibana().post(RULES, queryRule({ investigation_fields }));
      expect(status).toBe(200);
      expect(body["investigation_fields"]).toEqual(investigation_fields);
    });
  });

  describe("the frequency of actions on create", () => {
    const onActive = { summary: true, throttle: null, notifyWhen: "onActiveAlert" };
    const own = { summary: false, throttle: null, notifyWhen: "onActionGroupChange" };

    async function frequencies(throttle: string | undefined, actions: readonly Record<string, unknown>[]) {
      const kibana = startKibana();
      const connector = await kibana.post("/api/actions/connector", indexConnector());
      const { status, body } = await kibana.post<Rule>(
        RULES,
        queryRule({ throttle, actions: actions.map((changes) => action(connector.body["id"], changes)) }),
      );
      expect(status).toBe(200);
      expect(body).not.toHaveProperty("throttle");
      for (const { uuid } of body.actions) expect(uuid).toMatch(/^[0-9a-f-]{36}$/);
      return body.actions.map((each) => each.frequency);
    }

    it.each([undefined, "no_actions", "rule"])("#22 throttle %s", async (throttle) => {
      expect(await frequencies(throttle, [{}, {}])).toEqual([onActive, onActive]);
    });

    it.each(["300s", "5m", "3h", "4d"])("#23 throttle %s", async (throttle) => {
      const expected = { summary: true, throttle, notifyWhen: "onThrottleInterval" };
      expect(await frequencies(throttle, [{}, {}])).toEqual([expected, expected]);
    });

    it.each([undefined, "no_actions", "rule", "5m", "4d"])(
      "#24 an action's own frequency stays with throttle %s",
      async (throttle) => {
        expect(await frequencies(throttle, [{ frequency: own }])).toEqual([own]);
      },
    );

    it("#25 of mixed actions only those without one take it from the throttle", async () => {
      const expected = { summary: true, throttle: "1h", notifyWhen: "onThrottleInterval" };
      expect(await frequencies("1h", [{ frequency: own }, {}])).toEqual([own, expected]);
    });
  });

  describe("what the embedded Kibana leaves out", () => {
    it.skip("#26 the execution status of an enabled rule: it runs no rules", () => undefined);
  });
});
