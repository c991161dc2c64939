import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** The risk scores that go with a severity by custom: Elastic holds its own rules to these bands. */
const BANDS = { low: [0, 21], medium: [22, 47], high: [48, 73], critical: [74, 100] } as const;
const USUAL = { low: 21, medium: 47, high: 73, critical: 99 } as const;

/** A queue sorted by risk score and one sorted by severity should not contradict each other. */
export function* riskScore({ rule, origin }: RuleView): Iterable<Diagnostic> {
  const { severity, risk_score: score } = rule;
  if (severity === undefined || score === undefined) return;
  const [lowest, highest] = BANDS[severity];
  if (score >= lowest && score <= highest) return;
  const help = `${lowest} to ${highest} goes with ${severity}, and ${USUAL[severity]} is usual`;
  yield report("rule/risk-score-against-severity", { score, severity }, origin("risk_score"), { help });
}
