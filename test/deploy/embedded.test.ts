import { beforeAll, describe, expect, it } from "vitest";
import { apply } from "../../src/deploy/apply/apply.js";
import type { ApplyResult } from "../../src/deploy/apply/types.js";
import type { Desired } from "../../src/deploy/desired/desired.js";
import { planEnvironment } from "../../src/deploy/environment.js";
import type { Plan, Policy } from "../../src/deploy/plan/types.js";
import { type Fault, type KibanaOptions, serve } from "../../src/emulator/index.js";
import type { Diagnostic } from "../../src/diagnostics/index.js";
import {
  bulkAction,
  createSpace,
  exportRules,
  findRules,
  getRule,
  importRules,
  listConnectors,
  patchRule,
  updateRule,
  type LiveRule,
} from "../../src/kibana/endpoints/index.js";
import type { ClientOptions } from "../../src/kibana/client.js";
import { httpTransport } from "../../src/kibana/transport.js";
import { FLAVOURS } from "../support/flavours.js";
import { embedded, type Embedded } from "./embedded.js";
import {
  action,
  connectorOf,
  desired,
  desiredRule,
  listOf,
  reference,
  ruleFields,
  type Wanted,
  counts,
} from "./support.js";
import { MemoryFiles, NOTHING } from "../support/run-files.js";

let flavour: KibanaOptions;
const started = (options: KibanaOptions = {}): Embedded => embedded({ ...flavour, ...options });

const ENV = { SLACK_URL: "https://hooks.slack.example.com/very-secret" };
const wanted = (fields: Record<string, unknown> = {}): Wanted => ({
  rules: [
    desiredRule({ exceptions_list: [reference()], actions: [action()], enabled: true, ...fields }, [
      "soc-slack",
    ]),
    desiredRule({ rule_id: "r2", name: "Rule two", ...fields }),
  ],
  lists: [listOf({}, [{}, {}])],
  connectors: [connectorOf()],
});

async function planning(
  world: Embedded,
  spaces: Desired[],
  policy: Partial<Policy> = {},
  options: Partial<ClientOptions> = {},
): Promise<{ plan?: Plan; diagnostics: Diagnostic[] }> {
  return planEnvironment({
    environment: "test",
    configFile: "kdac.config.yml",
    spaces,
    policy: { project: "acme", ...policy },
    connect: () => world.client(options),
  });
}

