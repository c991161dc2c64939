import { describe, expect, it } from "vitest";
import type { ApplyResult } from "../../../src/deploy/apply/types.js";
import { planEnvironment } from "../../../src/deploy/environment.js";
import { unfinishedRun } from "../../../src/deploy/journal/unfinished.js";
import type { Plan } from "../../../src/deploy/plan/types.js";
import { listSnapshots, readSnapshot } from "../../../src/deploy/snapshot/file.js";
import type { Fault } from "../../../src/emulator/index.js";
import {
  createRule,
  createSpace,
  exportValues,
  findRules,
  findValueLists,
  getItem,
  getRule,
  importRules,
  listSpaces,
  patchRule,
} from "../../../src/kibana/endpoints/index.js";
import { diskFull, NOTHING } from "../../support/run-files.js";
import {
  action,
  connectorOf,
  counts,
  desired,
  desiredRule,
  listOf,
  reference,
  ruleFields,
  valuesOf,
  type Wanted,
} from "../support.js";
import { RollbackWorld } from "../snapshot/world.js";

const PRUNE = { prune: true, maxDeletes: 100 };
const rules = (count: number, fields: Record<string, unknown> = {}): Wanted => ({
  rules: Array.from({ length: count }, (_, i) =>
    desiredRule({ rule_id: `r${i}`, name: `Rule ${i}`, ...fields }),
  ),
});
const eql = { type: "eql", language: "eql", query: "any where true", index: ["logs-*"] };
const all: Wanted = {
  rules: [desiredRule({ exceptions_list: [reference()], actions: [action()], enabled: true }, ["soc-slack"])],
  lists: [listOf({}, [{}])],
  connectors: [connectorOf()],
  valueLists: [valuesOf(["a", "b"])],
};
const outcomes = (result: ApplyResult): string[] =>
  result.spaces.flatMap(({ results }) => results.map(({ outcome, kind, id }) => `${outcome} ${kind} ${id}`));
const journalOf = (world: RollbackWorld): Record<string, unknown>[] =>
  [...world.files.synced]
    .filter(([path]) => path.startsWith("journal/"))
    .flatMap(([, text]) =>
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    );
const atRest = async (world: RollbackWorld, wanted: Wanted): Promise<Plan["summary"]> =>
  (await world.plan(wanted)).summary;

