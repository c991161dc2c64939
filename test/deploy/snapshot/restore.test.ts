import { describe, expect, it } from "vitest";
import { lostComments, type ListIds, restoring } from "../../../src/deploy/snapshot/restore.js";
import type { SnapshotObject } from "../../../src/deploy/snapshot/types.js";
import { createItem, createList, getRule, patchRule } from "../../../src/kibana/endpoints/index.js";
import { desiredRule, listOf, reference, ruleFields } from "../support.js";
import { type Json, RollbackWorld } from "./world.js";

const NOTHING: ListIds = { made: new Set(), live: new Map(), extended: new Set() };
const names = (rule: Json): string[] =>
  (rule["exceptions_list"] as { list_id: string }[]).map(({ list_id }) => list_id);

const ruleObject = (had: Json[], wrote: Json[]): SnapshotObject => ({
  kind: "rule",
  key: "rule/default/r1",
  id: "r1",
  name: "Rule one",
  action: "update",
  before: { ...ruleFields(), id: "1", exceptions_list: had },
  wrote: { body: { ...ruleFields(), exceptions_list: wrote } },
});

describe("the exception lists of a rule that goes back", () => {
  const [old, young, mine] = [reference("old"), reference("young"), reference("mine")];
  const back = (lists: Partial<ListIds> = {}, live: Json[] = [young, mine]): unknown =>
    restoring(ruleObject([old], [young]), { exceptions_list: live }, [], { ...NOTHING, ...lists }).body[
      "exceptions_list"
    ];

  it("are those that it had, and those that somebody attached since; those that the apply attached go", () => {
    expect(back()).toEqual([old, mine]);
    expect(back({}, [old, young, mine])).toEqual([old, mine]);
  });

  it("are those that the apply attached too, while others have exceptions in them", () => {
    expect(back({ extended: new Set(["single:young"]) })).toEqual([old, young, mine]);
  });

  it("have the ids that the lists have now, and none where the list is yet to be made again", () => {
    expect(back({ live: new Map([["single:old", "now"]]) })).toEqual([{ ...old, id: "now" }, mine]);
    const { id: _, ...bare } = old;
    expect(back({ made: new Set(["single:old"]) })).toEqual([bare, mine]);
  });

  it("of a rule that is gone are those that it had", () => {
    const { body } = restoring(ruleObject([old], [young]), undefined, [], NOTHING);
    expect(body["exceptions_list"]).toEqual([old]);
  });
});

describe("an exception item that goes back", () => {
  const object = (comments: string[]): SnapshotObject => ({
    kind: "exception-item",
    key: "exception-item/default/i",
    id: "i",
    name: "I",
    action: "update",
    before: {
      id: "1",
      item_id: "i",
      list_id: "l",
      namespace_type: "single",
      type: "simple",
      name: "I",
      description: "d",
      entries: [],
      tags: ["ownerSpaceId:default", "mine"],
      comments: comments.map((comment, i) => ({ id: `${i}`, comment })),
    },
    wrote: null,
  });
  const said = (...texts: string[]): Json[] => texts.map((comment, i) => ({ id: `c${i}`, comment }));
  const live = (comments: Json[], list_id = "l"): Json => ({ id: "1", list_id, comments, _version: "v" });

  it("keeps the comments that are there, and gets back those that were lost, each as often as it was", () => {
    const { body } = restoring(object(["a", "b", "b"]), live(said("b", "c")), [], NOTHING);
    expect(body["comments"]).toEqual([...said("b", "c"), { comment: "a" }, { comment: "b" }]);
    expect(body["_version"]).toBe("v");
    expect(body["tags"]).toEqual(["mine"]);
    expect(body["meta"]).toEqual({});
    expect(lostComments({ comments: said("a", "a") }, { comments: said("a") })).toEqual(["a"]);
  });

  it("is a new one with all comments where it was deleted, or is in another list", () => {
    const gone = restoring(object(["a"]), undefined, [], NOTHING).body;
    expect([gone["comments"], gone["_version"], gone["list_id"]]).toEqual([
      [{ comment: "a" }],
      undefined,
      "l",
    ]);
    const moved = restoring(object(["a", "b"]), live(said("b", "c"), "other"), [], NOTHING).body;
    expect([moved["comments"], moved["_version"], moved["list_id"]]).toEqual([
      [{ comment: "b" }, { comment: "c" }, { comment: "a" }],
      undefined,
      "l",
    ]);
  });
});

describe("a rollback of a rule", () => {
  const young = listOf({ list_id: "young" }, [{}]);
  const plain = { rules: [desiredRule()] };
  const listed = { rules: [desiredRule({ exceptions_list: [reference("young")] })], lists: [young] };

  async function applied(): Promise<RollbackWorld> {
    const world = new RollbackWorld();
    await world.apply(await world.plan(plain));
    await world.apply(await world.plan(listed));
    return world;
  }
  const rule = async (world: RollbackWorld): Promise<Json> =>
    (await getRule(world.client, "default", { rule_id: "r1" }))!;

  it("keeps a list that an analyst attached since, and takes off that of the apply", async () => {
    const world = await applied();
    const { id } = await createList(
      world.client,
      "default",
      { ...listOf({ list_id: "mine" }).list },
      () => true,
    );
    const attached = (await rule(world))["exceptions_list"] as Json[];
    await patchRule(world.client, "default", {
      rule_id: "r1",
      exceptions_list: [...attached, reference("mine", { id })],
    });
    await world.apply(await world.back(true));
    expect(names(await rule(world))).toEqual(["mine"]);
  });

  it("keeps the list of the apply attached, with its items, when an analyst put an exception into it", async () => {
    const world = await applied();
    const [theirs] = listOf({ list_id: "young" }, [{ item_id: "theirs", name: "Theirs" }]).items;
    await createItem(world.client, "default", { ...theirs! }, () => true);
    const [{ changes } = { changes: [] }] = (await world.back()).spaces;
    expect(changes.map(({ action, kind, notes }) => [action, kind, notes])).toEqual([
      ["conflict", "exception-list", undefined],
      ["conflict", "exception-item", undefined],
      [
        "update",
        "rule",
        [
          'exception list "young" stays attached: it has exceptions that others made or changed, which would stop to apply',
        ],
      ],
    ]);
    await world.apply(await world.back());
    expect(names(await rule(world))).toEqual(["young"]);
    expect((await world.state())["items"]).toHaveLength(2);
  });

  it("takes the list off again that was there before the apply attached it", async () => {
    const world = new RollbackWorld();
    await world.apply(await world.plan({ ...plain, lists: [young] }));
    const [theirs] = listOf({ list_id: "young" }, [{ item_id: "theirs" }]).items;
    await createItem(world.client, "default", { ...theirs! }, () => true);
    await world.apply(await world.plan(listed));
    await world.apply(await world.back());
    expect(names(await rule(world))).toEqual([]);
  });
});
