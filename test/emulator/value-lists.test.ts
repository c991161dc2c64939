import { describe, expect, it } from "vitest";
import { type Session, startKibana as start } from "../support/kibana.js";
import { itemOf, ITEMS, LISTS, listOf } from "./samples.js";
import { type Flavour, FLAVOURS, type KibanaOptions } from "../../src/emulator/index.js";
import { isModern } from "./worded.js";

describe.each(FLAVOURS)("on %s", (flavour: Flavour) => {
  const startKibana = (options: KibanaOptions = {}): Session => start({ flavour, ...options });

  const VALUES = "/api/lists";
  const VALUE_ITEMS = "/api/lists/items";
  const ips = { id: "ips", name: "IPs", description: "addresses", type: "ip" };

  async function withList(...values: string[]): Promise<Session> {
    const kibana = startKibana();
    await kibana.post(`${VALUES}/index`);
    await kibana.post(VALUES, ips);
    for (const [i, value] of values.entries()) {
      await kibana.post(VALUE_ITEMS, { id: `item-${i}`, list_id: "ips", value });
    }
    return kibana;
  }

  describe("the data streams", () => {
    it("are made, told of and deleted", async () => {
      const kibana = startKibana();
      expect((await kibana.get(`${VALUES}/index`)).status).toBe(404);
      expect((await kibana.delete(`${VALUES}/index`)).status).toBe(404);
      expect((await kibana.post(`${VALUES}/index`)).body).toEqual({ acknowledged: true });
      expect((await kibana.get(`${VALUES}/index`)).body).toEqual({ list_index: true, list_item_index: true });
      const again = await kibana.post(`${VALUES}/index`);
      const message = 'data stream: ".lists-default" and ".items-default" already exists';
      expect([again.status, again.body]).toEqual(
        flavour === "8.18" || flavour === "9.2"
          ? [409, { status_code: 409, message }]
          : [200, { acknowledged: true }],
      );
      await kibana.post(VALUES, ips);
      expect((await kibana.delete(`${VALUES}/index`)).body).toEqual({ acknowledged: true });
      await kibana.post(`${VALUES}/index`);
      expect((await kibana.get(`${VALUES}?id=ips`)).status).toBe(404);
    });

    it("come before any list, and belong to a space", async () => {
      const kibana = startKibana({ spaces: ["soc"] });
      await kibana.post(`${VALUES}/index`);
      const { status, body } = await kibana.post(`/s/soc${VALUES}`, ips);
      expect(status).toBe(400);
      expect(body["message"]).toBe(
        'To create a list, the data stream must exist first. Data stream ".lists-soc" does not exist',
      );
    });
  });

  describe("lists", () => {
    it("are created, read, changed and deleted", async () => {
      const kibana = await withList();
      const { body } = await kibana.get(`${VALUES}?id=ips`);
      expect(body).toMatchObject({ ...ips, version: 1, immutable: false, created_by: "elastic" });
      const put = await kibana.put(VALUES, { id: "ips", name: "new", description: "d" });
      expect(put.body).toMatchObject({ name: "new", version: 2, type: "ip" });
      const patched = await kibana.patch(VALUES, { id: "ips", description: "e" });
      expect(patched.body).toMatchObject({ name: "new", description: "e", version: 3 });
      expect((await kibana.put(VALUES, { ...put.body, _version: body["_version"] })).status).toBe(409);
      expect((await kibana.delete(`${VALUES}?id=ips`)).body["id"]).toBe("ips");
      expect((await kibana.get(`${VALUES}?id=ips`)).status).toBe(404);
    });

    it.each([
      ["get", `${VALUES}?id=x`, undefined, 404, 'list id: "x" does not exist'],
      ["delete", `${VALUES}?id=x`, undefined, 404, 'list id: "x" was not found'],
      ["put", VALUES, { id: "x", name: "n", description: "d" }, 404, 'list id: "x" not found'],
      ["post", VALUES, ips, 409, 'list id: "ips" already exists'],
      ["post", VALUE_ITEMS, { list_id: "x", value: "1" }, 404, 'list id: "x" does not exist'],
      ["post", VALUE_ITEMS, { list_id: "ips", value: "no address" }, 400, "list item invalid"],
      [
        "post",
        VALUE_ITEMS,
        { id: "item-0", list_id: "ips", value: "::1" },
        409,
        'list item id: "item-0" already exists',
      ],
      ["patch", VALUE_ITEMS, { id: "x", value: "1" }, 404, 'list item id: "x" not found'],
      ["get", `${VALUE_ITEMS}?id=x`, undefined, 404, 'list item id: "x" does not exist'],
      [
        "get",
        `${VALUE_ITEMS}?list_id=ips&value=9`,
        undefined,
        404,
        'list_id: "ips" item of 9 does not exist',
      ],
      ["get", `${VALUE_ITEMS}/_find?list_id=x`, undefined, 404, 'list id: "x" does not exist'],
    ] as const)("%s %s %j", async (method, path, body, status, message) => {
      const answer = await (await withList("127.0.0.1"))[method](path, body);
      expect(answer.status).toBe(status);
      expect(answer.body).toEqual({ message, status_code: status });
    });

    it("of an unknown type are refused by the schema", async () => {
      const { body } = await startKibana().post(VALUES, { ...ips, type: "nope" });
      expect(body["message"]).toMatch(
        isModern(flavour)
          ? /^\[request body\]: type: Invalid option: expected one of "binary"\|/
          : /^\[request body\]: type: Invalid enum value\. Expected 'binary' \| /,
      );
    });

    it("that an exception item uses are kept, unless told otherwise", async () => {
      const kibana = await withList();
      await kibana.post(LISTS, listOf());
      const entry = {
        field: "source.ip",
        type: "list",
        operator: "included",
        list: { id: "ips", type: "ip" },
      };
      await kibana.post(ITEMS, itemOf({ entries: [entry] }));
      const { status, body } = await kibana.delete(`${VALUES}?id=ips`);
      expect(status).toBe(409);
      expect(body).toMatchObject({
        status_code: 409,
        message: {
          error: {
            message: "Value list 'ips' is referenced in existing exception list(s)",
            references: [
              {
                exception_item: { item_id: "some-list-item-id" },
                exception_list: { list_id: "some-list-id" },
              },
            ],
            value_list_id: "ips",
          },
        },
      });
      expect((await kibana.delete(`${VALUES}?id=ips&deleteReferences=true`)).status).toBe(200);
      expect((await kibana.get(`${ITEMS}?item_id=some-list-item-id`)).status).toBe(404);
    });
  });

  describe("values", () => {
    it("are read by id or by value, changed and deleted", async () => {
      const kibana = await withList("127.0.0.1", "127.0.0.2");
      expect((await kibana.get(`${VALUE_ITEMS}?id=item-0`)).body).toMatchObject({
        value: "127.0.0.1",
        list_id: "ips",
        type: "ip",
      });
      const byValue = await kibana.get<unknown[]>(`${VALUE_ITEMS}?list_id=ips&value=127.0.0.2`);
      expect(byValue.body).toMatchObject([{ id: "item-1" }]);
      const patched = await kibana.patch(VALUE_ITEMS, { id: "item-0", value: "::1" });
      expect(patched.body["value"]).toBe("::1");
      expect((await kibana.put(VALUE_ITEMS, { id: "item-0", value: "not one" })).status).toBe(400);
      expect((await kibana.delete(`${VALUE_ITEMS}?list_id=ips&value=127.0.0.2`)).status).toBe(200);
      expect((await kibana.get(`${VALUE_ITEMS}/_find?list_id=ips`)).body).toMatchObject({
        total: 1,
        page: 1,
        per_page: 20,
        cursor: expect.any(String) as string,
      });
    });

    it("are imported into a list, those that fit, and exported one a line", async () => {
      const kibana = await withList("10.0.0.1");
      const { body } = await kibana.upload(
        `${VALUE_ITEMS}/_import?list_id=ips`,
        "10.0.0.2\r\n\nnonsense\n::1",
        "a.csv",
      );
      expect(body["id"]).toBe("ips");
      const { text, headers } = await kibana.post(`${VALUE_ITEMS}/_export?list_id=ips`);
      expect(text).toBe("10.0.0.1\n10.0.0.2\n::1\n");
      expect(headers.get("content-disposition")).toBe('attachment; filename="ips"');
      expect((await kibana.upload(`${VALUE_ITEMS}/_import?list_id=x`, "1", "a.txt")).status).toBe(409);
      expect((await kibana.upload(`${VALUE_ITEMS}/_import`, "1", "a.txt")).status).toBe(400);
    });

    it("are found page by page", async () => {
      const kibana = await withList("10.0.0.3", "10.0.0.1", "10.0.0.2");
      const find = async (query: string) =>
        (
          (await kibana.get(`${VALUE_ITEMS}/_find?list_id=ips${query}`)).body["data"] as { value: string }[]
        ).map((item) => item.value);
      expect(await find("&sort_field=value&sort_order=asc&per_page=2")).toEqual(["10.0.0.1", "10.0.0.2"]);
      expect(await find("&per_page=2&page=2")).toEqual(["10.0.0.2"]);
      expect(await find("&filter=value:10.0.0.3")).toEqual(["10.0.0.3"]);
      expect((await kibana.get(`${VALUES}/_find?filter=name:IPs`)).body["total"]).toBe(1);
    });

    it("the privileges over them are told", async () => {
      expect((await startKibana().get(`${VALUES}/privileges`)).body).toMatchObject({
        is_authenticated: true,
        lists: { username: "elastic", has_all_requested: true },
      });
    });
  });
});
