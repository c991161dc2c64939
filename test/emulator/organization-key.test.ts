/** Keys of an Elastic Cloud organisation: rules cannot run with them. */
import { describe, expect, it } from "vitest";
import { FLAVOURS } from "../../src/emulator/index.js";
import { ndjsonOf, session, type Session, startKibana } from "../support/kibana.js";
import { queryRule, RULES } from "./samples.js";

const MESSAGE = "Organization-level API keys are not supported for rule operations";
const REFUSAL = { message: MESSAGE, status_code: 400 };

describe.each(FLAVOURS)("on %s", (flavour) => {
  /** The same Kibana with its usual key and with one of the organisation. */
  function start(): { usual: Session; organization: Session } {
    const encoded = btoa("org:secret");
    const usual = startKibana({ flavour, apiKeys: [{ encoded, organization: true }] });
    return { usual, organization: session(usual.kibana, `ApiKey ${encoded}`) };
  }

  it("creates rules that are disabled, and none that is enabled", async () => {
    const { organization } = start();
    expect((await organization.post(RULES, queryRule({ enabled: true }))).body).toEqual(REFUSAL);
    expect((await organization.get(`${RULES}?rule_id=rule-1`)).status).toBe(404);
    expect((await organization.post(RULES, queryRule({ enabled: false }))).status).toBe(200);
  });

  it("enables none, by PATCH, PUT, bulk action or import", async () => {
    const { usual, organization } = start();
    const { body: rule } = await usual.post(RULES, queryRule());
    const on = { enabled: true };
    expect((await organization.patch(RULES, { rule_id: "rule-1", ...on })).body).toEqual(REFUSAL);
    expect((await organization.put(RULES, queryRule(on))).body).toEqual(REFUSAL);
    const bulk = await organization.post(`${RULES}/_bulk_action`, { action: "enable", ids: [rule["id"]] });
    expect(bulk.status).toBe(500);
    expect(bulk.body).toMatchObject({
      attributes: {
        errors: [{ message: MESSAGE, status_code: 400, rules: [{ id: rule["id"], name: rule["name"] }] }],
        summary: { failed: 1, succeeded: 0 },
      },
    });
    const imported = await organization.upload(
      `${RULES}/_import?overwrite=true`,
      ndjsonOf([queryRule(on), queryRule({ rule_id: "other", ...on })]),
    );
    expect(imported.body).toMatchObject({
      success: false,
      success_count: 0,
      errors: [
        { rule_id: "rule-1", error: { status_code: 400, message: MESSAGE } },
        { rule_id: "other", error: { status_code: 400, message: MESSAGE } },
      ],
    });
    expect((await usual.get(`${RULES}?rule_id=rule-1`)).body).toEqual(rule);
  });

  it("changes and disables rules that stay or become disabled", async () => {
    const { usual, organization } = start();
    await usual.post(RULES, queryRule({ enabled: true }));
    const tags = ["x"];
    expect((await organization.patch(RULES, { rule_id: "rule-1", tags })).body).toEqual(REFUSAL);
    expect((await organization.patch(RULES, { rule_id: "rule-1", enabled: false })).status).toBe(200);
    expect((await organization.patch(RULES, { rule_id: "rule-1", tags })).body).toMatchObject({ tags });
    expect((await organization.delete(`${RULES}?rule_id=rule-1`)).status).toBe(200);
  });

  it("is told apart by its realm", async () => {
    const { usual, organization } = start();
    const me = async (who: Session, authorization: string) =>
      (
        await who.send("GET", "/internal/security/me", {
          authorization,
          "x-elastic-internal-origin": "test",
        })
      ).body;
    expect(await me(organization, `ApiKey ${btoa("org:secret")}`)).toMatchObject({
      authentication_realm: { name: "_cloud_api_key", type: "_cloud_api_key" },
      authentication_type: "api_key",
      api_key: { id: "org", managed_by: "cloud" },
    });
    expect(await me(usual, `ApiKey ${usual.kibana.apiKey}`)).toMatchObject({
      authentication_realm: { name: "_es_api_key", type: "_es_api_key" },
    });
  });
});

it("a serverless project accepts one from the start", async () => {
  const { kibana } = startKibana({ flavour: "serverless" });
  const organization = session(kibana, `ApiKey ${kibana.organizationKey}`);
  expect((await organization.post(RULES, queryRule({ enabled: true }))).body).toEqual(REFUSAL);
  expect(startKibana().kibana.organizationKey).toBeUndefined();
});
