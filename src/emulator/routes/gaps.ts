/** Gaps in the runs of rules, and backfills that fill them. Nothing runs here, so that there are no gaps. */
import { addBackfill, backfillResponse, type StoredBackfill } from "../backfill/store.js";
import { PlatformError } from "../http/errors.js";
import { noContent } from "../http/responses.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody, checkedQuery } from "../http/route.js";
import { array, boolean, number, object, optional, string } from "../validate/schema.js";

const time = string({ demand: (text) => (Number.isNaN(Date.parse(text)) ? "must be a date" : undefined) });

const scheduleBody = array(
  object({
    rule_id: string(),
    ranges: array(object({ start: time, end: time }), { min: 1 }),
    run_actions: optional(boolean()),
    initiator: optional(string()),
  }),
  { min: 1 },
);

const problemOf = (message: string, rule: { readonly id: string; readonly name?: string }) => ({
  error: { error: "Bad Request", message, rule },
});

/** A backfill for each range of each rule, in the order of the request; what cannot be scheduled is an error in its place. */
function schedule(call: Call) {
  return checkedBody(call, scheduleBody).flatMap(({ rule_id: id, ranges }) => {
    const rule = call.space.rules.get(id);
    if (rule === undefined) return [problemOf(`Saved object [alert/${id}] not found`, { id })];
    const { name } = rule;
    if (!rule.enabled) return [problemOf(`Rule ${id} is disabled`, { id, name })];
    return ranges.map(({ start, end }) =>
      Date.parse(end) <= Date.parse(start)
        ? problemOf("Backfill end must be greater than backfill start", { id, name })
        : backfillResponse(call, addBackfill(call, rule, start, end)),
    );
  });
}

const findQuery = object({
  rule_ids: optional(string()),
  start: optional(time),
  end: optional(time),
  page: optional(number({ coerce: true, integer: true, min: 1 })),
  per_page: optional(number({ coerce: true, integer: true, min: 0 })),
  sort_field: optional(string()),
  sort_order: optional(string()),
});

function find(call: Call) {
  const { rule_ids: ruleIds, start, end, page = 1, per_page: size = 10 } = checkedQuery(call, findQuery);
  const wanted = ruleIds?.split(",");
  const found = [...call.space.backfills.values()]
    .filter(({ rule }) => wanted === undefined || wanted.includes(rule.id))
    .filter((one) => start === undefined || Date.parse(one.start) >= Date.parse(start))
    .filter((one) => end === undefined || Date.parse(one.end) <= Date.parse(end));
  return {
    page,
    per_page: size,
    total: found.length,
    data: found.slice((page - 1) * size, page * size).map((one) => backfillResponse(call, one)),
  };
}

function required({ space, params }: Call): StoredBackfill {
  const id = params["id"]!;
  const backfill = space.backfills.get(id);
  if (backfill === undefined)
    throw new PlatformError(404, `Saved object [ad_hoc_run_params/${id}] not found`);
  return backfill;
}

function remove(call: Call): Response {
  call.space.backfills.delete(required(call).id);
  return noContent();
}

/** The same under the public and the internal address: which one a version has differs. */
function backfillRoutes(base: string, internal: { readonly internal?: true }): Route[] {
  return [
    { method: "POST", path: `${base}/_schedule`, privilege: "write", handle: schedule, ...internal },
    { method: "POST", path: `${base}/_find`, privilege: "read", readOnly: true, handle: find, ...internal },
    {
      method: "GET",
      path: `${base}/:id`,
      privilege: "read",
      handle: (call) => backfillResponse(call, required(call)),
      ...internal,
    },
    { method: "DELETE", path: `${base}/:id`, privilege: "write", handle: remove, ...internal },
  ];
}

const range = { start: time, end: time };
const rulesBody = object({ ...range, statuses: optional(array(string())) });
const summaryBody = object({ ...range, rule_ids: array(string()) });
const gapsBody = object({
  ...range,
  rule_id: string(),
  page: optional(number({ integer: true, min: 1 })),
  per_page: optional(number({ integer: true, min: 0 })),
  statuses: optional(array(string())),
});

function gapsOf(call: Call) {
  const { page = 1, per_page = 10 } = checkedBody(call, gapsBody);
  return { page, per_page, total: 0, data: [] };
}

function gapSummary(call: Call) {
  const { rule_ids: ids } = checkedBody(call, summaryBody);
  return {
    data: ids.map((rule_id) => ({
      rule_id,
      total_unfilled_duration_ms: 0,
      total_in_progress_duration_ms: 0,
      total_filled_duration_ms: 0,
    })),
  };
}

function rulesWithGaps(call: Call) {
  checkedBody(call, rulesBody);
  return { total: 0, rule_ids: [] };
}

const fillQuery = object({ rule_id: string(), gap_id: string() });

function fillGap(call: Call): never {
  const { gap_id: gap } = checkedQuery(call, fillQuery);
  throw new PlatformError(404, `Gap not found for ${gap}`);
}

const GAPS = "/internal/alerting/rules/gaps";

export const gapRoutes: readonly Route[] = [
  ...backfillRoutes("/api/alerting/rules/backfill", {}),
  ...backfillRoutes("/internal/alerting/rules/backfill", { internal: true }),
  ...(
    [
      ["_get_rules", rulesWithGaps],
      ["_get_gap_summary_by_rule_ids", gapSummary],
      ["_find", gapsOf],
    ] as const
  ).map(([name, handle]): Route => ({
    method: "POST",
    path: `${GAPS}/${name}`,
    internal: true,
    privilege: "read",
    readOnly: true,
    handle,
  })),
  { method: "POST", path: `${GAPS}/_fill_gap_by_id`, internal: true, privilege: "write", handle: fillGap },
];