describe("the order", () => {
  it("deletes after all writes: rules, their exceptions, lists, value lists", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(all));
    world.embedded.requests.length = 0;
    const result = await world.apply(await world.plan(rules(1, { rule_id: "young" }), PRUNE));
    expect(result.summary).toMatchObject({ created: 1, deleted: 4, failed: 0, skipped: 0 });
    const writes = world.embedded.requests.filter(
      (sent) => /^(?:DELETE|POST)/.test(sent) && !/_export|_find/.test(sent),
    );
    expect(writes).toEqual([
      "POST /api/detection_engine/rules",
      "DELETE /api/detection_engine/rules",
      "DELETE /api/exception_lists/items",
      "DELETE /api/exception_lists",
      "DELETE /api/lists",
    ]);
  });

  it("keeps a list while a rule that refers to it could not be deleted", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(all));
    const plan = await world.plan({}, PRUNE);
    const refused = { kind: "status", status: 403, body: { statusCode: 403, message: "no" } } as const;
    world.embedded.kibana.setFaults([
      { match: { method: "DELETE", path: "detection_engine" }, respond: refused },
    ]);
    const result = await world.apply(plan);
    expect(outcomes(result)).toContain("failed rule r1");
    expect(outcomes(result)).toContain("skipped exception-list trusted");
    // Without them it would be live with less than it had.
    expect(outcomes(result)).toContain("skipped exception-item trusted-0");
  });

  it("keeps a list while a rule that shall no longer refer to it could not be written", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(all));
    const { rules: _, lists: __, ...rest } = all;
    const rule = desiredRule({ actions: [action()], enabled: true }, ["soc-slack"]);
    const plan = await world.plan({ ...rest, rules: [rule] }, PRUNE);
    const refused = { kind: "status", status: 403, body: { statusCode: 403, message: "no" } } as const;
    world.embedded.kibana.setFaults([
      { match: { method: "PUT", path: "detection_engine" }, respond: refused },
    ]);
    const result = await world.apply(plan);
    expect(outcomes(result)).toContain("failed rule r1");
    expect(result.spaces[0]!.results.find(({ kind }) => kind === "exception-list")).toMatchObject({
      outcome: "skipped",
      reason: 'not deleted without the rule "r1", which could not be written',
      help: "fix that and apply again",
    });
  });

  it("keeps a list with its items that somebody attached to a rule since the plan, and while items were deleted", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(all));
    const theirs = { ...ruleFields({ rule_id: "theirs", name: "Theirs" }), rule_id: "theirs" };
    await createRule(world.client, "default", theirs, () => true);
    const plan = await world.plan({}, PRUNE);
    const link = { act: "link-list", rule_id: "theirs", list_id: "trusted" } as const;
    const linking = (method: string, path: string): void =>
      world.embedded.kibana.setFaults([
        { match: { method, path }, respond: { kind: "change", when: "after", does: [link] } },
      ]);
    linking("DELETE", "detection_engine");
    const result = await world.apply(plan);
    const reason = 'not deleted: the rule "Theirs" uses it by now';
    expect(result.spaces[0]!.results.filter(({ outcome }) => outcome !== "done")).toMatchObject([
      { outcome: "skipped", kind: "exception-item", reason: `its list stays: ${reason}` },
      {
        outcome: "skipped",
        kind: "exception-list",
        reason,
        help: "end that in Kibana and plan again, or leave it",
      },
    ]);
    expect((await world.state())["items"]).toHaveLength(1);
    world.embedded.kibana.setFaults([]);
    await patchRule(world.client, "default", { rule_id: "theirs", exceptions_list: [] });
    const again = await world.plan({}, PRUNE);
    linking("DELETE", "exception_lists/items");
    expect(outcomes(await world.apply(again))).toEqual([
      "done exception-item trusted-0",
      "skipped exception-list trusted",
    ]);
  });

  it("36: makes the data streams of value lists first, and writes all values", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(all));
    const [list] = await findValueLists(world.client, "default");
    expect((await exportValues(world.client, "default", list!.id)).sort()).toEqual(["a", "b"]);
    const { requests } = world.embedded;
    expect(requests.indexOf("POST /api/lists/index")).toBeLessThan(requests.indexOf("POST /api/lists"));
    expect(await atRest(world, all)).toMatchObject({ create: 0, update: 0, conflict: 0 });
  });

  it("a value list whose values were cut off is no drift: the next apply adds what is missing", async () => {
    const world = new RollbackWorld();
    const plan = await world.plan(all);
    world.embedded.kibana.setFaults([
      { match: { method: "POST", path: "/lists/items/_import" }, respond: { kind: "status", status: 500 } },
    ]);
    expect(outcomes(await world.apply(plan))).toContain("failed value-list hosts");
    world.embedded.kibana.setFaults([]);
    await world.apply(await world.plan(all));
    expect(await atRest(world, all)).toMatchObject({ create: 0, update: 0, conflict: 0 });
  });
});

