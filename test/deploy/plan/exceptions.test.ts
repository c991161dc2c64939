import { describe, expect, it } from "vitest";
import { plan } from "../../../src/deploy/plan/plan.js";
import {
  action,
  actual,
  changesOf,
  connectorLive,
  connectorOf,
  desired,
  desiredRule,
  itemLive,
  listLive,
  listOf,
  only,
  planOne,
  POLICY,
  reference,
} from "../support.js";

const wanted = listOf({}, [{}]);
const bodyOf = (change: ReturnType<typeof only>): Record<string, unknown> => change.write!.body;
/** The list and its item as Kibana has them after this project's first apply. */
const applied = (
  list = wanted,
): { lists: ReturnType<typeof listLive>[]; items: ReturnType<typeof itemLive>[] } => {
  const changes = changesOf(planOne({ lists: [list] }));
  const bodies = (kind: string): Record<string, unknown>[] =>
    changes.filter((change) => change.kind === kind).map(bodyOf);
  return {
    lists: bodies("exception-list").map((body) => listLive(body)),
    items: bodies("exception-item").map((body) => itemLive(body)),
  };
};

describe("an exception list that the space does not have", () => {
  it("is created before its items, and both before the rule", () => {
    const rule = desiredRule({ exceptions_list: [reference()] });
    const changes = changesOf(planOne({ rules: [rule], lists: [wanted] }));
    expect(changes.map(({ kind, action: does }) => `${does} ${kind}`)).toEqual([
      "create exception-list",
      "create exception-item",
      "create rule",
    ]);
    const [list, item, ruleChange] = changes;
    expect(item!.needs).toEqual([list!.key]);
    expect(ruleChange!.needs).toEqual([list!.key, item!.key]);
    expect(bodyOf(ruleChange!)["exceptions_list"]).toEqual([
      { list_id: "trusted", type: "detection", namespace_type: "single" },
    ]);
  });
});

describe("an exception list of this project", () => {
  it("3: is unchanged although Kibana filled in tags and os_types", () => {
    expect(changesOf(planOne({ lists: [wanted] }, applied())).map((change) => change.action)).toEqual([
      "unchanged",
      "unchanged",
    ]);
  });

  it("is updated when the file changes, with Kibana's version token", () => {
    const change = only(
      planOne({ lists: [listOf({ description: "new" }, [{}])] }, applied()),
      "exception-list",
    );
    expect(change).toMatchObject({
      action: "update",
      diff: [{ path: "description", before: "d", after: "new" }],
    });
    expect(bodyOf(change)).toMatchObject({ description: "new", _version: "WzEsMV0=" });
  });

  it("keeps tags and systems that the file leaves to Kibana", () => {
    const { lists, items } = applied();
    const live = { lists: lists.map((list) => ({ ...list, tags: ["ui"], os_types: ["linux"] })), items };
    const change = only(planOne({ lists: [listOf({ description: "new" }, [{}])] }, live), "exception-list");
    expect(bodyOf(change)).toMatchObject({ tags: ["ui"], os_types: ["linux"] });
  });

  it("was edited outside git: drift", () => {
    const { lists, items } = applied();
    const live = { lists: lists.map((list) => ({ ...list, name: "edited" })), items };
    expect(only(planOne({ lists: [wanted] }, live), "exception-list")).toMatchObject({
      action: "conflict",
      drift: true,
    });
    expect(
      only(planOne({ lists: [wanted] }, live, { overwriteDrift: true }), "exception-list"),
    ).toMatchObject({ action: "update", drift: true });
  });

  it("of another type there is a conflict that its items and rules share", () => {
    const rule = desiredRule({ exceptions_list: [reference()] });
    const changes = changesOf(
      planOne({ rules: [rule], lists: [wanted] }, { lists: [listLive({ type: "endpoint" })] }),
    );
    expect(changes.map((change) => change.conflict?.code)).toEqual(["type-change", "blocked", "blocked"]);
  });
});

