import { describe, expect, it } from "vitest";
import { type Actual, readActual } from "../../../src/deploy/live/actual.js";
import { dialectOf } from "../../../src/kibana/dialect.js";
import { embedded, type Embedded } from "../embedded.js";
import { desired, desiredRule, listOf, ruleFields, type Wanted } from "../support.js";

type Fields = Record<string, unknown>;
const mark = (rule_id: string, project = "acme"): Fields => ({
  kdac: { project, rule_id, digest: "2:0000000000000000" },
});
const read = (world: Embedded, wanted: Wanted = {}, prune = false): Promise<Actual> =>
  readActual(world.client(), desired(wanted), dialectOf("9.5.1"), { project: "acme", prune });

async function post(world: Embedded, path: string, body: Fields): Promise<Fields> {
  return (await world
    .client()
    .json({ method: "POST", path, body, doing: "make", repeat: "never" })) as Fields;
}
const RULES = "/api/detection_engine/rules";
const LISTS = "/api/exception_lists";

async function populated(): Promise<Embedded> {
  const world = embedded();
  const list = (list_id: string, meta: Fields): Promise<Fields> =>
    post(world, LISTS, { list_id, name: list_id, description: "d", type: "detection", meta });
  const item = (list_id: string, item_id: string, meta: Fields = {}): Promise<Fields> =>
    post(world, `${LISTS}/items`, {
      list_id,
      item_id,
      name: item_id,
      description: "d",
      type: "simple",
      meta,
      entries: [{ type: "match", field: "host.name", operator: "included", value: "h" }],
    });
  const theirs = await list("theirs", {});
  await list("ours", { kdac: { project: "acme", digest: "2:0" } });
  await item("theirs", "their-item");
  await item("ours", "our-item", { kdac: { project: "acme", digest: "2:0" } });
  await item("ours", "analyst-item");
  const reference = { id: theirs["id"], list_id: "theirs", type: "detection", namespace_type: "single" };
  await post(world, RULES, ruleFields({ rule_id: "wanted", exceptions_list: [] }));
  await post(world, RULES, ruleFields({ rule_id: "marked", meta: mark("marked") }));
  await post(world, RULES, ruleFields({ rule_id: "copy", meta: mark("marked") }));
  await post(world, RULES, ruleFields({ rule_id: "other", meta: mark("other", "b") }));
  await post(world, RULES, ruleFields({ rule_id: "foreign", exceptions_list: [reference] }));
  world.requests.length = 0;
  return world;
}

describe("what is read of a space", () => {
  it("is what is wanted and what bears the project's mark; of others, what they refer to", async () => {
    const actual = await read(await populated(), { rules: [desiredRule({ rule_id: "wanted" })] });
    expect([...actual.rules.keys()].sort()).toEqual(["marked", "wanted"]);
    expect(actual.copies!.map(({ rule_id }) => rule_id)).toEqual(["copy"]);
    expect(actual.users).toBeUndefined();
    expect([...actual.items.keys()].sort()).toEqual(["single:analyst-item", "single:our-item"]);
    expect([...actual.lists.keys()].sort()).toEqual(expect.arrayContaining(["single:ours", "single:theirs"]));
    expect(actual.valueLists).toBeUndefined();
  });

  it("costs an export, a search of lists, and the items of lists that no rule uses", async () => {
    const world = await populated();
    await read(world, { rules: [desiredRule({ rule_id: "wanted" })] });
    expect([...world.requests].sort()).toEqual([
      "GET /api/exception_lists/_find",
      "GET /api/exception_lists/items/_find",
      "POST /api/detection_engine/rules/_export",
    ]);
  });

  it("has who uses the lists that may be deleted, in one search more", async () => {
    const world = await populated();
    const { users } = await read(world, {}, true);
    expect(users!.rules.map(({ space, rule }) => `${space} ${String(rule["rule_id"])}`)).toEqual([
      "default wanted",
      "default marked",
      "default copy",
      "default other",
      "default foreign",
    ]);
    expect([users!.items, users!.connectors, [...users!.unread]]).toEqual([[], [], []]);
    expect([...world.requests].sort()).toEqual([
      "GET /api/detection_engine/rules/_find",
      "GET /api/exception_lists/_find",
      "GET /api/exception_lists/items/_find",
      "GET /api/lists/_find",
      "POST /api/detection_engine/rules/_export",
    ]);
    world.requests.length = 0;
    const kept = listOf({ list_id: "ours" });
    expect((await read(world, { lists: [kept] }, true)).users).toBeUndefined();
  });

  it("includes value lists where an item asks one, or where something may be deleted", async () => {
    const world = await populated();
    expect((await read(world, {}, true)).valueLists).toEqual(new Map());
    const entries = [
      { type: "list", field: "host.name", operator: "included", list: { id: "x", type: "keyword" } },
    ];
    expect((await read(world, { lists: [listOf({}, [{ entries }])] })).valueLists).toEqual(new Map());
  });

  it.each([
    ["25: has too many rules to export", 400, "Can't export more than 10000 rules"],
    ["has a rule that its export trips over", 500, "An internal server error occurred"],
  ])("is searched where the space %s", async (_, status, message) => {
    const world = await populated();
    let exports = 0;
    const transport = world.client();
    const client = new Proxy(transport, {
      get(target, name, receiver) {
        if (name !== "send") return Reflect.get(target, name, receiver) as unknown;
        return async (call: { path: string; body?: unknown }) => {
          if (call.path.endsWith("/_export") && (call.body === undefined || status === 400)) {
            exports++;
            throw await refused(status, message);
          }
          return target.send(call as Parameters<typeof target.send>[0]);
        };
      },
    });
    const wanted = desired({ rules: [desiredRule({ rule_id: "wanted" })] });
    const actual = await readActual(client, wanted, dialectOf("9.5.1"), { project: "acme" });
    expect(exports).toBeGreaterThan(0);
    expect([...actual.rules.keys()].sort()).toEqual(["marked", "wanted"]);
    expect(actual.copies!.map(({ rule_id }) => rule_id)).toEqual(["copy"]);
  });
});

async function refused(status: number, message: string): Promise<unknown> {
  const { KibanaError } = await import("../../../src/kibana/errors.js");
  const kind = status === 400 ? "validation" : "server";
  return new KibanaError({ kind, problem: message, status, messages: [message], effect: "answered" });
}
