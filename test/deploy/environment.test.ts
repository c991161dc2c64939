import { describe, expect, it } from "vitest";
import { apply } from "../../src/deploy/apply/apply.js";
import type { Desired } from "../../src/deploy/desired/desired.js";
import { plainHttpFindings } from "../../src/deploy/findings.js";
import { planEnvironment, type PlanRequest } from "../../src/deploy/environment.js";
import { FakeKibana, type Fault } from "./fake-kibana.js";
import {
  action,
  connectorOf,
  desired,
  desiredRule,
  listOf,
  reference,
  ruleFields,
  stored,
  type Wanted,
  counts,
} from "./support.js";
import { MemoryFiles } from "../support/run-files.js";

const request = (kibana: FakeKibana, spaces: Desired[], more: Partial<PlanRequest> = {}): PlanRequest => ({
  environment: "prod",
  configFile: "kdac.config.yml",
  spaces,
  policy: { project: "acme" },
  connect: () => kibana.client(),
  ...more,
});

const many = (count: number): Wanted => ({
  rules: Array.from({ length: count }, (_, i) =>
    desiredRule(
      { rule_id: `r${i}`, name: `Rule ${i}`, exceptions_list: [reference(`l${i % 3}`)], actions: [action()] },
      ["soc-slack"],
    ),
  ),
  lists: [0, 1, 2].map((i) => listOf({ list_id: `l${i}` }, [{}, {}])),
  connectors: [connectorOf()],
});

describe("reading an environment", () => {
  it("costs two requests, and at most three for each space, however many rules there are", async () => {
    const kibana = new FakeKibana("default", "soc");
    const spaces = ["default", "soc"].map((space) => desired(many(300), space));
    const first = await planEnvironment(request(kibana, spaces));
    expect(kibana.requests().sort()).toEqual(
      [
        "GET /api/status",
        "GET /api/spaces/space",
        ...["default", "soc"].flatMap(() => [
          "POST /api/detection_engine/rules/_export",
          "GET /api/exception_lists/_find",
          "GET /api/actions/connectors",
        ]),
      ].sort(),
    );
    await apply(first.plan!, {
      client: kibana.client(),
      env: { SLACK_URL: "u" },
      files: new MemoryFiles(),
    });
    kibana.requests();
    const second = await planEnvironment(request(kibana, spaces));
    expect(second.plan!.summary).toMatchObject({ create: 0, update: 0, conflict: 0 });
    expect(kibana.requests().sort()).toEqual(
      [
        "GET /api/status",
        "GET /api/spaces/space",
        ...["default", "soc"].flatMap(() => [
          "POST /api/detection_engine/rules/_export",
          "GET /api/exception_lists/_find",
          "GET /api/actions/connectors",
        ]),
      ].sort(),
    );
  });

  it("finds lists that no rule uses, with their items", async () => {
    const kibana = new FakeKibana("default");
    const spaces = [desired({ rules: [desiredRule()], lists: [listOf({}, [{}])] })];
    const first = await planEnvironment(request(kibana, spaces));
    await apply(first.plan!, { client: kibana.client(), env: {}, files: new MemoryFiles() });
    kibana.requests();
    const second = await planEnvironment(request(kibana, spaces));
    expect(second.plan!.summary).toEqual(counts({ unchanged: 3 }));
    expect(kibana.requests().slice(2).sort()).toEqual([
      "GET /api/exception_lists/_find",
      "GET /api/exception_lists/items/_find",
      "POST /api/detection_engine/rules/_export",
    ]);
  });

  it("25: searches by rule_id where there are more rules than Kibana exports", async () => {
    const kibana = new FakeKibana("default");
    kibana.exportLimit = 5;
    const { rules } = kibana.spaces.get("default")!;
    for (let i = 0; i < 10; i++) rules.set(`x${i}`, stored(ruleFields({ rule_id: `x${i}` })));
    const wanted = Array.from({ length: 250 }, (_, i) => desiredRule({ rule_id: `x${i}` }));
    const { plan } = await planEnvironment(request(kibana, [desired({ rules: wanted })]));
    expect(plan!.summary).toEqual(counts({ create: 240, conflict: 10 }));
    expect(kibana.requests().filter((one) => one.endsWith("rules/_find"))).toHaveLength(4);
  });

  it("looks for prebuilt rules where the stack's export leaves them out", async () => {
    const kibana = new FakeKibana("default");
    kibana.version = "8.17.3";
    const { rules } = kibana.spaces.get("default")!;
    rules.set("r1", stored(ruleFields({ name: "Elastic's" }), { immutable: true }));
    kibana.fault = (exchange): Fault =>
      exchange.url.endsWith("_export")
        ? { status: 200, body: '{"exported_count":0,"missing_rules":[{"rule_id":"r1"}]}\n' }
        : undefined;
    const { plan } = await planEnvironment(request(kibana, [desired({ rules: [desiredRule()] })]));
    expect(plan!.spaces[0]!.changes[0]!.conflict?.code).toBe("prebuilt");
  });

  it("finds rules that a race duplicated", async () => {
    const kibana = new FakeKibana("default");
    const line = JSON.stringify(stored(ruleFields()));
    kibana.fault = (exchange): Fault =>
      exchange.url.endsWith("_export")
        ? { status: 200, body: `${line}\n${line}\n{"exported_count":2}\n` }
        : undefined;
    const { plan } = await planEnvironment(request(kibana, [desired({ rules: [desiredRule()] })]));
    expect(plan!.spaces[0]!.changes[0]!.conflict?.code).toBe("ambiguous");
  });

  it("looks in a space that shall have nothing for what no file wants any more", async () => {
    const kibana = new FakeKibana("default");
    await planEnvironment(request(kibana, [desired({})]));
    expect(kibana.requests().slice(2).sort()).toEqual([
      "GET /api/exception_lists/_find",
      "POST /api/detection_engine/rules/_export",
    ]);
  });

  it("tells how far it is", async () => {
    const kibana = new FakeKibana("default", "soc");
    const steps: string[] = [];
    const spaces = ["default", "soc"].map((space) => desired({ rules: [desiredRule()] }, space));
    await planEnvironment(
      request(kibana, spaces, {
        onProgress: (label, done, total) => steps.push(`${label} ${done}/${total}`),
      }),
    );
    expect(steps).toEqual(["reading spaces 0/2", "reading spaces 1/2", "reading spaces 2/2"]);
  });
});

