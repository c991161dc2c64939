/** What somebody does in Kibana between the look at a space and the write of an object. */
import { describe, expect, it } from "vitest";
import {
  exportValues,
  getConnector,
  getItem,
  getList,
  getRule,
  importValues,
  listConnectors,
  type LiveRule,
  patchRule,
  updateConnector,
  updateItem,
  updateList,
} from "../../../src/kibana/endpoints/index.js";
import { apply } from "../../../src/deploy/apply/apply.js";
import type { ChangeResult } from "../../../src/deploy/apply/types.js";
import type { Policy } from "../../../src/deploy/plan/types.js";
import type { Client } from "../../../src/kibana/client.js";
import { MemoryFiles } from "../../support/run-files.js";
import { embedded, type Embedded } from "../embedded.js";
import { connectorOf, desiredRule, listOf, valuesOf, type Wanted } from "../support.js";
import { ENV, planned, settle } from "./cut-off.js";

const SPACE = "default";
const KEY = { rule_id: "r1" };

interface Deed {
  /** The request right before which it is done, such as `PUT /api/lists`. */
  readonly before: string;
  /** Which of such requests it is: the first, unless told otherwise. */
  readonly nth?: number;
  readonly deed: (client: Client) => Promise<unknown>;
}

/** Applies the second state to a space that has the first, while somebody else is at work. */
async function meanwhile(
  world: Embedded,
  wanted: Wanted,
  { before, nth = 1, deed }: Deed,
  policy: Partial<Policy> = {},
): Promise<{ results: readonly ChangeResult[]; files: MemoryFiles }> {
  const plan = await planned(world, wanted, policy);
  const files = new MemoryFiles();
  let requests = 0;
  const client = world.client({
    transport: async (exchange, now) => {
      const { pathname, search } = new URL(exchange.url);
      if (`${exchange.method} ${pathname}${search}`.startsWith(before) && ++requests === nth)
        await deed(world.client());
      return world.transport(exchange, now);
    },
  });
  const { result, diagnostics } = await apply(plan, { client, files, env: ENV });
  expect(diagnostics).toEqual([]);
  expect(requests).toBeGreaterThanOrEqual(nth);
  return { results: result!.spaces.flatMap(({ results }) => results), files };
}

const CHANGED = "it was changed since the plan was made (somebody changed it in Kibana)";
const RULES = "/api/detection_engine/rules";
const ITEM = { item_id: "i1", namespace_type: "single" } as const;
const LIST = { list_id: "trusted", namespace_type: "single" } as const;
const list = (fields: Record<string, unknown> = {}, item: Record<string, unknown> = {}): Wanted => ({
  lists: [listOf({ list_id: "trusted", ...fields }, [{ item_id: "i1", ...item }])],
});
const editRule = (client: Client): Promise<LiveRule> => patchRule(client, SPACE, { ...KEY, note: "by ana" });

async function world(wanted: Wanted): Promise<Embedded> {
  const made = embedded();
  await settle(made, wanted);
  return made;
}

