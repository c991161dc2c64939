/** Rows 27–49: reading, deleting, replacing and patching rules, as Kibana's own integration tests assert it. */
import { describe, expect, it } from "vitest";
import { type Session, startKibana as start } from "../../support/kibana.js";
import { queryRule, reference, ruleOf, RULES } from "../samples.js";
import { REFUSALS } from "./refusals.js";
import { type Flavour, FLAVOURS, type KibanaOptions } from "../../../src/emulator/index.js";
import { isModern } from "../worded.js";

describe.each(FLAVOURS)("on %s", (flavour: Flavour) => {
  const startKibana = (options: KibanaOptions = {}): Session => start({ flavour, ...options });

  interface Rule {
    readonly id: string;
    readonly rule_id: string;
    readonly name: string;
    readonly revision: number;
    readonly version: number;
  }

  const UNKNOWN = "c1e1b359-7ac1-4e96-bc81-c683c092436f";
  const NOT_FOUND = [
    [{ id: UNKNOWN }, `id: "${UNKNOWN}" not found`],
    [{ rule_id: "fake_id" }, 'rule_id: "fake_id" not found'],
  ] as const;

  async function withRule(changes: Record<string, unknown> = {}): Promise<{ kibana: Session; rule: Rule }> {
    const kibana = startKibana();
    return { kibana, rule: (await kibana.post<Rule>(RULES, queryRule(changes))).body };
  }

  const query = (selector: Record<string, string>): string =>
    `${RULES}?${new URLSearchParams(selector).toString()}`;

  describe("read", () => {
    it("#27 by rule_id, by id and by a rule_id that was made: the same body as create gave", async () => {
      const { kibana, rule } = await withRule();
      const made = (await kibana.post<Rule>(RULES, queryRule({ rule_id: undefined }))).body;
      expect((await kibana.get(query({ rule_id: "rule-1" }))).body).toEqual(rule);
      expect((await kibana.get(query({ id: rule.id }))).body).toEqual(rule);
      expect((await kibana.get(query({ rule_id: made.rule_id }))).body).toEqual(made);
    });

    it("#28 an unknown id", async () => {
      const { status, body } = await startKibana().get(query({ id: UNKNOWN }));
      expect(status).toBe(404);
      expect(body).toEqual({ status_code: 404, message: `id: "${UNKNOWN}" not found` });
    });

    it("#29 an unknown rule_id", async () => {
      const { status, body } = await startKibana().get(query({ rule_id: "fake_id" }));
      expect(status).toBe(404);
      expect(body).toEqual({ status_code: 404, message: 'rule_id: "fake_id" not found' });
    });
  });

  describe("delete", () => {
    it("#30 by rule_id or id answers with the deleted rule", async () => {
      for (const by of ["id", "rule_id"] as const) {
        const { kibana, rule } = await withRule();
        const { status, body } = await kibana.delete(query({ [by]: rule[by] }));
        expect(status).toBe(200);
        expect(body).toEqual(rule);
        expect((await kibana.get(query({ id: rule.id }))).status).toBe(404);
      }
    });

    it.each(NOT_FOUND)("#31 %j is not there", async (selector, message) => {
      const { status, body } = await startKibana().delete(query(selector));
      expect(status).toBe(404);
      expect(body).toEqual({ status_code: 404, message });
    });
  });

  describe("update (PUT)", () => {
    it("#32 the name, by rule_id or by id", async () => {
      for (const by of ["id", "rule_id"] as const) {
        const { kibana, rule } = await withRule();
        const { id, rule_id } = rule;
        const selector = by === "id" ? { id, rule_id: undefined } : { rule_id };
        const { status, body } = await kibana.put(RULES, queryRule({ ...selector, name: "some other name" }));
        expect(status).toBe(200);
        expect(body).toMatchObject({ id, rule_id, name: "some other name", revision: 1, version: 1 });
      }
    });

    it("#33 enabled and severity together are one revision", async () => {
      const { kibana } = await withRule({ enabled: true });
      const { body } = await kibana.put(RULES, queryRule({ severity: "low", enabled: false }));
      expect(body).toMatchObject({ severity: "low", enabled: false, revision: 1 });
    });

    it("#34 what is left out is gone", async () => {
      const { kibana } = await withRule();
      const timeline = { timeline_title: "some title", timeline_id: "some id" };
      expect((await kibana.put(RULES, queryRule(timeline))).body).toMatchObject({ ...timeline, revision: 1 });
      const { body } = await kibana.put(RULES, queryRule({ name: "changed" }));
      expect(body).not.toHaveProperty("timeline_id");
      expect(body).not.toHaveProperty("timeline_title");
      expect(body["revision"]).toBe(2);
    });

    it.each(NOT_FOUND)("#35 %j is not there", async (selector, message) => {
      const rule = queryRule({ rule_id: undefined, ...selector });
      const { status, body } = await startKibana().put(RULES, rule);
      expect(status).toBe(404);
      expect(body).toEqual({ status_code: 404, message });
    });

    it("#36 max_signals goes back to 100", async () => {
      const { kibana } = await withRule({ max_signals: 200 });
      expect((await kibana.put(RULES, queryRule())).body["max_signals"]).toBe(100);
    });

    it("#37 required_fields go back to []", async () => {
      const { kibana } = await withRule({ required_fields: [{ name: "host.name", type: "keyword" }] });
      expect((await kibana.put(RULES, queryRule())).body["required_fields"]).toEqual([]);
    });

    it.each(REFUSALS.filter(({ rows }) => rows.update !== undefined))(
      "$rows.update $what",
      async ({ rule, zod4, zod3 }) => {
        const { kibana } = await withRule();
        const { status, body } = await kibana.put(RULES, rule);
        expect(status).toBe(400);
        expect(body["message"]).toBe(`[request body]: ${isModern(flavour) ? zod4 : zod3}`);
      },
    );

    it("#39 to machine learning on a basic licence", async () => {
      const kibana = startKibana({ license: "basic", tier: "essentials" });
      await kibana.post(RULES, queryRule());
      const { status, body } = await kibana.put(RULES, ruleOf("machine_learning"));
      expect(status).toBe(403);
      expect(body).toEqual({
        message: "Your license does not support machine learning. Please upgrade your license.",
        status_code: 403,
      });
    });

    it("#40 another license of a prebuilt rule", async () => {
      const kibana = startKibana({
        prebuilt: [queryRule({ version: 1, license: "A", author: ["Elastic"] })],
      });
      await kibana.put(`${RULES}/prepackaged`);
      const rule = queryRule({ author: ["Elastic"], license: "B" });
      const { status, body } = await kibana.put(RULES, rule);
      expect(status).toBe(400);
      expect(body["message"]).toBe('Cannot update "license" field for prebuilt rules');
      const changed = await kibana.put(RULES, queryRule({ author: ["Elastic"], license: "A", name: "Mine" }));
      expect(changed.body["rule_source"]).toMatchObject({
        is_customized: true,
        ...(flavour === "8.18" ? {} : { customized_fields: [{ field_name: "name" }] }),
      });
    });

    it("#41 two rule_default lists", async () => {
      const { kibana } = await withRule();
      const exceptions_list = [
        reference({ list_id: "a", type: "rule_default" }),
        reference({ list_id: "b", type: "rule_default" }),
      ];
      const { status, body } = await kibana.put(RULES, queryRule({ exceptions_list }));
      expect(status).toBe(500);
      expect(body).toEqual({
        message: "More than one default exception list found on rule",
        status_code: 500,
      });
    });
  });

  describe("patch", () => {
    it("#42 the name, by rule_id, by id and by a rule_id that was made", async () => {
      const { kibana, rule } = await withRule();
      const made = (await kibana.post<Rule>(RULES, queryRule({ rule_id: undefined }))).body;
      const selectors = [{ rule_id: "rule-1" }, { id: rule.id }, { rule_id: made.rule_id }];
      const revisions: unknown[] = [];
      for (const [i, selector] of selectors.entries()) {
        const { status, body } = await kibana.patch(RULES, { ...selector, name: `name ${i}` });
        expect(status).toBe(200);
        expect(body["name"]).toBe(`name ${i}`);
        revisions.push(body["revision"]);
      }
      expect(revisions).toEqual([1, 2, 1]);
    });

    it("#43 enabled alone is no revision", async () => {
      const { kibana } = await withRule({ enabled: true });
      const { body } = await kibana.patch(RULES, { rule_id: "rule-1", enabled: false });
      expect(body).toMatchObject({ enabled: false, revision: 0 });
    });

    it("#44 enabled and severity are one revision", async () => {
      const { kibana } = await withRule({ enabled: true });
      const { body } = await kibana.patch(RULES, { rule_id: "rule-1", enabled: false, severity: "low" });
      expect(body).toMatchObject({ enabled: false, severity: "low", revision: 1 });
    });

    it("#45 what is left out stays", async () => {
      const { kibana } = await withRule();
      const timeline = { timeline_title: "some title", timeline_id: "some id" };
      await kibana.patch(RULES, { rule_id: "rule-1", ...timeline });
      const { body } = await kibana.patch(RULES, { rule_id: "rule-1", name: "changed" });
      expect(body).toMatchObject({ ...timeline, name: "changed", revision: 2 });
    });

    it.each(NOT_FOUND)("#46 %j is not there", async (selector, message) => {
      const { status, body } = await startKibana().patch(RULES, { ...selector, name: "changed" });
      expect(status).toBe(404);
      expect(body).toEqual({ status_code: 404, message });
    });

    it.each(REFUSALS.filter(({ rows }) => rows.patch !== undefined))(
      "$rows.patch $what",
      async ({ rule, zod4, zod3 }) => {
        const { kibana } = await withRule();
        const { status, body } = await kibana.patch(RULES, {
          rule_id: "rule-1",
          max_signals: rule["max_signals"],
        });
        expect(status).toBe(400);
        expect(body["message"]).toBe(`[request body]: ${isModern(flavour) ? zod4 : zod3}`);
      },
    );

    it("#48 required_fields stay, with ecs", async () => {
      const { kibana } = await withRule({ required_fields: [{ name: "host.name", type: "keyword" }] });
      const { body } = await kibana.patch(RULES, { rule_id: "rule-1", name: "changed" });
      expect(body["required_fields"]).toEqual([{ name: "host.name", type: "keyword", ecs: true }]);
    });

    it("#49 to machine learning on a basic licence", async () => {
      const kibana = startKibana({ license: "basic", tier: "essentials" });
      await kibana.post(RULES, queryRule());
      const { status, body } = await kibana.patch(RULES, { rule_id: "rule-1", type: "machine_learning" });
      expect(status).toBe(403);
      expect(body["message"]).toBe(
        "Your license does not support machine learning. Please upgrade your license.",
      );
    });
  });
});
