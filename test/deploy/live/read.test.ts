import { describe, expect, it } from "vitest";
import { type LiveWanted, readLive } from "../../../src/deploy/live/read.js";
import type { Actual } from "../../../src/deploy/live/actual.js";
import { dialectOf } from "../../../src/kibana/dialect.js";
import type { Client } from "../../../src/kibana/client.js";
import { KibanaError } from "../../../src/kibana/errors.js";
import { embedded, type Embedded } from "../embedded.js";
import { ruleFields } from "../support.js";

type Json = Record<string, unknown>;

const NEWEST = dialectOf("9.5.1");
const OLDEST = dialectOf("8.12.0");
const wanted = (rules: LiveWanted["rules"], more: Partial<LiveWanted> = {}): LiveWanted => ({
  space: "default",
  rules,
  lists: [],
  connectors: [],
  ...more,
});
const ids = ({ rules }: Actual): string[] => [...rules.keys()].sort();

async function post(world: Embedded, path: string, body: Json): Promise<Json> {
  return (await world.client().json({ method: "POST", path, body, doing: "make", repeat: "never" })) as Json;
}

/** A Kibana with so many rules that it does not export them; every fifth is prebuilt, and all but a few are of one second. */
function large(count: number) {
  const all = Array.from({ length: count }, (_, i) => ({
    id: `id-${i}`,
    rule_id: `rule-${i}`,
    name: `Rule ${i}`,
    immutable: i % 5 === 0,
    created_at: new Date(1_000_000_000_000 + 1000 * Math.floor(i / 3_000)).toISOString(),
    exceptions_list:
      i < 2 ? [{ id: "x", list_id: "trusted", type: "detection", namespace_type: "single" }] : [],
    actions: [],
  }));
  const asked: string[] = [];
  const client = {
    send: () => Promise.reject(tooMany()),
    json: ({ path, query = {} }: { path: string; query?: Json }) => {
      asked.push(`${path} ${String(query["page"])} ${String(query["filter"])}`);
      if (path.includes("exception_lists")) return Promise.resolve(exceptions(path));
      const filter = typeof query["filter"] === "string" ? query["filter"] : "";
      const named = /ruleId: (.*)/.exec(filter)?.[1];
      const since = /createdAt >= "(.*)"/.exec(filter)?.[1] ?? "";
      const rules = all.filter(
        (rule) =>
          rule.created_at >= since &&
          (named === undefined || named.includes(JSON.stringify(rule.rule_id))) &&
          (!filter.includes("immutable: true") || rule.immutable !== filter.includes("not alert")),
      );
      const [page, size] = [Number(query["page"]), Number(query["per_page"])];
      if (page * size > 10_000) throw new Error("Result window is too large");
      return Promise.resolve({ total: rules.length, data: rules.slice((page - 1) * size, page * size) });
    },
  };
  return { client: client as unknown as Client, asked };
}

function tooMany(): KibanaError {
  return new KibanaError({
    kind: "validation",
    problem: "refused",
    messages: ["Can't export more than 10000 rules"],
    effect: "none",
  } as unknown as ConstructorParameters<typeof KibanaError>[0]);
}

const exceptions = (path: string): Json =>
  path.includes("/items")
    ? { total: 1, data: [{ id: "i", item_id: "one", list_id: "trusted", namespace_type: "single" }] }
    : { total: 1, data: [{ id: "x", list_id: "trusted", type: "detection", namespace_type: "single" }] };

