import { describe, expect, it } from "vitest";
import { viewOf } from "../../../src/deploy/snapshot/view.js";
import { bundleOf } from "../../../src/deploy/snapshot/bundle.js";
import type { Seen } from "../../../src/deploy/apply/look.js";
import { isAsWritten } from "../../../src/deploy/snapshot/written.js";
import type { SnapshotObject } from "../../../src/deploy/snapshot/types.js";
import { action, connectorLive, itemLive, listLive, ruleFields, stored } from "../support.js";

describe("what of an object somebody chose", () => {
  it("is of a rule every field but Kibana's stamps, absent ones and an empty meta", () => {
    const live = stored(ruleFields({ meta: {}, tags: ["x"], note: null, newer: 1 }));
    const view = viewOf("rule", { ...live, newer: 1, note: null, meta: {} });
    expect(view).toMatchObject({ rule_id: "r1", tags: ["x"], newer: 1, enabled: live["enabled"] });
    for (const name of ["id", "created_at", "updated_by", "revision", "execution_summary", "note", "meta"])
      expect(Object.keys(view)).not.toContain(name);
    expect(viewOf("rule", { meta: { a: 1 } })["meta"]).toEqual({ a: 1 });
    const required = [{ name: "a", type: "keyword", ecs: true }];
    expect(viewOf("rule", { required_fields: required })).toEqual({
      required_fields: [{ name: "a", type: "keyword" }],
    });
  });

  it("is of an item without Kibana's own tags, and its expiry as an instant", () => {
    const item = {
      name: "n",
      description: "d",
      entries: [],
      tags: ["ownerSpaceId:default", "mine"],
      expire_time: "2026-01-01T01:00:00+01:00",
    };
    expect(viewOf("exception-item", item)).toEqual({
      name: "n",
      description: "d",
      entries: [],
      tags: ["mine"],
      os_types: [],
      expire_time: "2026-01-01T00:00:00.000Z",
    });
    expect(viewOf("exception-item", { expire_time: "never" })["expire_time"]).toBe("never");
  });

  it("is of a connector its name, type and settings that are set", () => {
    const live = connectorLive({ config: { url: "u", method: null }, referenced_by_count: 3 });
    expect(viewOf("connector", live)).toEqual({
      name: "soc-slack",
      connector_type_id: ".slack",
      config: { url: "u" },
    });
  });
});

describe("the bundle of a space", () => {
  const seen = (fields: Partial<Seen>): Seen => ({
    space: "default",
    rules: new Map(),
    lists: new Map(),
    items: new Map(),
    connectors: [],
    valueLists: new Map(),
    ...fields,
  });

  it("has the rules, lists, items and the connectors in use, and counts them", () => {
    const rule = stored(ruleFields({ actions: [action({ id: "c1" }), action({ id: "mail" })] }));
    const text = bundleOf(
      seen({
        rules: new Map([["r1", [rule]]]),
        lists: new Map([["single:trusted", listLive()]]),
        items: new Map([
          ["single:trusted-0", itemLive()],
          ["single:trusted-1", itemLive({ item_id: "trusted-1" })],
        ]),
        connectors: [
          connectorLive({ config: { a: null, b: 1 } }),
          connectorLive({ id: "unused" }),
          connectorLive({ id: "mail", is_preconfigured: true }),
        ],
      }),
    )!;
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ rule_id, item_id, list_id, type }) => rule_id ?? item_id ?? list_id ?? type)).toEqual(
      ["r1", "trusted", "trusted-0", "trusted-1", "action", undefined],
    );
    expect(Object.keys(lines[0]!)).not.toContain("execution_summary");
    expect(lines[4]).toEqual({
      id: "c1",
      type: "action",
      attributes: {
        name: "soc-slack",
        actionTypeId: ".slack",
        config: { b: 1 },
        isMissingSecrets: true,
        secrets: {},
      },
      references: [],
    });
    expect(lines[5]).toEqual({
      exported_count: 5,
      exported_rules_count: 1,
      exported_exception_list_count: 1,
      exported_exception_list_item_count: 2,
      exported_action_connector_count: 1,
    });
  });

  it("is none where there is nothing", () => {
    expect(bundleOf(seen({ connectors: [connectorLive()] }))).toBeUndefined();
  });
});

