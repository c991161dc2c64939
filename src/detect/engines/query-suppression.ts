import type { AlertSuppression } from "../../kibana/rule.js";
import { alertOn } from "../alert/build.js";
import { candidateOn, createAlerts, uuidOf } from "../create.js";
import { compareGroups, countedBefore, groupReader, keyOf, type Term } from "../group.js";
import { MAX_ALERTS_OR_SUPPRESSED } from "../messages.js";
import type { RunContext } from "../run-context.js";
import type { Hit } from "../search.js";
import { endOf, latestAlert, suppress, type Suppressible } from "../suppression/suppress.js";
import { durationMs, groupId, suppressesMissing } from "../suppression/terms.js";

interface Group {
  readonly terms: readonly Term[];
  readonly first: Hit;
  readonly start: number;
  end: number;
  count: number;
}

/**
 * One alert for each group, from its earliest event. A document with several values is in several groups. Groups that
 * an earlier run counted go on where it stopped.
 */
export function createGrouped(context: RunContext, settings: AlertSuppression, hits: readonly Hit[]): void {
  const missing = suppressesMissing(settings);
  const { duration } = settings;
  const since = duration === undefined ? Infinity : context.at - durationMs(duration);
  const groups = groupsOf(context, hits, groupReader(settings.group_by, missing), since);
  const kept = groups.slice(0, context.maxSignals);
  if (groups.length > kept.length) context.outcome.warn(MAX_ALERTS_OR_SUPPRESSED);
  suppress(
    context,
    kept.map((group) => suppressible(context, group)),
    { since, perRun: duration === undefined, limit: context.maxSignals },
  );
  if (!missing) createApart(context, settings, hits, context.maxSignals - kept.length);
  remember(context, kept);
}

/**
 * The groups that have events which neither an earlier run nor an alert that began after `since` has counted, in the order of their
 * values.
 */
function groupsOf(
  context: RunContext,
  hits: readonly Hit[],
  read: ReturnType<typeof groupReader>,
  since: number,
): Group[] {
  const isCounted = countedBefore(context.state.groups);
  const groups = new Map<string, Group>();
  const ends = new Map<string, number>();
  for (const hit of [...hits].sort((a, b) => a.time - b.time)) {
    for (const terms of read(hit.doc)) {
      const key = keyOf(terms);
      let end = ends.get(key);
      if (end === undefined)
        ends.set(key, (end = endOf(latestAlert(context, groupId(context.rule, terms), since))));
      if (hit.time <= end || isCounted(terms, hit.time)) continue;
      const group = groups.get(key);
      if (group === undefined)
        groups.set(key, { terms, first: hit, start: hit.time, end: hit.time, count: 0 });
      else {
        group.end = hit.time;
        group.count++;
      }
    }
  }
  return [...groups.values()].sort((a, b) => compareGroups(a.terms, b.terms));
}

function suppressible(context: RunContext, { terms, first, start, end, count }: Group): Suppressible {
  const uuid = uuidOf(context, first.doc, terms, context.alertContext.executionUuid);
  return {
    uuid,
    terms,
    start,
    end,
    count,
    build: (fields) => alertOn(first.doc, uuid, context.alertContext, fields),
  };
}

/** Documents that lack a field of the group alert one by one. */
function createApart(
  context: RunContext,
  { group_by }: AlertSuppression,
  hits: readonly Hit[],
  limit: number,
): void {
  const read = groupReader(group_by, false);
  const apart = hits.filter(({ doc }) => read(doc).length === 0).map(({ doc }) => candidateOn(context, doc));
  const { truncated } = createAlerts(context, apart, limit);
  if (truncated) context.outcome.warn(MAX_ALERTS_OR_SUPPRESSED);
}

/** What earlier runs counted is of use as long as the window reaches back to it. */
function remember({ state, window }: RunContext, groups: readonly Group[]): void {
  const counted = new Map(
    state.groups.filter(({ until }) => until > window.from).map((entry) => [keyOf(entry.terms), entry]),
  );
  for (const { terms, end } of groups) counted.set(keyOf(terms), { terms, until: end });
  state.groups = [...counted.values()];
}
