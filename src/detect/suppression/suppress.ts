import type { RunContext } from "../run-context.js";
import type { Alert } from "../types.js";
import { groupId, suppressionFields, type SuppressionTerm } from "./terms.js";

/** An alert that stands for a group of events, or joins one that does. */
export interface Suppressible {
  readonly uuid: string;
  readonly terms: readonly SuppressionTerm[];
  /** The time of its first and its last event, in milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** The events that it stands for beside its own. */
  readonly count: number;
  readonly build: (fields: Alert) => Alert;
  /** Alerts that are written with it. */
  readonly related?: () => Iterable<{ readonly uuid: string; readonly alert: Alert }>;
}

export interface Suppression {
  /** Alerts that began before this time are not updated, in milliseconds since 1970. */
  readonly since: number;
  /** Only alerts of this very run are joined. */
  readonly perRun: boolean;
  /** Alerts that may be made. */
  readonly limit: number;
}

export interface Suppressed {
  readonly created: number;
  /** Candidates that joined an alert. */
  readonly suppressed: number;
}

interface Group {
  readonly first: Suppressible;
  start: number;
  end: number;
  /** Events of all but the first candidate's own. */
  count: number;
}

/**
 * Makes one alert of each group of candidates, or adds the group to the open alert that it has since `since`. Candidates
 * that are alerts already, or whose events an alert of their group has counted, are left out.
 */
export function suppress(
  context: RunContext,
  candidates: readonly Suppressible[],
  { since, perRun, limit }: Suppression,
): Suppressed {
  const { alerts, outcome, rule } = context;
  const groups = new Map<string, Group>();
  const latest = new Map<string, Alert | undefined>();
  const seen = new Set<string>();
  let suppressed = 0;
  for (const candidate of [...candidates].sort((a, b) => a.start - b.start)) {
    if (alerts.has(candidate.uuid) || seen.has(candidate.uuid)) continue;
    seen.add(candidate.uuid);
    const id = groupId(rule, candidate.terms);
    if (!latest.has(id)) latest.set(id, latestAlert(context, id, since));
    const existing = latest.get(id);
    if (!isOfRun(existing, context) && endOf(existing) >= candidate.end) continue;
    const group = groups.get(id);
    if (group === undefined) {
      const { start, end, count } = candidate;
      groups.set(id, { first: candidate, start, end, count });
    } else {
      group.start = Math.min(group.start, candidate.start);
      group.end = Math.max(group.end, candidate.end);
      group.count += candidate.count + 1;
      suppressed++;
    }
  }
  let created = 0;
  for (const [id, group] of groups) {
    const existing = latest.get(id);
    if (existing !== undefined && (perRun ? isOfRun(existing, context) : isOpen(existing))) {
      outcome.write(String(existing["kibana.alert.uuid"]), joined(existing, group, context.alertContext.at));
      suppressed++;
    } else if (created < limit) {
      const { first, start, end, count } = group;
      const fields = suppressionFields(id, first.terms, iso(start), iso(end), count);
      outcome.write(first.uuid, first.build(fields));
      for (const { uuid, alert } of first.related?.() ?? []) outcome.write(uuid, alert);
      created++;
    }
  }
  return { created, suppressed };
}

const isOpen = (alert: Alert): boolean => alert["kibana.alert.workflow_status"] !== "closed";

/** Whether an alert was made earlier in the same run. */
function isOfRun(alert: Alert | undefined, { alertContext }: RunContext): boolean {
  return alert?.["kibana.alert.rule.execution.uuid"] === alertContext.executionUuid;
}

/** The newest alert of a group that began at a time or later. */
export function latestAlert({ alerts }: RunContext, group: string, since: number): Alert | undefined {
  return alerts.ofGroup(group).findLast((alert) => timeOf(alert, "start") >= since);
}

/** Until when an alert has counted the events of its group. */
export function endOf(alert: Alert | undefined): number {
  return alert === undefined ? -Infinity : timeOf(alert, "suppression.end");
}

/** An alert after further events joined it. */
function joined(alert: Alert, { start, end, count }: Group, at: string): Alert {
  const before = Number(alert["kibana.alert.suppression.docs_count"] ?? 0);
  return {
    ...alert,
    "kibana.alert.suppression.start": iso(Math.min(start, timeOf(alert, "suppression.start"))),
    "kibana.alert.suppression.end": iso(Math.max(end, timeOf(alert, "suppression.end"))),
    "kibana.alert.suppression.docs_count": before + count + 1,
    "kibana.alert.last_detected": at,
  };
}

function timeOf(alert: Alert, name: string): number {
  return Date.parse(String(alert[`kibana.alert.${name}`]));
}

const iso = (ms: number): string => new Date(ms).toISOString();