describe("a replacement", () => {
  it("12: is one outcome, and the rule of the new type is there", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(rules(1)));
    const result = await world.apply(await world.plan(rules(1, eql)));
    expect(result.summary).toEqual({ ...NOTHING, replaced: 1 });
    expect(await getRule(world.client, "default", { rule_id: "r0" })).toMatchObject({ type: "eql" });
  });

  it("12: that fails half way says loudly that the rule is gone, and how to get it back", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(rules(1)));
    const before = await world.state();
    const plan = await world.plan(rules(1, eql));
    world.embedded.kibana.setFaults([
      {
        match: { method: "POST", path: /rules$/ },
        respond: { kind: "status", status: 400, body: { message: "no", status_code: 400 } },
      },
    ]);
    const result = await world.apply(plan);
    world.embedded.kibana.setFaults([]);
    expect(result.spaces[0]!.results).toMatchObject([
      {
        outcome: "failed",
        reason: expect.stringContaining(
          "it was deleted to be replaced, and could not be made again",
        ) as string,
        help: expect.stringContaining(
          `THE RULE IS GONE: fix the cause and apply again, or get it back as it was with kdac rollback ${result.snapshot}`,
        ) as string,
      },
    ]);
    await world.apply(await world.back());
    expect(await world.state()).toEqual(before);
  });
});

describe("snapshot and journal", () => {
  it("are on the disk before the first write, and hold no secret", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(all));
    const result = await world.apply(
      await world.plan({
        ...all,
        rules: [
          desiredRule(
            { severity: "high", exceptions_list: [reference()], actions: [action()], enabled: true },
            ["soc-slack"],
          ),
        ],
      }),
    );
    const [name] = await listSnapshots(world.files, "test");
    expect(name).toBe(result.snapshot);
    const { snapshot } = await readSnapshot(world.files, name!);
    expect(snapshot!.spaces[0]!.objects).toMatchObject([
      { key: "rule/default/r1", action: "update", before: { severity: "low" } },
    ]);
    expect([...world.files.texts.values()].join()).not.toContain("very-secret");
    expect(world.files.texts.get(".gitignore")).toBe("*\n");
  });

  it("the bundle of a space can be imported by hand", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(all));
    const { snapshot: name } = await world.apply(await world.plan({ ...all, rules: [] }, PRUNE));
    await createSpace(world.client, { id: "third", name: "third" });
    const answer = await importRules(
      world.client,
      "third",
      world.files.texts.get(`snapshots/${name}/default.ndjson`)!,
    );
    expect(answer).toMatchObject({
      success: true,
      success_count: 1,
      exceptions_success: true,
      action_connectors_errors: [],
    });
    expect(
      await getItem(world.client, "third", { item_id: "trusted-0", namespace_type: "single" }),
    ).toBeDefined();
  });

  it("each intent is on the disk before its request, and its outcome after", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(rules(20)), { user: "ana" });
    const [started, ...rest] = journalOf(world);
    expect(started).toMatchObject({ event: "started", changes: 20, user: "ana", environment: "test" });
    expect(rest.filter(({ event }) => event === "intent")).toHaveLength(20);
    expect(rest.filter(({ event, outcome }) => event === "outcome" && outcome === "done")).toHaveLength(20);
    expect(rest.at(-1)).toMatchObject({ event: "finished", summary: { created: 20 } });
    expect(await unfinishedRun(world.files, "test")).toBeUndefined();
  });

  it("when the disk is full at the start, nothing is written to Kibana", async () => {
    const world = new RollbackWorld();
    const plan = await world.plan(rules(2));
    world.files.refuse = diskFull;
    const { result, diagnostics } = await world.tryApply(plan);
    expect(result).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: "deploy/run-files", message: expect.stringContaining("ENOSPC") as string },
    ]);
    expect((await findRules(world.client, "default", {})).total).toBe(0);
  });

  it("when the disk fills midway, no new write begins, and the next apply says what was made and goes on", async () => {
    const world = new RollbackWorld();
    const plan = await world.plan(rules(40));
    let lines = 0;
    world.files.refuse = (path, text) => {
      lines += path.startsWith("journal/") ? text.split("\n").length : 0;
      if (lines > 30) diskFull();
    };
    const result = await world.apply(plan);
    expect(result.stopped).toContain("ENOSPC");
    expect(result.summary.created).toBeLessThan(40);
    expect(result.summary.created + result.summary.skipped).toBe(40);
    expect((await findRules(world.client, "default", {})).total).toBe(result.summary.created);
    world.files.refuse = () => undefined;
    const run = (await unfinishedRun(world.files, "test"))!;
    expect(run.snapshot).toBe(result.snapshot);
    expect(run.done.length).toBeLessThanOrEqual(result.summary.created);
    expect(run.done.length + run.undecided.length).toBeGreaterThanOrEqual(result.summary.created);
    expect(run.done.length + run.undecided.length + run.notMade).toBe(40);
    await world.apply(await world.plan(rules(40)));
    expect(await atRest(world, rules(40))).toEqual(counts({ unchanged: 40 }));
    expect(await unfinishedRun(world.files, "test")).toBeUndefined();
  });
});

