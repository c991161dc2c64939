/** What Kibana says of a run, word for word. */

export const MAX_ALERTS =
  "This rule reached the maximum alert limit for the rule execution. Some alerts were not created.";

export const MAX_ALERTS_OR_SUPPRESSED =
  "This rule reached the maximum alert limit for the rule execution. Some alerts were not created or suppressed.";

export const cappedMaxSignals = (asked: number, limit: number): string =>
  `The rule's max alerts per run setting (${asked}) is greater than the Kibana alerting limit (${limit}). The rule will only write a maximum of ${limit} alerts per rule run.`;

export const noIndex = (patterns: readonly string[]): string =>
  `This rule is attempting to query data from Elasticsearch indices listed in the "Index patterns" section of the rule definition, however no index matching: ${JSON.stringify(patterns)} was found. This warning will continue to appear until a matching index is created or this rule is disabled.`;

export const noTimestamp = (field: string, indices: readonly string[]): string =>
  `The following indices are missing the ${field === "@timestamp" ? "timestamp field" : "timestamp override field"} "${field}": ${JSON.stringify(indices)}`;

export const gap = (ms: number): string =>
  `${humanize(ms)} (${ms}ms) were not queried between this rule execution and the last execution, so signals may have been missed. Consider increasing your look behind time or adding more Kibana instances`;

export const notApplied = (names: readonly string[]): string =>
  `The following exceptions won't be applied to rule execution: ${names.join(", ")}`;

export const unknownColumn = (field: string): string =>
  `verification_exception: Found 1 problem\nline -1:-1: Unknown column [${field}]`;

/** A length of time as moment.js says it. */
function humanize(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const minutes = Math.round(ms / 60_000);
  const hours = Math.round(ms / 3_600_000);
  const days = Math.round(ms / 86_400_000);
  if (seconds < 45) return "a few seconds";
  if (minutes < 45) return minutes <= 1 ? "a minute" : `${minutes} minutes`;
  if (hours < 22) return hours <= 1 ? "an hour" : `${hours} hours`;
  if (days < 26) return days <= 1 ? "a day" : `${days} days`;
  const months = Math.round(days / 30.4369);
  if (months < 11) return months <= 1 ? "a month" : `${months} months`;
  const years = Math.round(days / 365.25);
  return years <= 1 ? "a year" : `${years} years`;
}
