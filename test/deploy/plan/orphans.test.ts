import { describe, expect, it } from "vitest";
import { InvalidFiles } from "../../../src/deploy/plan/invalid-files.js";
import { plan } from "../../../src/deploy/plan/plan.js";
import type { Change, Plan, Policy } from "../../../src/deploy/plan/types.js";
import type { LiveItem, LiveList } from "../../../src/kibana/endpoints/index.js";
import {
  actual,
  applied,
  changesOf,
  desired,
  desiredRule,
  itemLive,
  listLive,
  listOf,
  only,
  planOne,
  POLICY,
  reference,
  ruleFields,
  type State,
  stored,
  uuid,
  valuesLive,
  valuesOf,
  type Wanted,
} from "../support.js";

const PRUNE = { prune: true };
const actions = (planned: Plan): string[] =>
  changesOf(planned).map(
    ({ kind, id, action, conflict }) =>
      `${action} ${kind} ${id}${conflict === undefined ? "" : ` ${conflict.code}`}`,
  );

/** Lists with their items as they are after this project applied them. */
function appliedLists(wanted: Wanted): { lists: LiveList[]; items: LiveItem[] } {
  const created = changesOf(planOne(wanted));
  const bodies = (kind: Change["kind"]): Record<string, unknown>[] =>
    created.filter((change) => change.kind === kind).map(({ write }) => ({ ...write!.body }));
  return {
    lists: bodies("exception-list").map((body) => listLive({ ...body, id: uuid() })),
    items: bodies("exception-item").map((body) => itemLive({ ...body, id: uuid() })),
  };
}

describe("a rule that no file wants any more", () => {
  const mine = (): State => ({ rules: [applied(desiredRule())] });

  it("is an orphan, and stays", () => {
    const change = only(planOne({}, mine()));
    expect(change).toMatchObject({ action: "orphan", state: "orphaned", file: "", name: "Rule one" });
    expect(change.write).toBeUndefined();
    expect(change.expected).toBeUndefined();
  });

  it("is deleted with --prune", () => {
    const state = mine();
    expect(only(planOne({}, state, PRUNE))).toMatchObject({
      action: "delete",
      expected: { id: state.rules![0]!.id, revision: 0 },
    });
  });

  it("is not deleted when somebody changed it, unless drift is overwritten", () => {
    const drifted: State = { rules: [applied(desiredRule(), { severity: "high" })] };
    expect(only(planOne({}, drifted))).toMatchObject({ action: "orphan", drift: true });
    expect(only(planOne({}, drifted, PRUNE))).toMatchObject({
      action: "conflict",
      conflict: { code: "drift" },
      last: { by: "ci" },
    });
    expect(only(planOne({}, drifted, { ...PRUNE, overwriteDrift: true })).action).toBe("delete");
  });

  it.each([
    ["has no mark", stored(ruleFields())],
    [
      "is another project's",
      stored(ruleFields({ meta: { kdac: { project: "b", rule_id: "r1", digest: "1:0" } } })),
    ],
    ["is a duplicate that copied the mark", { ...applied(desiredRule()), rule_id: "copy" }],
    [
      "lost its mark in Kibana's form",
      stored(ruleFields({ meta: { kibana_siem_app_url: "u" } }), { revision: 2 }),
    ],
  ])("is nobody's business when it %s", (_, rule) => {
    expect(
      changesOf(planOne({}, { rules: [rule] }, { ...PRUNE, adopt: true, overwriteDrift: true })),
    ).toEqual([]);
  });

  it("says that its analysts' exceptions go unused", () => {
    const own = reference("own", { type: "rule_default" });
    const rule = applied(desiredRule(), { exceptions_list: [own, reference("shared")] });
    const change = only(planOne({}, { rules: [rule], items: [itemLive({ list_id: "own" })] }, PRUNE));
    expect(change).toMatchObject({ action: "delete" });
    expect(change.notes).toEqual([
      'its own exception list "own" stays with 1 item of analysts, which then take nothing out any more',
    ]);
  });

  it("is left alone when its file is kept back by the stack", () => {
    const files = {
      invalid: new InvalidFiles([]),
      withheldRules: new Set(["r1"]),
      agnostic: new Set<string>(),
    };
    const planned = plan(
      { environment: "test", spaces: [desired({})], files },
      { url: "u", version: "9.5.1", spaces: [actual(mine())] },
      { ...POLICY, ...PRUNE },
    );
    expect(only(planned)).toMatchObject({ action: "unchanged", notes: [/not for this stack/] });
  });
});

