import { describe, expect, it } from "vitest";
import { type Usage, usageOf, type Users, userText, readUsers } from "../../../src/deploy/users/users.js";
import type { Used } from "../../../src/deploy/users/uses.js";
import { createItem, createList, createRule } from "../../../src/kibana/endpoints/index.js";
import type { FaultResponse } from "../../../src/emulator/faults.js";
import { embedded, type Embedded } from "../embedded.js";
import { action, connectorOf, desiredRule, listOf, reference, ruleFields } from "../support.js";
import { RollbackWorld } from "../snapshot/world.js";

const list = (namespace_type: "single" | "agnostic"): Used => ({
  kind: "exception-list",
  list_id: "l",
  namespace_type,
});

/** Each space has a rule of the same rule_id that uses the single and the agnostic list of one name. */
async function populated(options = {}): Promise<Embedded> {
  const world = embedded({ spaces: ["emea"], ...options });
  const client = world.client();
  const make = async (space: string, namespace_type: "single" | "agnostic"): Promise<unknown> => {
    const body = { ...listOf({ list_id: "l", namespace_type }).list };
    const { id } = await createList(client, space, body, () => true);
    return reference("l", { id, namespace_type });
  };
  const agnostic = await make("default", "agnostic");
  for (const space of ["default", "emea"]) {
    const rule = {
      ...ruleFields({ exceptions_list: [await make(space, "single"), agnostic] }),
      rule_id: "r1",
    };
    await createRule(client, space, rule, () => true);
  }
  world.requests.length = 0;
  return world;
}

const refuse: FaultResponse = { kind: "status", status: 403, body: { statusCode: 403, message: "no" } };
const brief = ({ users, unknown }: Usage): unknown => [
  users.map(({ space, id }) => `${space}/${id}`),
  unknown,
];

describe("who uses a list", () => {
  it("are the rules of its own space, or of every space where all share it, by space and rule_id", async () => {
    const world = await populated();
    const used = [list("single"), list("agnostic")];
    const users = await readUsers(world.client(), "emea", used);
    expect(brief(usageOf(used[0]!, "emea", users))).toEqual([["emea/r1"], undefined]);
    expect(brief(usageOf(used[1]!, "emea", users))).toEqual([["emea/r1", "default/r1"], undefined]);
    expect(world.requests).toEqual([
      "GET /api/spaces/space",
      "GET /s/emea/api/detection_engine/rules/_find",
      "GET /api/detection_engine/rules/_find",
    ]);
  });

  it("are looked for in the own space alone where nothing is shared", async () => {
    const world = await populated();
    await readUsers(world.client(), "emea", [list("single")]);
    expect(world.requests).toEqual(["GET /s/emea/api/detection_engine/rules/_find"]);
  });

  it.each([
    [
      "another space",
      { match: { space: "default", path: "_find" }, respond: refuse },
      [["emea/r1"], /^space "default": .*403/],
      [["emea/r1"], undefined],
    ],
    [
      "the space",
      { match: { space: "emea", path: "_find" }, respond: refuse },
      [["default/r1"], /^space "emea": .*403/],
      [[], /^space "emea": .*403/],
    ],
    [
      "the spaces themselves",
      { match: { path: "/api/spaces" }, respond: refuse },
      [["emea/r1"], /list the spaces/],
      [["emea/r1"], /list the spaces/],
    ],
  ])("are not all known where %s cannot be read", async (_, fault, [shared, why], [own, whyOwn]) => {
    const world = await populated();
    world.kibana.setFaults([fault]);
    const users = await readUsers(world.client(), "emea", [list("agnostic")]);
    const agnostic = usageOf(list("agnostic"), "emea", users);
    expect(agnostic.users.map(({ space, id }) => `${space}/${id}`)).toEqual(shared);
    expect(agnostic.unknown).toMatch(why as RegExp);
    const single = usageOf(list("single"), "emea", users);
    expect(single.users.map(({ space, id }) => `${space}/${id}`)).toEqual(own);
    if (whyOwn === undefined) expect(single.unknown).toBeUndefined();
    else expect(single.unknown).toMatch(whyOwn as RegExp);
  });

  it("include installed prebuilt rules of every Kibana", async () => {
    const prebuilt = { ...ruleFields({ rule_id: "elastic", name: "Elastic's" }), version: 1 };
    const world = embedded({ version: "8.12.0", flavour: "8.18", prebuilt: [prebuilt] });
    const client = world.client();
    await client.json({
      method: "PUT",
      path: "/api/detection_engine/rules/prepackaged",
      doing: "install",
      repeat: "never",
    });
    const { id } = await createList(client, "default", { ...listOf({ list_id: "l" }).list }, () => true);
    await world.kibana.ui().linkList("elastic", { list_id: "l" });
    const users = await readUsers(client, "default", [list("single")]);
    expect(usageOf({ ...list("single"), id }, "default", users).users).toEqual([
      { kind: "rule", space: "default", id: "elastic", name: "Elastic's" },
    ]);
  });
});

