import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/deploy/plan/types.js";
import { planEnvironment } from "../../src/deploy/environment.js";
import { createItem, createList, getItem, getRule } from "../../src/kibana/endpoints/index.js";
import { RollbackWorld } from "./snapshot/world.js";
import { action, changesOf, desired, desiredRule, listOf, reference, type Wanted } from "./support.js";

const agnostic = { namespace_type: "agnostic" };
const list = (fields = {}): ReturnType<typeof listOf> =>
  listOf({ list_id: "shared", ...agnostic, ...fields }, [{}]);
const rule = desiredRule({ exceptions_list: [reference("shared", agnostic)] });
const wanted: Wanted = { rules: [rule], lists: [list()] };

async function planFor(world: RollbackWorld, of: Wanted, ...spaces: string[]): Promise<Plan> {
  const { plan, diagnostics } = await planEnvironment({
    environment: "test",
    configFile: "kdac.config.yml",
    spaces: spaces.map((space) => desired(of, space)),
    policy: { project: "acme" },
    createSpaces: true,
    connect: () => world.client,
  });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}
const doings = (plan: Plan): string[] =>
  plan.spaces.flatMap(({ space, changes }) =>
    changes.map(({ action: does, key }) => `${space}: ${does} ${key}`),
  );

describe("a space that is to be made", () => {
  it("shares the lists of all spaces that are there, and its rules refer to them", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(wanted));
    world.embedded.requests.length = 0;
    const plan = await planFor(world, wanted, "young");
    expect(doings(plan)).toEqual([
      "young: unchanged exception-list/*/shared",
      "young: unchanged exception-item/*/shared-0",
      "young: create rule/young/r1",
    ]);
    expect(world.embedded.requests).toEqual([
      "GET /api/status",
      "GET /api/spaces/space",
      "GET /api/spaces/space/young",
      "GET /api/exception_lists/_find",
      "GET /api/exception_lists/items/_find",
    ]);
    expect((await world.apply(plan)).summary).toMatchObject({ created: 1, failed: 0, skipped: 0 });
    const [first, young] = await Promise.all(
      ["default", "young"].map((space) => getRule(world.client, space, { rule_id: "r1" })),
    );
    expect(young!["exceptions_list"]).toEqual(first!["exceptions_list"]);
    expect(
      changesOf(await planFor(world, wanted, "young")).filter(({ action: does }) => does !== "unchanged"),
    ).toEqual([]);
  });

  it("gets a list of others that is there by its id, and makes one that is not", async () => {
    const world = new RollbackWorld();
    await createList(world.client, "default", { ...list().list }, () => true);
    const foreign = await planFor(world, { rules: [rule] }, "young");
    expect(changesOf(foreign).map(({ action: does, conflict }) => [does, conflict])).toEqual([
      ["create", undefined],
    ]);
    const none = new RollbackWorld();
    expect(doings(await planFor(none, wanted, "young"))[0]).toBe("young: create exception-list/*/shared");
    expect((await none.apply(await planFor(none, wanted, "young"))).summary).toMatchObject({
      created: 3,
      failed: 0,
    });
  });

  it("changes what all spaces share as seen before the write, and a rollback brings that back", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(wanted));
    const before = await world.state();
    const renamed = { rules: [rule], lists: [list({ description: "new" })] };
    const plan = await planFor(world, renamed, "young");
    expect(doings(plan)[0]).toBe("young: update exception-list/*/shared");
    await world.apply(plan);
    const back = await world.back();
    expect(doings(back)).toEqual(["young: update exception-list/*/shared", "young: delete rule/young/r1"]);
    await world.apply(back);
    expect(await world.state()).toEqual(before);
  });

  it("is refused when what all spaces share moved since the plan", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(wanted));
    const plan = await planFor(world, { rules: [rule], lists: [list({ description: "new" })] }, "young");
    await world.apply(await world.plan({ rules: [rule], lists: [list({ description: "other" })] }));
    const { result, diagnostics } = await world.tryApply(plan);
    expect(result).toBeUndefined();
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'exception list "shared" of space "young" was changed since the plan was made',
    ]);
  });

  it("keeps what others put into a list of all spaces", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(wanted));
    const [theirs] = listOf({ list_id: "shared", ...agnostic }, [{ item_id: "theirs" }]).items;
    await createItem(world.client, "default", { ...theirs! }, () => true);
    await world.apply(await planFor(world, wanted, "young"));
    expect(
      await getItem(world.client, "default", { item_id: "theirs", namespace_type: "agnostic" }),
    ).toBeDefined();
  });

  it("has the connectors of the server's own configuration, and no other", async () => {
    const preconfigured = [{ id: "mail", name: "Mail", connector_type_id: ".email" }];
    const world = new RollbackWorld({ preconfigured });
    const using = (name: string): Wanted => ({
      rules: [desiredRule({ actions: [action({ action_type_id: ".email" })] }, [name])],
    });
    const plan = await planFor(world, using("Mail"), "young");
    expect(
      changesOf(plan).map(({ action: does, write }) => [
        does,
        (write!.body["actions"] as { id: string }[])[0]!.id,
      ]),
    ).toEqual([["create", "mail"]]);
    expect((await world.apply(plan)).summary).toMatchObject({ created: 1, failed: 0 });
    const none = changesOf(await planFor(world, using("None"), "other"));
    expect(none[0]!.conflict).toMatchObject({ code: "missing-reference" });
  });
});
