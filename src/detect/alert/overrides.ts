import type { Severity } from "../../kibana/rule.js";
import { type Event, reader } from "../../query/index.js";
import type { StoredRule } from "../rule.js";

/** What an event makes of the rule's severity, score and name. */
export interface Overrides {
  readonly severity: Severity;
  readonly riskScore: number;
  readonly name: string;
}

const RANK: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2, critical: 3 };

/** Compiles the overrides of a rule; the fields of `event` are those of the alert. */
export function overridesOf(rule: StoredRule): (event: Event) => Overrides {
  const severity = severityOf(rule);
  const riskScore = riskScoreOf(rule);
  const name = nameOf(rule);
  return (event) => ({ severity: severity(event), riskScore: riskScore(event), name: name(event) });
}

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** The highest of the severities that match wins; of `event.severity` numbers are compared. */
function severityOf({ severity, severity_mapping }: StoredRule): (event: Event) => Severity {
  const items = severity_mapping.map(({ field, value, severity: mapped }) => ({
    read: reader(field),
    mapped,
    matches: field === "event.severity" ? isNumber(Math.floor(Number(value))) : isText(value),
  }));
  return (event) => {
    let found: Severity | undefined;
    for (const { read, mapped, matches } of items)
      if ((found === undefined || RANK[mapped] >= RANK[found]) && listOf(read(event)).some(matches))
        found = mapped;
    return found ?? severity;
  };
}

const isNumber = (wanted: number) => (value: unknown) => value === wanted;

/** Texts and whole numbers take part; booleans and fractions never match. */
const isText = (wanted: string) => (value: unknown) =>
  (typeof value === "string" || Number.isSafeInteger(value)) && String(value) === wanted;

/** The highest number from 0 to 100 that the field of the first mapping has; the rest of the mapping does not count. */
function riskScoreOf({ risk_score, risk_score_mapping }: StoredRule): (event: Event) => number {
  const [first] = risk_score_mapping;
  if (first === undefined) return () => risk_score;
  const read = reader(first.field);
  return (event) => {
    const scores = listOf(read(event))
      .filter((value) => typeof value === "number" || typeof value === "string")
      .map(Number)
      .filter((score) => score >= 0 && score <= 100);
    return scores.length === 0 ? risk_score : Math.max(...scores);
  };
}

/** A field that holds one text; of a list the rule's own name stays. */
function nameOf({ name, rule_name_override: field }: StoredRule): (event: Event) => string {
  if (field === undefined || field === "") return () => name;
  const read = reader(field);
  return (event) => {
    const value = read(event);
    return typeof value === "string" ? value : name;
  };
}
