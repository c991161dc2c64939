import type { AlertSuppression, SuppressionDuration } from "../../kibana/rule.js";
import { hashOf } from "../id.js";
import type { PreparedRule } from "../rule.js";

export interface SuppressionTerm {
  readonly field: string;
  readonly value: unknown;
}

/** The id of a group of alerts of a rule. */
export function groupId({ uuid }: PreparedRule, terms: readonly SuppressionTerm[]): string {
  return hashOf([terms.map(({ field, value }) => [field, value]), uuid, "default"]);
}

const MILLIS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

export function durationMs({ value, unit }: SuppressionDuration): number {
  return value * MILLIS[unit];
}

/** Whether documents that lack a field of the group have a group of their own. */
export function suppressesMissing({ missing_fields_strategy: strategy }: AlertSuppression): boolean {
  return strategy !== "doNotSuppress";
}

/** The fields by which an alert tells what it stands for. */
export function suppressionFields(
  group: string,
  terms: readonly SuppressionTerm[],
  start: string,
  end: string,
  count: number,
): Readonly<Record<string, unknown>> {
  return {
    "kibana.alert.instance.id": group,
    "kibana.alert.suppression.terms": terms,
    "kibana.alert.suppression.start": start,
    "kibana.alert.suppression.end": end,
    "kibana.alert.suppression.docs_count": count,
  };
}