describe("who uses a value list", () => {
  it("are the items of every list of its space, and of those that all share", async () => {
    const world = embedded({ spaces: ["emea"] });
    const client = world.client();
    for (const namespace_type of ["single", "agnostic"] as const) {
      const entries = [
        { type: "list", field: "host.name", operator: "included", list: { id: "hosts", type: "keyword" } },
      ];
      const { list: body, items } = listOf({ list_id: `l-${namespace_type}`, namespace_type }, [
        { entries },
        {},
      ]);
      await createList(client, "default", { ...body }, () => true);
      for (const item of items) await createItem(client, "default", { ...item }, () => true);
    }
    const used: Used = { kind: "value-list", id: "hosts" };
    const keys = async (space: string): Promise<string[]> =>
      usageOf(used, space, await readUsers(client, space, [used])).users.map(
        ({ kind, id }) => `${kind} ${id}`,
      );
    expect((await keys("default")).sort()).toEqual([
      "exception-item agnostic:l-agnostic-0",
      "exception-item single:l-single-0",
    ]);
    expect(await keys("emea")).toEqual(["exception-item agnostic:l-agnostic-0"]);
  });

  it("is not known where the items cannot be read", async () => {
    const world = embedded();
    world.kibana.setFaults([{ match: { path: "exception_lists" }, respond: refuse }]);
    const used: Used = { kind: "value-list", id: "hosts" };
    const { users, unknown } = usageOf(used, "default", await readUsers(world.client(), "default", [used]));
    expect([users, unknown]).toEqual([[], expect.stringMatching(/^space "default": .*403/)]);
  });
});

describe("who uses a connector", () => {
  it("are the rules with actions for it, and what Kibana counts besides", async () => {
    const world = new RollbackWorld();
    const wanted = {
      rules: [desiredRule({ actions: [action()] }, ["soc-slack"])],
      connectors: [connectorOf()],
    };
    await world.apply(await world.plan(wanted));
    const ids = (await readUsers(world.client, "default", [{ kind: "connector", id: "" }])).connectors;
    const used: Used = { kind: "connector", id: ids[0]!.id };
    const users = await readUsers(world.client, "default", [used]);
    expect(usageOf(used, "default", users)).toEqual({
      users: [{ kind: "rule", space: "default", id: "r1", name: "Rule one" }],
    });
    const counting = (referenced_by_count: number): Users => ({
      ...users,
      connectors: [{ ...users.connectors[0]!, referenced_by_count }],
    });
    expect(usageOf(used, "default", counting(3)).users[1]).toEqual({
      kind: "other",
      space: "default",
      id: "",
      name: "2",
    });
    expect(usageOf(used, "default", counting(0)).users).toHaveLength(1);
  });
});

describe("a user in a sentence", () => {
  const user = { kind: "rule", space: "emea", id: "r1", name: "Rule one" } as const;
  it.each([
    [user, "emea", 'the rule "Rule one"'],
    [user, "default", 'the rule "Rule one" of space "emea"'],
    [{ ...user, kind: "exception-item" }, "emea", 'the exception item "Rule one"'],
    [{ ...user, kind: "other", name: "1" }, "emea", "something that is no detection rule"],
    [{ ...user, kind: "other", name: "2" }, "emea", "2 things that are no detection rules"],
  ] as const)("is what people call it", (one, here, text) => expect(userText(one, here)).toBe(text));
});