describe("lists and items that no file wants any more", () => {
  const all: Wanted = { lists: [listOf({}, [{}, {}])] };

  it("are deleted items first, the list when they are gone", () => {
    const planned = planOne({}, appliedLists(all), PRUNE);
    expect(actions(planned)).toEqual([
      "delete exception-item trusted-0",
      "delete exception-item trusted-1",
      "delete exception-list trusted",
    ]);
    expect(changesOf(planned).at(-1)!.needs).toEqual([
      "exception-item/default/trusted-0",
      "exception-item/default/trusted-1",
    ]);
  });

  it("an item alone goes from a list that stays", () => {
    const planned = planOne({ lists: [listOf({}, [{}])] }, appliedLists(all), PRUNE);
    expect(actions(planned)).toEqual([
      "unchanged exception-list trusted",
      "unchanged exception-item trusted-0",
      "delete exception-item trusted-1",
    ]);
  });

  it("a list with an analyst's item stays", () => {
    const { lists, items } = appliedLists(all);
    const planned = planOne({}, { lists, items: [...items, itemLive({ item_id: "theirs" })] }, PRUNE);
    expect(actions(planned)).toContain("conflict exception-list trusted in-use");
    expect(actions(planned).filter((action) => action.includes("theirs"))).toEqual([]);
  });

  it("a list that somebody else's rule uses stays, with its items", () => {
    const others = [stored(ruleFields({ rule_id: "theirs", exceptions_list: [reference()] }))];
    expect(actions(planOne({}, { ...appliedLists(all), others }, PRUNE))).toEqual([
      "conflict exception-item trusted-0 in-use",
      "conflict exception-item trusted-1 in-use",
      "conflict exception-list trusted in-use",
    ]);
  });

  it("a list goes after the rule that is deleted, or that lets go of it", () => {
    const wanted = { rules: [desiredRule({ exceptions_list: [reference()] })], ...all };
    const state = appliedLists(all);
    const rule = applied(wanted.rules[0]!, {}, state);
    const deleted = planOne({}, { ...state, rules: [rule] }, PRUNE);
    expect(actions(deleted)[0]).toBe("delete rule r1");
    expect(changesOf(deleted).at(-1)).toMatchObject({ action: "delete", kind: "exception-list" });
    expect(changesOf(deleted).at(-1)!.needs).toContain("rule/default/r1");
    const freed = planOne({ rules: [desiredRule()] }, { ...state, rules: [rule] }, PRUNE);
    expect(changesOf(freed).at(-1)).toMatchObject({ action: "delete", kind: "exception-list" });
  });

  it.each([
    ["nobody looked", undefined, "nobody looked"],
    ["somebody could not", new Map([["default", "no privilege"]]), 'space "default": no privilege'],
  ])("a list stays where who uses it is not known, as %s", (_, unread, why) => {
    const { users, ...blind } = actual(appliedLists(all));
    const spaces = [unread === undefined ? blind : { ...blind, users: { ...users!, unread } }];
    const planned = plan(
      { environment: "test", spaces: [desired({})] },
      { url: "u", version: "9.5.1", spaces },
      { ...POLICY, ...PRUNE },
    );
    const conflict = {
      code: "in-use",
      message: `who uses exception list "trusted" is not known (${why})`,
      help: "let the key read rules and exceptions there, or delete it in Kibana",
    };
    expect(changesOf(planned).map(({ kind, conflict: found }) => [kind, found])).toEqual([
      ["exception-item", conflict],
      ["exception-item", conflict],
      ["exception-list", conflict],
    ]);
  });

  it("what all spaces share is no orphan where some other space has its file, and its list is never deleted", () => {
    const agnostic: Wanted = { lists: [listOf({ namespace_type: "agnostic" }, [{}])] };
    const state = appliedLists(agnostic);
    const files = {
      invalid: new InvalidFiles([]),
      withheldRules: new Set<string>(),
      agnostic: new Set(["agnostic:trusted", "agnostic:trusted-0"]),
    };
    const planned = plan(
      { environment: "test", spaces: [desired({})], files },
      { url: "u", version: "9.5.1", spaces: [actual(state)] },
      { ...POLICY, ...PRUNE },
    );
    expect(changesOf(planned)).toEqual([]);
    expect(only(planOne({}, state, PRUNE), "exception-list").conflict?.code).toBe("in-use");
  });
});

