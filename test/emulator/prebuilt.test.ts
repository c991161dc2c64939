/** Prebuilt rules: installed, customised, upgraded and put back, by the routes that Kibana's own pages use. */
import { describe, expect, it } from "vitest";
import { FLAVOURS, SAMPLE_PREBUILT_RULES } from "../../src/emulator/index.js";
import { documents, type Session, startKibana } from "../support/kibana.js";
import { queryRule, RULES } from "./samples.js";

type Json = Record<string, unknown>;
const PREBUILT = "/internal/detection_engine/prebuilt_rules";
const ENCODED = "5a2d6c1e-0001-4c39-9d7a-6f1b0a4e8c01";

describe.each(FLAVOURS)("prebuilt rules on %s", (flavour) => {
  const hasDetails = flavour !== "8.18";
  const start = () => startKibana({ flavour, prebuilt: SAMPLE_PREBUILT_RULES });
  const ask = async (kibana: Session, method: string, path: string, body?: unknown) => {
    const headers = {
      authorization: `ApiKey ${kibana.kibana.apiKey}`,
      "kbn-xsrf": "1",
      "x-elastic-internal-origin": "test",
      "content-type": "application/json",
    };
    const text = body === undefined ? undefined : JSON.stringify(body);
    return kibana.send(method, `${PREBUILT}/${path}`, headers, text);
  };
  const rule = async (kibana: Session, ruleId: string) =>
    (await kibana.get(`${RULES}?rule_id=${ruleId}`)).body;
  /** Installs the older version of the rule that has two. */
  const older = async (): Promise<Session> => {
    const kibana = start();
    const rules = [{ rule_id: ENCODED, version: 3 }];
    await ask(kibana, "POST", "installation/_perform", { mode: "SPECIFIC_RULES", rules });
    return kibana;
  };
  const source = (...fields: string[]) => ({
    type: "external",
    is_customized: fields.length > 0,
    ...(hasDetails
      ? { has_base_version: true, customized_fields: fields.map((field_name) => ({ field_name })) }
      : {}),
  });

  it("are counted", async () => {
    const kibana = start();
    const { status, body } = await ask(kibana, "GET", "status");
    if (flavour === "serverless") {
      expect(body).toEqual({
        statusCode: 400,
        error: "Bad Request",
        message: `uri [${PREBUILT}/status] with method [get] exists but is not available with the current configuration`,
      });
      return;
    }
    expect(status).toBe(200);
    expect(body).toEqual({
      stats: {
        num_prebuilt_rules_installed: 0,
        num_prebuilt_rules_to_install: 4,
        num_prebuilt_rules_to_upgrade: 0,
        num_prebuilt_rules_total_in_package: 4,
      },
    });
    const counts = (await ask(await older(), "GET", "status")).body["stats"];
    expect(counts).toEqual({
      num_prebuilt_rules_installed: 1,
      num_prebuilt_rules_to_install: 3,
      num_prebuilt_rules_to_upgrade: 1,
      num_prebuilt_rules_total_in_package: 4,
    });
  });

  it("want the header of internal routes from 9.0 on", async () => {
    const answer = await start().post(`${PREBUILT}/installation/_review`);
    expect(answer.status).toBe(flavour === "8.18" ? 200 : 400);
  });

  it("can be reviewed before they are installed", async () => {
    const { body } = await ask(start(), "POST", "installation/_review", { page: 2, per_page: 3 });
    const { rules, ...counts } = body as { rules: Json[] };
    expect(counts).toEqual({
      stats: {
        num_rules_to_install: 4,
        tags: [
          "Domain: Cloud",
          "Domain: Endpoint",
          "OS: Windows",
          "Tactic: Credential Access",
          "Tactic: Defense Evasion",
          "Tactic: Execution",
          "Tactic: Persistence",
        ],
      },
      page: 2,
      per_page: 3,
      total: 4,
    });
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({
      name: "First Service of Its Name on a Host",
      version: 1,
      immutable: true,
    });
    for (const key of ["id", "revision", "rule_source", "created_at", "updated_by"])
      expect(rules[0]).not.toHaveProperty(key);
  });

  it("are installed in the newest version, all or some, once", async () => {
    const kibana = start();
    const all = await ask(kibana, "POST", "installation/_perform", { mode: "ALL_RULES" });
    expect(all.body).toMatchObject({
      summary: { total: 4, succeeded: 4, skipped: 0, failed: 0 },
      results: { skipped: [] },
      errors: [],
    });
    expect(await rule(kibana, ENCODED)).toMatchObject({
      version: 4,
      revision: 0,
      immutable: true,
      enabled: false,
      rule_source: source(),
    });
    const again = await ask(kibana, "POST", "installation/_perform", {
      mode: "SPECIFIC_RULES",
      rules: [
        { rule_id: ENCODED, version: 4 },
        { rule_id: "none", version: 1 },
      ],
    });
    expect(again.body).toEqual({
      summary: { total: 2, succeeded: 0, skipped: 1, failed: 1 },
      results: { created: [], skipped: [{ rule_id: ENCODED, reason: "ALREADY_INSTALLED" }] },
      errors: [
        {
          message: 'Rule with rule_id "none" and version "1" not found',
          status_code: 404,
          rules: [{ rule_id: "none" }],
        },
      ],
    });
    expect((await ask(kibana, "POST", "installation/_perform", { mode: "SOME" })).status).toBe(400);
    expect((await ask(kibana, "POST", "installation/_review")).body).toMatchObject({ rules: [], total: 0 });
  });

  it("say what of them was customised, and no more once it is put back", async () => {
    const kibana = await older();
    expect((await rule(kibana, ENCODED))["rule_source"]).toEqual(source());
    const change = { rule_id: ENCODED, severity: "high", tags: ["SOC"], interval: "10m" };
    const patched = await kibana.patch(RULES, change);
    expect(patched.body["rule_source"]).toEqual(source("tags", "severity", "rule_schedule"));
    await kibana.patch(RULES, { rule_id: ENCODED, severity: "medium", interval: "5m" });
    const back = await kibana.patch(RULES, {
      rule_id: ENCODED,
      tags: ["Domain: Endpoint", "OS: Windows", "Tactic: Execution"],
    });
    expect(back.body["rule_source"]).toEqual(source());
    // What belongs to the user is no customisation.
    const { body: mine } = await kibana.patch(RULES, { rule_id: ENCODED, enabled: true, meta: { a: 1 } });
    expect(mine["rule_source"]).toEqual(source());
    const edit = [{ type: "add_tags", value: ["SOC"] }];
    await kibana.post(`${RULES}/_bulk_action`, { action: "edit", ids: [mine["id"]], edit });
    expect(await rule(kibana, ENCODED)).toMatchObject({ version: 3, rule_source: source("tags") });
  });

  it("are exported beside others, with where they come from", async () => {
    const kibana = await older();
    await kibana.post(RULES, queryRule({ rule_id: "mine" }));
    await kibana.patch(RULES, { rule_id: ENCODED, severity: "high" });
    const lines = documents((await kibana.post(`${RULES}/_export`)).text);
    expect(lines.map(({ rule_id: id, rule_source: from }) => [id, from])).toEqual([
      [ENCODED, source("severity")],
      ["mine", { type: "internal" }],
      [undefined, undefined],
    ]);
  });

  it("are not exported before they could be customised", async () => {
    const kibana = startKibana({ version: "8.17.0", flavour: "8.18", prebuilt: SAMPLE_PREBUILT_RULES });
    await kibana.put(`${RULES}/prepackaged`);
    await kibana.post(RULES, queryRule({ rule_id: "mine" }));
    const lines = documents((await kibana.post(`${RULES}/_export`)).text);
    expect(lines.map(({ rule_id: id }) => id)).toEqual(["mine", undefined]);
  });

  it("a version that Kibana does not have counts as customised, unless a newer Kibana knows better", async () => {
    const kibana = startKibana({ flavour, prebuilt: SAMPLE_PREBUILT_RULES.slice(1) });
    const [{ enabled: _, ...asset }] = SAMPLE_PREBUILT_RULES as [Json];
    const text = `${JSON.stringify(asset)}\n`;
    expect((await kibana.upload(`${RULES}/_import`, text)).body).toMatchObject({ success: true });
    expect(await rule(kibana, ENCODED)).toMatchObject({
      immutable: true,
      version: 3,
      rule_source: {
        type: "external",
        is_customized: true,
        ...(hasDetails ? { has_base_version: false, customized_fields: [] } : {}),
      },
    });
  });

  it("an upgrade is reviewed field by field, three ways", async () => {
    const kibana = await older();
    await kibana.patch(RULES, { rule_id: ENCODED, description: "Ours.", severity: "high" });
    const { body } = await ask(kibana, "POST", "upgrade/_review");
    const { rules, ...counts } = body as { rules: [Json & { diff: Json; target_rule: Json }] };
    expect(counts).toEqual({
      stats: {
        num_rules_to_upgrade_total: 1,
        num_rules_with_conflicts: 1,
        num_rules_with_non_solvable_conflicts: 1,
        tags: ["Domain: Endpoint", "OS: Windows", "Tactic: Execution"],
      },
      page: 1,
      per_page: 1,
      total: 1,
    });
    const [one] = rules;
    expect(one).toMatchObject({ rule_id: ENCODED, version: 3, revision: 1, has_base_version: true });
    expect(one.target_rule).toMatchObject({ version: 4, revision: 2 });
    const [old, young] = SAMPLE_PREBUILT_RULES as [Json, Json];
    const query = ({ query: text }: Json) => ({ query: text, language: "eql" });
    expect(one.diff).toEqual({
      fields: {
        description: {
          has_base_version: true,
          base_version: old["description"],
          current_version: "Ours.",
          target_version: young["description"],
          merged_version: "Ours.",
          diff_outcome: "BASE=A, CURRENT=B, TARGET=C",
          merge_outcome: "CURRENT",
          has_update: true,
          conflict: "NON_SOLVABLE",
        },
        severity: {
          has_base_version: true,
          base_version: "medium",
          current_version: "high",
          target_version: "medium",
          merged_version: "high",
          diff_outcome: "BASE=A, CURRENT=B, TARGET=A",
          merge_outcome: "CURRENT",
          has_update: false,
          conflict: "NONE",
        },
        eql_query: {
          has_base_version: true,
          base_version: query(old),
          current_version: query(old),
          target_version: query(young),
          merged_version: query(young),
          diff_outcome: "BASE=A, CURRENT=A, TARGET=B",
          merge_outcome: "TARGET",
          has_update: true,
          conflict: "NONE",
        },
      },
      num_fields_with_updates: 2,
      num_fields_with_conflicts: 1,
      num_fields_with_non_solvable_conflicts: 1,
    });
  });

  const upgrade = (kibana: Session, more: Json = {}) =>
    ask(kibana, "POST", "upgrade/_perform", { mode: "ALL_RULES", ...more });
  const [old, young] = SAMPLE_PREBUILT_RULES as [Json, Json];

  it("an upgrade keeps what was customised and takes the rest", async () => {
    const kibana = await older();
    await kibana.patch(RULES, { rule_id: ENCODED, severity: "high", enabled: true });
    const dry = await upgrade(kibana, { dry_run: true });
    expect(dry.body).toMatchObject({ summary: { succeeded: 1 } });
    expect(await rule(kibana, ENCODED)).toMatchObject({ version: 3 });
    const { body } = await upgrade(kibana);
    expect(body).toMatchObject({ summary: { total: 1, succeeded: 1, skipped: 0, failed: 0 }, errors: [] });
    expect(await rule(kibana, ENCODED)).toMatchObject({
      version: 4,
      query: young["query"],
      description: young["description"],
      severity: "high",
      enabled: true,
      rule_source: source("severity"),
    });
    expect((await upgrade(kibana)).body).toMatchObject({ summary: { total: 0 } });
  });

  it.each([
    ["TARGET", young["description"], young["query"]],
    ["CURRENT", "Ours.", old["query"]],
    ["BASE", old["description"], old["query"]],
  ])("an upgrade takes the side that is asked for: %s", async (pick_version, description, query) => {
    const kibana = await older();
    await kibana.patch(RULES, { rule_id: ENCODED, description: "Ours." });
    expect((await upgrade(kibana, { pick_version })).body).toMatchObject({ summary: { succeeded: 1 } });
    expect(await rule(kibana, ENCODED)).toMatchObject({ version: 4, description, query });
  });

  it("an upgrade stops at a conflict, unless it is told what to do", async () => {
    const kibana = await older();
    await kibana.patch(RULES, { rule_id: ENCODED, description: "Ours." });
    const failed = await upgrade(kibana);
    expect(failed.body).toMatchObject({
      summary: { failed: 1 },
      errors: [{ status_code: 400, rules: [{ rule_id: ENCODED }] }],
    });
    expect(failed.text).toContain("fields: description in rule of rule_id");
    expect((await upgrade(kibana, { on_conflict: "SKIP" })).body).toMatchObject({
      results: { updated: [], skipped: [{ rule_id: ENCODED, reason: "CONFLICT", conflict: "NON_SOLVABLE" }] },
    });
    const specific = (changes: Json) =>
      ask(kibana, "POST", "upgrade/_perform", {
        mode: "SPECIFIC_RULES",
        rules: [{ rule_id: ENCODED, revision: 1, version: 4, ...changes }],
      });
    expect((await specific({ revision: 0 })).body).toMatchObject({ errors: [{ status_code: 409 }] });
    expect((await specific({ version: 3 })).body).toMatchObject({
      results: { skipped: [{ rule_id: ENCODED, reason: "RULE_UP_TO_DATE" }] },
    });
    expect((await specific({ rule_id: "none" })).body).toMatchObject({ errors: [{ status_code: 404 }] });
    const fields = { description: { pick_version: "TARGET" } };
    expect((await specific({ fields })).body).toMatchObject({ summary: { succeeded: 1 } });
    expect(await rule(kibana, ENCODED)).toMatchObject({ description: young["description"], version: 4 });
  });

  it("a customised rule is reverted to what its asset says", async () => {
    const kibana = await older();
    const { body: custom } = await kibana.patch(RULES, { rule_id: ENCODED, severity: "high", enabled: true });
    const { id, version, revision } = custom;
    const revert = (body: Json) => ask(kibana, "POST", "revert", body);
    expect((await revert({ id, version, revision: 0 })).status).toBe(409);
    expect((await revert({ id, version, revision })).body).toMatchObject({
      success: true,
      attributes: { summary: { failed: 0, succeeded: 1, skipped: 0, total: 1 } },
    });
    const now = await rule(kibana, ENCODED);
    expect(now).toMatchObject({ severity: "medium", enabled: true, revision: 2, rule_source: source() });
    expect((await revert({ id, version, revision: 2 })).body).toMatchObject({
      attributes: {
        results: { skipped: [{ id, name: old["name"], skip_reason: "RULE_NOT_MODIFIED" }] },
        summary: { succeeded: 0, skipped: 1 },
      },
    });
    const { body: mine } = await kibana.post(RULES, queryRule());
    expect((await revert({ id: mine["id"], version: 1, revision: 0 })).status).toBe(400);
    const nowhere = "00000000-0000-4000-8000-000000000000";
    expect((await revert({ id: nowhere, version: 1, revision: 0 })).status).toBe(404);
  });
});
