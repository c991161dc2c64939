/** Backfills: runs of a rule over a time that is past. They are kept until they are deleted, because nothing runs here. */
import type { StoredRule } from "../store/state.js";
import type { Actor } from "../rules/write.js";
import { durationMs } from "../validate/date-math.js";

export interface StoredBackfill {
  readonly id: string;
  readonly rule: StoredRule;
  readonly created_at: string;
  readonly start: string;
  readonly end: string;
}

interface Run {
  readonly run_at: string;
  readonly status: "pending";
  readonly interval: string;
}

/** Kibana keeps no more runs for a backfill. */
const MOST_RUNS = 1000;

export function addBackfill(actor: Actor, rule: StoredRule, start: string, end: string): StoredBackfill {
  const { kernel, space } = actor;
  const backfill = { id: kernel.uuid(), rule, created_at: kernel.now(), start, end };
  space.backfills.set(backfill.id, backfill);
  return backfill;
}

/** A run for each interval of the rule from start to end. */
function runsOf({ start, end, rule: { interval } }: StoredBackfill): Run[] {
  const step = durationMs(interval);
  if (step === undefined) return [];
  const count = Math.min(MOST_RUNS, Math.floor((Date.parse(end) - Date.parse(start)) / step));
  return Array.from({ length: count }, (_, i) => ({
    run_at: new Date(Date.parse(start) + step * (i + 1)).toISOString(),
    status: "pending",
    interval,
  }));
}

/** A backfill as the API returns it. */
export function backfillResponse({ space }: Actor, backfill: StoredBackfill) {
  const { rule } = backfill;
  return {
    id: backfill.id,
    created_at: backfill.created_at,
    duration: rule.interval,
    enabled: true,
    rule: {
      id: rule.id,
      name: rule.name,
      tags: rule.tags,
      rule_type_id: `siem.${rule.type}Rule`,
      params: {},
      api_key_owner: rule.updated_by,
      api_key_created_by_user: false,
      consumer: "siem",
      enabled: rule.enabled,
      schedule: { interval: rule.interval },
      created_by: rule.created_by,
      updated_by: rule.updated_by,
      created_at: rule.created_at,
      updated_at: rule.updated_at,
      revision: rule.revision,
    },
    space_id: space.id,
    start: backfill.start,
    end: backfill.end,
    status: "pending",
    schedule: runsOf(backfill),
    initiator: "user",
  };
}
