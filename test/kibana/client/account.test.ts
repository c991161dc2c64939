import { describe, expect, it } from "vitest";
import { createKibana } from "../../../src/emulator/index.js";
import {
  bulkDryRun,
  createRule,
  detectionPrivileges,
  features,
  getRule,
  licence,
  whoAmI,
} from "../../../src/kibana/endpoints/index.js";
import { fetchTransport } from "../../../src/kibana/transport.js";
import { connect } from "./connect.js";
import { clientOf, failure, scripted, type Step } from "./support.js";

const BLOCKED: Step = {
  status: 400,
  body: {
    statusCode: 400,
    error: "Bad Request",
    message: "uri [/x] with method [get] exists but is not available with the current configuration",
  },
};
const FORBIDDEN: Step = {
  status: 403,
  body: { statusCode: 403, error: "Forbidden", message: "API [POST /x] is unauthorized for user" },
};
const RULE = {
  rule_id: "a",
  name: "a",
  description: "d",
  type: "query",
  query: "a: b",
  severity: "low",
  risk_score: 1,
};

describe("whose credentials these are", () => {
  it("is told for an API key, with the key's name and the owner's", async () => {
    const { client, requests } = connect();
    expect(await whoAmI(client)).toEqual({
      username: "elastic",
      kind: "api-key",
      key: { id: expect.any(String) as string, name: "kdac", managedBy: "elasticsearch" },
    });
    expect(requests).toEqual(["GET /internal/security/me"]);
  });

  it("is told for a user, with the roles", async () => {
    const kibana = createKibana();
    const { client } = clientOf(
      fetchTransport((request) => kibana.fetch(request)),
      { auth: { username: "elastic", password: "changeme" } },
    );
    expect(await whoAmI(client)).toEqual({ username: "elastic", kind: "user", roles: ["superuser"] });
  });

  it.each([
    ["blocked", BLOCKED],
    ["forbidden", FORBIDDEN],
    ["unknown", { status: 404, body: { statusCode: 404, error: "Not Found", message: "Not Found" } }],
  ])("falls back to the detection engine where the internal route is %s", async (_, step) => {
    const { transport, sent } = scripted(step, {
      status: 200,
      body: { username: "ci", is_authenticated: true, has_encryption_key: true },
    });
    expect(await whoAmI(clientOf(transport).client, "soc")).toEqual({ username: "ci", kind: "unknown" });
    expect(new URL(sent[1]!.url).pathname).toBe("/s/soc/api/detection_engine/privileges");
  });

  it("is not asked again with credentials that are refused", async () => {
    const { transport, sent } = scripted({
      status: 401,
      body: { statusCode: 401, error: "Unauthorized", message: "no" },
    });
    expect((await failure(whoAmI(clientOf(transport).client))).kind).toBe("auth");
    expect(sent).toHaveLength(1);
  });

  it("sends internal routes their own headers", async () => {
    const { transport, sent } = scripted({
      status: 200,
      body: { username: "u", authentication_type: "token" },
    });
    expect(await whoAmI(clientOf(transport).client)).toEqual({ username: "u", kind: "unknown" });
    expect(sent[0]!.headers).toHaveProperty("x-elastic-internal-origin", "kdac");
    expect(sent[0]!.headers).not.toHaveProperty("elastic-api-version");
  });
});

describe("what the credentials may do", () => {
  it("is read from the detection engine", async () => {
    const { client } = connect();
    expect(await detectionPrivileges(client, "default")).toEqual({
      username: "elastic",
      hasAllRequested: true,
      hasEncryptionKey: true,
      isAuthenticated: true,
    });
  });

  it("is tried with a change that changes nothing", async () => {
    const { client } = connect();
    const { id } = await createRule(client, "default", RULE, () => false);
    expect(await bulkDryRun(client, "default")).toEqual({ permitted: true });
    expect(await bulkDryRun(client, "default", id)).toEqual({ permitted: true });
    expect(await getRule(client, "default", { id })).toMatchObject({ tags: [], revision: 0, version: 1 });
  });

  it.each<[string, Step, RegExp]>([
    ["as a whole", FORBIDDEN, /unauthorized/],
    [
      "for each rule, as 9.4 does",
      {
        status: 500,
        body: {
          message: "Bulk edit failed",
          status_code: 500,
          attributes: {
            errors: [
              {
                message: "may not edit",
                status_code: 500,
                err_code: "USER_INSUFFICIENT_RULE_PRIVILEGES",
                rules: [],
              },
            ],
            summary: { failed: 1, succeeded: 0, skipped: 0, total: 1 },
          },
        },
      },
      /may not edit/,
    ],
  ])("is known where it is refused %s", async (_, step, reason) => {
    const probe = await bulkDryRun(clientOf(scripted(step).transport).client, "default");
    expect(probe.permitted).toBe(false);
    expect(probe.reason).toMatch(reason);
  });

  it("a rule that cannot be edited for another reason is no lack of a privilege", async () => {
    const { client } = connect();
    expect(await bulkDryRun(client, "default", "00000000-0000-4000-8000-000000000000")).toEqual({
      permitted: true,
    });
  });
});

describe("the licence and the features", () => {
  it("are read", async () => {
    const { client } = connect({ license: "basic" });
    expect(await licence(client)).toEqual({
      type: "basic",
      status: "active",
      expires: Date.parse("2999-12-31T00:00:00Z"),
    });
    expect(await features(client)).toContain("actions");
  });

  it.each<[string, Step]>([
    ["blocked", BLOCKED],
    ["forbidden", FORBIDDEN],
    ["without a type", { status: 200, body: { license: {} } }],
  ])("are not known where they are %s", async (_, step) => {
    expect(await licence(clientOf(scripted(step).transport).client)).toBeUndefined();
  });

  it("features that may not be read are not known", async () => {
    expect(await features(clientOf(scripted(FORBIDDEN).transport).client)).toBeUndefined();
  });
});
