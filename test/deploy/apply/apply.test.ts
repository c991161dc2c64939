import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { apply } from "../../../src/deploy/apply/apply.js";
import type { ApplyResult } from "../../../src/deploy/apply/types.js";
import type { Desired } from "../../../src/deploy/desired/desired.js";
import { planEnvironment } from "../../../src/deploy/environment.js";
import type { Plan, Policy } from "../../../src/deploy/plan/types.js";
import type { Exchange } from "../../../src/kibana/transport.js";
import { FakeKibana, type Fault } from "../fake-kibana.js";
import {
  action,
  connectorOf,
  desired,
  desiredRule,
  listOf,
  reference,
  type Wanted,
  counts,
} from "../support.js";
import { MemoryFiles, NOTHING } from "../../support/run-files.js";

const ENV = { SLACK_URL: "https://hooks.slack.example.com/very-secret" };
const wanted: Wanted = {
  rules: [
    desiredRule({ exceptions_list: [reference()], actions: [action()], enabled: true }, ["soc-slack"]),
    desiredRule({ rule_id: "r2", name: "Rule two" }),
  ],
  lists: [listOf({}, [{}, {}])],
  connectors: [connectorOf()],
};
const everywhere = (kibana: FakeKibana, what: Wanted = wanted): Desired[] =>
  [...kibana.spaces.keys()].map((space) => desired(what, space));

