/** Data views, which rules name by `data_view_id`. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createKibana, FLAVOURS } from "../../src/emulator/index.js";
import { session, startKibana } from "../support/kibana.js";

const VIEWS = "/api/data_views";
const VIEW = `${VIEWS}/data_view`;

const SECURITY = {
  id: "security-solution-default",
  namespaces: ["default"],
  title:
    ".alerts-security.alerts-default,apm-*-transaction*,auditbeat-*,endgame-*,filebeat-*,logs-*,packetbeat-*,traces-apm*,winlogbeat-*,-*elastic-cloud-logs-*",
  timeFieldName: "@timestamp",
};
const ALERTS = {
  id: "security-solution-alert-default",
  namespaces: ["default"],
  title: ".alerts-security.alerts-default",
  timeFieldName: "@timestamp",
};

/** A data view of the id `logs`, as the API returns it. */
const whole = (values: Record<string, unknown> = {}) => ({
  id: "logs",
  version: expect.stringMatching(/^W/) as unknown,
  title: "logs-*",
  timeFieldName: "@timestamp",
  sourceFilters: [],
  fields: {},
  typeMeta: {},
  fieldFormats: {},
  runtimeFieldMap: {},
  fieldAttrs: {},
  allowNoIndex: false,
  name: "Logs",
  namespaces: ["default"],
  allowHidden: false,
  ...values,
});
const LOGS = { id: "logs", title: "logs-*", name: "Logs", timeFieldName: "@timestamp" };

describe.each(FLAVOURS)("data views on %s", (flavour) => {
  it("a space has Security's own from the start", async () => {
    const kibana = startKibana({ flavour, spaces: ["soc"] });
    const { status, body } = await kibana.get(VIEWS);
    expect(status).toBe(200);
    const managed = { managed: true };
    expect(body).toEqual({
      data_view:
        flavour === "8.18"
          ? [SECURITY]
          : [
              { ...SECURITY, ...managed },
              { ...ALERTS, ...managed },
            ],
    });
    expect((await kibana.get(`/s/soc${VIEW}/security-solution-soc`)).status).toBe(200);
    expect((await kibana.get(`/s/soc${VIEW}/security-solution-default`)).status).toBe(404);
  });

  it("are created, read, changed and deleted", async () => {
    const kibana = startKibana({ flavour });
    const created = await kibana.post(VIEW, {
      data_view: { ...LOGS, fields: { a: {} } },
      refresh_fields: true,
    });
    expect(created).toMatchObject({ status: 200 });
    expect(created.body).toEqual({ data_view: whole() });
    expect((await kibana.get(`${VIEW}/logs`)).body).toEqual({ data_view: whole() });
    const changed = await kibana.post(`${VIEW}/logs`, { data_view: { title: "logs-a*" } });
    expect(changed.body).toEqual({ data_view: whole({ title: "logs-a*" }) });
    const { data_view: before } = created.body as { data_view: { version: string } };
    const { data_view: after } = changed.body as { data_view: { version: string } };
    expect(after.version).not.toBe(before.version);
    const removed = await kibana.delete(`${VIEW}/logs`);
    expect([removed.status, removed.text]).toEqual([200, ""]);
    const gone = await kibana.get(`${VIEW}/logs`);
    expect(gone.body).toEqual({
      statusCode: 404,
      error: "Not Found",
      message: "Saved object [index-pattern/logs] not found",
    });
    expect((await kibana.delete(`${VIEW}/logs`)).status).toBe(404);
    expect((await kibana.post(`${VIEW}/logs`, { data_view: { title: "x" } })).status).toBe(404);
  });

  it("stay in their space", async () => {
    const kibana = startKibana({ flavour, spaces: ["soc"] });
    await kibana.post(`/s/soc${VIEW}`, { data_view: LOGS });
    expect((await kibana.get(`${VIEW}/logs`)).status).toBe(404);
    expect((await kibana.get(`/s/soc${VIEW}/logs`)).body).toEqual({
      data_view: whole({ namespaces: ["soc"] }),
    });
  });

  it("have names of their own", async () => {
    const kibana = startKibana({ flavour });
    await kibana.post(VIEW, { data_view: LOGS });
    const double = await kibana.post(VIEW, { data_view: { title: "other-*", name: "Logs" } });
    expect([double.status, double.body["message"]]).toEqual([400, "Duplicate data view: Logs"]);
    const conflict = await kibana.post(VIEW, { data_view: { ...LOGS, name: "Other" } });
    expect(conflict.status).toBe(409);
    const replaced = await kibana.post(VIEW, { data_view: { title: "new-*", name: "Logs" }, override: true });
    expect(replaced.status).toBe(200);
    expect((await kibana.get(`${VIEW}/logs`)).status).toBe(404);
    const named = await kibana.post(VIEW, { data_view: { title: "Logs", id: "by-title" } });
    expect(named.body["message"]).toBe("Duplicate data view: Logs");
  });

  it.each([
    [{}, "[request body.data_view]: expected a plain object value, but found [undefined] instead."],
    [
      { data_view: {} },
      "[request body.data_view.title]: expected value of type [string] but got [undefined]",
    ],
    [
      { data_view: { title: "a", color: "red" } },
      "[request body.data_view.color]: definition for this key is missing",
    ],
    [{ data_view: { title: "a" }, more: 1 }, "[request body.more]: definition for this key is missing"],
  ])("refuse %j", async (body, message) => {
    const kibana = startKibana({ flavour });
    const answer = await kibana.post(VIEW, body);
    expect(answer.body).toEqual({ statusCode: 400, error: "Bad Request", message });
  });

  it("one of them is the default", async () => {
    const kibana = startKibana({ flavour });
    const get = async () => (await kibana.get(`${VIEWS}/default`)).body;
    expect(await get()).toEqual({ data_view_id: "" });
    await kibana.post(VIEW, { data_view: LOGS });
    await kibana.post(`${VIEWS}/default`, { data_view_id: "logs" });
    await kibana.post(`${VIEWS}/default`, { data_view_id: "other" });
    expect(await get()).toEqual({ data_view_id: "logs" });
    const forced = await kibana.post(`${VIEWS}/default`, { data_view_id: "other", force: true });
    expect(forced.body).toEqual({ acknowledged: true });
    expect(await get()).toEqual({ data_view_id: "other" });
    await kibana.post(`${VIEWS}/default`, { data_view_id: "logs", force: true });
    await kibana.delete(`${VIEW}/logs`);
    expect(await get()).toEqual({ data_view_id: "" });
  });

  it("have attributes of fields and runtime fields", async () => {
    const kibana = startKibana({ flavour });
    await kibana.post(VIEW, { data_view: LOGS });
    await kibana.post(`${VIEW}/logs/fields`, { fields: { a: { customLabel: "A" } } });
    await kibana.post(`${VIEW}/logs/fields`, { fields: { a: { count: 2 } } });
    const none = await kibana.post(`${VIEW}/logs/fields`, { fields: {} });
    expect([none.status, none.body["message"]]).toEqual([400, "No fields provided."]);
    const runtime = `${VIEW}/logs/runtime_field`;
    const added = await kibana.post(runtime, { name: "day", runtimeField: { type: "long" } });
    const field = (type: string) => ({
      name: "day",
      type,
      esTypes: [type],
      count: 0,
      scripted: false,
      searchable: true,
      aggregatable: true,
      readFromDocValues: false,
      shortDotsEnable: false,
      runtimeField: { type },
    });
    const view = (type: string) =>
      whole({
        fieldAttrs: { a: { customLabel: "A", count: 2 } },
        fields: { day: field(type) },
        runtimeFieldMap: { day: { type } },
      });
    expect(added.body).toEqual({ data_view: view("long"), fields: [field("long")] });
    const again = await kibana.post(runtime, { name: "day", runtimeField: { type: "long" } });
    expect([again.status, again.body["message"]]).toEqual([400, "Field [name = day] already exists."]);
    const put = await kibana.put(runtime, { name: "day", runtimeField: { type: "keyword" } });
    expect(put.body).toEqual({ data_view: view("keyword"), fields: [field("keyword")] });
    await kibana.post(`${runtime}/day`, { runtimeField: { type: "date" } });
    expect((await kibana.get(`${runtime}/day`)).body).toEqual({
      data_view: view("date"),
      fields: [field("date")],
    });
    expect((await kibana.get(`${runtime}/night`)).status).toBe(404);
    expect((await kibana.delete(`${runtime}/day`)).status).toBe(200);
    expect((await kibana.get(`${runtime}/day`)).status).toBe(404);
  });

  it("references to them are swapped, of which there are none", async () => {
    const kibana = startKibana({ flavour });
    const swap = { fromId: "a", toId: "b" };
    expect((await kibana.post(`${VIEWS}/swap_references/_preview`, swap)).body).toEqual({ result: [] });
    const swapped = await kibana.post(`${VIEWS}/swap_references`, { ...swap, delete: true });
    expect(swapped.body).toEqual({
      result: [],
      deleteStatus: { remainingRefs: 0, deletePerformed: false },
    });
  });
});

