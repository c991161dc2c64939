import { describe, expect, it } from "vitest";
import { decide, type Deciding, type Decision } from "../../../src/deploy/snapshot/decide.js";
import { keepUsed } from "../../../src/deploy/snapshot/in-use.js";
import type { SnapshotObject } from "../../../src/deploy/snapshot/types.js";
import type { Change } from "../../../src/deploy/plan/types.js";
import { connectorLive, ruleFields } from "../support.js";
import type { Json } from "./world.js";

const deciding = (overwriteDrift: boolean): Deciding => ({
  project: "acme",
  overwriteDrift,
  lists: { made: new Set(), live: new Map(), extended: new Set(), detached: new Set(), overwriteDrift },
});
const object = (of: Partial<SnapshotObject>): SnapshotObject => ({
  kind: "rule",
  key: "rule/default/r1",
  id: "r1",
  name: "r1",
  action: "update",
  before: null,
  wrote: null,
  ...of,
});
const decided = (of: Partial<SnapshotObject>, live: Json | undefined, values: string[] = []): Decision[] =>
  [false, true].map((over) => decide(object(of), { object: live, values }, deciding(over)));
const drift = (message: string): Decision => ({
  action: "conflict",
  conflict: {
    code: "drift",
    message,
    help: "look at it in Kibana; --overwrite-drift goes back all the same",
  },
});
const NOT_OURS: Decision = {
  action: "conflict",
  conflict: {
    code: "not-ours",
    message: "somebody else made another one since that apply",
    help: "a rollback leaves it alone; look at it in Kibana",
  },
};
const CHANGED = "it was changed since that apply";

describe("what a rollback does with an object, without and with --overwrite-drift,", () => {
  const before = { ...ruleFields(), id: "1", rule_id: "r1" };

  it("is to make again what the apply deleted or replaced, and what is gone since only when told so", () => {
    for (const action of ["delete", "replace"] as const)
      expect(decided({ action, before }, undefined)).toEqual([{ action: "create" }, { action: "create" }]);
    expect(decided({ before }, undefined)).toEqual([
      drift("it was deleted since that apply"),
      { action: "create", drift: true },
    ]);
  });

  it("is nothing where somebody else made another rule, and an update where it is ours", () => {
    const other = { ...before, id: "2", name: "theirs" };
    expect(decided({ before }, other)).toEqual([NOT_OURS, NOT_OURS]);
    const ours = { ...other, meta: { kdac: { project: "acme", digest: "d" } } };
    expect(decided({ before }, ours)).toEqual([drift(CHANGED), { action: "update", drift: true }]);
  });

  it("is an update between query and saved query, and else a new rule", () => {
    const to = (type: string): Decision => decided({ before }, { ...before, type })[1]!;
    expect(to("saved_query")).toEqual({ action: "update", drift: true });
    expect(to("eql")).toEqual({ action: "replace", drift: true });
  });

  it("is a new item where it is in another list, and nothing where it is as it was", () => {
    const item = { id: "1", item_id: "i", list_id: "l", name: "I", entries: [] };
    const of = { kind: "exception-item", before: item } as const;
    expect(decided(of, item)).toEqual([{ action: "unchanged" }, { action: "unchanged" }]);
    expect(decided(of, { ...item, list_id: "other" })).toEqual([
      drift(CHANGED),
      { action: "replace", drift: true },
    ]);
  });

  it("is an update of a value list that has values too many or too few", () => {
    const list = { id: "v", name: "v", type: "ip" };
    const of = { kind: "value-list", before: list, values: ["a", "b"] } as const;
    const update = [drift(CHANGED), { action: "update", drift: true }];
    expect(decided(of, list, ["b", "a"])).toEqual([{ action: "unchanged" }, { action: "unchanged" }]);
    expect(decided(of, list, ["a", "b", "c"])).toEqual(update);
    expect(decided(of, list, ["a"])).toEqual(update);
  });

  it("is to delete a connector that the apply made, known by its id, and none of that name", () => {
    const live = connectorLive({ config: { a: 2 } });
    const wrote = { body: { ...connectorLive({ config: { a: 1 } }) } };
    const of = { kind: "connector", wrote } as const;
    expect(decided(of, live)).toEqual([
      drift("it was changed since that apply made it"),
      { action: "delete", drift: true },
    ]);
    expect(decided(of, { ...live, id: "another" })).toEqual([NOT_OURS, NOT_OURS]);
  });
});

describe("a value list that the apply made", () => {
  const change = (of: Partial<Change>): Change => ({
    kind: "value-list",
    key: "value-list/default/v",
    id: "v",
    name: "v",
    file: "",
    action: "delete",
    state: "orphaned",
    diff: [],
    ...of,
  });
  const asks = (id: string): Json => ({
    item_id: "i",
    list_id: "l",
    name: "I",
    entries: [{ type: "list", field: "f", operator: "included", list: { id, type: "ip" } }],
  });
  const searches = {
    rule_id: "r",
    name: "R",
    type: "threat_match",
    threat_index: [".items-*"],
    threat_query: "*:*",
  };
  const actions = (write: Change | undefined, users: Json | undefined): (string | undefined)[] =>
    keepUsed([
      {
        space: "default",
        seen: { items: new Map() } as never,
        users: users as never,
        changes: [change({}), ...(write === undefined ? [] : [write])],
      },
    ])[0]!.changes.map(({ action, conflict }) => conflict?.message ?? action);
  const users = (of: Json): Json => ({ rules: [], items: [], connectors: [], unread: new Map(), ...of });
  const used = (by: string): string => `the ${by}, which the rollback does not touch, uses it by now`;

  it("goes with an item that goes back to what does not ask it, and stays for one that asked it before", () => {
    const of = users({ items: [asks("v")] });
    const back = (body: Json): Change =>
      change({
        kind: "exception-item",
        key: "exception-item/default/i",
        id: "i",
        action: "update",
        write: { body },
      });
    expect(actions(back(asks("other")), of)).toEqual(["delete", "update"]);
    expect(actions(back(asks("v")), of)).toEqual([used('exception item "I"'), "update"]);
  });

  it("goes with a rule that goes back to what does not search it, and stays for one that searched it before", () => {
    const of = users({ rules: [{ space: "default", rule: searches }] });
    const back = (body: Json): Change =>
      change({ kind: "rule", key: "rule/default/r", id: "r", action: "update", write: { body } });
    expect(actions(back({ ...searches, threat_index: ["logs-*"] }), of)).toEqual(["delete", "update"]);
    expect(actions(back(searches), of)).toEqual([used('rule "R"'), "update"]);
  });

  it("stays where nobody looked who uses it", () => {
    expect(actions(undefined, undefined)).toEqual(["who uses it is not known (nobody looked)"]);
    expect(actions(undefined, users({}))).toEqual(["delete"]);
  });
});
