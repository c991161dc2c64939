/** Rows 93–99: `POST rules/_export`, as Kibana's own integration tests assert it. */
import { describe, expect, it } from "vitest";
import { documents, type Session, startKibana as start } from "../../support/kibana.js";
import { action, NOTHING_EXPORTED, queryRule, RULES, webhook } from "../samples.js";
import { type Flavour, FLAVOURS, type KibanaOptions } from "../../../src/emulator/index.js";

describe.each(FLAVOURS)("on %s", (flavour: Flavour) => {
  const startKibana = (options: KibanaOptions = {}): Session => start({ flavour, ...options });

  const exported = async (kibana: Session, body?: unknown) =>
    documents((await kibana.post(`${RULES}/_export`, body)).text);

  describe("export", () => {
    it("#93 without a body", async () => {
      const kibana = startKibana();
      await kibana.post(RULES, queryRule());
      const { status, headers } = await kibana.post(`${RULES}/_export`, null);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toBe("application/ndjson");
      expect(headers.get("content-disposition")).toBe('attachment; filename="export.ndjson"');
    });

    it("#94 one rule, and a summary of 15 keys", async () => {
      const kibana = startKibana();
      const { body } = await kibana.post(RULES, queryRule());
      const lines = await exported(kibana);
      expect(lines).toEqual([body, { ...NOTHING_EXPORTED, exported_count: 1, exported_rules_count: 1 }]);
      expect(Object.keys(lines[1]!)).toEqual(Object.keys(NOTHING_EXPORTED));
    });

    it("#95 named rules only, without what Kibana does not export", async () => {
      const kibana = startKibana();
      await kibana.post(RULES, queryRule({ throttle: "1h" }));
      await kibana.post(RULES, queryRule({ rule_id: "rule-2" }));
      const [rule, summary] = await exported(kibana, {
        objects: [{ rule_id: "rule-1" }, { rule_id: "none" }],
      });
      expect(rule).toMatchObject({ rule_id: "rule-1" });
      expect(rule).not.toHaveProperty("execution_summary");
      expect(rule).not.toHaveProperty("throttle");
      expect(summary).toMatchObject({
        exported_rules_count: 1,
        missing_rules: [{ rule_id: "none" }],
        missing_rules_count: 1,
      });
    });

    it("#96 a connector comes without its secrets", async () => {
      const kibana = startKibana();
      const connector = await kibana.post("/api/actions/connector", webhook());
      await kibana.post(RULES, queryRule({ actions: [action(connector.body["id"])] }));
      const lines = await exported(kibana);
      expect(lines).toHaveLength(3);
      expect(lines[1]).toMatchObject({
        id: connector.body["id"],
        type: "action",
        attributes: { actionTypeId: ".webhook", name: "soc webhook", isMissingSecrets: true, secrets: {} },
        references: [],
      });
      expect(lines[2]).toMatchObject({ exported_count: 2, exported_action_connector_count: 1 });
      expect(JSON.stringify(lines)).not.toContain("not-a-password");
    });

    it("#97 a preconfigured connector is left out", async () => {
      const kibana = startKibana({
        preconfigured: [{ id: "soc-email", name: "SOC", connector_type_id: ".email" }],
      });
      await kibana.post(RULES, queryRule({ actions: [action("soc-email")] }));
      const lines = await exported(kibana);
      expect(lines[1]).toEqual({ ...NOTHING_EXPORTED, exported_count: 1, exported_rules_count: 1 });
    });

    it("#98 actions come with uuid and frequency", async () => {
      const kibana = startKibana();
      const connector = await kibana.post("/api/actions/connector", webhook());
      await kibana.post(RULES, queryRule({ actions: [action(connector.body["id"])] }));
      const [rule] = await exported(kibana);
      expect(rule!["actions"]).toEqual([
        {
          ...action(connector.body["id"]),
          action_type_id: ".webhook",
          uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          frequency: { summary: true, throttle: null, notifyWhen: "onActiveAlert" },
        },
      ]);
    });

    it("#99 required_fields come with ecs", async () => {
      const kibana = startKibana();
      await kibana.post(RULES, queryRule({ required_fields: [{ name: "host.name", type: "keyword" }] }));
      const [rule] = await exported(kibana);
      expect(rule!["required_fields"]).toEqual([{ name: "host.name", type: "keyword", ecs: true }]);
    });
  });
});
