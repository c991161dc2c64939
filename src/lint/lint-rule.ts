import type { Diagnostic } from "../diagnostics/index.js";
import type { CompiledRule } from "../rule/index.js";
import { type RuleCheck, viewOf, type ViewOptions } from "./check.js";
import { attackShape } from "./checks/attack-shape.js";
import { attack } from "./checks/attack.js";
import { defaultLists } from "./checks/lists.js";
import { indexAndDataView, pairs } from "./checks/pairs.js";
import { riskScore } from "./checks/risk.js";
import { dateMath, history, window } from "./checks/schedule.js";
import { stack } from "./checks/stack.js";
import { tags } from "./checks/tags.js";
import { extraFields, integrations, references } from "./checks/texts.js";
import { cardinality, maxSignals, negatedMappings } from "./checks/types.js";

/** Every check of a rule by itself, in no particular order: a reporter sorts findings by place. */
const CHECKS: readonly RuleCheck[] = [
  attack,
  attackShape,
  cardinality,
  dateMath,
  defaultLists,
  extraFields,
  history,
  indexAndDataView,
  integrations,
  maxSignals,
  negatedMappings,
  pairs,
  references,
  riskScore,
  stack,
  tags,
  window,
];

/** What the checks find in one compiled rule. */
export function lintRule(compiled: CompiledRule, options: ViewOptions): Diagnostic[] {
  const view = viewOf(compiled, options);
  return CHECKS.flatMap((check) => [...check(view)]);
}