describe("reading a space whoever owns its rules", () => {
  it("asks for each page once, and for lists and items once, where there are too many rules to export", async () => {
    const { client, asked } = large(25_000);
    const actual = await readLive(client, wanted({ kind: "all", source: "all" }), NEWEST);
    expect(actual.rules.size).toBe(25_000);
    expect(new Set(asked).size).toBe(asked.length);
    expect([...actual.lists.keys()]).toEqual(["single:trusted"]);
    expect([...actual.items.keys()]).toEqual(["single:one"]);
    expect(asked.filter((request) => !/\/_find /.test(request))).toEqual([]);
    // 25 pages, what a new search sees again, lists and items.
    expect(asked.length).toBeLessThan(40);
  });

  it.each([
    ["custom", 12_000],
    ["prebuilt", 3_000],
  ] as const)("%s rules are searched by themselves", async (source, count) => {
    const { client } = large(15_000);
    const actual = await readLive(client, wanted({ kind: "all", source }), NEWEST);
    expect(actual.rules.size).toBe(count);
  });

  it("looks for rules that are wanted by id, whatever their source, only where it did not see them", async () => {
    const custom = (own: readonly string[]) => wanted({ kind: "all", source: "custom", ids: own });
    const { client, asked } = large(15_000);
    // The first is prebuilt.
    const many = await readLive(client, custom(["rule-0", "rule-1", "nobody"]), NEWEST);
    expect([many.rules.size, many.rules.has("rule-0")]).toEqual([12_001, true]);
    expect(asked.filter((request) => request.includes("ruleId"))).toEqual([
      expect.stringMatching(/ruleId: \("rule-0" or "nobody"\)$/),
    ]);
    const world = embedded();
    await post(world, "/api/detection_engine/rules", ruleFields({ rule_id: "one" }));
    world.requests.length = 0;
    await readLive(world.client(), custom(["one", "nobody"]), NEWEST);
    await readLive(world.client(), custom(["one"]), OLDEST);
    const exports = Array<string>(2).fill("POST /api/detection_engine/rules/_export");
    expect(world.requests).toEqual(exports);
    await readLive(world.client(), custom(["one", "nobody"]), OLDEST);
    expect(world.requests.slice(2)).toEqual([exports[0], "GET /api/detection_engine/rules/_find"]);
  });

  it("finds rules by id, by name in any case, and by Kibana's id, and leaves out what only contains the name", async () => {
    const world = embedded();
    for (const name of ["One", "Two", "Three", "Three Hundred"])
      await post(world, "/api/detection_engine/rules", ruleFields({ rule_id: name.toLowerCase(), name }));
    const two = (await readLive(world.client(), wanted({ kind: "some", ids: ["two"], named: [] }), NEWEST))
      .rules;
    const { id } = two.get("two")![0]!;
    world.requests.length = 0;
    const actual = await readLive(
      world.client(),
      wanted({ kind: "some", ids: ["one", "nobody"], named: [id, "THREE", 'a "quoted" (name*)'] }),
      NEWEST,
    );
    expect(ids(actual)).toEqual(["one", "three", "two"]);
    expect(world.requests.sort()).toEqual([
      "GET /api/detection_engine/rules/_find",
      "POST /api/detection_engine/rules/_export",
    ]);
  });

  it("asks for lists and connectors that nothing uses only where they are wanted", async () => {
    const world = embedded();
    await post(world, "/api/exception_lists", {
      list_id: "l",
      name: "l",
      description: "d",
      type: "detection",
    });
    await post(world, "/api/actions/connector", { name: "c", connector_type_id: ".server-log" });
    world.requests.length = 0;
    const nothing = await readLive(world.client(), wanted({ kind: "all", source: "custom" }), NEWEST);
    expect([nothing.lists.size, nothing.connectors.length, world.requests.length]).toEqual([0, 0, 1]);
    const lists = [{ list_id: "l", namespace_type: "single" }] as const;
    const all = await readLive(
      world.client(),
      wanted({ kind: "all", source: "custom" }, { lists, connectors: ["c"] }),
      NEWEST,
    );
    expect([all.lists.size, all.connectors.length]).toEqual([1, 1]);
  });

  it("says of exported connectors whether they have secrets", async () => {
    const world = embedded();
    const secret = { name: "s", connector_type_id: ".slack", secrets: { webhookUrl: "https://example.com" } };
    const made = [
      await post(world, "/api/actions/connector", secret),
      await post(world, "/api/actions/connector", { name: "l", connector_type_id: ".server-log" }),
    ];
    const actions = made.map(({ id, connector_type_id }) => ({
      id,
      action_type_id: connector_type_id,
      group: "default",
      params: connector_type_id === ".slack" ? { message: "m" } : { message: "m", level: "info" },
    }));
    await post(world, "/api/detection_engine/rules", ruleFields({ actions }));
    const { connectors } = await readLive(
      world.client(),
      wanted({ kind: "all", source: "custom" }, { connectors: ["s", "other"] }),
      NEWEST,
    );
    const secrets = new Map(connectors.map(({ name, has_secrets }) => [name, has_secrets]));
    expect([...secrets].sort(([a], [b]) => a.localeCompare(b))).toEqual([
      ["l", false],
      ["s", true],
    ]);
  });
});
