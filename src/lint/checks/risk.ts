import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** The risk scores that go with a severity in Elastic's own rules, as the range between its neighbours: low 21, medium 47, high 73, critical 99. */
const BANDS = { low: [0, 33], medium: [34, 59], high: [60, 85], critical: [86, 100] } as const;
const USUAL = { low: 21, medium: 47, high: 73, critical: 99 } as const;

/** A queue sorted by risk score and one sorted by severity should not contradict each other. */
export function* riskScore({ rule, origin }: RuleView): Iterable<Diagnostic> {
  const { severity, risk_score: score } = rule;
  if (severity === undefined || score === undefined) return;
  const [lowest, highest] = BANDS[severity];
  if (score >= lowest && score <= highest) return;
  const help = `${USUAL[severity]} is usual for ${severity}`;
  yield report("rule/risk-score-against-severity", { score, severity }, origin("risk_score"), { help });
}