describe("a rule that somebody edits", () => {
  const first: Wanted = { rules: [desiredRule()] };
  const second: Wanted = { rules: [desiredRule({ severity: "high" })] };
  const retyped: Wanted = { rules: [desiredRule({ type: "eql", language: "eql", query: "any where true" })] };

  it.each([
    ["updated", second, {}],
    ["replaced", retyped, {}],
    ["deleted", { rules: [] }, { prune: true }],
  ])("after the look is not %s", async (_, wanted, policy) => {
    const own = await world(first);
    const { results } = await meanwhile(own, wanted, { before: `GET ${RULES}?id=`, deed: editRule }, policy);
    expect(results).toMatchObject([{ outcome: "failed", reason: CHANGED, help: "plan again" }]);
    expect(await getRule(own.client(), SPACE, KEY)).toMatchObject({
      note: "by ana",
      severity: "low",
      type: "query",
    });
  });

  it("in the moment of the write is overwritten, which is said", async () => {
    const own = await world(first);
    const { results } = await meanwhile(own, second, { before: `PUT ${RULES}`, deed: editRule });
    expect(results).toMatchObject([
      {
        outcome: "failed",
        reason:
          "it was written, and overwrote an edit that somebody made in the same moment (revision 0 became 2)",
        help: "Kibana does not keep what the edit was: ask who edits rules to look at it; the snapshot has the rule as it was before the edit",
      },
    ]);
    expect(await settle(own, second)).toMatchObject([{ action: "unchanged", state: "in-sync" }]);
  });

  it.each([
    ["deleted", { rules: [] }, { prune: true }],
    ["replaced", retyped, {}],
  ])("in the moment in which it is %s is kept beside the snapshot", async (_, wanted, policy) => {
    const own = await world(first);
    const { results, files } = await meanwhile(
      own,
      wanted,
      { before: `DELETE ${RULES}`, deed: editRule },
      policy,
    );
    const [path, text] = [...files.texts].find(([name]) => name.endsWith("default.edited.ndjson"))!;
    expect(results).toMatchObject([
      {
        outcome: "failed",
        reason: "it was deleted together with an edit that somebody made in the same moment",
        help: `the rule as it was is in .kdac/${path}, which Kibana can import`,
      },
    ]);
    expect(path).toMatch(/^snapshots\/[^/]+-test\/default\.edited\.ndjson$/);
    expect(JSON.parse(text)).toMatchObject({ rule_id: "r1", note: "by ana", severity: "low" });
  });

  it("or switches off after the look is not switched on again where the file says so", async () => {
    const own = await world({ rules: [desiredRule({ enabled: true })] });
    const off = (client: Client): Promise<LiveRule> => patchRule(client, SPACE, { ...KEY, enabled: false });
    const wanted = { rules: [desiredRule({ enabled: true, severity: "high" })] };
    const { results } = await meanwhile(own, wanted, { before: `GET ${RULES}?id=`, deed: off });
    expect(results).toMatchObject([{ outcome: "failed", reason: CHANGED }]);
    expect(await getRule(own.client(), SPACE, KEY)).toMatchObject({ enabled: false, severity: "low" });
  });

  it("or switches on after the look stays on where the file leaves that to Kibana", async () => {
    const own = await world(first);
    const on = (client: Client): Promise<LiveRule> => patchRule(client, SPACE, { ...KEY, enabled: true });
    const { results } = await meanwhile(own, second, { before: `GET ${RULES}?id=`, deed: on });
    expect(results).toMatchObject([{ outcome: "done" }]);
    expect(await getRule(own.client(), SPACE, KEY)).toMatchObject({ enabled: true, severity: "high" });
  });
});