describe("a list that others made", () => {
  const foreign = { lists: [listLive({ description: "theirs" })] };

  it("is left alone and gets no item of ours, which would silence rules of others too", () => {
    const changes = changesOf(planOne({ lists: [wanted] }, foreign));
    expect(changes.map((change) => [change.action, change.conflict?.code])).toEqual([
      ["conflict", "not-ours"],
      ["conflict", "blocked"],
    ]);
  });

  it("keeps a rule from being live without its items", () => {
    const rule = desiredRule({ exceptions_list: [reference()] });
    const change = only(planOne({ rules: [rule], lists: [wanted] }, foreign));
    expect(change).toMatchObject({ action: "conflict", conflict: { code: "blocked" } });
  });

  it("does not keep a rule from being written when it brings no item", () => {
    const rule = desiredRule({ exceptions_list: [reference()] });
    const bare = { ...wanted, items: [] };
    expect(only(planOne({ rules: [rule], lists: [bare] }, foreign)).action).toBe("create");
  });

  it("is unchanged when it is as the file says", () => {
    expect(only(planOne({ lists: [wanted] }, { lists: [listLive()] }), "exception-list").action).toBe(
      "unchanged",
    );
  });
});

describe("an exception item", () => {
  it("that an analyst added is left alone", () => {
    const live = applied();
    const planned = planOne(
      { lists: [wanted] },
      { ...live, items: [...live.items, itemLive({ item_id: "analyst" })] },
    );
    expect(changesOf(planned).every((change) => change.action === "unchanged")).toBe(true);
  });

  it.each<[string, Record<string, unknown>]>([
    [
      "the order of its entries",
      {
        entries: [
          { type: "exists", field: "a", operator: "included" },
          { type: "match_any", field: "b", operator: "included", value: ["y", "x"] },
        ],
      },
    ],
    ["the way its expiry is written", { expire_time: "2030-01-01T00:00:00.000Z" }],
    ["a tag that Kibana adds", { tags: ["policy:all", "ownerSpaceId:default"] }],
  ])("is unchanged by %s", (_, live) => {
    const list = listOf({}, [
      {
        entries: live["entries"] ?? [
          { type: "match", field: "host.name", operator: "included", value: "h0" },
        ],
        expire_time: "2030-01-01T01:00:00+01:00",
        tags: ["policy:all"],
      },
    ]);
    const reversed =
      live["entries"] === undefined
        ? {}
        : {
            entries: (live["entries"] as unknown[])
              .toReversed()
              .map((entry) =>
                "value" in (entry as object) ? { ...(entry as object), value: ["x", "y"] } : entry,
              ),
          };
    const state = applied(list);
    const items = state.items.map((item) => ({ ...item, ...live, ...reversed }));
    expect(only(planOne({ lists: [list] }, { ...state, items }), "exception-item").action).toBe("unchanged");
  });

  it("35: keeps the tags that the file does not have when it is updated", () => {
    const state = applied();
    const items = state.items.map((item) => ({ ...item, tags: ["policy:all", "ownerSpaceId:default"] }));
    const change = only(
      planOne({ lists: [listOf({}, [{ name: "new" }])] }, { ...state, items }),
      "exception-item",
    );
    expect(bodyOf(change)["tags"]).toEqual(["policy:all", "ownerSpaceId:default"]);
    const own = listOf({}, [{ name: "new", tags: ["policy:all"] }]);
    expect(
      bodyOf(
        only(planOne({ lists: [own] }, { ...state, items }, { overwriteDrift: true }), "exception-item"),
      )["tags"],
    ).toEqual(["policy:all", "ownerSpaceId:default"]);
  });

  it("34: gets new comments behind those that are there, and never loses one", () => {
    const state = applied();
    const items = state.items.map((item) => ({
      ...item,
      comments: [{ id: "c1", comment: "theirs", created_by: "ana" }],
    }));
    expect(only(planOne({ lists: [wanted] }, { ...state, items }), "exception-item").action).toBe(
      "unchanged",
    );
    const list = listOf({}, [{ comments: [{ comment: "ours" }] }]);
    const change = only(planOne({ lists: [list] }, { ...state, items }), "exception-item");
    expect(change).toMatchObject({ action: "update", diff: [{ path: "comments", after: "ours" }] });
    expect(bodyOf(change)["comments"]).toEqual([{ id: "c1", comment: "theirs" }, { comment: "ours" }]);
  });

  it("that an analyst changed is drift, and shown by entry", () => {
    const state = applied();
    const items = state.items.map((item) => ({
      ...item,
      entries: [{ type: "match", field: "host.name", operator: "included", value: "other" }],
    }));
    expect(only(planOne({ lists: [wanted] }, { ...state, items }), "exception-item")).toMatchObject({
      action: "conflict",
      drift: true,
      diff: [{ path: "entries[host.name match].value", before: "other", after: "h0" }],
    });
  });

  it("whose item_id another list has keeps its rules from being written", () => {
    const rule = desiredRule({ exceptions_list: [reference()] });
    const state = { lists: [listLive()], items: [itemLive({ list_id: "elsewhere" })] };
    const planned = planOne({ rules: [rule], lists: [wanted] }, state);
    expect(only(planned, "exception-item").conflict?.code).toBe("ambiguous");
    expect(only(planned).conflict?.code).toBe("blocked");
  });
});

