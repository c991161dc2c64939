import { describe, expect, it } from "vitest";
import type { Change, Plan } from "../../../src/deploy/plan/types.js";
import {
  createItem,
  createList,
  createRule,
  type Namespace,
  patchRule,
} from "../../../src/kibana/endpoints/index.js";
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
import { type Json, RollbackWorld } from "./world.js";

const agnostic = { namespace_type: "agnostic" };
const shared = listOf({ list_id: "shared", ...agnostic }, [{}]);
const ours: Wanted = {
  rules: [desiredRule({ exceptions_list: [reference("shared", agnostic)] })],
  lists: [shared],
};
const SPACES = ["default", "emea"];

const doings = ({ spaces }: Plan): string[] =>
  spaces.flatMap(({ space, changes }) => changes.map(({ action: does, key }) => `${space}: ${does} ${key}`));
const conflictOf = ({ spaces }: Plan, kind: Change["kind"]): Change["conflict"] =>
  spaces.flatMap(({ changes }) => changes).find((change) => change.kind === kind)?.conflict;
const inUse = (by: string): unknown => ({
  code: "in-use",
  message: `${by}, which the rollback does not touch, uses it by now`,
  help: "end that in Kibana, or leave it where it is",
});

async function listId(world: RollbackWorld, name: string, of: Namespace): Promise<unknown> {
  const lists = (await world.client.json({
    method: "GET",
    path: "/api/exception_lists/_find",
    query: { namespace_type: "single,agnostic" },
    doing: "find",
    repeat: "never",
  })) as { data: Json[] };
  return lists.data.find(({ list_id, namespace_type }) => list_id === name && namespace_type === of)!["id"];
}

/** Somebody's rule that refers to a list of the apply. */
async function attach(
  world: RollbackWorld,
  space: string,
  list: string,
  namespace_type: Namespace,
  rule_id = "theirs",
): Promise<void> {
  const exceptions_list = [
    reference(list, { id: await listId(world, list, namespace_type), namespace_type }),
  ];
  await createRule(
    world.client,
    space,
    { ...ruleFields({ name: "Theirs", exceptions_list }), rule_id },
    () => true,
  );
}

