/** `GET /api/timelines`. */
import type { Call } from "../http/call.js";
import { checkedQuery } from "../http/route.js";
import { booleanText, number, object, oneOf, optional, string } from "../validate/schema.js";
import { type StoredTimeline, TIMELINE_STATUSES, TIMELINE_TYPES, timelineResponse } from "./store.js";

const SORT_FIELDS = ["title", "description", "updated", "created"] as const;

const findQuery = object({
  only_user_favorite: optional(booleanText()),
  timeline_type: optional(oneOf([...TIMELINE_TYPES, "null"])),
  sort_field: optional(oneOf(SORT_FIELDS)),
  sort_order: optional(oneOf(["asc", "desc"])),
  page_size: optional(number({ coerce: true, integer: true, min: 0 })),
  page_index: optional(number({ coerce: true, integer: true, min: 1 })),
  search: optional(string()),
  status: optional(oneOf([...TIMELINE_STATUSES, "null"])),
});

/** Drafts are seen only by who asks for them; a status that was asked for tells Elastic's own from the others. */
function hasStatus({ status }: StoredTimeline, asked: string | undefined): boolean {
  if ((status === "draft") !== (asked === "draft")) return false;
  if (asked === undefined || asked === "null") return true;
  return (status === "immutable") === (asked === "immutable");
}

function contains({ title, description }: StoredTimeline, search: string): boolean {
  const text = `${title} ${typeof description === "string" ? description : ""}`.toLowerCase();
  return text.includes(search.replaceAll('"', "").toLowerCase());
}

function sorted(timelines: StoredTimeline[], field: (typeof SORT_FIELDS)[number], order: "asc" | "desc") {
  const key = (timeline: StoredTimeline): string | number => {
    const value = timeline[field];
    return typeof value === "number" ? value : typeof value === "string" ? value.toLowerCase() : "";
  };
  const sign = order === "asc" ? 1 : -1;
  return timelines.sort((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0));
}

/** The timelines of a page, and how many there are of each kind. */
export function findTimelines(call: Call) {
  const query = checkedQuery(call, findQuery);
  const all = [...call.space.timelines.values()];
  const type = query.timeline_type === "null" ? undefined : query.timeline_type;
  const isMine = ({ favorite }: StoredTimeline): boolean =>
    favorite.some(({ userName }) => userName === call.user.username);
  const found = sorted(
    all
      .filter((timeline) => hasStatus(timeline, query.status))
      .filter((timeline) => type === undefined || timeline.timelineType === type)
      .filter((timeline) => query.only_user_favorite !== true || isMine(timeline))
      .filter((timeline) => query.search === undefined || contains(timeline, query.search)),
    query.sort_field ?? "updated",
    query.sort_order ?? "desc",
  );
  const { page_size: size = 10, page_index: page = 1 } = query;
  const shown = all.filter(({ status }) => status !== "draft");
  const templates = shown.filter(({ timelineType }) => timelineType === "template");
  const elastic = templates.filter(({ status }) => status === "immutable").length;
  return {
    timeline: found.slice((page - 1) * size, page * size).map(timelineResponse),
    totalCount: found.length,
    defaultTimelineCount: shown.length - templates.length,
    templateTimelineCount: templates.length,
    elasticTemplateTimelineCount: elastic,
    customTemplateTimelineCount: templates.length - elastic,
    favoriteCount: shown.filter(isMine).length,
  };
}