describe("stopping", () => {
  const refused = { kind: "status", status: 400, body: { message: "no", status_code: 400 } } as const;

  it("--fail-fast begins nothing after the first failure", async () => {
    const world = new RollbackWorld();
    const plan = await world.plan(rules(40));
    world.embedded.kibana.setFaults([
      { match: { method: "POST", path: /rules$/ }, times: 1, respond: refused },
    ]);
    const { summary, stopped } = await world.apply(plan, { failFast: true });
    expect(stopped).toBe("stopped after the first failure (--fail-fast)");
    expect(summary.failed).toBe(1);
    expect(summary.skipped).toBeGreaterThan(20);
  });

  it("a key that expires midway stops the run with its reason, and the rest is made with a new one", async () => {
    const world = new RollbackWorld();
    const plan = await world.plan(rules(40));
    const expired = {
      kind: "status",
      status: 401,
      body: { statusCode: 401, error: "Unauthorized", message: "expired" },
    } as const;
    world.embedded.kibana.setFaults([
      { match: { method: "POST", path: /rules$/ }, after: 10, respond: expired },
    ]);
    const { summary, stopped } = await world.apply(plan);
    world.embedded.kibana.setFaults([]);
    expect(summary.created).toBe(10);
    expect(stopped).toContain("refused the credentials");
    await world.apply(await world.plan(rules(40)));
    expect(await atRest(world, rules(40))).toEqual(counts({ unchanged: 40 }));
  });

  const reset = { kind: "reset" } as const;
  const created = { method: "POST", path: /rules$/ };

  it("no Kibana to try with stops the run after as many failures in a row as there are requests at a time", async () => {
    const world = new RollbackWorld();
    const plan = await world.plan(rules(5));
    world.embedded.kibana.setFaults([{ match: created, respond: reset }]);
    const { summary, stopped } = await world.apply(plan, {
      client: world.embedded.client({ concurrency: 1 }),
    });
    expect(summary).toMatchObject({ created: 0, failed: 1, skipped: 4 });
    expect(stopped).toContain("POST /api/detection_engine/rules");
  });

  it.each([
    ["successes", []],
    ["refusals", [{ match: created, respond: refused }]],
  ] as const)("broken connections between %s do not stop the run", async (_, otherwise) => {
    const world = new RollbackWorld();
    const plan = await world.plan(rules(20));
    const broken = Array.from({ length: 5 }, (__, i) => ({
      match: created,
      after: 4 * i,
      times: 1,
      respond: reset,
    }));
    // That it was not made cannot be read back either.
    const blind = { match: { method: "GET", path: "rules?rule_id=" }, respond: reset };
    world.embedded.kibana.setFaults([...broken, ...otherwise, blind]);
    const { summary, stopped } = await world.apply(plan, {
      client: world.embedded.client({ concurrency: 2 }),
    });
    expect(stopped).toBeUndefined();
    expect(summary).toMatchObject({ skipped: 0, failed: otherwise.length === 0 ? 5 : 20 });
  });

  it("a plan of which one object moved is refused as a whole", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(rules(3)));
    const plan = await world.plan(rules(3, { severity: "high" }));
    await patchRule(world.client, "default", { rule_id: "r1", note: "mine" });
    const { result, diagnostics } = await world.tryApply(plan);
    expect(result).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "deploy/plan-stale" }]);
    expect(await getRule(world.client, "default", { rule_id: "r0" })).toMatchObject({ severity: "low" });
  });
});

