import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/deploy/plan/types.js";
import type { LiveItem, LiveRule } from "../../../src/kibana/endpoints/index.js";
import { createItem, getRule } from "../../../src/kibana/endpoints/index.js";
import { RollbackWorld } from "../snapshot/world.js";
import {
  applied,
  desiredRule,
  itemLive,
  listLive,
  listOf,
  only,
  planOne,
  reference,
  type State,
  type Wanted,
} from "../support.js";

const first = desiredRule({ exceptions_list: [reference()] });
const live = (): State & { rules: LiveRule[] } => ({ rules: [applied(first)], lists: [listLive()] });
const theirs = (fields: Record<string, unknown> = {}): LiveItem =>
  itemLive({ item_id: "theirs", name: "Theirs", ...fields });
const ruleChange = (wanted: Wanted, state: State, policy = {}): Change =>
  only(planOne(wanted, state, policy));
const referencesOf = ({ write }: Change): unknown =>
  (write?.body["exceptions_list"] as { list_id: string; namespace_type: string }[] | undefined)?.map(
    ({ list_id, namespace_type }) => `${namespace_type}:${list_id}`,
  );
const stays = (list: string, items: string): string =>
  `exception list "${list}" stays attached although the file does not name it: ${items} would stop to apply; move them, or take the list off with --overwrite-drift`;

describe("a list that a rule's file names no more", () => {
  const without: Wanted = { rules: [desiredRule()] };

  it("is taken off when all in it is as this project wrote it", () => {
    const change = ruleChange(without, live());
    expect([change.action, referencesOf(change), change.notes, change.warnings]).toEqual([
      "update",
      [],
      undefined,
      undefined,
    ]);
  });

  it("stays while somebody's exceptions are in it, and the plan says so, now and later, until they are gone", () => {
    const state = { ...live(), items: [theirs()] };
    const change = ruleChange({ rules: [desiredRule({ severity: "high" })] }, state);
    expect([change.action, referencesOf(change), change.diff.map(({ path }) => path)]).toEqual([
      "update",
      ["single:trusted"],
      ["severity"],
    ]);
    const notes = [stays("trusted", 'an exception that others made or changed ("Theirs")')];
    expect(change.notes).toEqual(notes);
    const kept = { ...state.rules[0]!, severity: "high", meta: change.write!.body["meta"] } as LiveRule;
    const again = ruleChange({ rules: [desiredRule({ severity: "high" })] }, { ...state, rules: [kept] });
    expect([again.action, again.state, again.notes]).toEqual(["unchanged", "in-sync", notes]);
    const freed = ruleChange(
      { rules: [desiredRule({ severity: "high" })] },
      { rules: [kept], lists: [listLive()] },
    );
    expect([freed.action, referencesOf(freed), freed.notes]).toEqual(["update", [], undefined]);
  });

  it("is taken off with --overwrite-drift, with a warning that names what stops to apply", () => {
    const items = ["a", "b", "c", "d"].map((name) => theirs({ item_id: name, name }));
    const change = ruleChange(without, { ...live(), items }, { overwriteDrift: true });
    expect([change.action, referencesOf(change), change.notes]).toEqual(["update", [], undefined]);
    expect(change.warnings).toEqual([
      {
        code: "exceptions-detached",
        message:
          'takes exception list "trusted" off: 4 exceptions that others made or changed ("a", "b", "c", and 1 more) stop to apply',
      },
    ]);
  });

  it("stays for an exception of ours that somebody changed, and not for one in another list", () => {
    const wanted = { lists: [listOf({}, [{}])] };
    const created = only(planOne(wanted), "exception-item").write!.body;
    const own = itemLive({ ...created });
    expect(referencesOf(ruleChange(without, { ...live(), items: [own] }))).toEqual([]);
    const changed = { ...own, description: "mine" };
    expect(referencesOf(ruleChange(without, { ...live(), items: [changed] }))).toBeUndefined();
    expect(ruleChange(without, { ...live(), items: [changed] })).toMatchObject({
      action: "unchanged",
      notes: [stays("trusted", 'an exception that others made or changed ("Item 0")')],
    });
    const elsewhere = theirs({ list_id: "other" });
    expect(referencesOf(ruleChange(without, { ...live(), items: [elsewhere] }))).toEqual([]);
    const agnostic = theirs({ namespace_type: "agnostic" });
    expect(referencesOf(ruleChange(without, { ...live(), items: [agnostic] }))).toEqual([]);
  });

  it("stays beside the one of all spaces that git makes of it", () => {
    const all = listOf({ namespace_type: "agnostic" }, [{}]);
    const rule = desiredRule({ exceptions_list: [reference("trusted", { namespace_type: "agnostic" })] });
    const change = ruleChange({ rules: [rule], lists: [all] }, { ...live(), items: [theirs()] });
    expect([change.action, referencesOf(change)]).toEqual(["update", ["agnostic:trusted", "single:trusted"]]);
    expect(change.notes).toHaveLength(1);
  });

  it("keeps what an analyst added in force from apply to apply, and is at rest", async () => {
    const world = new RollbackWorld();
    const list = listOf({}, [{}]);
    await world.apply(await world.plan({ rules: [first], lists: [list] }));
    const [item] = listOf({}, [{ item_id: "theirs", name: "Theirs" }]).items;
    await createItem(world.client, "default", { ...item! }, () => true);
    const other = listOf({ list_id: "other" }, [{}]);
    const next = { rules: [desiredRule({ exceptions_list: [reference("other")] })], lists: [other] };
    await world.apply(await world.plan(next, { prune: true }).then((plan) => plan));
    const lists = (await getRule(world.client, "default", { rule_id: "r1" }))!["exceptions_list"];
    expect((lists as { list_id: string }[]).map(({ list_id }) => list_id)).toEqual(["other", "trusted"]);
    const { summary, spaces } = await world.plan(next);
    expect(summary).toMatchObject({ create: 0, update: 0, replace: 0, delete: 0, conflict: 0 });
    expect(spaces[0]!.changes.find(({ kind }) => kind === "rule")!.notes).toHaveLength(1);
  });
});
