import { describe, expect, it } from "vitest";
import type { Change, Plan } from "../../../src/deploy/plan/types.js";
import { getItem, patchRule, updateItem } from "../../../src/kibana/endpoints/index.js";
import { RollbackWorld } from "../snapshot/world.js";
import {
  changesOf,
  desiredRule,
  itemLive,
  listLive,
  listOf,
  only,
  planOne,
  reference,
  uuid,
  type Wanted,
} from "../support.js";

/** The item `moving` in the list `old`, which its rule names; then both in the list `new`. */
const before: Wanted = {
  rules: [desiredRule({ exceptions_list: [reference("old")] })],
  lists: [
    listOf({ list_id: "old" }, [{ item_id: "moving", name: "Moving", comments: [{ comment: "why" }] }]),
  ],
};
const after: Wanted = {
  rules: [desiredRule({ exceptions_list: [reference("new")] })],
  lists: [
    listOf({ list_id: "new" }, [{ item_id: "moving", name: "Moving", comments: [{ comment: "why" }] }]),
  ],
};
const key = { item_id: "moving", namespace_type: "single" } as const;
const PRUNE = { prune: true };

const doings = (plan: Plan): string[] =>
  changesOf(plan)
    .filter(({ action }) => action !== "unchanged")
    .map(({ action, kind, id }) => `${action} ${kind} ${id}`);

async function applied(): Promise<RollbackWorld> {
  const world = new RollbackWorld();
  await world.apply(await world.plan(before));
  return world;
}

const conflictOf = (plan: Plan, kind: Change["kind"]): Change["conflict"] => only(plan, kind).conflict;