describe("a list of all spaces that the apply made", () => {
  async function applied(): Promise<RollbackWorld> {
    const world = new RollbackWorld({ spaces: ["emea", "outside"] });
    await world.apply(await world.plan(ours, {}, SPACES));
    return world;
  }

  it("goes when the rollback takes it off the rules of all its spaces", async () => {
    const world = await applied();
    const back = await world.back();
    expect(doings(back)).toEqual([
      "default: delete rule/default/r1",
      "default: delete exception-item/*/shared-0",
      "default: delete exception-list/*/shared",
      "emea: delete rule/emea/r1",
    ]);
    expect(back.spaces[0]!.changes[2]!.needs).toEqual(["exception-item/*/shared-0"]);
    expect((await world.apply(back)).summary).toMatchObject({ deleted: 4, failed: 0, skipped: 0 });
  });

  it("stays with its items when one space alone goes back, as the other's rule of that rule_id uses it", async () => {
    const world = await applied();
    const back = await world.back(true, { spaces: ["default"] });
    expect(doings(back)).toEqual([
      "default: conflict exception-list/*/shared",
      "default: conflict exception-item/*/shared-0",
      "default: delete rule/default/r1",
    ]);
    expect(conflictOf(back, "exception-list")).toEqual(inUse('the rule "Rule one" of space "emea"'));
    await world.apply(back);
    expect((await world.state("emea"))["items"]).toHaveLength(1);
  });

  it("stays when a rule outside the environment uses it", async () => {
    const world = await applied();
    await attach(world, "outside", "shared", "agnostic", "r1");
    const back = await world.back(true);
    expect(conflictOf(back, "exception-list")).toEqual(inUse('the rule "Theirs" of space "outside"'));
  });

  it("stays when somebody attaches it after the plan was made, with its items", async () => {
    const world = await applied();
    const back = await world.back();
    await attach(world, "outside", "shared", "agnostic");
    const { spaces } = await world.apply(back);
    const reason = 'the rule "Theirs" of space "outside" uses it by now';
    const help = "end that in Kibana and plan again, or leave it";
    expect(spaces.flatMap(({ results }) => results)).toMatchObject([
      { outcome: "done", kind: "rule" },
      { outcome: "skipped", kind: "exception-item", reason: `its list stays: not deleted: ${reason}`, help },
      { outcome: "skipped", kind: "exception-list", reason: `not deleted: ${reason}`, help },
      { outcome: "done", kind: "rule" },
    ]);
    expect((await world.state())["items"]).toHaveLength(1);
  });

  it("stays where a space can no longer be read when it is to be deleted", async () => {
    const world = await applied();
    const back = await world.back();
    world.embedded.kibana.setFaults([
      { match: { space: "outside" }, respond: { kind: "status", status: 403 } },
    ]);
    const { summary, spaces } = await world.apply(back);
    expect(summary).toMatchObject({ deleted: 2, skipped: 2, failed: 0 });
    expect(spaces[0]!.results[2]!.reason).toMatch(
      /^not deleted: who uses it is not known \(space "outside": .*403/,
    );
  });
});

describe("a list of one space that the apply made", () => {
  const wanted: Wanted = {
    rules: [desiredRule({ exceptions_list: [reference("own")] })],
    lists: [listOf({ list_id: "own" }, [{}])],
  };

  it("goes although another space has a list of that name that is used", async () => {
    const world = new RollbackWorld({ spaces: ["emea"] });
    await createList(world.client, "emea", { ...listOf({ list_id: "own" }).list }, () => true);
    await createRule(
      world.client,
      "emea",
      { ...ruleFields({ exceptions_list: [reference("own")] }), rule_id: "r1" },
      () => true,
    );
    await world.apply(await world.plan(wanted));
    expect(doings(await world.back())).toEqual([
      "default: delete rule/default/r1",
      "default: delete exception-item/default/own-0",
      "default: delete exception-list/default/own",
    ]);
  });

  it("stays with its items when a rule that the rollback leaves as it is uses it", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(wanted));
    await attach(world, "default", "own", "single");
    const back = await world.back(true);
    expect(conflictOf(back, "exception-list")).toEqual(inUse('the rule "Theirs"'));
    expect(conflictOf(back, "exception-item")).toEqual({
      code: "blocked",
      message: 'its list stays: the rule "Theirs", which the rollback does not touch, uses it by now',
      help: "end that in Kibana, or leave it where it is",
    });
    const rule = back.spaces[0]!.changes.find(({ kind }) => kind === "rule");
    expect(rule).toMatchObject({ action: "delete" });
  });

  it("stays when our own rule that uses it is in conflict, or has it after the rollback too", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(wanted));
    await patchRule(world.client, "default", { rule_id: "r1", note: "mine" });
    expect(conflictOf(await world.back(), "exception-list")).toEqual(inUse('the rule "Rule one"'));
  });

  it("stays with an item that somebody added, and items of both kinds of lists of one name are told apart", async () => {
    const world = new RollbackWorld();
    const both: Wanted = {
      lists: [
        listOf({ list_id: "twin" }, [{ item_id: "one" }]),
        listOf({ list_id: "twin", ...agnostic }, [{ item_id: "one" }]),
      ],
    };
    await world.apply(await world.plan(both));
    expect(doings(await world.back())).toEqual([
      "default: delete exception-item/default/one",
      "default: delete exception-item/*/one",
      "default: delete exception-list/default/twin",
      "default: delete exception-list/*/twin",
    ]);
    const { items } = listOf({ list_id: "twin", ...agnostic }, [{ item_id: "theirs", name: "Theirs" }]);
    await createItem(world.client, "default", { ...items[0]! }, () => true);
    const back = await world.back(true);
    expect(doings(back)).toEqual([
      "default: conflict exception-list/*/twin",
      "default: conflict exception-item/*/one",
      "default: delete exception-item/default/one",
      "default: delete exception-list/default/twin",
    ]);
    expect(conflictOf(back, "exception-list")).toEqual(inUse('the exception "Theirs"'));
    await attach(world, "default", "twin", "agnostic");
    const [{ changes } = { changes: [] }] = (await world.back(true)).spaces;
    expect(changes.filter(({ action: does }) => does === "conflict").map(({ key }) => key)).toEqual([
      "exception-list/*/twin",
      "exception-item/*/one",
    ]);
  });
});

