/** Exception lists and items beside the rows of Kibana's own tests. */
import { describe, expect, it } from "vitest";
import { ndjsonOf, type Session, startKibana as start } from "../support/kibana.js";
import { itemOf, ITEMS, LISTS, listOf, queryRule, reference, RULES } from "./samples.js";
import { type Flavour, FLAVOURS, type KibanaOptions } from "../../src/emulator/index.js";
import { isModern } from "./worded.js";

describe.each(FLAVOURS)("on %s", (flavour: Flavour) => {
  const startKibana = (options: KibanaOptions = {}): Session => start({ flavour, ...options });

  async function withItem(changes: Record<string, unknown> = {}): Promise<Session> {
    const kibana = startKibana();
    await kibana.post(LISTS, listOf());
    await kibana.post(ITEMS, itemOf(changes));
    return kibana;
  }

  const itemUrl = `${ITEMS}?item_id=some-list-item-id`;
  /** The body of a PUT, which names no list. */
  function update(body: Record<string, unknown>): Record<string, unknown> {
    const { list_id: _, ...item } = body;
    return item;
  }

  describe("lists", () => {
    it("are read by either id, and deleted with their items", async () => {
      const kibana = await withItem();
      const { body } = await kibana.get(`${LISTS}?list_id=some-list-id`);
      expect((await kibana.get(`${LISTS}?id=${String(body["id"])}`)).body).toEqual(body);
      expect((await kibana.delete(`${LISTS}?list_id=some-list-id`)).body).toEqual(body);
      expect((await kibana.get(itemUrl)).status).toBe(404);
    });

    it("leave their references in rules when they are deleted", async () => {
      const kibana = await withItem();
      await kibana.post(RULES, queryRule({ exceptions_list: [reference()] }));
      await kibana.delete(`${LISTS}?list_id=some-list-id`);
      expect((await kibana.get(`${RULES}?rule_id=rule-1`)).body["exceptions_list"]).toEqual([reference()]);
      const exported = await kibana.post(`${RULES}/_export`);
      expect(exported.text).toContain('"missing_exception_lists":[{"list_id":"some-list-id"}]');
    });

    it.each([
      ["get", "?id=x", 404, 'exception list id: "x" does not exist'],
      ["get", "?list_id=x", 404, 'exception list list_id: "x" does not exist'],
      ["get", "", 400, "id or list_id required"],
      ["delete", "?list_id=x", 404, 'exception list list_id: "x" does not exist'],
      ["delete", "", 400, 'Either "list_id" or "id" needs to be defined in the request'],
    ] as const)("%s %s", async (method, query, status, message) => {
      const answer = await startKibana()[method](`${LISTS}${query}`);
      expect(answer.status).toBe(status);
      expect(answer.body).toEqual({ message, status_code: status });
    });

    it("PUT replaces, under optimistic locking where a version is sent", async () => {
      const kibana = await withItem();
      const before = (await kibana.get(`${LISTS}?list_id=some-list-id`)).body;
      const first = await kibana.put(LISTS, { ...listOf({ name: "new" }), _version: before["_version"] });
      expect(first.body).toMatchObject({ name: "new", id: before["id"], created_at: before["created_at"] });
      expect((await kibana.put(LISTS, { ...listOf(), _version: before["_version"] })).status).toBe(409);
      expect((await kibana.put(LISTS, { ...listOf(), _version: "nonsense" })).body).toEqual({
        message: "Invalid version [nonsense]",
        status_code: 400,
      });
      expect((await kibana.put(LISTS, listOf({ list_id: "x" }))).status).toBe(404);
      expect((await kibana.put(LISTS, listOf({ list_id: undefined }))).body["message"]).toBe(
        "either id or list_id need to be defined",
      );
    });

    it("are copied with their items, expired ones only where asked", async () => {
      const kibana = await withItem({ expire_time: "2020-01-01T00:00:00.000Z" });
      await kibana.post(ITEMS, itemOf({ item_id: "fresh" }));
      const copyOf = async (expired: boolean) => {
        const { body } = await kibana.post(
          `${LISTS}/_duplicate?list_id=some-list-id&namespace_type=single&include_expired_exceptions=${expired}`,
        );
        expect(body["name"]).toBe("some name [Duplicate]");
        return (await kibana.get(`${ITEMS}/_find?list_id=${String(body["list_id"])}`)).body["total"];
      };
      expect(await copyOf(true)).toBe(2);
      expect(await copyOf(false)).toBe(1);
      expect((await kibana.post(`${LISTS}/_duplicate?list_id=x&namespace_type=single`)).status).toBe(404);
    });

    it("are counted by operating system", async () => {
      const kibana = await withItem({ os_types: ["windows"] });
      await kibana.post(ITEMS, itemOf({ item_id: "b", os_types: ["linux", "macos"] }));
      expect((await kibana.get(`${LISTS}/summary?list_id=some-list-id`)).body).toEqual({
        windows: 1,
        linux: 1,
        macos: 1,
        total: 2,
      });
    });

    it("are found by KQL over their own kind of saved object", async () => {
      const kibana = await withItem();
      await kibana.post(LISTS, listOf({ list_id: "other", name: "another name", tags: ["soc"] }));
      const find = async (filter: string, more = "") => {
        const { body } = await kibana.get(`${LISTS}/_find?filter=${encodeURIComponent(filter)}${more}`);
        return (
          (body["data"] as { list_id: string }[] | undefined)?.map((list) => list.list_id) ?? body["message"]
        );
      };
      expect(await find('exception-list.attributes.list_id: "other"')).toEqual(["other"]);
      expect(await find("exception-list.attributes.name: another")).toEqual(["other"]);
      expect(await find("exception-list.attributes.tags: soc")).toEqual(["other"]);
      expect(await find("exception-list-agnostic.attributes.tags: soc")).toEqual([]);
      expect(await find("", "&sort_field=name&sort_order=desc")).toEqual(["some-list-id", "other"]);
      expect(await find("name: x")).toMatch(/need to be wrapped by a saved object type/);
      expect(await find("exception-list.attributes.name: (")).toMatch(/KQLSyntaxError/);
    });

    it("of the endpoint are made once, by request or by the first rule", async () => {
      const kibana = startKibana();
      const made = await kibana.post("/api/endpoint_list");
      expect(made.body).toMatchObject({
        list_id: "endpoint_list",
        namespace_type: "agnostic",
        type: "endpoint",
      });
      expect((await kibana.post("/api/endpoint_list")).body).toEqual({});
      const other = startKibana();
      await other.post(RULES, queryRule());
      expect((await other.post("/api/endpoint_list")).body).toEqual({});
    });

    it("shared ones are detection lists", async () => {
      const { body } = await startKibana().post("/api/exceptions/shared", { name: "n", description: "d" });
      expect(body).toMatchObject({ type: "detection", namespace_type: "single", name: "n" });
    });
  });

  describe("items", () => {
    it.each([
      ["get", "?id=x", 404, 'exception list item id: "x" does not exist'],
      ["get", "?item_id=x", 404, 'exception list item item_id: "x" does not exist'],
      ["get", "", 400, "id or item_id required"],
      ["delete", "?item_id=x", 404, 'exception list item item_id: "x" does not exist'],
      ["delete", "", 400, 'Either "item_id" or "id" needs to be defined in the request'],
    ] as const)("%s %s", async (method, query, status, message) => {
      const answer = await startKibana()[method](`${ITEMS}${query}`);
      expect(answer.status).toBe(status);
      expect(answer.body).toEqual({ message, status_code: status });
    });

    it("PUT replaces the whole item, but answers with the old meta", async () => {
      const kibana = await withItem({ meta: { a: 1 }, tags: ["t"], expire_time: "2027-01-01T00:00:00.000Z" });
      const { body } = await kibana.put(ITEMS, update(itemOf({ name: "new" })));
      expect(body).toMatchObject({ name: "new", tags: [], list_id: "some-list-id", meta: { a: 1 } });
      expect(body).not.toHaveProperty("expire_time");
      expect((await kibana.get(itemUrl)).body).not.toHaveProperty("meta");
    });

    it("keep their comments, and new ones go to the end", async () => {
      const kibana = await withItem({ comments: [{ comment: "first" }] });
      const [first] = (await kibana.get(itemUrl)).body["comments"] as { id: string }[];
      const put = (comments: unknown[]) => kibana.put(ITEMS, update(itemOf({ comments })));
      const old = { id: first!.id, comment: "changed" };
      const after = await put([old, { comment: "second" }]);
      expect((after.body["comments"] as { comment: string }[]).map((each) => each.comment)).toEqual([
        "first",
        "second",
      ]);
      const refused = await put([{ comment: "before" }, old]);
      expect(refused.status).toBe(400);
      expect(refused.body["message"]).toEqual(['item "comments" are append only']);
    });

    it("can be renamed by id, and are locked by version", async () => {
      const kibana = await withItem();
      const { body } = await kibana.get(itemUrl);
      const renamed = await kibana.put(ITEMS, update(itemOf({ id: body["id"], item_id: "new-id" })));
      expect(renamed.body).toMatchObject({ id: body["id"], item_id: "new-id" });
      expect((await kibana.get(itemUrl)).status).toBe(404);
      const stale = update(itemOf({ id: body["id"], _version: body["_version"] }));
      expect((await kibana.put(ITEMS, stale)).status).toBe(409);
    });

    it.each([
      ["no entries", [], 'Invalid value "[]" supplied to "entries"'],
      [
        "a value list among others",
        [
          { field: "a", type: "list", operator: "included", list: { id: "l", type: "ip" } },
          { field: "b", type: "exists", operator: "included" },
        ],
        "Cannot have entry of type list and other",
      ],
    ])("with %s are refused", async (_, entries, message) => {
      const kibana = startKibana();
      await kibana.post(LISTS, listOf());
      const { status, body } = await kibana.post(ITEMS, itemOf({ entries }));
      expect(status).toBe(400);
      expect(body["message"]).toContain(message);
    });

    it("take every kind of entry", async () => {
      const operator = "included";
      const entries = [
        { field: "a", type: "match", operator, value: "x" },
        { field: "b", type: "match_any", operator, value: ["x"] },
        { field: "c", type: "wildcard", operator, value: "x*" },
        { field: "d", type: "exists", operator: "excluded" },
        { field: "e", type: "nested", entries: [{ field: "f", type: "exists", operator }] },
      ];
      const kibana = await withItem({ entries });
      expect((await kibana.get(itemUrl)).body["entries"]).toEqual(entries);
      const unknown = await kibana.post(ITEMS, itemOf({ item_id: "x", entries: [{ type: "regex" }] }));
      expect(unknown.body["message"]).toMatch(
        isModern(flavour)
          ? /^\[request body\]: entries\.0\.type: Invalid input$/
          : /^\[request body\]: entries\.0\.type: Invalid discriminator value\. Expected 'match' \| /,
      );
    });

    it("are found in several lists at once, where each has its namespace", async () => {
      const kibana = await withItem();
      await kibana.post(LISTS, listOf({ list_id: "all", namespace_type: "agnostic" }));
      await kibana.post(
        ITEMS,
        itemOf({ list_id: "all", item_id: "b", name: "B", namespace_type: "agnostic" }),
      );
      const find = (query: string) => kibana.get(`${ITEMS}/_find?${query}`);
      const both = await find(
        "list_id=some-list-id,all&namespace_type=single,agnostic&sort_field=name&sort_order=asc",
      );
      expect((both.body["data"] as { item_id: string }[]).map((item) => item.item_id)).toEqual([
        "b",
        "some-list-item-id",
      ]);
      expect((await find("list_id=a,b&namespace_type=single")).body["message"]).toBe(
        "list_id and namespace_id need to have the same comma separated number of values. Expected list_id length: 2 to equal namespace_type length: 1",
      );
      expect((await find("list_id=none")).status).toBe(404);
      expect((await find("list_id=some-list-id&search=web-1")).body["total"]).toBe(1);
      expect((await find("list_id=some-list-id&search=nothing")).body["total"]).toBe(0);
      const filter = encodeURIComponent("exception-list.attributes.entries.value: web-1");
      expect((await find(`list_id=some-list-id&filter=${filter}`)).body["total"]).toBe(1);
    });

    it("of the endpoint list name no list", async () => {
      const kibana = startKibana();
      const { list_id: _, ...item } = itemOf({ os_types: ["windows"] });
      const { body } = await kibana.post("/api/endpoint_list/items", item);
      expect(body).toMatchObject({ list_id: "endpoint_list", namespace_type: "agnostic" });
      const put = await kibana.put("/api/endpoint_list/items", { ...item, name: "new" });
      expect(put.body["name"]).toBe("new");
      expect((await kibana.get("/api/endpoint_list/items/_find")).body["total"]).toBe(1);
      expect((await kibana.delete("/api/endpoint_list/items?item_id=some-list-item-id")).status).toBe(200);
      expect((await kibana.get("/api/endpoint_list/items?item_id=some-list-item-id")).status).toBe(404);
    });
  });

  describe("import", () => {
    it("as a new list gives new ids to the list and its items", async () => {
      const kibana = await withItem();
      const { body } = await kibana.upload(
        `${LISTS}/_import?as_new_list=true`,
        ndjsonOf([listOf(), itemOf()]),
      );
      expect(body).toMatchObject({ success: true, success_count: 2 });
      expect((await kibana.get(`${LISTS}/_find`)).body["total"]).toBe(2);
      expect((await kibana.get(`${ITEMS}/_find?list_id=some-list-id`)).body["total"]).toBe(1);
    });

    it.each([
      ["junk", "junk", { list_id: "(unknown list_id)", error: { status_code: 400 } }],
      ["a list without its name", JSON.stringify(listOf({ name: undefined })), { list_id: "some-list-id" }],
      ["an item without entries", JSON.stringify(itemOf({ entries: [] })), { item_id: "some-list-item-id" }],
    ])("%s is an error of its line", async (_, text, error) => {
      const { status, body } = await startKibana().upload(`${LISTS}/_import`, `${text}\n`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ success: false, success_count: 0, errors: [error] });
    });

    it("an item that belongs to another list is not taken over", async () => {
      const kibana = await withItem();
      const lines = [listOf({ list_id: "other" }), itemOf({ list_id: "other" })];
      const { body } = await kibana.upload(`${LISTS}/_import?overwrite=true`, ndjsonOf(lines));
      expect(body["errors"]).toMatchObject([
        {
          error: {
            status_code: 409,
            message:
              'Error trying to update item_id: "some-list-item-id" and list_id: "other". The item already exists under list_id: some-list-id',
          },
        },
      ]);
    });
  });
});