async function planned(
  kibana: FakeKibana,
  what: Desired[] = everywhere(kibana),
  policy: Partial<Policy> = {},
): Promise<Plan> {
  const { plan, diagnostics } = await planEnvironment({
    environment: "test",
    configFile: "kdac.config.yml",
    spaces: what,
    policy: { project: "acme", ...policy },
    connect: () => kibana.client(),
  });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

async function carriedOut(kibana: FakeKibana, plan: Plan): Promise<ApplyResult> {
  const { result, diagnostics } = await apply(plan, {
    client: kibana.client(),
    env: ENV,
    files: new MemoryFiles(),
  });
  if (result === undefined) throw new Error(JSON.stringify(diagnostics));
  expect(kibana.wrong).toEqual([]);
  return result;
}

/** The messages with which a plan is refused; then nothing at all is written, to Kibana or to the disk. */
async function refused(kibana: FakeKibana, plan: Plan): Promise<string[]> {
  const files = new MemoryFiles();
  kibana.requests();
  const { result, diagnostics } = await apply(plan, { client: kibana.client(), env: ENV, files });
  expect(result).toBeUndefined();
  expect(kibana.requests().filter((sent) => !/^GET|_export$/.test(sent))).toEqual([]);
  expect([...files.texts.keys()]).toEqual([]);
  return diagnostics.map(({ code, message }) => (code === "deploy/plan-stale" ? message : code));
}

const outcomes = (result: ApplyResult): string[] =>
  result.spaces.flatMap(({ results }) => results.map(({ outcome, kind, id }) => `${outcome} ${kind} ${id}`));
const isWriteTo = (exchange: Exchange, path: string): boolean =>
  exchange.method !== "GET" && new URL(exchange.url).pathname.endsWith(path);

describe("apply", () => {
  it("makes what the plan says, in the order that keeps a rule from being live without its exceptions", async () => {
    const kibana = new FakeKibana("default");
    const plan = await planned(kibana);
    kibana.requests();
    const result = await carriedOut(kibana, plan);
    expect(kibana.requests()).toEqual([
      "GET /api/spaces/space",
      "POST /api/detection_engine/rules/_export",
      "GET /api/actions/connectors",
      "GET /api/exception_lists/_find",
      expect.stringMatching(/^POST \/api\/actions\/connector\//),
      "POST /api/exception_lists",
      "POST /api/exception_lists/items",
      "POST /api/exception_lists/items",
      "POST /api/detection_engine/rules",
      "POST /api/detection_engine/rules",
    ]);
    expect(result.summary).toEqual({ ...NOTHING, created: 6 });
    const { rules, lists, connectors } = kibana.spaces.get("default")!;
    expect(rules.get("r1")).toMatchObject({
      enabled: true,
      exceptions_list: [{ id: lists.get("single:trusted")!["id"], list_id: "trusted" }],
      actions: [{ id: [...connectors.keys()][0] }],
    });
  });

  it("1: goes to the spaces that were asked for, with the ids of each", async () => {
    const kibana = new FakeKibana("default", "soc");
    await carriedOut(kibana, await planned(kibana, [desired(wanted, "soc")]));
    expect(kibana.spaces.get("default")!.rules.size).toBe(0);
    await carriedOut(kibana, await planned(kibana));
    const idsOf = (space: string): unknown[] => {
      const rule = kibana.spaces.get(space)!.rules.get("r1") as {
        exceptions_list: { id: string }[];
        actions: { id: string }[];
      };
      return [rule.exceptions_list[0]!.id, rule.actions[0]!.id];
    };
    expect(idsOf("default")).not.toEqual(idsOf("soc"));
  });

  it("29: a second plan is empty, and writes nothing", async () => {
    const kibana = new FakeKibana("default", "soc");
    await carriedOut(kibana, await planned(kibana));
    const second = await planned(kibana);
    expect(second.summary).toEqual(counts({ unchanged: 12 }));
    kibana.requests();
    await carriedOut(kibana, second);
    expect(kibana.requests()).toEqual([]);
  });

  it("an id of a connector's file that another space has is replaced there", async () => {
    const kibana = new FakeKibana("default", "soc");
    const id = "5b2de169-2785-441b-ae8c-186a1936b17d";
    await carriedOut(
      kibana,
      await planned(kibana, everywhere(kibana, { ...wanted, connectors: [connectorOf({ id })] })),
    );
    expect([...kibana.spaces.get("default")!.connectors.keys()]).toEqual([id]);
    expect([...kibana.spaces.get("soc")!.connectors.keys()]).not.toEqual([id]);
    expect(kibana.spaces.get("soc")!.rules.size).toBe(2);
  });

  it("an agnostic list is made once and used in every space", async () => {
    const kibana = new FakeKibana("default", "soc");
    const agnostic = { namespace_type: "agnostic" };
    const what = {
      rules: [desiredRule({ exceptions_list: [reference("trusted", agnostic)] })],
      lists: [listOf(agnostic, [{}])],
    };
    const result = await carriedOut(kibana, await planned(kibana, everywhere(kibana, what)));
    expect(result.summary).toMatchObject({ created: 4, failed: 0 });
    expect((await planned(kibana, everywhere(kibana, what))).summary).toMatchObject({
      create: 0,
      update: 0,
      conflict: 0,
    });
  });

  it("leaves a rule alone that was changed since the plan", async () => {
    const kibana = new FakeKibana("default");
    await carriedOut(kibana, await planned(kibana));
    const plan = await planned(
      kibana,
      everywhere(kibana, {
        ...wanted,
        rules: wanted.rules!.map(({ rule, ...rest }) => ({
          ...rest,
          rule: { ...rule, severity: "high" as const },
        })),
      }),
    );
    const { rules } = kibana.spaces.get("default")!;
    rules.set("r1", { ...rules.get("r1"), severity: "critical", revision: 5 });
    rules.delete("r2");
    expect(await refused(kibana, plan)).toEqual([
      'rule "r1" of space "default" was changed since the plan was made',
      'rule "r2" of space "default" was deleted since the plan was made',
    ]);
    expect(rules.get("r1")).toMatchObject({ severity: "critical" });
  });

  it("37: sends version always, and enabled as an analyst set it even after the plan", async () => {
    const kibana = new FakeKibana("default");
    const what = (severity: string): Desired[] => everywhere(kibana, { rules: [desiredRule({ severity })] });
    await carriedOut(kibana, await planned(kibana, what("low")));
    const plan = await planned(kibana, what("high"));
    const { rules } = kibana.spaces.get("default")!;
    rules.set("r1", { ...rules.get("r1"), enabled: true });
    kibana.requests();
    await carriedOut(kibana, plan);
    const put = kibana.log.find(({ method }) => method === "PUT")!;
    expect(put.body).toMatchObject({ version: 1, enabled: true, severity: "high" });
  });

  it("leaves a rule, list and item alone that came into being since the plan", async () => {
    const kibana = new FakeKibana("default");
    const plan = await planned(kibana);
    const space = kibana.spaces.get("default")!;
    space.rules.set("r2", { rule_id: "r2", id: "x", name: "theirs", exceptions_list: [], actions: [] });
    space.lists.set("single:trusted", {
      id: "y",
      list_id: "trusted",
      namespace_type: "single",
      type: "detection",
      name: "theirs",
    });
    expect(await refused(kibana, plan)).toEqual([
      'exception list "trusted" of space "default" was made since the plan was made',
      'rule "r2" of space "default" was made since the plan was made',
    ]);
    expect(space.rules.get("r2")).toMatchObject({ name: "theirs" });
  });

  it("leaves an item alone that was changed since the plan, by Kibana's version token", async () => {
    const kibana = new FakeKibana("default");
    await carriedOut(kibana, await planned(kibana));
    const plan = await planned(kibana, everywhere(kibana, { lists: [listOf({}, [{ name: "new" }, {}])] }));
    const { items } = kibana.spaces.get("default")!;
    items.set("single:trusted-0", { ...items.get("single:trusted-0"), _version: "v7" });
    expect(await refused(kibana, plan)).toEqual([
      'exception item "trusted-0" of space "default" was changed since the plan was made',
    ]);
  });

  it("takes an update for made whose answer was lost, although its version token is spent", async () => {
    const kibana = new FakeKibana("default");
    await carriedOut(kibana, await planned(kibana));
    const lists = [listOf({ description: "new" }, [{ name: "new" }, {}])];
    const plan = await planned(kibana, everywhere(kibana, { ...wanted, lists }));
    const seen = new Set<string>();
    kibana.fault = (exchange) => {
      if (exchange.method !== "PUT" || seen.has(exchange.url)) return undefined;
      seen.add(exchange.url);
      return "lost-answer";
    };
    expect(outcomes(await carriedOut(kibana, plan))).toEqual([
      "done exception-list trusted",
      "done exception-item trusted-0",
    ]);
  });

  it("writes nothing when a secret is missing, and names the variable", async () => {
    const kibana = new FakeKibana("default");
    const plan = await planned(kibana);
    kibana.requests();
    const { result, diagnostics } = await apply(plan, {
      client: kibana.client(),
      env: {},
      files: new MemoryFiles(),
    });
    expect(result).toBeUndefined();
    expect(diagnostics).toMatchObject([
      {
        code: "deploy/missing-secret",
        message: 'connector "soc-slack" needs the environment variable "SLACK_URL", which is not set',
        target: { file: "rules/soc.connector.yml", pointer: "/secrets/webhookUrl" },
      },
    ]);
    expect(kibana.requests()).toEqual([]);
  });

  it("sends secrets to Kibana and shows them to nobody", async () => {
    const kibana = new FakeKibana("default");
    const plan = await planned(kibana);
    kibana.fault = (exchange) =>
      exchange.url.includes("/api/actions/connector/")
        ? { status: 400, body: { statusCode: 400, message: `bad secrets: ${FakeKibana.textOf(exchange)}` } }
        : undefined;
    const result = await carriedOut(kibana, plan);
    expect(outcomes(result)).toContain("failed connector soc-slack");
    expect(JSON.stringify(result)).not.toContain("very-secret");
    expect(JSON.stringify(plan)).not.toContain("very-secret");
  });

  it("does not carry a plan out that was made for another Kibana", async () => {
    const kibana = new FakeKibana("default");
    const plan = await planned(kibana);
    const { result, diagnostics } = await apply(
      { ...plan, url: "https://elsewhere" },
      { client: kibana.client(), env: ENV, files: new MemoryFiles() },
    );
    expect(result).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "deploy/other-kibana" }]);
  });

  it("does not write into a space that is gone, although Kibana would let it", async () => {
    const kibana = new FakeKibana("default", "soc");
    const plan = await planned(kibana);
    kibana.spaces.delete("soc");
    kibana.requests();
    const { result, diagnostics } = await apply(plan, {
      client: kibana.client(),
      env: ENV,
      files: new MemoryFiles(),
    });
    expect(result).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "deploy/missing-space" }]);
    expect(kibana.requests()).toEqual(["GET /api/spaces/space", "GET /api/spaces/space/soc"]);
  });

  it("writes nothing when Kibana refuses the credentials, and says so once", async () => {
    const kibana = new FakeKibana("default");
    const plan = await planned(kibana);
    kibana.fault = () => ({
      status: 401,
      body: { statusCode: 401, error: "Unauthorized", message: "expired" },
    });
    const { result, diagnostics } = await apply(plan, {
      client: kibana.client(),
      env: ENV,
      files: new MemoryFiles(),
    });
    expect(result).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: "deploy/kibana", target: { file: "kdac.config.yml", pointer: "/environments/test/api_key" } },
    ]);
  });

  it("makes a finding of an address that cannot be one", async () => {
    const kibana = new FakeKibana("default");
    const plan = await planned(kibana);
    const { diagnostics } = await apply(plan, {
      client: () => kibana.client({ url: "http://localhost:5601/s/soc" }),
      env: ENV,
      files: new MemoryFiles(),
    });
    expect(diagnostics).toMatchObject([
      { code: "deploy/kibana", target: { pointer: "/environments/test/url" } },
    ]);
  });

  it("tells how far it is", async () => {
    const kibana = new FakeKibana("default");
    const steps: string[] = [];
    await apply(await planned(kibana), {
      client: kibana.client(),
      env: ENV,
      files: new MemoryFiles(),
      onProgress: ({ done, total }) => steps.push(`${done}/${total}`),
    });
    expect(steps).toEqual(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
  });

  it("says what Kibana did not store", async () => {
    const kibana = new FakeKibana("default");
    const plan = await planned(kibana, everywhere(kibana, { rules: [desiredRule({ newer: 1 })] }));
    const { result } = await apply(plan, {
      client: kibana.client(),
      env: ENV,
      files: new MemoryFiles(),
    });
    expect(result!.spaces[0]!.results[0]!.notes).toEqual(['Kibana did not store "newer"']);
  });

  it("has a result that follows its schema", async () => {
    const schema = new URL("../../../schemas/output/apply.schema.json", import.meta.url);
    const isResult = new Ajv2020({ allErrors: true, strictRequired: false }).compile(
      JSON.parse(readFileSync(schema, "utf8")) as object,
    );
    const kibana = new FakeKibana("default");
    const plan = await planned(kibana);
    kibana.fault = (exchange) =>
      isWriteTo(exchange, "/items") ? { status: 400, body: { message: "no", status_code: 400 } } : undefined;
    const result = await carriedOut(kibana, plan);
    expect(new Set(outcomes(result).map((outcome) => outcome.split(" ")[0]))).toEqual(
      new Set(["done", "failed", "skipped"]),
    );
    expect(isResult(result), JSON.stringify(isResult.errors)).toBe(true);
  });

  it("24, 26, 27: uses neither the import nor the bulk routes", async () => {
    const kibana = new FakeKibana("default");
    await carriedOut(kibana, await planned(kibana));
    expect(kibana.requests().filter((request) => /_import|_bulk/.test(request))).toEqual([]);
  });
});