describe("a value list that the apply made", () => {
  const asking = {
    entries: [
      { type: "list", field: "host.name", operator: "included", list: { id: "hosts", type: "keyword" } },
    ],
  };
  const wanted: Wanted = { lists: [listOf({}, [asking])], valueLists: [valuesOf(["a"])] };

  it("goes with the items that ask it", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(wanted));
    const before = await world.back();
    expect(doings(before)).toEqual([
      "default: delete exception-item/default/trusted-0",
      "default: delete exception-list/default/trusted",
      "default: delete value-list/default/hosts",
    ]);
    expect((await world.apply(before)).summary).toMatchObject({ deleted: 3, failed: 0 });
  });

  it("stays when an item that stays asks it, in whatever list, or a rule searches it", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan({ valueLists: [valuesOf(["a"])] }));
    const { list, items } = listOf({ list_id: "theirs", ...agnostic }, [{ ...asking, name: "Theirs" }]);
    await createList(world.client, "default", { ...list }, () => true);
    const item = await createItem(world.client, "default", { ...items[0]! }, () => true);
    expect(conflictOf(await world.back(), "value-list")).toEqual(inUse('the exception item "Theirs"'));
    await world.client.json({
      method: "DELETE",
      path: "/api/exception_lists/items",
      query: { id: item.id, namespace_type: "agnostic" },
      doing: "delete",
      repeat: "never",
    });
    expect(conflictOf(await world.back(), "value-list")).toBeUndefined();
    const matching = ruleFields({
      name: "Matching",
      type: "threat_match",
      language: "kuery",
      index: ["logs-*"],
      threat_index: [".items-*"],
      threat_query: "*:*",
      threat_mapping: [{ entries: [{ field: "a", type: "mapping", value: "keyword" }] }],
    });
    const rule = { ...matching, rule_id: "m" };
    await createRule(world.client, "default", rule, () => true);
    expect(conflictOf(await world.back(), "value-list")).toEqual(inUse('the rule "Matching"'));
  });

  it("stays when an item of a list that stays asks it", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(wanted));
    await attach(world, "default", "trusted", "single");
    const back = await world.back();
    expect(doings(back)).toEqual([
      "default: conflict value-list/default/hosts",
      "default: conflict exception-list/default/trusted",
      "default: conflict exception-item/default/trusted-0",
    ]);
    expect(conflictOf(back, "value-list")).toEqual(inUse('the exception item "Item 0"'));
  });
});

describe("a connector that the apply made", () => {
  const wanted: Wanted = {
    rules: [desiredRule({ actions: [action()] }, ["soc-slack"])],
    connectors: [connectorOf()],
  };

  it("goes with the rules that use it, and stays for others", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan(wanted));
    expect(doings(await world.back())).toEqual([
      "default: delete rule/default/r1",
      "default: delete connector/default/soc-slack",
    ]);
    const [connector] = (await world.state())["connectors"] as { id: string }[];
    const rule = {
      ...ruleFields({ name: "Theirs", actions: [action({ id: connector!.id })] }),
      rule_id: "t",
    };
    await createRule(world.client, "default", rule, () => true);
    expect(conflictOf(await world.back(), "connector")).toEqual(inUse('the rule "Theirs"'));
  });
});
