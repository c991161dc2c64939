import type { RuleType } from "../kibana/rule.js";
import { emit } from "../yaml/emit/index.js";
import { RULE_STARTS } from "./rule-types.js";

/** What a new rule is made with. */
export interface NewRule {
  readonly type: RuleType;
  readonly name: string;
  readonly ruleId: string;
  /** The line that names the schema, where the project has it in its files. */
  readonly schemaLine: string | undefined;
}

/**
 * The file of a new rule. It is complete enough to validate; what only its author knows is marked with TODO, which `validate` reports
 * until it is written.
 */
export function ruleText({ type, name, ruleId, schemaLine }: NewRule): string {
  const { body, domain, dataSource } = RULE_STARTS[type];
  // An analysis runs on its own clock, which is slower than that of a rule.
  const lookback = type === "machine_learning" ? "40m" : "4m";
  const override =
    type === "machine_learning" || type === "esql" ? "" : "timestamp_override: event.ingested\n";
  return `${schemaLine === undefined ? "" : `${schemaLine}\n`}${emit({ rule_id: ruleId, name })}\
description: >-
  TODO: what the rule finds, and why that is worth an alert.
type: ${type}
severity: medium
risk_score: 47
interval: 5m
lookback: ${lookback} # is added to the interval, for events that arrive late
${override}${body}\
# An id is enough: kdac fmt writes the name behind it.
# attack:
#   Execution: [T1059]
tags:
  domain: ${domain}
  use_case: Threat Detection
  data_source: ${dataSource}
guide:
  overview: |
    TODO: what such an alert means.
  investigation_steps:
    - "TODO: which field, tool or person tells more, and what the answer means."
  false_positives:
    - "TODO: what looks the same and is harmless."
  response:
    - "TODO: what to do when it is real."
references: []
`;
}