it("a reader may not write them", async () => {
  const users = [{ username: "reader", password: "x", lacks: ["write"] as const }];
  const kibana = startKibana({ users }).as("reader", "x");
  expect((await kibana.get(VIEWS)).status).toBe(200);
  expect((await kibana.post(VIEW, { data_view: LOGS })).status).toBe(403);
});

it("the data file keeps them; a file without any has Security's own", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "kdac-")), "state.json");
  const first = session(createKibana({ data: file }));
  await first.post(VIEW, { data_view: LOGS });
  await first.post(`${VIEWS}/default`, { data_view_id: "logs" });
  await first.delete(`${VIEW}/security-solution-default`);
  await first.post("/api/timeline", { timeline: { title: "kept" } });
  await first.kibana.flush();
  const second = session(createKibana({ data: file }));
  const { data_view: views } = (await second.get(VIEWS)).body as { data_view: { id: string }[] };
  expect(views.map(({ id }) => id)).toEqual(["security-solution-alert-default", "logs"]);
  expect((await second.get(`${VIEWS}/default`)).body).toEqual({ data_view_id: "logs" });
  expect((await second.get("/api/timelines")).body).toMatchObject({ timeline: [{ title: "kept" }] });

  const saved = JSON.parse(readFileSync(file, "utf8")) as { data: Record<string, unknown>[] };
  for (const space of saved.data) {
    delete space["dataViews"];
    delete space["timelines"];
  }
  writeFileSync(file, JSON.stringify(saved));
  const third = session(createKibana({ data: file }));
  const { data_view: own } = (await third.get(VIEWS)).body as { data_view: { id: string }[] };
  expect(own.map(({ id }) => id)).toEqual(["security-solution-default", "security-solution-alert-default"]);

  saved.data[0]!["timelines"] = [1];
  writeFileSync(file, JSON.stringify(saved));
  expect(() => createKibana({ data: file })).toThrow('"timelines" of space "default" is no list of objects');
});