describe("an item that moves to another list of ours", () => {
  it("is made again in its new list, with its comments, before the rule; the old list goes after it", async () => {
    const world = await applied();
    const plan = await world.plan(after, PRUNE);
    expect(doings(plan)).toEqual([
      "create exception-list new",
      "replace exception-item moving",
      "update rule r1",
      "delete exception-list old",
    ]);
    const item = only(plan, "exception-item");
    expect(item).toMatchObject({
      state: "changed",
      diff: [{ path: "list_id", before: "old", after: "new" }],
      notes: ['Kibana moves no exception: it is deleted from the list "old" and made again'],
      needs: ["exception-list/default/new"],
    });
    expect(changesOf(plan).at(-1)!.needs).toEqual(["exception-item/default/moving", "rule/default/r1"]);
    const result = await world.apply(plan);
    expect(result.summary).toMatchObject({
      created: 1,
      updated: 1,
      replaced: 1,
      deleted: 1,
      failed: 0,
      skipped: 0,
    });
    const live = (await getItem(world.client, "default", key))!;
    expect(live).toMatchObject({ list_id: "new", comments: [{ comment: "why" }] });
    expect(doings(await world.plan(after))).toEqual([]);
  });

  it("goes back with a rollback", async () => {
    const world = await applied();
    const state = await world.state();
    await world.apply(await world.plan(after, PRUNE));
    const back = await world.back();
    expect(doings(back)).toEqual([
      "create exception-list old",
      "replace exception-item moving",
      "update rule r1",
      "delete exception-list new",
    ]);
    expect(only(back, "exception-item").diff[0]).toEqual({ path: "list_id", before: "new", after: "old" });
    expect(changesOf(back).at(-1)!.needs).toEqual(["exception-item/default/moving"]);
    expect((await world.apply(back)).summary).toMatchObject({ failed: 0, skipped: 0 });
    expect(await world.state()).toEqual(state);
    expect(doings(await world.back())).toHaveLength(4);
  });

  it("counts as no loss, however many of them there are", () => {
    const many = Array.from({ length: 8 }, (_, i) => ({ item_id: `i${i}` }));
    const created = changesOf(planOne({ lists: [listOf({ list_id: "old" }, many)] }));
    const items = created
      .filter(({ kind }) => kind === "exception-item")
      .map(({ write }) => itemLive({ ...write!.body, id: uuid() }));
    const lists = [listLive({ list_id: "old" }), listLive({ list_id: "new" })];
    const plan = planOne({ lists: [listOf({ list_id: "new" }, many)] }, { lists, items }, { adopt: true });
    expect(plan.summary).toMatchObject({ replace: 8, conflict: 0 });
  });

  it("stays where somebody changed it, until drift is overwritten", async () => {
    const world = await applied();
    const live = (await getItem(world.client, "default", key))!;
    await updateItem(world.client, "default", {
      ...key,
      type: "simple",
      name: "Mine",
      description: "d",
      entries: live["entries"],
      meta: live["meta"],
      comments: [],
    });
    expect(conflictOf(await world.plan(after), "exception-item")).toEqual({
      code: "drift",
      message: 'exception item "moving" was changed outside git since it was last applied',
      help: "take the change into the file with kdac pull, or overwrite it with --overwrite-drift",
    });
    const over = only(await world.plan(after, { overwriteDrift: true }), "exception-item");
    expect(over).toMatchObject({ action: "replace", drift: true, state: "conflicting" });
    expect(over.diff.map(({ path }) => path)).toEqual(["list_id", "name"]);
  });

  it("is not taken from others, nor put into their list", () => {
    const lists = [listLive({ list_id: "old" })];
    const others = planOne(after, { lists, items: [itemLive({ ...key, list_id: "old" })] });
    expect(conflictOf(others, "exception-item")).toEqual({
      code: "ambiguous",
      message: 'the item_id "moving" is taken by an item of the list "old"',
      help: "give yours another item_id",
    });
    const own = only(planOne(before), "exception-item").write!.body;
    const foreign = planOne(after, {
      lists: [...lists, listLive({ list_id: "new", name: "Theirs" })],
      items: [itemLive({ ...own })],
    });
    expect(conflictOf(foreign, "exception-item")).toMatchObject({ code: "blocked" });
  });

  it("waits for the rule that shall follow it and is in conflict: that one would lose it", async () => {
    const world = await applied();
    await patchRule(world.client, "default", { rule_id: "r1", note: "mine" });
    const plan = await world.plan(after, PRUNE);
    expect(doings(plan)).toEqual([
      "create exception-list new",
      "conflict exception-item moving",
      "conflict rule r1",
      "conflict exception-list old",
    ]);
    expect(conflictOf(plan, "exception-item")).toEqual({
      code: "blocked",
      message: 'it moves to the list "new" with the rule "Rule one", which is in conflict and would lose it',
      help: "resolve that conflict first",
    });
    // A rule whose file keeps the old list loses the item by its file.
    const kept = { ...after, rules: before.rules!, lists: [...after.lists!, listOf({ list_id: "old" })] };
    expect(doings(await world.plan(kept))).toContain("replace exception-item moving");
  });

  it("is not overwritten when it changes after the plan, and what was lost is said", async () => {
    const world = await applied();
    const plan = await world.plan(after);
    const edit = { act: "edit-item", item_id: "moving", change: { name: "Mine" } } as const;
    world.embedded.kibana.setFaults([
      {
        match: { method: "POST", path: "exception_lists" },
        times: 1,
        respond: { kind: "change", does: [edit] },
      },
    ]);
    const changed = await world.apply(plan);
    expect(changed.spaces[0]!.results[1]).toMatchObject({
      outcome: "failed",
      reason: "it was changed since the plan was made (Kibana has another version)",
    });
    expect(await getItem(world.client, "default", key)).toMatchObject({ list_id: "old", name: "Mine" });

    const other = await applied();
    const fresh = await other.plan(after);
    other.embedded.kibana.setFaults([
      {
        match: { method: "POST", path: "exception_lists/items" },
        respond: { kind: "status", status: 403, body: { statusCode: 403, message: "no" } },
      },
    ]);
    const lost = await other.apply(fresh);
    expect(lost.spaces[0]!.results[1]).toMatchObject({
      outcome: "failed",
      help: `THE EXCEPTION ITEM IS GONE: fix the cause and apply again, or get it back as it was with kdac rollback ${lost.snapshot}`,
    });
    other.embedded.kibana.setFaults([]);
    expect((await other.apply(await other.back())).summary).toMatchObject({ failed: 0 });
    expect(await getItem(other.client, "default", key)).toMatchObject({ list_id: "old" });
  });
});
