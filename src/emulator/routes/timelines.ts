/** `/api/timeline` and `/api/timelines`. */
import { SiemError } from "../http/errors.js";
import { ndjson } from "../http/responses.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody, checkedQuery } from "../http/route.js";
import { findTimelines } from "../timelines/find.js";
import { importTimelines } from "../timelines/import.js";
import {
  addTimeline,
  changeTimeline,
  checkTimelineVersion,
  draftOf,
  type StoredTimeline,
  templateNamed,
  TIMELINE_STATUSES,
  TIMELINE_TYPES,
  type TimelineBody,
  timelineResponse,
  toggleFavorite,
} from "../timelines/store.js";
import {
  anyObject,
  array,
  nullable,
  number,
  object,
  oneOf,
  optional,
  string,
  withDefault,
} from "../validate/schema.js";
import { uploadedLines } from "./rule-collections.js";

const TIMELINE = "/api/timeline";

const textOrNull = optional(nullable(string()));
const type = optional(nullable(oneOf(TIMELINE_TYPES)));
const templateVersion = optional(nullable(number()));

const createBody = object({
  timeline: anyObject(),
  status: optional(nullable(oneOf(TIMELINE_STATUSES))),
  timelineId: textOrNull,
  templateTimelineId: textOrNull,
  templateTimelineVersion: templateVersion,
  timelineType: type,
  version: textOrNull,
});
const patchBody = object({ timelineId: nullable(string()), timeline: anyObject(), version: textOrNull });
const selectorQuery = object({ id: optional(string()), template_timeline_id: optional(string()) });

/** Up to 8.x, answers were wrapped as GraphQL had left them. */
function wrapped(call: Call, operation: string, answer: unknown): unknown {
  return call.kernel.has("plainTimelines") ? answer : { data: { [operation]: answer } };
}

function persisted(call: Call, timeline: StoredTimeline): unknown {
  const response = timelineResponse(timeline);
  if (call.kernel.has("plainTimelines")) return response;
  return { data: { persistTimeline: { code: 200, message: "success", timeline: response } } };
}

function selected(call: Call): StoredTimeline | undefined {
  const { id, template_timeline_id: templateId } = checkedQuery(call, selectorQuery);
  if (id !== undefined && templateId === undefined) return call.space.timelines.get(id);
  if (templateId !== undefined && id === undefined) return templateNamed(call, templateId);
  throw new SiemError(500, "please provide id or template_timeline_id");
}

const missing = (): SiemError => new SiemError(404, "Could not find timeline");

/** A timeline that is not there is an empty answer up to 8.x. */
function read(call: Call): unknown {
  const timeline = selected(call);
  if (timeline !== undefined) return wrapped(call, "getOneTimeline", timelineResponse(timeline));
  if (call.kernel.has("plainTimelines")) throw missing();
  return {};
}

function resolve(call: Call): unknown {
  const timeline = selected(call);
  if (timeline === undefined) throw missing();
  const answer = { timeline: timelineResponse(timeline), outcome: "exactMatch" };
  return call.kernel.has("plainTimelines") ? answer : { data: answer };
}

function create(call: Call): unknown {
  const body = checkedBody(call, createBody);
  const { space } = call;
  const given: TimelineBody = body.timeline;
  const templateId = body.templateTimelineId ?? given.templateTimelineId;
  const isThere =
    (typeof body.timelineId === "string" && space.timelines.has(body.timelineId)) ||
    (typeof templateId === "string" && templateNamed(call, templateId) !== undefined);
  if (isThere) {
    throw new SiemError(405, "UPDATE timeline with POST is not allowed, please use PATCH instead");
  }
  const timeline = addTimeline(call, {
    ...given,
    status: body.status ?? given.status ?? "active",
    timelineType: body.timelineType ?? given.timelineType ?? "default",
    templateTimelineId: templateId ?? null,
    templateTimelineVersion: body.templateTimelineVersion ?? given.templateTimelineVersion ?? null,
  });
  return persisted(call, timeline);
}

function patch(call: Call): unknown {
  const body = checkedBody(call, patchBody);
  const existing = call.space.timelines.get(body.timelineId ?? "");
  if (existing === undefined) {
    throw new SiemError(405, "CREATE timeline with PATCH is not allowed, please use POST instead");
  }
  checkTimelineVersion(existing, body.version);
  return persisted(call, changeTimeline(call, existing, body.timeline));
}

const deleteBody = object({ savedObjectIds: array(string()), searchIds: optional(array(string())) });