describe("a failure", () => {
  const refused = { status: 400, body: { message: "no", status_code: 400 } };

  it("stops nothing but what needs it", async () => {
    const kibana = new FakeKibana("default");
    kibana.fault = (exchange) =>
      isWriteTo(exchange, "/items") && FakeKibana.textOf(exchange).includes("trusted-1")
        ? refused
        : undefined;
    const result = await carriedOut(kibana, await planned(kibana));
    expect(outcomes(result)).toEqual([
      "done connector soc-slack",
      "done exception-list trusted",
      "done exception-item trusted-0",
      "failed exception-item trusted-1",
      "skipped rule r1",
      "done rule r2",
    ]);
    expect(result.spaces[0]!.results[4]!.reason).toBe(
      'not written without the exception item "trusted-1", which could not be written',
    );
    kibana.fault = () => undefined;
    await carriedOut(kibana, await planned(kibana));
    expect((await planned(kibana)).summary).toMatchObject({
      create: 0,
      update: 0,
      unchanged: 6,
      conflict: 0,
    });
  });

  it("of the credentials stops everything, and says why once for each", async () => {
    const kibana = new FakeKibana("default");
    const rules = Array.from({ length: 40 }, (_, i) => desiredRule({ rule_id: `r${i}`, name: `Rule ${i}` }));
    const plan = await planned(kibana, everywhere(kibana, { rules }));
    kibana.fault = ({ method, url }) =>
      method === "GET" || url.endsWith("/_export")
        ? undefined
        : {
            status: 401,
            body: { statusCode: 401, error: "Unauthorized", message: "expired" },
          };
    const result = await carriedOut(kibana, plan);
    expect(result.summary.failed).toBeLessThanOrEqual(40);
    expect(result.summary.failed + result.summary.skipped).toBe(40);
  });

  const FAULTS: readonly [string, (exchange: Exchange, count: number) => Fault][] = [
    [
      "429",
      (_, count) =>
        count % 3 === 0
          ? { status: 429, body: { statusCode: 429, message: "Too Many Requests" } }
          : undefined,
    ],
    [
      "503",
      (_, count) => (count % 4 === 0 ? { status: 503, body: "Kibana server is not ready yet" } : undefined),
    ],
    ["a request lost", (_, count) => (count % 3 === 1 ? "lost-request" : undefined)],
    ["an answer lost", (_, count) => (count % 3 === 1 ? "lost-answer" : undefined)],
    [
      "a gateway's 502 after the effect",
      (exchange, count) =>
        count % 5 === 0 && exchange.method === "GET" ? { status: 502, body: "<html></html>" } : undefined,
    ],
    ["everything lost for a while", (_, count) => (count > 9 && count < 60 ? "lost-answer" : undefined)],
    [
      "500 for some",
      (exchange, count) =>
        count % 5 === 2 && exchange.method !== "GET" && !exchange.url.endsWith("/_export")
          ? { status: 500, body: { message: "boom", status_code: 500 } }
          : undefined,
    ],
  ];

  it.each(FAULTS)("%s: no object is made twice, and running again converges", async (_, fault) => {
    const kibana = new FakeKibana("default", "soc");
    const plan = await planned(kibana);
    let count = 0;
    kibana.fault = (exchange) => fault(exchange, ++count);
    await carriedOut(kibana, plan);
    kibana.fault = () => undefined;
    const rest = await planned(kibana);
    expect(rest.summary.conflict).toBe(0);
    const result = await carriedOut(kibana, rest);
    expect(result.summary).toMatchObject({ failed: 0, skipped: 0 });
    expect((await planned(kibana)).summary).toEqual(counts({ unchanged: 12 }));
    for (const space of kibana.spaces.values()) {
      expect([space.rules.size, space.lists.size, space.items.size]).toEqual([2, 1, 2]);
      expect(new Set([...space.connectors.values()].map((connector) => connector["name"])).size).toBe(
        space.connectors.size,
      );
    }
  });

  it.each(["lost-answer", "lost-request"] as const)(
    "24: a %s of every first send makes each object once",
    async (fault) => {
      const kibana = new FakeKibana("default");
      const plan = await planned(kibana);
      const seen = new Set<string>();
      kibana.fault = (exchange) => {
        const key = `${exchange.method} ${exchange.url} ${FakeKibana.textOf(exchange)}`;
        if (exchange.method !== "POST" || seen.has(key)) return undefined;
        seen.add(key);
        return fault;
      };
      const result = await carriedOut(kibana, plan);
      expect(result.summary).toMatchObject({ created: 6, failed: 0, skipped: 0 });
    },
  );
});
