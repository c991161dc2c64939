import { describe, expect, it } from "vitest";
import type { Client } from "../../../src/kibana/client.js";
import {
  createItem,
  createList,
  createValueList,
  deleteValue,
  deleteValueList,
  ensureListStreams,
  exportValues,
  findValueLists,
  getItem,
  getValueList,
  importValues,
  updateValueList,
} from "../../../src/kibana/endpoints/index.js";
import { connect } from "./connect.js";
import { clientOf, failure, scripted } from "./support.js";

const never = (): boolean => false;
const HOSTS = {
  id: "hosts",
  name: "Hosts",
  description: "d",
  type: "keyword",
  meta: { kdac: { project: "p" } },
};

async function withList(client: Client, list: { id: string; type: string } = HOSTS): Promise<void> {
  await ensureListStreams(client, "default");
  await createValueList(client, "default", { ...HOSTS, ...list }, never);
}

const values = async (client: Client): Promise<string[]> =>
  (await exportValues(client, "default", "hosts")).sort();

describe("value lists", () => {
  it("36: their data streams are made where they are missing, once", async () => {
    const { client, requests } = connect();
    expect(await findValueLists(client, "default")).toEqual([]);
    await expect(createValueList(client, "default", HOSTS, never)).rejects.toThrow(/data stream must exist/);
    requests.length = 0;
    await ensureListStreams(client, "default");
    await ensureListStreams(client, "default");
    expect(requests).toEqual(["GET /api/lists/index", "POST /api/lists/index", "GET /api/lists/index"]);
    await createValueList(client, "default", HOSTS, never);
    expect(await findValueLists(client, "default")).toMatchObject([HOSTS]);
  });

  it("36: streams that somebody else makes at the same time are no failure", async () => {
    const { transport } = scripted(
      { status: 404, body: { message: "data stream .lists-default does not exist", status_code: 404 } },
      { status: 409, body: { message: "already exists", status_code: 409 } },
    );
    await expect(ensureListStreams(clientOf(transport).client, "default")).resolves.toBeUndefined();
  });

  it("36: a space without the data streams has no lists, whichever way Kibana says so", async () => {
    const { transport } = scripted({
      status: 404,
      body: { message: "index_not_found_exception", status_code: 404 },
    });
    expect(await findValueLists(clientOf(transport).client, "default")).toEqual([]);
  });

  it("are read to the last page, behind the place where the search stops counting", async () => {
    const lists = Array.from({ length: 20_002 }, (_, n) => ({ id: `l${n}`, name: "n", type: "ip" }));
    const page = (from: number, cursor: string, size = 10_000) => ({
      status: 200,
      body: { cursor, total: 10_000, data: lists.slice(from, from + size) },
    });
    const { transport, sent } = scripted(page(0, "c1"), page(10_000, "c2"), page(20_000, "c3"));
    expect(await findValueLists(clientOf(transport).client, "default")).toEqual(lists);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      "?page=1&per_page=10000",
      "?page=2&per_page=10000&cursor=c1",
      "?page=3&per_page=10000&cursor=c2",
    ]);
  });

  it("are changed but for their type", async () => {
    const { client } = connect();
    await withList(client);
    await updateValueList(client, "default", { id: "hosts", name: "New", description: "e", meta: { a: 1 } });
    expect(await getValueList(client, "default", "hosts")).toMatchObject({
      name: "New",
      description: "e",
      type: "keyword",
      meta: { a: 1 },
    });
  });

  it("are deleted with their values, and stay so when they are deleted again", async () => {
    const { client } = connect();
    await withList(client);
    await importValues(client, "default", "hosts", ["a"]);
    await deleteValueList(client, "default", "hosts");
    await deleteValueList(client, "default", "hosts");
    expect(await getValueList(client, "default", "hosts")).toBeUndefined();
    await createValueList(client, "default", HOSTS, never);
    expect(await values(client)).toEqual([]);
  });

  it("2: one that an exception names is not deleted, and the exception stays", async () => {
    const { client } = connect();
    await withList(client);
    const key = { list_id: "l", namespace_type: "single" } as const;
    await createList(client, "default", { ...key, name: "l", description: "d", type: "detection" }, never);
    const item = {
      ...key,
      item_id: "i",
      type: "simple",
      name: "i",
      description: "d",
      entries: [
        { field: "host.name", operator: "included", type: "list", list: { id: "hosts", type: "keyword" } },
      ],
    };
    await createItem(client, "default", item, never);
    const error = await failure(deleteValueList(client, "default", "hosts"));
    expect(error.kind).toBe("conflict");
    expect(error.message).toMatch(/is referenced in existing exception list\(s\)/);
    expect(error.message).not.toContain("{");
    expect(await getItem(client, "default", item)).toMatchObject({ item_id: "i" });
  });
});

describe("values", () => {
  it("are added, read and taken out one by one, in their space", async () => {
    const { client } = connect();
    await withList(client);
    await importValues(client, "default", "hosts", ["b", "a", "a", "c d", 'q"uote,comma', "ü"]);
    expect(await values(client)).toEqual(["a", "b", "c d", 'q"uote,comma', "ü"]);
    await deleteValue(client, "default", { id: "hosts", type: "keyword" }, "c d");
    await deleteValue(client, "default", { id: "hosts", type: "keyword" }, "c d");
    expect(await values(client)).toEqual(["a", "b", 'q"uote,comma', "ü"]);
  });

  it("24: a chunk whose answer is lost is not sent again", async () => {
    const { client, requests } = connect({}, { on: /items\/_import/, lose: ["answer"] });
    await withList(client);
    await importValues(client, "default", "hosts", ["a", "b"]);
    expect(await values(client)).toEqual(["a", "b"]);
    expect(requests.filter((line) => line.includes("_import"))).toHaveLength(1);
  });

  it("24: a chunk that is lost is sent again, and values that came by then are not", async () => {
    const { client, requests } = connect({}, { on: /items\/_import/, lose: ["request", "request"] });
    await withList(client);
    await importValues(client, "default", "hosts", ["a", "b"]);
    expect(await values(client)).toEqual(["a", "b"]);
    expect(requests.filter((line) => line.includes("_import"))).toHaveLength(3);
  });

  it("a connection that keeps breaking ends in its error", async () => {
    const { client } = connect({}, { on: /items\/_import/, lose: ["request", "request", "request"] });
    await withList(client);
    expect((await failure(importValues(client, "default", "hosts", ["a"]))).kind).toBe("network");
  });

  it("travel in chunks below Kibana's limit", async () => {
    const { client, requests } = connect();
    await withList(client);
    const long = "x".repeat(100_000);
    const many = Array.from({ length: 100 }, (_, n) => `${n}-${long}`);
    await importValues(client, "default", "hosts", many);
    expect(await values(client)).toHaveLength(100);
    expect(requests.filter((line) => line.includes("_import"))).toHaveLength(2);
  });

  it("that do not fit the list's type are named", async () => {
    const { client } = connect();
    await withList(client, { id: "hosts", type: "ip" });
    const error = await failure(importValues(client, "default", "hosts", ["10.0.0.1", "nonsense"]));
    expect(error.message).toMatch(/"hosts" did not take 1 value: "nonsense": check that they fit/);
    expect(await values(client)).toEqual(["10.0.0.1"]);
  });

  it("none are no request", async () => {
    const { client, requests } = connect();
    await importValues(client, "default", "hosts", []);
    expect(requests).toEqual([]);
  });
});