describe("--create-spaces", () => {
  const withNewSpaces = async (world: RollbackWorld, spaces: readonly string[]): Promise<Plan> => {
    const { plan } = await planEnvironment({
      environment: "test",
      configFile: "kdac.config.yml",
      spaces: spaces.map((space) => desired(rules(1), space)),
      policy: { project: "acme" },
      createSpaces: true,
      connect: () => world.client,
    });
    return plan!;
  };

  it("makes the spaces of the plan; one that cannot be made stops only itself", async () => {
    const world = new RollbackWorld();
    const plan = await withNewSpaces(world, ["default", "emea", "apac"]);
    expect(plan.creates_spaces).toEqual(["emea", "apac"]);
    world.embedded.kibana.setFaults([
      {
        match: { method: "POST", path: "/api/spaces/space" },
        times: 1,
        respond: { kind: "status", status: 403 },
      },
    ]);
    const result = await world.apply(plan);
    expect(result.summary).toMatchObject({ created: 2, skipped: 1 });
    expect(await listSpaces(world.client)).toEqual(["default", "apac"]);
  });

  it("goes on with a space that somebody else was faster to make", async () => {
    const world = new RollbackWorld();
    const plan = await withNewSpaces(world, ["emea"]);
    const taken = {
      statusCode: 409,
      error: "Conflict",
      message: "A space with the identifier emea already exists.",
    };
    world.embedded.kibana.setFaults([
      {
        match: { method: "POST", path: "/api/spaces/space" },
        respond: { kind: "status", status: 409, body: taken, afterHandling: true },
      },
    ]);
    const result = await world.apply(plan);
    expect(result.summary).toMatchObject({ created: 1, skipped: 0, failed: 0 });
  });
});

describe("--bootstrap", () => {
  const many = rules(150, { enabled: true });

  it("23, 25, 27: imports the rules disabled in few requests, reads them back and enables them by hundreds", async () => {
    const world = new RollbackWorld();
    const own = desiredRule(
      { rule_id: "own", exceptions_list: [reference()], actions: [action()], enabled: true },
      ["soc-slack"],
    );
    const wanted = { ...all, rules: [own, ...many.rules!] };
    const plan = await world.plan(wanted);
    world.embedded.requests.length = 0;
    const result = await world.apply(plan, { bootstrap: true });
    expect(result.summary).toMatchObject({ failed: 0, skipped: 0 });
    const sent = (path: string): number => world.embedded.requests.filter((one) => one.endsWith(path)).length;
    expect([sent("_import"), sent("_bulk_action"), sent("POST /api/detection_engine/rules")]).toEqual([
      2, 2, 0,
    ]);
    const { total } = await findRules(world.client, "default", { filter: "alert.attributes.enabled: true" });
    expect(total).toBe(151);
    expect(await atRest(world, wanted)).toMatchObject({
      create: 0,
      update: 0,
      conflict: 0,
    });
  });

  it("is refused where one of the rules exists", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(rules(1)));
    const { result, diagnostics } = await world.tryApply(await world.plan(rules(3)), { bootstrap: true });
    expect(result).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "deploy/bootstrap-not-empty" }]);
  });

  const FAULTS: readonly [string, Fault][] = [
    [
      "an answer lost",
      { match: { path: "_import" }, times: 1, respond: { kind: "reset", afterHandling: true } },
    ],
    ["a request lost", { match: { path: "_import" }, times: 1, respond: { kind: "reset" } }],
    ["429", { match: { path: "_import" }, times: 1, respond: { kind: "status", status: 429 } }],
    [
      "a gateway's 502 after the effect",
      { match: { path: "_import" }, times: 1, respond: { kind: "status", status: 502, afterHandling: true } },
    ],
    [
      "some rules refused",
      { match: { path: "_import" }, times: 1, respond: { kind: "partial", failures: 7 } },
    ],
    [
      "a half-failed bulk",
      { match: { path: "_bulk_action" }, times: 1, respond: { kind: "partial", failures: 9 } },
    ],
    [
      "a bulk whose answer is lost",
      { match: { path: "_bulk_action" }, times: 1, respond: { kind: "reset", afterHandling: true } },
    ],
  ];

  it.each(FAULTS)(
    "24: %s: nothing is imported twice, and every rule is there once and enabled",
    async (_, fault) => {
      const world = new RollbackWorld();
      const plan = await world.plan(many);
      world.embedded.kibana.setFaults([fault]);
      const result = await world.apply(plan, { bootstrap: true });
      world.embedded.kibana.setFaults([]);
      expect(world.embedded.requests.filter((sent) => sent.endsWith("rules/_import"))).toHaveLength(1);
      expect(result.summary).toEqual({ ...NOTHING, created: 150 });
      const { total } = await findRules(world.client, "default", {
        filter: "alert.attributes.enabled: true",
      });
      expect(total).toBe(150);
      expect(await atRest(world, many)).toEqual(counts({ unchanged: 150 }));
    },
  );
});