function remove(call: Call): unknown {
  for (const id of checkedBody(call, deleteBody).savedObjectIds) call.space.timelines.delete(id);
  return call.kernel.has("plainTimelines") ? new Response(null) : { data: { deleteTimeline: true } };
}

const draftQuery = object({ timelineType: oneOf(TIMELINE_TYPES) });

function readDraft(call: Call): unknown {
  const { timelineType } = checkedQuery(call, draftQuery);
  const draft = draftOf(call, timelineType) ?? addTimeline(call, { timelineType, status: "draft" });
  return persisted(call, draft);
}

/** Throws the caller's draft away and begins a new one. */
function cleanDraft(call: Call): unknown {
  const { timelineType } = checkedBody(call, draftQuery);
  const draft = draftOf(call, timelineType);
  if (draft !== undefined) call.space.timelines.delete(draft.id);
  return persisted(call, addTimeline(call, { timelineType, status: "draft" }));
}

const favoriteBody = object({
  timelineId: nullable(string()),
  templateTimelineId: textOrNull,
  templateTimelineVersion: templateVersion,
  timelineType: type,
});

function favorite(call: Call): unknown {
  const body = checkedBody(call, favoriteBody);
  const { timelineType } = body;
  const known = call.space.timelines.get(body.timelineId ?? "");
  const timeline = toggleFavorite(
    call,
    known ?? addTimeline(call, { timelineType: timelineType ?? "default" }),
  );
  const {
    id: savedObjectId,
    version,
    favorite: marks,
    templateTimelineId,
    templateTimelineVersion,
  } = timeline;
  const answer = {
    savedObjectId,
    version,
    favorite: marks,
    ...(timeline.timelineType === "template"
      ? { templateTimelineId, templateTimelineVersion, timelineType: "template" }
      : {}),
  };
  return wrapped(
    call,
    "persistFavorite",
    call.kernel.has("plainTimelines") ? answer : { code: 200, message: "success", ...answer },
  );
}

const copyBody = object({ timeline: anyObject(), timelineIdToCopy: string() });

function copy(call: Call): unknown {
  const body = checkedBody(call, copyBody);
  const original = call.space.timelines.get(body.timelineIdToCopy);
  if (original === undefined) throw missing();
  const { templateTimelineId: _, ...rest } = original;
  return persisted(call, addTimeline(call, { ...rest, ...body.timeline }));
}

const exportQuery = object({ file_name: withDefault(string(), () => "timelines_export.ndjson") });
const exportBody = object({ ids: optional(nullable(array(string()))) });

function exportTimelines(call: Call): Response {
  const { file_name: fileName } = checkedQuery(call, exportQuery);
  const { ids } = checkedBody(call, exportBody);
  const { timelines } = call.space;
  const found =
    ids === undefined || ids === null
      ? [...timelines.values()]
      : ids.flatMap((id) => timelines.get(id) ?? []);
  return ndjson(found.map(exportLine), fileName);
}

function exportLine(timeline: StoredTimeline) {
  const {
    notes: _,
    pinnedEventsSaveObject: _events,
    noteIds: _ids,
    eventIdToNoteIds: _by,
    ...rest
  } = timelineResponse(timeline);
  return { ...rest, pinnedEventIds: [], eventNotes: [], globalNotes: [] };
}

async function importFile(call: Call): Promise<unknown> {
  return importTimelines(call, await uploadedLines(call));
}

export const timelineRoutes: readonly Route[] = [
  { method: "GET", path: "/api/timelines", privilege: "read", handle: findTimelines },
  { method: "GET", path: TIMELINE, privilege: "read", handle: read },
  { method: "GET", path: `${TIMELINE}/resolve`, privilege: "read", handle: resolve },
  { method: "POST", path: TIMELINE, privilege: "write", handle: create },
  { method: "PATCH", path: TIMELINE, privilege: "write", handle: patch },
  { method: "DELETE", path: TIMELINE, privilege: "write", handle: remove },
  { method: "GET", path: `${TIMELINE}/_draft`, privilege: "write", handle: readDraft },
  { method: "POST", path: `${TIMELINE}/_draft`, privilege: "write", handle: cleanDraft },
  { method: "PATCH", path: `${TIMELINE}/_favorite`, privilege: "write", handle: favorite },
  { method: "POST", path: `${TIMELINE}/_copy`, privilege: "write", handle: copy },
  { method: "POST", path: `${TIMELINE}/_export`, privilege: "read", readOnly: true, handle: exportTimelines },
  {
    method: "POST",
    path: `${TIMELINE}/_import`,
    privilege: "write",
    upload: true,
    maxBytes: 10_485_760,
    handle: importFile,
  },
];