describe("an agnostic list", () => {
  const agnostic = listOf({ namespace_type: "agnostic" }, [{}]);
  const rule = desiredRule({ exceptions_list: [reference("trusted", { namespace_type: "agnostic" })] });

  it("is planned once for all spaces, and needed in each", () => {
    const planned = plan(
      {
        environment: "e",
        spaces: ["a", "b"].map((space) => desired({ rules: [rule], lists: [agnostic] }, space)),
      },
      { url: "u", version: undefined, spaces: ["a", "b"].map((space) => actual({}, space)) },
      POLICY,
    );
    expect(planned.spaces.map(({ changes }) => changes.map((change) => change.kind))).toEqual([
      ["exception-list", "exception-item", "rule"],
      ["rule"],
    ]);
    expect(planned.spaces[1]!.changes[0]!.needs).toEqual(planned.spaces[0]!.changes[2]!.needs);
  });
});

describe("a connector", () => {
  const rule = desiredRule({ actions: [action()] }, ["soc-slack"]);
  const connector = connectorOf();

  it("that the space does not have is created before the rule, with the names of its secrets", () => {
    const planned = planOne({ rules: [rule], connectors: [connector] });
    expect(changesOf(planned).map(({ kind, action: does }) => `${does} ${kind}`)).toEqual([
      "create connector",
      "create rule",
    ]);
    expect(bodyOf(only(planned, "connector"))).toMatchObject({ secrets: { webhookUrl: "${SLACK_URL}" } });
    expect(only(planned).needs).toEqual([only(planned, "connector").key]);
  });

  it("11: is unchanged although Kibana's config has defaults and nulls", () => {
    const live = connectorLive({ config: { allowedChannels: null, more: 1 } });
    expect(only(planOne({ connectors: [connector] }, { connectors: [live] }), "connector")).toEqual(
      expect.objectContaining({ action: "unchanged", diff: [] }),
    );
  });

  it("with another config is left as it is, and said to be", () => {
    const live = connectorLive({ config: { url: "b" } });
    const change = only(
      planOne({ connectors: [connectorOf({ config: { url: "a" } })] }, { connectors: [live] }),
      "connector",
    );
    expect(change.action).toBe("unchanged");
    expect(change.notes).toEqual([expect.stringContaining("another url")]);
  });

  it("32: whose secrets an import lost gets them again", () => {
    const live = connectorLive({ is_missing_secrets: true });
    expect(only(planOne({ connectors: [connector] }, { connectors: [live] }), "connector")).toMatchObject({
      action: "update",
      expected: { id: "c1" },
    });
  });

  it("of another type there is a conflict that its rules share", () => {
    const planned = planOne(
      { rules: [rule], connectors: [connector] },
      { connectors: [connectorLive({ connector_type_id: ".email" })] },
    );
    expect(changesOf(planned).map((change) => change.conflict?.code)).toEqual(["type-change", "blocked"]);
  });

  it("of a name that several have is the one with the file's id", () => {
    const two = [connectorLive(), connectorLive({ id: "c2" })];
    expect(only(planOne({ connectors: [connector] }, { connectors: two }), "connector").conflict?.code).toBe(
      "ambiguous",
    );
    expect(
      only(planOne({ connectors: [connectorOf({ id: "c2" })] }, { connectors: two }), "connector").action,
    ).toBe("unchanged");
  });
});
