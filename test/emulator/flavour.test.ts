/** What differs between versions, where the suites that run on each flavour do not show it. */
import { describe, expect, it } from "vitest";
import type { KibanaOptions } from "../../src/emulator/index.js";
import { documents, type Session, startKibana } from "../support/kibana.js";
import { queryRule, RULES } from "./samples.js";

type Json = Record<string, unknown>;

const INTERNAL = { "x-elastic-internal-origin": "kdac" };

async function ofVersions(
  versions: readonly string[],
  ask: (kibana: Session) => Promise<unknown>,
  options: KibanaOptions = {},
): Promise<Json> {
  const answers: Json = {};
  for (const version of versions) answers[version] = await ask(startKibana({ ...options, version }));
  return answers;
}

describe("by version", () => {
  it("prebuilt rules are exported from 8.18 on, and told to be missing before", async () => {
    const ask = async (kibana: Session): Promise<unknown> => {
      await kibana.put(`${RULES}/prepackaged`);
      const { text } = await kibana.post(`${RULES}/_export`, { objects: [{ rule_id: "rule-1" }] });
      const summary = documents(text).at(-1)!;
      return [summary["exported_rules_count"], summary["missing_rules_count"]];
    };
    const prebuilt = [queryRule({ version: 1 })];
    expect(await ofVersions(["8.17.0", "8.18.0"], ask, { prebuilt })).toEqual({
      "8.17.0": [0, 1],
      "8.18.0": [1, 0],
    });
  });

  it("gaps are filled, and suppression edited in bulk, from 9.1 on", async () => {
    const ask = async (kibana: Session): Promise<unknown> => {
      const bulk = async (body: Json) => (await kibana.post(`${RULES}/_bulk_action`, body)).status;
      const range = { start_date: "2026-01-01T00:00:00Z", end_date: "2026-01-02T00:00:00Z" };
      return [
        await bulk({ action: "fill_gaps", fill_gaps: range }),
        await bulk({ action: "edit", edit: [{ type: "delete_alert_suppression" }] }),
      ];
    };
    expect(await ofVersions(["9.0.0", "9.1.0"], ask)).toEqual({
      "9.0.0": [400, 400],
      "9.1.0": [200, 200],
    });
  });

  it("response actions run scripts from 9.4 on", async () => {
    const config = { linux: { scriptId: "s" } };
    const response_actions = [{ action_type_id: ".endpoint", params: { command: "runscript", config } }];
    const ask = async (kibana: Session) => (await kibana.post(RULES, queryRule({ response_actions }))).status;
    expect(await ofVersions(["9.3.0", "9.5.0"], ask)).toEqual({ "9.3.0": 400, "9.5.0": 200 });
  });

  it("Security's feature goes by other names", async () => {
    const ask = async (kibana: Session): Promise<unknown> =>
      (await kibana.get<{ id: string }[]>("/api/features")).body
        .map(({ id }) => id)
        .filter((id) => id.startsWith("siem"));
    expect(await ofVersions(["8.12.0", "8.18.0", "9.1.0", "9.2.0", "9.5.0"], ask)).toEqual({
      "8.12.0": ["siem"],
      "8.18.0": ["siemV2"],
      "9.1.0": ["siemV3"],
      "9.2.0": ["siemV4"],
      "9.5.0": ["siemV5"],
    });
  });

  it("the caller's scheme is told from 9.4 on", async () => {
    const ask = async (kibana: Session): Promise<unknown> => {
      const { authorization } = { authorization: `ApiKey ${kibana.kibana.apiKey}` };
      const me = await kibana.send("GET", "/internal/security/me", { ...INTERNAL, authorization });
      return me.body["http_authentication_scheme"];
    };
    expect(await ofVersions(["9.2.0", "9.5.0"], ask)).toEqual({ "9.2.0": undefined, "9.5.0": "apikey" });
  });
});

describe("a serverless project", () => {
  it("says what it is, and has a tier in place of a licence", async () => {
    const kibana = startKibana({ flavour: "serverless", license: "basic" });
    expect((await kibana.get("/api/status")).body).toMatchObject({ version: { build_flavor: "serverless" } });
    const headers = { ...INTERNAL, authorization: `ApiKey ${kibana.kibana.apiKey}` };
    const licence = await kibana.send("GET", "/api/licensing/info", headers);
    expect(licence.body).toMatchObject({ license: { type: "enterprise", status: "active" } });
  });
});