const answers = (status: number, body: unknown): Fault => ({ status, body });

describe("what stands in the way", () => {
  const rule = [desired({ rules: [desiredRule()] })];

  it("every missing space is a finding, and nothing is read of the others", async () => {
    const kibana = new FakeKibana("default");
    const spaces = ["default", "gone", "lost"].map((space) => desired({ rules: [desiredRule()] }, space));
    const { plan, diagnostics } = await planEnvironment(request(kibana, spaces));
    expect(plan).toBeUndefined();
    expect(diagnostics.map((one) => [one.code, one.message])).toEqual(
      ["gone", "lost"].map((space) => [
        "deploy/missing-space",
        `the space "${space}" does not exist, or the credentials may not see it`,
      ]),
    );
    expect(diagnostics[0]!.target).toEqual({ file: "kdac.config.yml", pointer: "/environments/prod/spaces" });
    expect(kibana.requests()).toEqual([
      "GET /api/status",
      "GET /api/spaces/space",
      "GET /api/spaces/space/gone",
      "GET /api/spaces/space/lost",
    ]);
  });

  it.each<[string, (path: string) => Fault, string, RegExp]>([
    [
      "a wrong key",
      () => answers(401, { statusCode: 401, error: "Unauthorized", message: "no" }),
      "/environments/prod/api_key",
      /refused the credentials/,
    ],
    [
      "a missing privilege",
      (path) =>
        path.endsWith("_export")
          ? answers(403, { statusCode: 403, error: "Forbidden", message: "no" })
          : undefined,
      "/environments/prod/api_key",
      /may not export rules in space "default" \(403\)/,
    ],
    [
      "Elasticsearch's address",
      () => answers(200, { tagline: "You Know, for Search" }),
      "/environments/prod/url",
      /is Elasticsearch, not Kibana/,
    ],
    ["a web page", () => answers(200, "<!doctype html>"), "/environments/prod/url", /web page/],
    ["no answer", () => "lost-request", "/environments/prod/url", /connection to "localhost:5601" broke/],
    [
      "a Kibana that starts",
      () => answers(503, "Kibana server is not ready yet"),
      "/environments/prod",
      /is not ready/,
    ],
  ])("%s is one finding at its setting", async (_, fault, pointer, message) => {
    const kibana = new FakeKibana("default");
    kibana.fault = ({ url }) => fault(new URL(url).pathname);
    const { plan, diagnostics } = await planEnvironment(request(kibana, rule));
    expect(plan).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: "deploy/kibana",
      target: { file: "kdac.config.yml", pointer },
    });
    expect(diagnostics[0]!.message).toMatch(message);
    expect(diagnostics[0]!.help).toBeTruthy();
  });

  it("an address that cannot be one is a finding, without its credentials", async () => {
    const kibana = new FakeKibana("default");
    const { diagnostics } = await planEnvironment(
      request(kibana, rule, { connect: () => kibana.client({ url: "https://u:hunter22@k" }) }),
    );
    expect(diagnostics).toMatchObject([
      { code: "deploy/kibana", target: { pointer: "/environments/prod/url" } },
    ]);
    expect(JSON.stringify(diagnostics)).not.toContain("hunter22");
  });

  it.each([
    ["http://kibana.example.com", "kibana.example.com"],
    ["http://kibana.example.com:5601/base", "kibana.example.com:5601"],
    ["http://10.0.0.1:5601", "10.0.0.1:5601"],
    ["http://localhost.example.com", "localhost.example.com"],
    ["http://128.0.0.1", "128.0.0.1"],
    ["https://kibana.example.com", undefined],
    ["http://localhost:5601", undefined],
    ["http://127.0.0.1:5601", undefined],
    ["http://127.1.2.3:5601", undefined],
    ["http://[::1]:5601", undefined],
    ["no address", undefined],
  ])("the unencrypted connection to %s is a warning beyond this machine", (url, host) => {
    const target = { file: "kdac.config.yml", pointer: "/environments/prod/url" };
    expect(plainHttpFindings(url, target)).toEqual(
      host === undefined
        ? []
        : [
            expect.objectContaining({
              code: "deploy/plain-http",
              severity: "warning",
              message: `credentials travel unencrypted to "${host}"`,
              target,
            }),
          ],
    );
  });

  it("a secret that apply will need is a warning", async () => {
    const kibana = new FakeKibana("default");
    const { plan, diagnostics } = await planEnvironment(request(kibana, [desired(many(1))], { env: {} }));
    expect(plan).toBeDefined();
    expect(diagnostics).toMatchObject([{ code: "deploy/missing-secret", severity: "warning" }]);
  });

  it("a Kibana without the spaces API has the default space", async () => {
    const kibana = new FakeKibana("default");
    kibana.fault = ({ url }) =>
      url.endsWith("/spaces/space")
        ? answers(404, { statusCode: 404, error: "Not Found", message: "Not Found" })
        : undefined;
    expect((await planEnvironment(request(kibana, rule))).plan).toBeDefined();
  });
});
