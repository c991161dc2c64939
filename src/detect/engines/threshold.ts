import type { Threshold } from "../../kibana/rule.js";
import { buildAlert } from "../alert/build.js";
import { type Candidate, createUpToLimit } from "../create.js";
import { compareGroups, countedBefore, groupReader, keyOf, type Term } from "../group.js";
import { idOf } from "../id.js";
import { MAX_ALERTS } from "../messages.js";
import type { Engine, RunContext } from "../run-context.js";
import type { Hit } from "../search.js";
import { suppress } from "../suppression/suppress.js";
import { durationMs } from "../suppression/terms.js";
import type { Alert } from "../types.js";
import { warnUnsearched } from "./exceptions.js";
import { matching } from "./query.js";

/** The count of a search without groups ends here (`track_total_hits`), so that a higher threshold is never met. */
const MOST_COUNTED = 10_000;

interface Bucket {
  readonly terms: readonly Term[];
  count: number;
  from: number;
  to: number;
  /** The distinct values of the field that `cardinality` names. */
  readonly distinct: Set<unknown>;
}

/** Groups of events that are at least so many. */
export const thresholdEngine: Engine<"threshold"> = (context) => {
  warnUnsearched(context);
  const { threshold, alert_suppression: suppression } = context.rule.params;
  const all = bucketsOf(context, matching(context)).filter((bucket) => isMet(bucket, threshold));
  const buckets = all.slice(0, context.maxSignals);
  if (suppression === undefined)
    createUpToLimit(
      context,
      all.map((bucket) => candidate(context, bucket)),
    );
  else {
    if (all.length > buckets.length) context.outcome.warn(MAX_ALERTS);
    suppress(
      context,
      buckets.map((bucket) => ({
        uuid: uuidOf(context, bucket),
        terms: bucket.terms,
        start: bucket.from,
        end: bucket.to,
        count: 0,
        build: (fields: Alert) => alertOf(context, bucket, fields),
      })),
      { since: context.at - durationMs(suppression.duration), perRun: false, limit: context.maxSignals },
    );
  }
  remember(context, buckets);
};

/** The groups with their events, in the order of their values. What an earlier run counted is left out. */
function bucketsOf(context: RunContext<"threshold">, hits: readonly Hit[]): Bucket[] {
  const { threshold } = context.rule.params;
  const read = groupReader([threshold.field].flat(), false);
  const [cardinality] = threshold.cardinality ?? [];
  const readDistinct = cardinality === undefined ? undefined : groupReader([cardinality.field], false);
  const isCounted = countedBefore(context.state.thresholds);
  const buckets = new Map<string, Bucket>();
  for (const { doc, time } of hits) {
    for (const terms of read(doc)) {
      if (isCounted(terms, time)) continue;
      const key = keyOf(terms);
      let bucket = buckets.get(key);
      if (bucket === undefined)
        buckets.set(key, (bucket = { terms, count: 0, from: time, to: time, distinct: new Set() }));
      bucket.count++;
      bucket.from = Math.min(bucket.from, time);
      bucket.to = Math.max(bucket.to, time);
      for (const [value] of readDistinct?.(doc) ?? []) bucket.distinct.add(value!.value);
    }
  }
  return [...buckets.values()].sort((a, b) => compareGroups(a.terms, b.terms));
}

function isMet({ terms, count, distinct }: Bucket, { value, cardinality }: Threshold): boolean {
  const counted = terms.length === 0 ? Math.min(count, MOST_COUNTED) : count;
  const [first] = cardinality ?? [];
  return counted >= value && (first === undefined || distinct.size >= first.value);
}

function uuidOf({ rule, alertContext }: RunContext, { terms }: Bucket): string {
  return idOf([rule.uuid, alertContext.at, terms]);
}

function candidate(context: RunContext<"threshold">, bucket: Bucket): Candidate {
  return { uuid: uuidOf(context, bucket), build: () => alertOf(context, bucket) };
}

function alertOf(context: RunContext<"threshold">, bucket: Bucket, fields: Alert = {}): Alert {
  const { terms, count, from, to, distinct } = bucket;
  const uuid = uuidOf(context, bucket);
  const [cardinality] = context.rule.params.threshold.cardinality ?? [];
  const result = {
    terms,
    ...(cardinality === undefined
      ? {}
      : { cardinality: [{ field: cardinality.field, value: distinct.size }] }),
    count,
    from: new Date(from).toISOString(),
  };
  return buildAlert(
    {
      uuid,
      source: Object.fromEntries(terms.map(({ field, value }) => [field, value])),
      ancestors: [
        { id: uuid, type: "event", index: context.indices.map(({ name }) => name).join(","), depth: 0 },
      ],
      originalTime: new Date(to).toISOString(),
      fields: { "kibana.alert.threshold_result": result, ...fields },
    },
    context.alertContext,
  );
}

/** Events of a group count once: the next run goes on after the newest that alerted. */
function remember({ state, window }: RunContext, buckets: readonly Bucket[]): void {
  const kept = new Map(
    state.thresholds.filter(({ until }) => until >= window.from).map((entry) => [keyOf(entry.terms), entry]),
  );
  for (const { terms, to } of buckets) kept.set(keyOf(terms), { terms, until: to });
  state.thresholds = [...kept.values()];
}