describe("a value list that no file wants any more", () => {
  const live = valuesLive(valuesOf(["a"]));
  const asking = (list = "hosts"): Record<string, unknown> => ({
    entries: [
      { type: "list", field: "host.name", operator: "included", list: { id: list, type: "keyword" } },
    ],
  });
  const matching = ruleFields({
    rule_id: "theirs",
    name: "Theirs",
    type: "threat_match",
    index: ["logs-*"],
    threat_index: [".items-default"],
    threat_query: 'list_id: "hosts"',
    threat_mapping: [{ entries: [{ field: "a", type: "mapping", value: "keyword" }] }],
    threat_language: "kuery",
  });
  const conflictOf = (state: State, wanted: Wanted = {}): unknown =>
    only(planOne(wanted, { valueLists: [live], ...state }, PRUNE), "value-list").conflict;

  it("is deleted when nothing asks it", () => {
    expect(only(planOne({}, { valueLists: [live] }), "value-list").action).toBe("orphan");
    expect(only(planOne({}, { valueLists: [live] }, PRUNE), "value-list")).toMatchObject({
      action: "delete",
    });
    expect(conflictOf({ items: [itemLive(asking("others"))] })).toBeUndefined();
  });

  it("stays where an item asks it, or a rule searches it, whoever's they are", () => {
    expect(conflictOf({ items: [itemLive(asking())] })).toEqual({
      code: "in-use",
      message: 'exception item "trusted-0" asks value list "hosts"',
      help: "take the list out of the item first",
    });
    expect(conflictOf({ others: [stored(matching)] })).toEqual({
      code: "in-use",
      message: 'rule "Theirs" searches value list "hosts"',
      help: "take the list out of the rule first",
    });
  });

  it("stays where an analyst changed it, or who asks it is not known", () => {
    expect(conflictOf({ valueLists: [{ ...live, values: ["a", "b"] }] })).toMatchObject({ code: "drift" });
    const { users: _, ...blind } = actual({ valueLists: [live] });
    const planned = plan(
      { environment: "test", spaces: [desired({})] },
      { url: "u", version: "9.5.1", spaces: [blind] },
      { ...POLICY, ...PRUNE },
    );
    expect(only(planned, "value-list").conflict).toMatchObject({
      code: "in-use",
      message: 'who uses value list "hosts" is not known (nobody looked)',
    });
  });

  it("goes after the items and rules that ask it no more", () => {
    const before = { lists: [listOf({}, [asking()])], valueLists: [valuesOf(["a"])] };
    const state = appliedLists(before);
    const gone = planOne({}, { ...state, valueLists: [live] }, PRUNE);
    expect(changesOf(gone).at(-1)).toMatchObject({
      action: "delete",
      kind: "value-list",
      needs: ["exception-item/default/trusted-0"],
    });
    const changed = planOne({ lists: [listOf({}, [{}])] }, { ...state, valueLists: [live] }, PRUNE);
    expect(changesOf(changed).at(-1)).toMatchObject({
      action: "delete",
      kind: "value-list",
      needs: ["exception-item/default/trusted-0"],
    });
    const wanted = desiredRule(matching);
    const deleted = planOne({}, { rules: [applied(wanted)], valueLists: [live] }, PRUNE);
    expect(changesOf(deleted).at(-1)).toMatchObject({
      action: "delete",
      kind: "value-list",
      needs: ["rule/default/theirs"],
    });
    const freed = desiredRule({ ...matching, threat_index: ["ti-*"] });
    const updated = planOne({ rules: [freed] }, { rules: [applied(wanted)], valueLists: [live] }, PRUNE);
    expect(changesOf(updated).at(-1)).toMatchObject({ action: "delete", needs: ["rule/default/theirs"] });
    const kept = desiredRule({ ...matching, severity: "high" });
    expect(conflictOf({ rules: [applied(wanted)] }, { rules: [kept] })).toMatchObject({ code: "in-use" });
  });
});

describe("--max-deletes", () => {
  const rules = Array.from({ length: 4 }, (_, i) => desiredRule({ rule_id: `r${i}` }));
  const retyped = desiredRule({ rule_id: "r0", type: "eql", language: "eql", query: "any where true" });
  const prune = (policy: Partial<Policy>): Plan =>
    planOne({ rules: [retyped] }, { rules: rules.map((rule) => applied(rule)) }, { ...PRUNE, ...policy });

  it("counts deletions and replacements, and stops all of them", () => {
    expect(prune({ maxDeletes: 4 }).summary).toMatchObject({ replace: 1, delete: 3, conflict: 0 });
    const stopped = prune({ maxDeletes: 3 });
    expect(stopped.summary).toMatchObject({ replace: 0, delete: 0, conflict: 4 });
    expect(new Set(changesOf(stopped).map(({ conflict }) => conflict?.code))).toEqual(
      new Set(["too-many-deletes"]),
    );
    expect(changesOf(stopped)[0]!.conflict!.help).toContain("--max-deletes 4");
    expect(
      changesOf(stopped).every(({ write, expected }) => write === undefined && expected === undefined),
    ).toBe(true);
  });
});
