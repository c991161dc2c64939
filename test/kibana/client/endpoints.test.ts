import { describe, expect, it } from "vitest";
import { createKibana, type KibanaOptions } from "../../../src/emulator/index.js";
import type { Client } from "../../../src/kibana/client.js";
import {
  BULK_IDS,
  bulkAction,
  createItem,
  createList,
  createRule,
  deleteItem,
  deleteList,
  deleteRule,
  findItems,
  findLists,
  findRules,
  getItem,
  getList,
  getRule,
  type ListKey,
} from "../../../src/kibana/endpoints/index.js";
import { fetchTransport } from "../../../src/kibana/transport.js";
import { clientOf } from "./support.js";

function connect(options: KibanaOptions = {}): Client {
  const kibana = createKibana(options);
  return clientOf(
    fetchTransport((request) => kibana.fetch(request)),
    { auth: { apiKey: kibana.apiKey } },
  ).client;
}

const rule = (rule_id: string): { rule_id: string } & Record<string, unknown> => ({
  rule_id,
  name: rule_id,
  description: "d",
  type: "query",
  query: "a: b",
  severity: "low",
  risk_score: 1,
});
const list = (
  list_id: string,
  namespace_type: ListKey["namespace_type"] = "single",
): ListKey & Record<string, unknown> => ({
  list_id,
  namespace_type,
  name: list_id,
  description: "d",
  type: "detection",
});

function item(
  item_id: string,
  { list_id, namespace_type }: ListKey,
): ListKey & { item_id: string } & Record<string, unknown> {
  return {
    item_id,
    list_id,
    namespace_type,
    type: "simple",
    name: item_id,
    description: "d",
    entries: [{ type: "exists", field: "a", operator: "included" }],
  };
}
const never = (): boolean => false;

describe("rules", () => {
  it("are found by filter, deleted, and stay deleted when they are deleted again", async () => {
    const client = connect();
    for (const id of ["a", "b"]) await createRule(client, "default", rule(id), never);
    const found = await findRules(client, "default", {
      filter: 'alert.attributes.params.ruleId: ("a" or "c")',
      perPage: 10,
    });
    expect(found.rules.map((one) => one.rule_id)).toEqual(["a"]);
    await deleteRule(client, "default", { rule_id: "a" });
    await deleteRule(client, "default", { rule_id: "a" });
    await expect(getRule(client, "default", { rule_id: "a" })).resolves.toBeUndefined();
    await expect(getRule(client, "default", { rule_id: "b" })).resolves.toMatchObject({ name: "b" });
  });

  it("a second creation is refused, unless it is the caller's own", async () => {
    const client = connect();
    const { id } = await createRule(client, "default", rule("a"), never);
    await expect(createRule(client, "default", rule("a"), never)).rejects.toThrow(/already exists/);
    await expect(createRule(client, "default", rule("a"), () => true)).resolves.toMatchObject({ id });
  });

  it("27: a bulk action that fails in part is a report", async () => {
    const client = connect();
    const { id } = await createRule(client, "default", rule("a"), never);
    const report = await bulkAction(client, "default", "delete", [
      id,
      "00000000-0000-4000-8000-000000000000",
    ]);
    expect(report["attributes"]).toMatchObject({ summary: { failed: 1, succeeded: 1, total: 2 } });
    const many = Array.from({ length: BULK_IDS + 1 }, () => id);
    await expect(bulkAction(client, "default", "enable", many)).rejects.toThrow(/More than 100 ids/);
  });
});

describe("exception lists", () => {
  it("are found in both namespaces by one request, however many are asked for", async () => {
    const requests: string[] = [];
    const client = connect({ onRequest: ({ method, path }) => requests.push(`${method} ${path}`) });
    for (const one of [list("a"), list("a", "agnostic"), list('quoted"id'), list("other")])
      await createList(client, "default", one, never);
    requests.length = 0;
    const some: ListKey[] = [list("a"), list("a", "agnostic"), list('quoted"id'), list("gone")];
    const found = await findLists(client, "default", some);
    expect(new Set(found.map((one) => `${String(one["namespace_type"])} ${one.list_id}`))).toEqual(
      new Set(["single a", "agnostic a", 'single quoted"id']),
    );
    const many = [...some, ...Array.from({ length: 300 }, (_, i) => list(`list-${i}`))];
    expect(await findLists(client, "default", many)).toHaveLength(3);
    expect(requests).toHaveLength(2);
  });

  it("are found with their items, and deleted with them", async () => {
    const client = connect();
    const lists = [list("a"), list("b", "agnostic")];
    for (const one of lists) {
      await createList(client, "default", one, never);
      await createItem(client, "default", item(`${one.list_id}-1`, one), never);
      await createItem(client, "default", item(`${one.list_id}-2`, one), never);
    }
    expect((await findItems(client, "default", lists)).map((one) => one.item_id)).toHaveLength(4);
    await deleteItem(client, "default", item("a-1", list("a")));
    await deleteItem(client, "default", item("a-1", list("a")));
    await expect(getItem(client, "default", item("a-1", list("a")))).resolves.toBeUndefined();
    await deleteList(client, "default", list("b", "agnostic"));
    await deleteList(client, "default", list("b", "agnostic"));
    await expect(getList(client, "default", list("b", "agnostic"))).resolves.toBeUndefined();
    expect((await findItems(client, "default", [list("a")])).map((one) => one.item_id)).toEqual(["a-2"]);
  });
});
