import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWrite } from "../../../src/deploy/plan/actions.js";
import type { Plan } from "../../../src/deploy/plan/types.js";
import {
  bulkAction,
  createItem,
  createList,
  createRule,
  deleteRule,
  getRule,
  patchRule,
} from "../../../src/kibana/endpoints/index.js";
import { estate } from "../arbitrary.js";
import {
  action,
  connectorOf,
  desiredRule,
  listOf,
  reference,
  ruleFields,
  valuesOf,
  type Wanted,
} from "../support.js";
import { RollbackWorld } from "./world.js";

const PRUNE = { prune: true, maxDeletes: 100 };

const first: Wanted = {
  rules: [
    desiredRule({ exceptions_list: [reference()], actions: [action()], enabled: true }, ["soc-slack"]),
    desiredRule({ rule_id: "r2", name: "Rule two" }),
    desiredRule({ rule_id: "r3", name: "Rule three", tags: ["x"] }),
  ],
  lists: [listOf({}, [{ comments: [{ comment: "agreed" }] }, {}])],
  connectors: [connectorOf()],
  valueLists: [valuesOf(["a", "b", "c"])],
};

/** A rule changed, one replaced, one dropped, one new with a new list; an item changed and one dropped; values too. */
const second: Wanted = {
  rules: [
    desiredRule({ exceptions_list: [reference()], actions: [action()], enabled: false, severity: "high" }, [
      "soc-slack",
    ]),
    desiredRule({
      rule_id: "r2",
      name: "Rule two",
      type: "eql",
      language: "eql",
      query: "any where true",
      index: ["logs-*"],
    }),
    desiredRule({ rule_id: "r4", name: "Rule four", exceptions_list: [reference("young")] }),
  ],
  lists: [listOf({ description: "new" }, [{ name: "renamed" }]), listOf({ list_id: "young" }, [{}])],
  connectors: [connectorOf()],
  valueLists: [valuesOf(["b", "d"])],
};

const doings = (plan: Plan): string[] =>
  plan.spaces.flatMap(({ changes }) =>
    changes
      .filter(({ action: of }) => of !== "unchanged")
      .map((one) => `${one.action} ${one.kind} ${one.id}`),
  );

async function applied(): Promise<RollbackWorld> {
  const world = new RollbackWorld();
  await world.apply(await world.plan(first));
  await world.apply(await world.plan(second, PRUNE));
  return world;
}

