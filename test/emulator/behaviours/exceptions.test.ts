/** Rows 122–141: exception lists, their items, and value lists, as Kibana's own integration tests assert them. */
import { describe, expect, it } from "vitest";
import { documents, ndjsonOf, type Session, startKibana as start } from "../../support/kibana.js";
import { itemOf, ITEMS, LISTS, listOf } from "../samples.js";
import { type Flavour, FLAVOURS, type KibanaOptions } from "../../../src/emulator/index.js";

describe.each(FLAVOURS)("on %s", (flavour: Flavour) => {
  const startKibana = (options: KibanaOptions = {}): Session => start({ flavour, ...options });

  const importing = (kibana: Session, lines: readonly unknown[], flags = "") =>
    kibana.upload(`${LISTS}/_import${flags}`, ndjsonOf(lines));

  describe("exception lists and items", () => {
    it("#122 a list without a list_id is given one", async () => {
      const kibana = startKibana();
      expect((await kibana.post(LISTS, listOf())).status).toBe(200);
      const { status, body } = await kibana.post(LISTS, listOf({ list_id: undefined }));
      expect(status).toBe(200);
      expect(body["list_id"]).toMatch(/^[0-9a-f-]{36}$/);
      expect(body).toMatchObject({
        namespace_type: "single",
        tags: [],
        os_types: [],
        version: 1,
        immutable: false,
      });
    });

    it("#123 the same list_id twice", async () => {
      const kibana = startKibana();
      await kibana.post(LISTS, listOf());
      const { status, body } = await kibana.post(LISTS, listOf());
      expect(status).toBe(409);
      expect(body).toEqual({ message: 'exception list id: "some-list-id" already exists', status_code: 409 });
    });

    it("#124 an item into a list that is not there", async () => {
      const { status, body } = await startKibana().post(ITEMS, itemOf());
      expect(status).toBe(404);
      expect(body).toEqual({ message: 'exception list id: "some-list-id" does not exist', status_code: 404 });
    });

    it("#125 the same item_id twice", async () => {
      const kibana = await withList();
      await kibana.post(ITEMS, itemOf());
      const { status, body } = await kibana.post(ITEMS, itemOf());
      expect(status).toBe(409);
      expect(body).toEqual({
        message: 'exception list item id: "some-list-item-id" already exists',
        status_code: 409,
      });
    });

    it.each(["", "\n\n"])("#126 the comment %j", async (comment) => {
      const { status, body } = await (await withList()).post(ITEMS, itemOf({ comments: [{ comment }] }));
      expect(status).toBe(400);
      expect(body["message"]).toContain("No empty strings allowed");
    });

    it("#127 no comments", async () => {
      const { status, body } = await (await withList()).post(ITEMS, itemOf({ comments: [] }));
      expect(status).toBe(200);
      expect(body["comments"]).toEqual([]);
    });

    it("#128 values that differ in case only are both kept", async () => {
      const entries = [
        { field: "file.extension", operator: "included", type: "match_any", value: ["dll", "DLL"] },
      ];
      const { body } = await (await withList()).post(ITEMS, itemOf({ entries }));
      expect(body["entries"]).toEqual(entries);
    });

    it.each([
      ["2026-12-31T23:59:59.000Z", 200],
      ["abc", 400],
    ])("#129 expire_time %s", async (expire_time, expected) => {
      const { status } = await (await withList()).post(ITEMS, itemOf({ expire_time }));
      expect(status).toBe(expected);
    });
  });

  async function withList(changes: Record<string, unknown> = {}): Promise<Session & { id: unknown }> {
    const kibana = startKibana();
    const { body } = await kibana.post(LISTS, listOf(changes));
    return { ...kibana, id: body["id"] };
  }

  describe("export of exception lists", () => {
    const exportOf = (id: unknown, expired: string): string =>
      `${LISTS}/_export?id=${String(id)}&list_id=some-list-id&namespace_type=single&include_expired_exceptions=${expired}`;

    it("#130 the list, then its items", async () => {
      const kibana = await withList();
      const item = await kibana.post(ITEMS, itemOf());
      const { status, headers, text } = await kibana.post(exportOf(kibana.id, "true"));
      expect(status).toBe(200);
      expect(headers.get("content-disposition")).toBe('attachment; filename="some-list-id"');
      const lines = documents(text);
      expect(lines[0]).toMatchObject({ id: kibana.id, list_id: "some-list-id" });
      expect(lines[1]).toEqual(item.body);
      expect(lines[2]).toEqual({
        exported_exception_list_count: 1,
        exported_exception_list_item_count: 1,
        missing_exception_list_item_count: 0,
        missing_exception_list_items: [],
        missing_exception_lists: [],
        missing_exception_lists_count: 0,
      });
    });

    it("#131 of unknown ids", async () => {
      const path = `${LISTS}/_export?id=not_exist&list_id=not_exist&namespace_type=single&include_expired_exceptions=true`;
      const { status, body } = await startKibana().post(path);
      expect(status).toBe(400);
      expect(body).toEqual({
        message: "exception list with list_id: not_exist or id: not_exist does not exist",
        status_code: 400,
      });
    });

    it("#132 without expired items", async () => {
      const kibana = await withList();
      await kibana.post(ITEMS, itemOf({ expire_time: "2020-01-01T00:00:00.000Z" }));
      await kibana.post(ITEMS, itemOf({ item_id: "fresh" }));
      const items = async (expired: string) =>
        documents((await kibana.post(exportOf(kibana.id, expired))).text).flatMap(
          (line) => line["item_id"] ?? [],
        );
      expect(await items("false")).toEqual(["fresh"]);
      expect(await items("true")).toEqual(["some-list-item-id", "fresh"]);
    });
  });

  describe("import of exception lists", () => {
    it("#133 a list that is there", async () => {
      const kibana = await withList();
      const { status, body } = await importing(kibana, [listOf()]);
      expect(status).toBe(200);
      expect(body).toEqual({
        errors: [
          {
            list_id: "some-list-id",
            error: {
              status_code: 409,
              message:
                'Found that list_id: "some-list-id" already exists. Import of list_id: "some-list-id" skipped.',
            },
          },
        ],
        success: false,
        success_count: 0,
        success_exception_lists: false,
        success_count_exception_lists: 0,
        success_exception_list_items: true,
        success_count_exception_list_items: 0,
      });
    });

    it("#134 the same list twice in the file", async () => {
      const list = listOf({ list_id: "detection_list_id" });
      const kibana = startKibana();
      const { body } = await importing(kibana, [list, { ...list, name: "last" }]);
      expect(body).toMatchObject({
        success: false,
        success_count: 1,
        errors: [
          {
            list_id: "detection_list_id",
            error: {
              status_code: 400,
              message:
                'More than one exception list with list_id: "detection_list_id" found in imports. The last list will be used.',
            },
          },
        ],
      });
      expect((await kibana.get(`${LISTS}?list_id=detection_list_id`)).body["name"]).toBe("last");
    });

    it("#135 an item of a list that is not there", async () => {
      const { body } = await importing(startKibana(), [itemOf({ item_id: "1" })]);
      expect(body).toMatchObject({
        success: false,
        success_exception_list_items: false,
        errors: [
          {
            item_id: "1",
            list_id: "some-list-id",
            error: {
              status_code: 409,
              message:
                'Exception list with list_id: "some-list-id", not found for exception list item with item_id: "1"',
            },
          },
        ],
      });
    });

    it("#136 a list and two items", async () => {
      const lines = [listOf(), itemOf({ item_id: "a" }), itemOf({ item_id: "b" })];
      const { body } = await importing(startKibana(), lines);
      expect(body).toEqual({
        errors: [],
        success: true,
        success_count: 3,
        success_exception_lists: true,
        success_count_exception_lists: 1,
        success_exception_list_items: true,
        success_count_exception_list_items: 2,
      });
    });

    it("#137 overwriting a list and an item", async () => {
      const kibana = await withList();
      await kibana.post(ITEMS, itemOf());
      await kibana.post(ITEMS, itemOf({ item_id: "only here" }));
      const lines = [listOf({ name: "new" }), itemOf({ name: "new" })];
      const { body } = await importing(kibana, lines, "?overwrite=true");
      expect(body).toMatchObject({ errors: [], success: true, success_count: 2 });
      expect((await kibana.get(`${LISTS}?list_id=some-list-id`)).body).toMatchObject({
        id: kibana.id,
        name: "new",
      });
      const found = await kibana.get(`${ITEMS}/_find?list_id=some-list-id`);
      expect(found.body["data"]).toMatchObject([{ item_id: "some-list-item-id", name: "new" }]);
    });
  });

  describe("import of value lists", () => {
    const path = "/api/lists/items/_import?type=ip";
    const withStreams = async (): Promise<Session> => {
      const kibana = startKibana();
      await kibana.post("/api/lists/index");
      return kibana;
    };

    it("#138 before the data streams are there", async () => {
      const { status, body } = await startKibana().upload(path, "127.0.0.1\n", "list_items.txt");
      expect(status).toBe(400);
      expect(body).toEqual({
        status_code: 400,
        message:
          'To import a list item, the data steam must exist first. Data stream ".lists-default" does not exist',
      });
    });

    it("#139 of a PDF", async () => {
      const { status, body } = await (await withStreams()).upload(path, "127.0.0.1\n", "list_items.pdf");
      expect(status).toBe(415);
      expect(body).toEqual({
        status_code: 415,
        message: "Unsupported media type. File must be one of the following types: [.csv, .txt]",
      });
    });

    it("#140 of more than 9,000,000 bytes", async () => {
      const { status, body } = await (
        await withStreams()
      ).upload(path, "1".repeat(9_000_001), "list_items.txt");
      expect(status).toBe(413);
      expect(body).toEqual({
        statusCode: 413,
        error: "Request Entity Too Large",
        message: "Payload content length greater than maximum allowed: 9000000",
      });
    });

    it("#141 with a type only", async () => {
      const kibana = await withStreams();
      const { status, body } = await kibana.upload(path, "127.0.0.1\n127.0.0.2\n", "list_items.txt");
      expect(status).toBe(200);
      expect(body).toMatchObject({
        id: "list_items.txt",
        name: "list_items.txt",
        description: "File uploaded from file system of list_items.txt",
        type: "ip",
      });
      const exported = await kibana.post("/api/lists/items/_export?list_id=list_items.txt");
      expect(exported.text).toBe("127.0.0.1\n127.0.0.2\n");
    });
  });
});