describe("an exception list or item that somebody edits", () => {
  const editItem = async (client: Client): Promise<unknown> => {
    const { name: _, ...live } = (await getItem(client, SPACE, ITEM))!;
    const { description, type, entries, meta, item_id, namespace_type } = live;
    return updateItem(client, SPACE, {
      name: "by ana",
      description,
      type,
      entries,
      meta,
      item_id,
      namespace_type,
    } as never);
  };
  const editList = async (client: Client): Promise<unknown> => {
    const { description, type, meta } = (await getList(client, SPACE, LIST))!;
    return updateList(client, SPACE, { ...LIST, name: "by ana", description, type, meta });
  };

  it.each([
    ["item", "PUT /api/exception_lists/items", editItem, list({}, { name: "new" })],
    ["list", "PUT /api/exception_lists", editList, list({ name: "new" })],
  ])("in the moment of the write is not overwritten: %s", async (kind, before, deed, wanted) => {
    const own = await world(list());
    const { results } = await meanwhile(own, wanted, { before, deed });
    const result = results.find((one) => one.kind === `exception-${kind}`)!;
    expect(result).toMatchObject({ outcome: "failed", help: "plan again" });
    expect(result.reason).toMatch(/^it was changed since the plan was made/);
    const live =
      kind === "item" ? await getItem(own.client(), SPACE, ITEM) : await getList(own.client(), SPACE, LIST);
    expect(live).toMatchObject({ name: "by ana" });
  });

  it("once more while its drift is overwritten is not taken for written", async () => {
    const own = await world(list());
    await editItem(own.client());
    const again = async (client: Client): Promise<unknown> => {
      const { description, type, entries, meta } = (await getItem(client, SPACE, ITEM))!;
      return updateItem(client, SPACE, { ...ITEM, name: "again", description, type, entries, meta });
    };
    const deed = { before: "PUT /api/exception_lists/items", deed: again };
    const { results } = await meanwhile(own, list(), deed, { overwriteDrift: true });
    expect(results).toMatchObject([{ kind: "exception-item", outcome: "failed" }]);
    expect(await getItem(own.client(), SPACE, ITEM)).toMatchObject({ name: "again" });
  });

  it.each([
    [
      "item",
      "GET /api/exception_lists/items?item_id",
      editItem,
      { lists: [listOf({ list_id: "trusted" }, [])] },
    ],
    ["list", "GET /api/exception_lists?list_id", editList, {}],
  ])("after the look is not deleted: %s", async (kind, before, deed, wanted) => {
    const own = await world(list());
    const { results } = await meanwhile(
      own,
      wanted,
      { before, nth: kind === "item" ? 2 : 1, deed },
      { prune: true },
    );
    expect(results.find((one) => one.kind === `exception-${kind}`)).toMatchObject({
      outcome: "failed",
      reason: CHANGED,
    });
    expect(await getList(own.client(), SPACE, LIST)).toBeDefined();
  });
});

describe("a connector that somebody edits", () => {
  const first = {
    connectors: [
      connectorOf({
        connector_type_id: ".webhook",
        config: { url: "https://a", method: "post" },
        secrets: {},
      }),
    ],
  };
  const second = {
    connectors: [
      connectorOf({
        connector_type_id: ".webhook",
        config: { url: "https://b", method: "post" },
        secrets: {},
      }),
    ],
  };

  it("after the look is not overwritten", async () => {
    const own = await world(first);
    const { id } = (await listConnectors(own.client(), SPACE))[0]!;
    const edit = (client: Client): Promise<unknown> =>
      updateConnector(client, SPACE, id, {
        name: "soc-slack",
        config: { url: "https://ana", method: "post" },
        secrets: {},
      });
    const { results } = await meanwhile(own, second, { before: `GET /api/actions/connector/`, deed: edit });
    expect(results).toMatchObject([{ outcome: "failed", reason: CHANGED }]);
    expect(await getConnector(own.client(), SPACE, id)).toMatchObject({ config: { url: "https://ana" } });
  });
});

describe("a value list that somebody edits", () => {
  const add = (client: Client): Promise<void> => importValues(client, SPACE, "hosts", ["theirs"]);
  const valuesIn = (own: Embedded): Promise<string[]> => exportValues(own.client(), SPACE, "hosts");

  it.each([
    [
      "updated",
      { valueLists: [valuesOf(["a", "b"])] },
      "it has other values, or another name or description",
    ],
    ["deleted", {}, "it has other values"],
  ])("after the look is not %s", async (_, wanted, problem) => {
    const own = await world({ valueLists: [valuesOf(["a"])] });
    const { results } = await meanwhile(
      own,
      wanted,
      { before: "GET /api/lists?id=hosts", deed: add },
      { prune: true },
    );
    expect(results).toMatchObject([
      {
        outcome: "failed",
        reason: `it was changed since the plan was made (${problem})`,
        help: "plan again",
      },
    ]);
    expect((await valuesIn(own)).sort()).toEqual(["a", "theirs"]);
  });

  it("in the moment of the write keeps what they added, which is not stored twice for good", async () => {
    const own = await world({ valueLists: [valuesOf(["a"])] });
    const wanted = { valueLists: [valuesOf(["a", "theirs"])] };
    await meanwhile(own, wanted, { before: "POST /api/lists/items/_import", deed: add });
    await settle(own, wanted);
    expect((await valuesIn(own)).sort()).toEqual(["a", "theirs"]);
  });
});
