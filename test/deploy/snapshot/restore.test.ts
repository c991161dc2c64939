import { describe, expect, it } from "vitest";
import { lostComments, type ListIds, restoring } from "../../../src/deploy/snapshot/restore.js";
import type { SnapshotObject } from "../../../src/deploy/snapshot/types.js";
import type { Plan } from "../../../src/deploy/plan/types.js";
import {
  createItem,
  createList,
  getRule,
  listLists,
  patchRule,
} from "../../../src/kibana/endpoints/index.js";
import { desiredRule, listOf, reference, ruleFields, type Wanted } from "../support.js";
import { type Json, RollbackWorld } from "./world.js";

const NOTHING: ListIds = {
  made: new Set(),
  live: new Map(),
  extended: new Set(),
  detached: new Set(),
  overwriteDrift: false,
};
/** When Kibana is asked before, at and after the apply, whose snapshot has the client's time. */
const TIMES = { before: 900_000, apply: 1_000_000, after: 1_100_000 };
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

  describe("whose apply attached a list that was there", () => {
    let at = TIMES.before;
    const put = (world: RollbackWorld, item_id: string): Promise<unknown> => {
      const [item] = listOf({ list_id: "young" }, [{ item_id, name: item_id }]).items;
      return createItem(world.client, "default", { ...item! }, () => true);
    };
    async function attached(): Promise<RollbackWorld> {
      at = TIMES.before;
      const world = new RollbackWorld({ now: () => new Date(at) });
      await world.apply(await world.plan({ ...plain, lists: [young] }));
      await put(world, "earlier");
      at = TIMES.apply;
      await world.apply(await world.plan(listed));
      at = TIMES.after;
      return world;
    }
    const rulesOf = ({ spaces }: Plan): unknown[] =>
      spaces[0]!.changes.map(({ kind, action, notes, conflict }) => [kind, action, notes, conflict]);

    it("takes it off again, with what others had in it before", async () => {
      const world = await attached();
      const back = await world.back();
      expect(rulesOf(back)).toEqual([["rule", "update", undefined, undefined]]);
      await world.apply(back);
      expect(names(await rule(world))).toEqual([]);
    });

    it("keeps it when others put an exception into it since, and takes it off when told so", async () => {
      const world = await attached();
      await put(world, "later");
      const kept =
        'exception list "young" stays attached: it has exceptions that others made or changed, which would stop to apply';
      const off =
        'takes exception list "young" off: it has exceptions that others made or changed, which stop to apply';
      const back = await world.back();
      expect(rulesOf(back)).toEqual([["rule", "update", [kept], undefined]]);
      await world.apply(back);
      expect(names(await rule(world))).toEqual(["young"]);
      const other = await attached();
      await put(other, "later");
      const over = await other.back(true);
      expect(rulesOf(over)).toEqual([["rule", "update", [off], undefined]]);
      await other.apply(over);
      expect(names(await rule(other))).toEqual([]);
    });
  });

  describe("whose list the apply took off", () => {
    const request = { path: "/api/exception_lists", doing: "delete", repeat: "never" } as const;
    async function taken(isMadeAgain: boolean): Promise<RollbackWorld> {
      const world = new RollbackWorld();
      await world.apply(await world.plan(listed));
      await world.apply(await world.plan({ ...plain, lists: [young] }));
      const query = { list_id: "young", namespace_type: "single" };
      await world.client.json({ ...request, method: "DELETE", query });
      if (isMadeAgain) await createList(world.client, "default", { ...young.list }, () => true);
      return world;
    }

    it("refers to the one of that name that is there by now", async () => {
      const world = await taken(true);
      await world.apply(await world.back());
      const [list] = (await listLists(world.client, "default")).filter(({ list_id }) => list_id === "young");
      expect((await rule(world))["exceptions_list"]).toEqual([reference("young", { id: list!.id })]);
    });

    it("does not go back where it is gone", async () => {
      const world = await taken(false);
      const [{ changes } = { changes: [] }] = (await world.back()).spaces;
      expect(changes.map(({ action, conflict }) => [action, conflict])).toEqual([
        [
          "conflict",
          {
            code: "missing-reference",
            message: 'its exception list "young" (single) was deleted since that apply',
            help: "make the list again, or go back without it with --overwrite-drift",
          },
        ],
      ]);
    });
  });

  it("goes back without a list that is gone when told so, and says it", async () => {
    const world = new RollbackWorld();
    const rules = (severity: string, lists: Json[]): Wanted => ({
      rules: [desiredRule({ severity, exceptions_list: lists })],
      lists: [young],
    });
    await world.apply(await world.plan(rules("low", [reference("young")])));
    await world.apply(await world.plan(rules("high", [])));
    const query = { list_id: "young", namespace_type: "single" };
    const path = "/api/exception_lists";
    await world.client.json({ method: "DELETE", path, query, doing: "delete", repeat: "never" });
    const [{ changes } = { changes: [] }] = (await world.back(true)).spaces;
    expect(
      changes.map(({ action, notes, write }) => [action, notes, write?.body["exceptions_list"]]),
    ).toEqual([["update", ['goes back without exception list "young", which was deleted since'], []]]);
  });

  it("takes off and deletes the list of the apply in which our own exception was edited, when told so", async () => {
    const world = await applied();
    const [own] = (await world.state())["items"] as Json[];
    await world.client.json({
      method: "PUT",
      path: "/api/exception_lists/items",
      body: {
        item_id: own!["item_id"],
        namespace_type: "single",
        type: "simple",
        name: own!["name"],
        description: "edited",
        entries: own!["entries"],
        meta: own!["meta"],
      },
      doing: "edit",
      repeat: "never",
    });
    const doings = async (over: boolean): Promise<unknown> =>
      (await world.back(over)).spaces[0]!.changes.map(({ action, kind, notes }) => [action, kind, notes]);
    expect(await doings(false)).toEqual([
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
    expect(await doings(true)).toEqual([
      ["update", "rule", undefined],
      ["delete", "exception-item", undefined],
      ["delete", "exception-list", undefined],
    ]);
    await world.apply(await world.back(true));
    expect(names(await rule(world))).toEqual([]);
    const lists = (await world.state())["lists"] as Json[];
    expect(lists.map(({ list_id }) => list_id)).toEqual(["endpoint_list"]);
  });
});
