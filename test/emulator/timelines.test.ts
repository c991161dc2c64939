/** Timelines, whose templates rules name by `timeline_id`. */
import { describe, expect, it } from "vitest";
import { FLAVOURS } from "../../src/emulator/index.js";
import { documents, ndjsonOf, type Session, startKibana } from "../support/kibana.js";

const TIMELINE = "/api/timeline";
type Json = Record<string, unknown>;

describe.each(FLAVOURS)("timelines on %s", (flavour) => {
  const isWrapped = flavour === "8.18";
  const start = () => startKibana({ flavour, spaces: ["soc"] });
  const created = async (kibana: Session, timeline: Json, more: Json = {}): Promise<Json> => {
    const { status, body } = await kibana.post(TIMELINE, { timeline, ...more });
    expect(status).toBe(200);
    if (!isWrapped) return body;
    expect(body).toMatchObject({ data: { persistTimeline: { code: 200, message: "success" } } });
    return (body as { data: { persistTimeline: { timeline: Json } } }).data.persistTimeline.timeline;
  };
  const read = async (kibana: Session, query: string) => {
    const answer = await kibana.get(`${TIMELINE}?${query}`);
    const body = isWrapped ? (answer.body["data"] as Json | undefined)?.["getOneTimeline"] : answer.body;
    return { status: answer.status, body: body as Json | undefined };
  };

  it("are created, read, changed and deleted", async () => {
    const kibana = start();
    const timeline = await created(kibana, { title: "Lateral movement", kqlMode: "filter", version: "no" });
    expect(timeline).toEqual({
      savedObjectId: expect.any(String) as unknown,
      version: expect.stringMatching(/^W/) as unknown,
      title: "Lateral movement",
      kqlMode: "filter",
      timelineType: "default",
      status: "active",
      templateTimelineId: null,
      templateTimelineVersion: null,
      created: expect.any(Number) as unknown,
      createdBy: "elastic",
      updated: expect.any(Number) as unknown,
      updatedBy: "elastic",
      favorite: [],
      noteIds: [],
      pinnedEventIds: [],
      eventIdToNoteIds: [],
      notes: [],
      pinnedEventsSaveObject: [],
    });
    const id = String(timeline["savedObjectId"]);
    expect(await read(kibana, `id=${id}`)).toEqual({ status: 200, body: timeline });
    const resolved = { timeline, outcome: "exactMatch" };
    expect((await kibana.get(`${TIMELINE}/resolve?id=${id}`)).body).toEqual(
      isWrapped ? { data: resolved } : resolved,
    );
    const stale = await kibana.patch(TIMELINE, {
      timelineId: id,
      version: "WzAsMV0=",
      timeline: { title: "x" },
    });
    expect(stale.body).toEqual({
      message: `Saved object [siem-ui-timeline/${id}] conflict`,
      status_code: 409,
    });
    const patched = await kibana.patch(TIMELINE, {
      timelineId: id,
      version: timeline["version"],
      timeline: { description: "new", timelineType: "template" },
    });
    expect(patched.status).toBe(200);
    expect((await read(kibana, `id=${id}`)).body).toMatchObject({
      title: "Lateral movement",
      description: "new",
      timelineType: "default",
    });
    const removed = await kibana.delete(TIMELINE, { savedObjectIds: [id] });
    expect([removed.status, removed.text]).toEqual([
      200,
      isWrapped ? '{"data":{"deleteTimeline":true}}' : "",
    ]);
    const gone = await kibana.get(`${TIMELINE}?id=${id}`);
    if (isWrapped) expect([gone.status, gone.body]).toEqual([200, {}]);
    else expect(gone.body).toEqual({ message: "Could not find timeline", status_code: 404 });
    expect((await kibana.get(`${TIMELINE}/resolve?id=${id}`)).status).toBe(404);
  });

  it("POST creates and PATCH updates", async () => {
    const kibana = start();
    const timeline = await created(kibana, { title: "a" });
    const post = await kibana.post(TIMELINE, { timeline: {}, timelineId: timeline["savedObjectId"] });
    expect(post.body).toEqual({
      message: "UPDATE timeline with POST is not allowed, please use PATCH instead",
      status_code: 405,
    });
    const patch = await kibana.patch(TIMELINE, { timeline: {}, timelineId: "none" });
    expect(patch.body).toEqual({
      message: "CREATE timeline with PATCH is not allowed, please use POST instead",
      status_code: 405,
    });
    const neither = await kibana.get(TIMELINE);
    expect(neither.body).toEqual({ message: "please provide id or template_timeline_id", status_code: 500 });
  });

  it("templates have an id and a version of their own", async () => {
    const kibana = start();
    const template = await created(
      kibana,
      { title: "T" },
      { timelineType: "template", templateTimelineId: "t-1", templateTimelineVersion: 3 },
    );
    expect(template).toMatchObject({ templateTimelineId: "t-1", templateTimelineVersion: 3 });
    expect((await read(kibana, "template_timeline_id=t-1")).body).toEqual(template);
    const twice = await kibana.post(TIMELINE, { timeline: { templateTimelineId: "t-1" } });
    expect(twice.status).toBe(405);
    const own = await created(kibana, { title: "U", timelineType: "template" });
    expect(own).toMatchObject({
      templateTimelineId: expect.any(String) as unknown,
      templateTimelineVersion: 1,
    });
  });

  it("are found by type, status, text and page", async () => {
    const kibana = start();
    await created(kibana, { title: "b", description: "Beacons" });
    await created(kibana, { title: "A", timelineType: "template" });
    await created(kibana, { title: "c", timelineType: "template", status: "immutable" });
    await kibana.get(`${TIMELINE}/_draft?timelineType=default`);
    const find = async (query: string) => {
      const { body } = await kibana.get(`/api/timelines?${query}`);
      const { timeline, ...counts } = body as { timeline: { title: string }[] };
      return { titles: timeline.map(({ title }) => title), counts };
    };
    expect(await find("sort_field=title&sort_order=asc")).toEqual({
      titles: ["A", "b", "c"],
      counts: {
        totalCount: 3,
        defaultTimelineCount: 1,
        templateTimelineCount: 2,
        elasticTemplateTimelineCount: 1,
        customTemplateTimelineCount: 1,
        favoriteCount: 0,
      },
    });
    expect((await find("")).titles).toEqual(["c", "A", "b"]);
    expect((await find("timeline_type=template&status=active")).titles).toEqual(["A"]);
    expect((await find("status=immutable")).titles).toEqual(["c"]);
    expect((await find("status=draft")).titles).toEqual([""]);
    expect((await find("search=BEACON")).titles).toEqual(["b"]);
    expect((await find("page_size=2&page_index=2")).titles).toEqual(["b"]);
    expect((await kibana.get("/s/soc/api/timelines")).body).toMatchObject({ totalCount: 0 });
    expect((await kibana.get("/api/timelines?page_index=0")).status).toBe(400);
  });

  it("favourites are of one user", async () => {
    const kibana = start();
    const { savedObjectId: timelineId } = await created(kibana, { title: "a" });
    const mark = { timelineId, timelineType: "default" };
    expect((await kibana.patch(`${TIMELINE}/_favorite`, mark)).text).toContain('"userName":"elastic"');
    expect((await kibana.get("/api/timelines?only_user_favorite=true")).body).toMatchObject({
      totalCount: 1,
      favoriteCount: 1,
    });
    await kibana.patch(`${TIMELINE}/_favorite`, mark);
    expect((await kibana.get("/api/timelines?only_user_favorite=true")).body).toMatchObject({
      totalCount: 0,
    });
  });

  it("each user has one draft of a type", async () => {
    const kibana = start();
    const first = await kibana.get(`${TIMELINE}/_draft?timelineType=default`);
    expect((await kibana.get(`${TIMELINE}/_draft?timelineType=default`)).body).toEqual(first.body);
    const clean = await kibana.post(`${TIMELINE}/_draft`, { timelineType: "default" });
    expect(clean.body).not.toEqual(first.body);
    expect((await kibana.get("/api/timelines?status=draft")).body).toMatchObject({ totalCount: 1 });
  });

  it("are copied, exported and imported", async () => {
    const kibana = start();
    const timeline = await created(kibana, { title: "a", kqlMode: "search" });
    const id = timeline["savedObjectId"];
    const copy = await kibana.post(`${TIMELINE}/_copy`, { timelineIdToCopy: id, timeline: { title: "b" } });
    expect(copy.text).toContain('"kqlMode":"search"');
    expect((await kibana.post(`${TIMELINE}/_copy`, { timelineIdToCopy: "no", timeline: {} })).status).toBe(
      404,
    );
    const exported = await kibana.post(`${TIMELINE}/_export?file_name=t.ndjson`, { ids: [id] });
    expect(exported.headers.get("content-disposition")).toBe('attachment; filename="t.ndjson"');
    const { noteIds, notes, eventIdToNoteIds, pinnedEventsSaveObject, ...line } = timeline;
    expect([noteIds, notes, eventIdToNoteIds, pinnedEventsSaveObject]).toEqual([[], [], [], []]);
    expect(documents(exported.text)).toEqual([
      { ...line, eventNotes: [], globalNotes: [], pinnedEventIds: [] },
    ]);
    const there = await kibana.upload(`${TIMELINE}/_import`, exported.text);
    expect(there.body).toEqual({
      success: false,
      success_count: 0,
      timelines_installed: 0,
      timelines_updated: 0,
      errors: [{ id, error: { status_code: 409, message: `timeline_id: "${String(id)}" already exists` } }],
    });
    const elsewhere = await kibana.upload(`/s/soc${TIMELINE}/_import`, `${exported.text}{`);
    expect(elsewhere.body).toMatchObject({
      success: false,
      success_count: 1,
      timelines_installed: 1,
      errors: [{ error: { status_code: 400 } }],
    });
    expect((await kibana.get("/s/soc/api/timelines")).body).toMatchObject({ timeline: [{ title: "a" }] });
  });

  it("an import replaces a template by a newer version alone", async () => {
    const kibana = start();
    const template = (version: number, title: string) => ({
      title,
      timelineType: "template",
      templateTimelineId: "t-1",
      templateTimelineVersion: version,
    });
    const send = async (...lines: Json[]) =>
      (await kibana.upload(`${TIMELINE}/_import`, ndjsonOf(lines))).body;
    expect(await send(template(2, "two"))).toMatchObject({ timelines_installed: 1, timelines_updated: 0 });
    expect(await send(template(2, "again"))).toMatchObject({
      success: false,
      errors: [{ error: { status_code: 409 } }],
    });
    expect(await send(template(3, "three"))).toMatchObject({ success_count: 1, timelines_updated: 1 });
    expect((await read(kibana, "template_timeline_id=t-1")).body).toMatchObject({
      title: "three",
      templateTimelineVersion: 3,
    });
  });
});
