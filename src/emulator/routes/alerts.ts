/** `/api/detection_engine/signals`: searching alerts and changing them. No rule runs here, so that there are none. */
import { SiemError } from "../http/errors.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody } from "../http/route.js";
import { anyObject, array, nonBlank, object, oneOf, optional, string, union } from "../validate/schema.js";
import { emptyAggregations } from "../alerts/aggregations.js";

/** What Elasticsearch answers to a search that finds nothing. */
export function nothingFound(search: unknown) {
  const aggregations = emptyAggregations(search);
  return {
    took: 0,
    timed_out: false,
    _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    hits: { total: { value: 0, relation: "eq" }, max_score: null, hits: [] },
    ...(aggregations === undefined ? {} : { aggregations }),
  };
}

const SEARCH_KEYS = ["query", "aggs", "_source", "fields", "track_total_hits", "size", "sort"];

/** Whatever a client asks for, the search is about the alerts of rules, never about those of previews. */
function search({ body }: Call) {
  const sent = typeof body === "object" && body !== null ? body : {};
  if (!SEARCH_KEYS.some((key) => key in sent)) {
    throw new SiemError(400, '"value" must have at least 1 children');
  }
  return nothingFound(body);
}

/** What Elasticsearch answers to an update by a query that finds nothing. */
const NOTHING_UPDATED = {
  took: 0,
  timed_out: false,
  total: 0,
  updated: 0,
  deleted: 0,
  batches: 0,
  version_conflicts: 0,
  noops: 0,
  retries: { bulk: 0, search: 0 },
  throttled_millis: 0,
  requests_per_second: -1,
  throttled_until_millis: 0,
  failures: [],
};

const status = oneOf(["open", "closed", "acknowledged", "in-progress"]);
const statusBody = union<unknown>([
  object({ status, signal_ids: array(nonBlank(), { min: 1 }), reason: optional(string()) }),
  object({
    status,
    query: anyObject(),
    conflicts: optional(oneOf(["abort", "proceed"])),
    reason: optional(string()),
  }),
]);

function setStatus(call: Call) {
  checkedBody(call, statusBody);
  return NOTHING_UPDATED;
}

const ids = array(nonBlank());
const names = array(nonBlank());
const tagsBody = object({ ids, tags: object({ tags_to_add: names, tags_to_remove: names }) });
const assigneesBody = object({ ids, assignees: object({ add: names, remove: names }) });

/** A change adds and removes names of alerts; one that does both to a name is none. */
function checkChange(
  alerts: readonly string[],
  [added, removed]: readonly [readonly string[], readonly string[]],
  describe: (doubles: string) => string,
): void {
  const doubles = added.filter((name) => removed.includes(name));
  const problems = [
    ...(doubles.length === 0 ? [] : [describe(JSON.stringify(doubles))]),
    ...(alerts.length === 0 ? ["No alert ids were provided"] : []),
  ];
  if (problems.length > 0) throw new SiemError(400, problems);
}

function setTags(call: Call) {
  const { ids: alerts, tags } = checkedBody(call, tagsBody);
  checkChange(
    alerts,
    [tags.tags_to_add, tags.tags_to_remove],
    (doubles) => `Duplicate tags ${doubles} were found in the tags_to_add and tags_to_remove parameters.`,
  );
  return NOTHING_UPDATED;
}

function setAssignees(call: Call) {
  const { ids: alerts, assignees } = checkedBody(call, assigneesBody);
  checkChange(
    alerts,
    [assignees.add, assignees.remove],
    (doubles) => `Duplicate assignees ${doubles} were found in the add and remove parameters.`,
  );
  return NOTHING_UPDATED;
}

const SIGNALS = "/api/detection_engine/signals";

export const alertRoutes: readonly Route[] = [
  { method: "POST", path: `${SIGNALS}/search`, privilege: "read", readOnly: true, handle: search },
  { method: "POST", path: `${SIGNALS}/status`, privilege: "write", readOnly: true, handle: setStatus },
  { method: "POST", path: `${SIGNALS}/tags`, privilege: "write", readOnly: true, handle: setTags },
  { method: "POST", path: `${SIGNALS}/assignees`, privilege: "write", readOnly: true, handle: setAssignees },
];