describe("faults of an apply with every kind of object", () => {
  const WRITES = { path: /^(?!.*(?:_export|_find|connectors$|space$|lists\/index)).*$/ };
  const FAULTS: readonly [string, Fault[]][] = [
    [
      "429 with Retry-After",
      [{ match: WRITES, times: 5, respond: { kind: "status", status: 429, retryAfter: 2 } }],
    ],
    ["429 without Retry-After", [{ match: WRITES, times: 3, respond: { kind: "status", status: 429 } }]],
    ["503 for a while", [{ match: WRITES, after: 2, times: 4, respond: { kind: "status", status: 503 } }]],
    ["resets before the effect", [{ match: WRITES, after: 1, times: 4, respond: { kind: "reset" } }]],
    [
      "resets after the effect",
      [{ match: WRITES, after: 1, times: 4, respond: { kind: "reset", afterHandling: true } }],
    ],
    ["answers cut short", [{ match: WRITES, after: 1, times: 3, respond: { kind: "truncated" } }]],
    [
      "a proxy's page of HTML",
      [{ match: WRITES, after: 2, times: 2, respond: { kind: "html", page: "error" } }],
    ],
    ["a login page", [{ match: WRITES, after: 3, times: 2, respond: { kind: "html", page: "login" } }]],
    ["slow answers", [{ match: WRITES, times: 3, respond: { kind: "slow", milliseconds: 5 } }]],
    ["a key that expires", [{ match: WRITES, after: 3, respond: { kind: "expired-key" } }]],
    [
      "errors of every other write",
      [1, 3, 5, 7].map(
        (after) => ({ match: WRITES, after, times: 1, respond: { kind: "status", status: 500 } }) as const,
      ),
    ],
  ];

  it.each(FAULTS)(
    "%s: when they are over, one more apply brings all to rest, and nothing is there twice",
    async (_, faults) => {
      const world = new RollbackWorld();
      const young: Wanted = {
        ...all,
        rules: [...all.rules!, ...rules(4, { rule_id: "other" }).rules!.slice(0, 1)],
      };
      await world.apply(await world.plan(rules(2)));
      const plan = await world.plan(young, PRUNE);
      world.embedded.kibana.setFaults(faults);
      await world.tryApply(plan);
      world.embedded.kibana.setFaults([]);
      await world.apply(await world.plan(young, PRUNE));
      expect((await world.plan(young, PRUNE)).summary).toEqual(counts({ unchanged: 6 }));
      expect((await findRules(world.client, "default", {})).total).toBe(2);
      const [list] = await findValueLists(world.client, "default");
      expect((await exportValues(world.client, "default", list!.id)).sort()).toEqual(["a", "b"]);
    },
  );
});