describe("rollback", () => {
  it("is a plan that brings every kind of object back exactly, and then nothing is left to do", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(first));
    const before = await world.state();
    const result = await world.apply(await world.plan(second, PRUNE));
    expect(result.summary).toMatchObject({ failed: 0, skipped: 0, replaced: 1 });
    expect(result.summary.deleted).toBeGreaterThan(0);
    expect(await world.state()).not.toEqual(before);

    const back = await world.back();
    expect(back.rollback).toBe(result.snapshot);
    expect(doings(back)).toEqual([
      `update value-list ${first.valueLists![0]!.id}`,
      "update exception-list trusted",
      "update exception-item trusted-0",
      "create exception-item trusted-1",
      "update rule r1",
      "replace rule r2",
      "create rule r3",
      "delete rule r4",
      "delete exception-item young-0",
      "delete exception-list young",
    ]);
    const undone = await world.apply(back);
    expect(undone.summary).toMatchObject({ failed: 0, skipped: 0 });
    expect(await world.state()).toEqual(before);
    expect((await world.plan(first)).summary).toMatchObject({
      create: 0,
      update: 0,
      replace: 0,
      conflict: 0,
    });
  });

  it("can be rolled back", async () => {
    const world = await applied();
    const after = await world.state();
    await world.apply(await world.back());
    const again = await world.back();
    expect(doings(again).filter((doing) => doing.startsWith("conflict"))).toEqual([]);
    expect((await world.apply(again)).summary).toMatchObject({ failed: 0, skipped: 0 });
    expect(await world.state()).toEqual(after);
  });

  it("of a first apply leaves an empty space, and what others made there", async () => {
    const world = new RollbackWorld();
    await createRule(
      world.client,
      "default",
      { ...ruleFields({ rule_id: "theirs" }), rule_id: "theirs" },
      () => true,
    );
    const before = await world.state();
    await world.apply(await world.plan(first));
    await world.apply(await world.back());
    // Kibana makes its endpoint list with the first rule of a space.
    expect(await world.state()).toEqual(before);
  });

  it("leaves alone what somebody changed since, and goes over it when told so", async () => {
    const world = await applied();
    await patchRule(world.client, "default", { rule_id: "r1", severity: "critical" });
    await patchRule(world.client, "default", { rule_id: "r4", note: "mine" });
    const back = await world.back();
    expect(doings(back).filter((doing) => doing.startsWith("conflict"))).toEqual([
      "conflict exception-list young",
      // Without it the rule that stays would be live without its exception.
      "conflict exception-item young-0",
      "conflict rule r1",
      "conflict rule r4",
    ]);
    expect(doings(await world.back(true)).filter((doing) => doing.startsWith("conflict"))).toEqual([]);
    await world.apply(back);
    expect(await getRule(world.client, "default", { rule_id: "r1" })).toMatchObject({ severity: "critical" });
    expect(await getRule(world.client, "default", { rule_id: "r4" })).toMatchObject({ note: "mine" });
  });

  it("shows of a change that it goes over what it does, and no more: what was attached since stays", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan({ rules: [desiredRule()] }));
    await world.apply(await world.plan({ rules: [desiredRule({ severity: "high" })] }));
    const own = { ...listOf({ list_id: "own" }).list };
    const { id } = await createList(world.client, "default", own, () => true);
    const attached = { id, list_id: "own", type: "detection", namespace_type: "single" };
    await patchRule(world.client, "default", { rule_id: "r1", exceptions_list: [attached], note: "mine" });
    const [{ changes } = { changes: [] }] = (await world.back(true)).spaces;
    expect(changes.map(({ action: of, drift, diff }) => ({ of, drift, diff }))).toEqual([
      {
        of: "update",
        drift: true,
        diff: [
          { path: "note", before: "mine" },
          { path: "severity", before: "high", after: "low" },
          { path: "meta.kdac.digest", before: expect.any(String), after: expect.any(String) },
        ],
      },
    ]);
    await world.apply(await world.back(true));
    expect(await getRule(world.client, "default", { rule_id: "r1" })).toMatchObject({
      severity: "low",
      exceptions_list: [attached],
    });
  });

  it("never deletes a rule that somebody made under the same rule_id", async () => {
    const world = await applied();
    await deleteRule(world.client, "default", { rule_id: "r4" });
    const theirs = { ...ruleFields({ rule_id: "r4", name: "theirs" }), rule_id: "r4" };
    await createRule(world.client, "default", theirs, () => true);
    const back = await world.back(true);
    expect(doings(back)).toContain("conflict rule r4");
    await world.apply(back);
    expect(await getRule(world.client, "default", { rule_id: "r4" })).toMatchObject({ name: "theirs" });
  });

  it("keeps a list that the apply made and that others use by now", async () => {
    const world = await applied();
    const item = {
      item_id: "analyst",
      list_id: "young",
      namespace_type: "single",
      type: "simple",
      name: "a",
      description: "d",
      entries: [{ type: "exists", field: "x", operator: "included" }],
    } as const;
    await createItem(world.client, "default", item, () => true);
    expect(doings(await world.back(true))).toContain("conflict exception-list young");
  });

  it("gives the enabled state back that a rule had, although enabling leaves no revision", async () => {
    const world = new RollbackWorld();
    const two = (severity: string): Wanted => ({ rules: [desiredRule({ severity })] });
    await world.apply(await world.plan(two("low")));
    const { id } = (await getRule(world.client, "default", { rule_id: "r1" }))!;
    await bulkAction(world.client, "default", "enable", [id]);
    const before = await world.state();
    await world.apply(await world.plan(two("high")));
    await bulkAction(world.client, "default", "disable", [id]);
    await world.apply(await world.back());
    expect(await world.state()).toEqual(before);
  });

  it("of any apply of any rules, whatever of it failed, gives all of it back", () =>
    fc.assert(
      fc.asyncProperty(estate, fc.nat({ max: 40 }), fc.nat({ max: 3 }), async (rules, after, times) => {
        const world = new RollbackWorld();
        const lists = [listOf({}, [{}]), listOf({ list_id: "other" }, [{}])];
        const some = (of: 0 | 1, drop: number): Wanted => ({
          rules: rules.filter((_, i) => i % 4 !== drop).map((pair) => pair[of]),
          lists: of === 0 ? lists : [listOf({ description: "n" }, [{ name: "n" }]), lists[1]!],
          connectors: [connectorOf()],
          valueLists: [valuesOf(of === 0 ? ["a"] : ["b", "c"])],
        });
        await world.apply(await world.plan(some(0, 1)));
        const before = await world.state();
        const plan = await world.plan(some(1, 2), PRUNE);
        if (!plan.spaces.some(({ changes }) => changes.some(isWrite))) return;
        world.embedded.kibana.setFaults([
          {
            match: { path: /^(?!.*_(?:export|find)).*$/ },
            after,
            times,
            respond: { kind: "status", status: 500, afterHandling: times === 2 },
          },
        ]);
        const { result } = await world.tryApply(plan);
        world.embedded.kibana.setFaults([]);
        if (result === undefined) return;
        const undone = await world.apply(await world.back());
        expect(
          undone.spaces.flatMap(({ results }) => results).filter(({ outcome }) => outcome !== "done"),
        ).toEqual([]);
        expect(await world.state()).toEqual(before);
      }),
      { numRuns: 8, endOnFailure: true },
    ));
});