describe("an object that is still as the apply left it", () => {
  const mark = { kdac: { project: "acme", rule_id: "r1", digest: "2:1" } };
  const object = (
    kind: SnapshotObject["kind"],
    body: Record<string, unknown>,
    more = {},
  ): SnapshotObject => ({
    kind,
    key: `${kind}/default/x`,
    id: "x",
    name: "x",
    action: "update",
    before: { id: "1" },
    wrote: { body, ...more },
    ...more,
  });

  it("is a rule with the fields, the mark and the state that were written; connectors' ids do not count", () => {
    const body = { ...ruleFields({ actions: [action({ id: "made" })], enabled: true }), meta: mark };
    const live = stored({ ...body, actions: [action({ id: "other" })] });
    expect(isAsWritten(object("rule", body), live, [])).toBe(true);
    expect(isAsWritten(object("rule", body), { ...live, enabled: false }, [])).toBe(false);
    const { enabled: _, ...left } = body as Record<string, unknown>;
    expect(isAsWritten(object("rule", left), { ...live, enabled: false }, [])).toBe(true);
    expect(isAsWritten(object("rule", body), { ...live, severity: "high" }, [])).toBe(false);
    expect(isAsWritten(object("rule", body), { ...live, meta: { ...mark, mine: 1 } }, [])).toBe(false);
    expect(isAsWritten(object("rule", body), { ...live, meta: undefined }, [])).toBe(false);
    expect(isAsWritten({ ...object("rule", body), wrote: null }, live, [])).toBe(false);
  });

  it("is an item in the list that was written, whose comments count where it would be deleted", () => {
    const list = { project: "acme", digest: "2:1" };
    const body = {
      name: "n",
      description: "d",
      entries: [],
      list_id: "l",
      meta: { kdac: list },
      comments: [],
    };
    const one = object("exception-item", body);
    expect(isAsWritten(one, body, [])).toBe(true);
    expect(isAsWritten(one, { ...body, list_id: "m" }, [])).toBe(false);
    const commented = { ...body, comments: [{ id: "1", comment: "mine" }] };
    expect(isAsWritten(one, commented, [])).toBe(true);
    expect(isAsWritten({ ...one, before: null }, commented, [])).toBe(false);
    expect(isAsWritten({ ...one, before: null }, body, [])).toBe(true);
  });

  it("is a connector with the name, type and settings that were written", () => {
    const body = { id: "c1", name: "soc-slack", connector_type_id: ".slack", config: { a: 1, b: null } };
    const one = object("connector", body);
    expect(isAsWritten(one, connectorLive({ config: { a: 1, more: 2 } }), [])).toBe(true);
    expect(isAsWritten(one, connectorLive({ config: { a: 2 } }), [])).toBe(false);
    expect(isAsWritten(one, connectorLive({ name: "other", config: { a: 1 } }), [])).toBe(false);
    expect(isAsWritten(one, connectorLive({ connector_type_id: ".x", config: { a: 1 } }), [])).toBe(false);
  });

  it("is a value list with the values that were there, less those that went, and those that came", () => {
    const body = { id: "x", name: "n", description: "d", meta: { kdac: { project: "acme", digest: "2:1" } } };
    const one: SnapshotObject = {
      ...object("value-list", body),
      values: ["a", "b "],
      wrote: { body, values: { add: ["c"], remove: ["a"] } },
    };
    const live = { ...body, type: "keyword" };
    expect(isAsWritten(one, live, ["b", "c"])).toBe(true);
    for (const values of [["a", "b", "c"], ["b"], ["b", "d"], ["b", "c", "d"]])
      expect(isAsWritten(one, live, values)).toBe(false);
    expect(isAsWritten(one, { ...live, description: "mine" }, ["b", "c"])).toBe(false);
  });
});