async function planned(
  world: Embedded,
  what: Wanted = wanted(),
  policy: Partial<Policy> = {},
  spaces: readonly string[] = ["default"],
): Promise<Plan> {
  const { plan, diagnostics } = await planning(
    world,
    spaces.map((space) => desired(what, space)),
    policy,
  );
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

async function carriedOut(world: Embedded, plan: Plan): Promise<ApplyResult> {
  const { result, diagnostics } = await apply(plan, {
    client: world.client(),
    env: ENV,
    files: new MemoryFiles(),
  });
  if (result === undefined) throw new Error(JSON.stringify(diagnostics));
  return result;
}

const deployed = async (what: Wanted = wanted()): Promise<Embedded> => {
  const world = started();
  await carriedOut(world, await planned(world, what));
  return world;
};

/** A save of the rule in Kibana's form: a PUT of what the form knows, with a `meta` of its own. */
async function saveInForm(world: Embedded, changes: Record<string, unknown>): Promise<void> {
  const client = world.client();
  const live = (await getRule(client, "default", { rule_id: "r2" })) as LiveRule;
  const {
    id: _,
    immutable,
    rule_source,
    revision,
    created_at,
    created_by,
    updated_at,
    updated_by,
    execution_summary,
    version,
    output_index,
    ...form
  } = live as Record<string, unknown>;
  void [
    immutable,
    rule_source,
    revision,
    created_at,
    created_by,
    updated_at,
    updated_by,
    execution_summary,
    version,
    output_index,
  ];
  await updateRule(client, "default", {
    ...form,
    ...changes,
    rule_id: "r2",
    meta: { kibana_siem_app_url: "https://kibana/app/security" },
  });
}

describe.each(FLAVOURS)("on $name", ({ kibana }) => {
  beforeAll(() => {
    flavour = kibana;
  });

  describe("deploying to the embedded Kibana", () => {
    it("29: makes everything in two spaces; the second plan is empty and no rule is written again", async () => {
      const world = started({ spaces: ["soc"] });
      const spaces = ["default", "soc"];
      const result = await carriedOut(world, await planned(world, wanted(), {}, spaces));
      expect(result.summary).toEqual({ ...NOTHING, created: 12 });
      const before = await getRule(world.client(), "soc", { rule_id: "r1" });
      const second = await planned(world, wanted(), {}, spaces);
      expect(second.summary).toEqual(counts({ unchanged: 12 }));
      await carriedOut(world, second);
      expect(await getRule(world.client(), "soc", { rule_id: "r1" })).toEqual(before);
      expect(before).toMatchObject({
        enabled: true,
        revision: 0,
        meta: { kdac: { project: "acme", rule_id: "r1" } },
      });
    });

    it("costs at most three reads a space", async () => {
      const world = started();
      const count = async (): Promise<number> => {
        world.requests.length = 0;
        await planned(world);
        return world.requests.length - 2;
      };
      expect(await count()).toBeLessThanOrEqual(3);
      await carriedOut(world, await planned(world));
      expect(await count()).toBeLessThanOrEqual(3);
    });

    it("updates one field with one write, and keeps the rest", async () => {
      const world = await deployed();
      const plan = await planned(world, wanted({ severity: "high" }));
      world.requests.length = 0;
      const result = await carriedOut(world, plan);
      expect(result.summary).toMatchObject({ updated: 2, failed: 0 });
      expect(world.requests.filter((request) => request.startsWith("PUT"))).toHaveLength(2);
      expect(await getRule(world.client(), "default", { rule_id: "r1" })).toMatchObject({
        severity: "high",
        revision: 1,
        enabled: true,
      });
      expect((await planned(world, wanted({ severity: "high" }))).summary).toMatchObject({
        update: 0,
        conflict: 0,
      });
    });

    it("enabling and disabling in Kibana is nobody's business where the file says nothing", async () => {
      const world = await deployed();
      const { id } = (await getRule(world.client(), "default", { rule_id: "r2" }))!;
      await bulkAction(world.client(), "default", "enable", [id]);
      expect((await planned(world)).summary).toMatchObject({ update: 0, conflict: 0 });
      await carriedOut(world, await planned(world, wanted({ note: "n" })));
      expect(await getRule(world.client(), "default", { rule_id: "r2" })).toMatchObject({
        enabled: true,
        note: "n",
      });
    });

    it("a PATCH beside git is drift, and is overwritten only when told so", async () => {
      const world = await deployed();
      await patchRule(world.client(), "default", { rule_id: "r2", severity: "critical" });
      const plan = await planned(world);
      expect(plan.summary).toMatchObject({ update: 0, conflict: 1 });
      expect(await carriedOut(world, plan)).toMatchObject({ summary: { updated: 0, skipped: 1 } });
      await carriedOut(world, await planned(world, wanted(), { overwriteDrift: true }));
      expect(await getRule(world.client(), "default", { rule_id: "r2" })).toMatchObject({ severity: "low" });
      expect((await planned(world)).summary).toMatchObject({ update: 0, conflict: 0 });
    });

    it("a save in Kibana's form, which drops the mark, is drift too", async () => {
      const world = await deployed();
      await saveInForm(world, { severity: "critical" });
      const plan = await planned(world);
      const change = plan.spaces[0]!.changes.find(({ id }) => id === "r2");
      expect(change).toMatchObject({
        action: "conflict",
        drift: true,
        diff: [{ path: "severity", before: "critical", after: "low" }],
      });
      await carriedOut(world, await planned(world, wanted(), { overwriteDrift: true }));
      expect((await planned(world)).summary).toMatchObject({ update: 0, conflict: 0 });
      const live = await getRule(world.client(), "default", { rule_id: "r2" });
      expect(live!["meta"]).toMatchObject({
        kibana_siem_app_url: "https://kibana/app/security",
        kdac: { project: "acme" },
      });
    });

    it("a duplicate made in Kibana is not ours, and is left alone", async () => {
      const world = await deployed();
      const { id } = (await getRule(world.client(), "default", { rule_id: "r2" }))!;
      await world.client().json({
        method: "POST",
        path: "/api/detection_engine/rules/_bulk_action",
        body: {
          action: "duplicate",
          ids: [id],
          duplicate: { include_exceptions: false, include_expired_exceptions: false },
        },
        doing: "duplicate",
        repeat: "never",
      });
      expect((await planned(world)).summary).toMatchObject({ create: 0, update: 0, conflict: 0 });
    });

    it("37: a prebuilt rule with our rule_id is left alone", async () => {
      const asset = { ...ruleFields({ rule_id: "r2" }), version: 3 };
      const world = started({ prebuilt: [asset] });
      await world.client().json({
        method: "PUT",
        path: "/api/detection_engine/rules/prepackaged",
        doing: "install",
        repeat: "never",
      });
      const plan = await planned(world);
      expect(plan.spaces[0]!.changes.find(({ id }) => id === "r2")?.conflict?.code).toBe("prebuilt");
    });

    it("32: a bundle that was imported gets its connector's secrets, and with adopt its mark", async () => {
      const world = await deployed();
      await createSpace(world.client(), { id: "third", name: "third" });
      const lines = await exportRules(world.client(), "default");
      await importRules(world.client(), "third", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      const plan = await planned(world, wanted(), {}, ["third"]);
      const byId = new Map(plan.spaces[0]!.changes.map((change) => [change.id, change]));
      expect(byId.get("soc-slack")).toMatchObject({ action: "update" });
      await carriedOut(world, await planned(world, wanted(), { adopt: true }, ["third"]));
      expect(await listConnectors(world.client(), "third")).toMatchObject([
        { name: "soc-slack", is_missing_secrets: false },
      ]);
      expect((await planned(world, wanted(), {}, ["third"])).summary).toEqual(counts({ unchanged: 6 }));
    });

    it("33, 35: an item is updated in place, and an analyst's stays", async () => {
      const world = await deployed();
      const client = world.client();
      await client.json({
        method: "POST",
        path: "/api/exception_lists/items",
        body: {
          item_id: "analyst",
          list_id: "trusted",
          type: "simple",
          name: "a",
          description: "d",
          entries: [{ type: "exists", field: "x", operator: "included" }],
          namespace_type: "single",
        },
        doing: "add",
        repeat: "never",
      });
      const changed = { ...wanted(), lists: [listOf({}, [{ name: "renamed" }, {}])] };
      await carriedOut(world, await planned(world, changed));
      const items = (await exportRules(client, "default")).filter((line) => "item_id" in line);
      expect(new Set(items.map((item) => item["item_id"]))).toEqual(
        new Set(["analyst", "trusted-0", "trusted-1"]),
      );
      expect((await planned(world, changed)).summary).toMatchObject({ update: 0, conflict: 0 });
    });

    it("12: a change of type is refused by Kibana, and therefore planned as a replacement", async () => {
      const world = await deployed();
      const eql = {
        ...wanted(),
        rules: [
          desiredRule({
            rule_id: "r2",
            name: "Rule two",
            type: "eql",
            language: "eql",
            query: "any where true",
          }),
        ],
      };
      const plan = await planned(world, eql);
      expect(plan.spaces[0]!.changes.find(({ id }) => id === "r2")?.action).toBe("replace");
      await expect(updateRule(world.client(), "default", { ...eql.rules[0]!.rule })).rejects.toThrow(
        /params invalid/,
      );
    });

    it("sends nothing that the wire's codecs refuse", async () => {
      const world = await deployed();
      await carriedOut(
        world,
        await planned(world, {
          ...wanted({ note: "n" }),
          lists: [listOf({ description: "new" }, [{ comments: [{ comment: "why" }] }, { name: "x" }])],
        }),
      );
      expect(world.wrong).toEqual([]);
    });
  });

  describe("faults of the embedded Kibana", () => {
    const FAULTS: readonly [string, Fault[]][] = [
      ["429 with Retry-After", [{ times: 5, respond: { kind: "status", status: 429, retryAfter: 2 } }]],
      ["503 for a while", [{ after: 3, times: 4, respond: { kind: "status", status: 503 } }]],
      [
        "a reset of every fourth request",
        [3, 7, 11, 15].map((after) => ({ after, times: 1, respond: { kind: "reset" } }) as const),
      ],
      [
        "lost answers of creations",
        [{ match: { method: "POST" }, after: 1, times: 3, respond: { kind: "reset", afterHandling: true } }],
      ],
      [
        "a gateway that loses answers",
        [
          {
            match: { method: "POST", path: "/api/detection_engine/rules" },
            times: 2,
            respond: { kind: "status", status: 502, afterHandling: true },
          },
        ],
      ],
      ["a connection that is gone", [{ after: 5, times: 60, respond: { kind: "reset" } }]],
      [
        "errors of some writes",
        [{ match: { method: "POST", path: "/items" }, times: 1, respond: { kind: "status", status: 500 } }],
      ],
    ];

    it.each(FAULTS)("%s: no rule is made twice, and running again converges", async (_, faults) => {
      const world = started();
      const plan = await planned(world);
      world.kibana.setFaults(faults);
      await apply(plan, { client: world.client(), env: ENV, files: new MemoryFiles() });
      world.kibana.setFaults([]);
      const rest = await carriedOut(world, await planned(world));
      expect(rest.summary).toMatchObject({ failed: 0, skipped: 0 });
      expect((await planned(world)).summary).toEqual(counts({ unchanged: 6 }));
      expect((await findRules(world.client(), "default", {})).total).toBe(2);
      expect(await listConnectors(world.client(), "default")).toHaveLength(1);
    });

    it("updates survive lost answers as well", async () => {
      const world = await deployed();
      const plan = await planned(world, wanted({ severity: "high" }));
      world.kibana.setFaults([
        { match: { method: "PUT" }, times: 2, respond: { kind: "reset", afterHandling: true } },
      ]);
      expect((await carriedOut(world, plan)).summary).toMatchObject({ updated: 2, failed: 0 });
      expect(await getRule(world.client(), "default", { rule_id: "r1" })).toMatchObject({ revision: 1 });
    });
  });

  describe("over the loopback", () => {
    it("the same goes over HTTP, with connections that break", async () => {
      const world = started();
      const running = await serve(world.kibana, { port: 0 });
      try {
        const http = { url: running.url, transport: httpTransport() };
        const { plan } = await planning(world, [desired(wanted())], {}, http);
        world.kibana.setFaults([
          { match: { method: "POST" }, times: 3, respond: { kind: "reset", afterHandling: true } },
        ]);
        const { result } = await apply(plan!, {
          client: world.client(http),
          env: ENV,
          files: new MemoryFiles(),
        });
        expect(result!.summary).toEqual({ ...NOTHING, created: 6 });
        expect((await planning(world, [desired(wanted())], {}, http)).plan!.summary).toMatchObject({
          create: 0,
          update: 0,
          conflict: 0,
        });
      } finally {
        await running.close();
      }
    });
  });

  describe("what the embedded Kibana refuses", () => {
    const rule = [desired({ rules: [desiredRule()] })];

    it("a wrong key, in one line that says what to do", async () => {
      const { plan, diagnostics } = await planning(started(), rule, {}, { auth: { apiKey: "d3Jvbmc6a2V5" } });
      expect(plan).toBeUndefined();
      expect(diagnostics).toMatchObject([
        {
          code: "deploy/kibana",
          message: expect.stringMatching(/refused the credentials/) as string,
          help: expect.stringContaining("api_key") as string,
        },
      ]);
    });

    it("a missing space", async () => {
      const { plan, diagnostics } = await planning(started(), [desired({ rules: [desiredRule()] }, "gone")]);
      expect(plan).toBeUndefined();
      expect(diagnostics).toMatchObject([{ code: "deploy/missing-space" }]);
    });

    it("a key that may not read, and one that may not write", async () => {
      const encoded = Buffer.from("reader:secret-word").toString("base64");
      const auth = { auth: { apiKey: encoded } };
      const blind = started({ apiKeys: [{ encoded, lacks: ["read", "write"] }] });
      expect((await planning(blind, rule, {}, auth)).diagnostics).toMatchObject([
        { message: expect.stringMatching(/may not export rules in space "default" \(403\)/) as string },
      ]);
      const reader = started({ apiKeys: [{ encoded, lacks: ["write"] }] });
      const { plan } = await planning(reader, rule, {}, auth);
      const { result } = await apply(plan!, {
        client: reader.client(auth),
        env: {},
        files: new MemoryFiles(),
      });
      expect(result!.spaces[0]!.results).toMatchObject([
        {
          outcome: "failed",
          reason: expect.stringMatching(/may not create rule "r1" in space "default" \(403\)/) as string,
          help: expect.stringContaining("Security: Rules, all") as string,
        },
      ]);
      expect(JSON.stringify(result)).not.toContain(encoded);
    });

    it("a rule that is wrong, with Kibana's own words", async () => {
      const world = started();
      const broken = [
        desired({ rules: [desiredRule({ timeline_id: "t" }), desiredRule({ rule_id: "r2" })] }),
      ];
      const { plan } = await planning(world, broken);
      const { result } = await apply(plan!, {
        client: world.client(),
        env: {},
        files: new MemoryFiles(),
      });
      expect(result!.summary).toMatchObject({ created: 1, failed: 1 });
      expect(result!.spaces[0]!.results[0]!.reason).toContain(
        'when "timeline_id" exists, "timeline_title" must also exist',
      );
    });
  });
});
