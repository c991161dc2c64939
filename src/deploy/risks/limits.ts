import { isJson, type Json } from "../../json/index.js";
import { offsetSeconds, parseInterval, formatDuration } from "../../kibana/date-math.js";
import { plural } from "../../report/summary.js";
import type { Risk } from "./rank.js";
import { named } from "./words.js";

/** What Kibana fills in. */
const FROM = "now-6m";
const INTERVAL = "5m";
const MAX_SIGNALS = 100;

/** When a rule looks, and how much it takes until an alert is made, or how many are at most. */
export function limitRisks(before: Json, after: Json): Risk[] {
  return [
    ...gapRisks(before, after),
    ...thresholdRisks(before, after),
    ...maxSignalsRisks(before, after),
    ...suppressionRisks(before["alert_suppression"], after["alert_suppression"]),
  ];
}

/** Events that no run looks at, or more of them than before. */
function gapRisks(before: Json, after: Json): Risk[] {
  const [was, is] = [gapOf(before), gapOf(after)];
  if (is === undefined || is <= Math.max(was ?? 0, 0)) return [];
  const message = `it looks back less far than it waits between runs: ${formatDuration(is)} of every ${text(after["interval"], INTERVAL)} are never looked at`;
  return [{ code: "schedule-gap", message }];
}

/** Seconds that lie between the window of one run and that of the next; negative where they overlap. */
function gapOf(rule: Json): number | undefined {
  const start = offsetSeconds(text(rule["from"], FROM));
  const end = offsetSeconds(text(rule["to"], "now"));
  const interval = parseInterval(text(rule["interval"], INTERVAL));
  return start === undefined || end === undefined || interval === undefined
    ? undefined
    : interval - (end - start);
}

function thresholdRisks(before: Json, after: Json): Risk[] {
  const rises = (what: string, was: unknown, is: unknown): Risk[] =>
    typeof was === "number" && typeof is === "number" && is > was
      ? [{ code: "threshold-raised", message: `${what} rises from ${was} to ${is}` }]
      : [];
  const [was, is] = [before["threshold"], after["threshold"]];
  const counts = isJson(was) && isJson(is) ? rises("its threshold", was["value"], is["value"]) : [];
  return [
    ...counts,
    ...(isJson(was) && isJson(is) ? cardinalityRisks(was, is) : []),
    ...rises("its anomaly threshold", before["anomaly_threshold"], after["anomaly_threshold"]),
  ];
}

/** Distinct values that have to be there besides the count. */
function cardinalityRisks(before: Json, after: Json): Risk[] {
  const old = distinct(before);
  return [...distinct(after)]
    .filter(([field, value]) => value > (old.get(field) ?? 0))
    .map(([field, value]) => ({
      code: "threshold-raised",
      message: `it now takes ${plural(value, "distinct value")} of ${field}, where it took ${old.get(field) ?? 0}`,
    }));
}

function distinct({ cardinality }: Json): Map<string, number> {
  const entries = Array.isArray(cardinality) ? cardinality.filter(isJson) : [];
  return new Map(entries.map(({ field, value }) => [String(field), Number(value)]));
}

function maxSignalsRisks(before: Json, after: Json): Risk[] {
  const [was, is] = [before, after].map((rule) => Number(rule["max_signals"] ?? MAX_SIGNALS)) as [
    number,
    number,
  ];
  if (!(is < was)) return [];
  return [
    { code: "max-signals-lowered", message: `a run makes at most ${plural(is, "alert")}, no longer ${was}` },
  ];
}

/** Alerts that are put together into one are counted, and no longer seen each. */
function suppressionRisks(before: unknown, after: unknown): Risk[] {
  if (!isJson(after)) return [];
  const [was, is] = [fieldsOf(isJson(before) ? before : {}), fieldsOf(after)];
  if (!isJson(before)) {
    const by = is.length === 0 ? "over time" : `by ${named(is)}`;
    return [{ code: "suppression-added", message: `alerts are suppressed ${by}` }];
  }
  const coarser = was.filter((field) => !is.includes(field));
  if (coarser.length > 0 && is.length < was.length) {
    const message = `alerts that differ only in ${named(coarser)} are now suppressed`;
    return [{ code: "suppression-widened", message }];
  }
  const [short, long] = [secondsOf(before), secondsOf(after)];
  if (long <= short) return [];
  return [
    {
      code: "suppression-widened",
      message: `alerts are suppressed for ${formatDuration(long)}, longer than before`,
    },
  ];
}

function fieldsOf({ group_by: fields }: Json): string[] {
  return Array.isArray(fields) ? fields.filter((field): field is string => typeof field === "string") : [];
}

/** How long alerts are put together; 0 where it is within one run. */
function secondsOf({ duration }: Json): number {
  if (!isJson(duration)) return 0;
  return parseInterval(`${String(duration["value"])}${String(duration["unit"])}`) ?? 0;
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
