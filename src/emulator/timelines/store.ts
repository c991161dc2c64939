/** Timelines and the templates that rules name by `timeline_id`. */
import { SiemError } from "../http/errors.js";
import type { Actor } from "../rules/write.js";

type Values = Readonly<Record<string, unknown>>;

/** What a user gives of a timeline: all of it is optional. */
export interface TimelineBody {
  readonly title?: string | null;
  readonly timelineType?: TimelineType | null;
  readonly status?: TimelineStatus | null;
  readonly templateTimelineId?: string | null;
  readonly templateTimelineVersion?: number | null;
  readonly [field: string]: unknown;
}

export const TIMELINE_TYPES = ["default", "template"] as const;
export type TimelineType = (typeof TIMELINE_TYPES)[number];
export const TIMELINE_STATUSES = ["active", "draft", "immutable"] as const;
export type TimelineStatus = (typeof TIMELINE_STATUSES)[number];

export interface StoredTimeline extends TimelineBody {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly timelineType: TimelineType;
  readonly status: TimelineStatus;
  readonly created: number;
  readonly createdBy: string;
  readonly updated: number;
  readonly updatedBy: string;
  readonly favorite: readonly Favorite[];
}

interface Favorite {
  readonly userName: string;
  readonly fullName: string;
  readonly favoriteDate: number;
}

/** What the server says of itself: a body cannot set it. */
const SERVER_KEYS = [
  "id",
  "savedObjectId",
  "version",
  "created",
  "createdBy",
  "updated",
  "updatedBy",
  "favorite",
  "noteIds",
  "notes",
  "pinnedEventIds",
  "pinnedEventsSaveObject",
  "eventIdToNoteIds",
  "eventNotes",
  "globalNotes",
] as const;

function content(body: TimelineBody): TimelineBody {
  const own = new Set<string>(SERVER_KEYS);
  return Object.fromEntries(Object.entries(body).filter(([key]) => !own.has(key)));
}

/** A template has an id and a version of its own, by which it is known in every space. */
function templateKeys(actor: Actor, body: TimelineBody): Values {
  if (body.timelineType !== "template") return { templateTimelineId: null, templateTimelineVersion: null };
  return {
    templateTimelineId: body.templateTimelineId ?? actor.kernel.uuid(),
    templateTimelineVersion: body.templateTimelineVersion ?? 1,
  };
}

export function addTimeline(actor: Actor, body: TimelineBody, id = actor.kernel.uuid()): StoredTimeline {
  const { kernel, space, user } = actor;
  const now = kernel.time().getTime();
  const timeline: StoredTimeline = {
    ...content(body),
    ...templateKeys(actor, body),
    id,
    version: kernel.state.nextVersion(),
    title: body.title ?? "",
    timelineType: body.timelineType ?? "default",
    status: body.status ?? "active",
    created: now,
    createdBy: user.username,
    updated: now,
    updatedBy: user.username,
    favorite: [],
  };
  space.timelines.set(id, timeline);
  return timeline;
}

/** Stores a changed timeline under its next version. */
export function changeTimeline(actor: Actor, existing: StoredTimeline, body: TimelineBody): StoredTimeline {
  const { kernel, space, user } = actor;
  const timeline: StoredTimeline = {
    ...existing,
    ...content(body),
    title: body.title ?? existing.title,
    timelineType: existing.timelineType,
    status: body.status ?? existing.status,
    version: kernel.state.nextVersion(),
    updated: kernel.time().getTime(),
    updatedBy: user.username,
  };
  space.timelines.set(timeline.id, timeline);
  return timeline;
}

/** Marks a timeline as a favourite of the caller, or takes the mark away. */
export function toggleFavorite({ kernel, space, user }: Actor, timeline: StoredTimeline): StoredTimeline {
  const others = timeline.favorite.filter(({ userName }) => userName !== user.username);
  const mark = { userName: user.username, fullName: "", favoriteDate: kernel.time().getTime() };
  const favorite = others.length < timeline.favorite.length ? others : [...others, mark];
  const changed = { ...timeline, favorite, version: kernel.state.nextVersion() };
  space.timelines.set(timeline.id, changed);
  return changed;
}

/** The caller's own draft of a type, which is no timeline yet. */
export function draftOf({ space, user }: Actor, type: TimelineType): StoredTimeline | undefined {
  return [...space.timelines.values()].find(
    ({ status, timelineType, createdBy }) =>
      status === "draft" && timelineType === type && createdBy === user.username,
  );
}

export function templateNamed({ space }: Actor, templateId: string): StoredTimeline | undefined {
  return [...space.timelines.values()].find(({ templateTimelineId }) => templateTimelineId === templateId);
}

/** Optimistic locking: a version that was sent must be the present one. */
export function checkTimelineVersion(timeline: StoredTimeline, sent: unknown): void {
  if (typeof sent !== "string" || sent === timeline.version) return;
  throw new SiemError(409, `Saved object [siem-ui-timeline/${timeline.id}] conflict`);
}

/** A timeline as the API returns it. */
export function timelineResponse({ id, version, ...rest }: StoredTimeline): Values {
  return {
    savedObjectId: id,
    version,
    ...rest,
    noteIds: [],
    pinnedEventIds: [],
    eventIdToNoteIds: [],
    notes: [],
    pinnedEventsSaveObject: [],
  };
}
