import type { Diagnostic } from "../diagnostics/index.js";
import type { CompiledRule } from "../rule/index.js";
import { type RuleCheck, viewOf, type ViewOptions } from "./check.js";
import { actionFrequency, actionIds, alertsFilter } from "./checks/actions.js";
import { attackShape } from "./checks/attack-shape.js";
import { attack } from "./checks/attack.js";
import { extraFields } from "./checks/extra.js";
import { fieldUses } from "./checks/field-uses.js";
import { filterFields } from "./checks/filter-fields.js";
import { defaultLists, listFacts, repeatedLists } from "./checks/lists.js";
import { noEffect } from "./checks/no-effect.js";
import { indexAndDataView, pairs } from "./checks/pairs.js";
import { placeholders, untidyName } from "./checks/prose.js";
import { emptyQuery, maxspan, queries } from "./checks/queries.js";
import { repeats } from "./checks/repeats.js";
import { responseActions } from "./checks/response-actions.js";
import { riskScore } from "./checks/risk.js";
import { dateMath, history, window } from "./checks/schedule.js";
import { stack } from "./checks/stack.js";
import { tags } from "./checks/tags.js";
import { integrations, references } from "./checks/texts.js";
import { threatMappingFields } from "./checks/threat-mapping-fields.js";
import { cardinality, maxSignals, negatedMappings } from "./checks/types.js";

/** Every check of a rule by itself, in no particular order: a reporter sorts findings by place. */
const CHECKS: readonly RuleCheck[] = [
  actionFrequency,
  actionIds,
  alertsFilter,
  attack,
  attackShape,
  cardinality,
  dateMath,
  defaultLists,
  emptyQuery,
  extraFields,
  fieldUses,
  filterFields,
  history,
  indexAndDataView,
  integrations,
  listFacts,
  maxSignals,
  maxspan,
  negatedMappings,
  noEffect,
  pairs,
  placeholders,
  queries,
  references,
  repeatedLists,
  repeats,
  responseActions,
  riskScore,
  stack,
  tags,
  threatMappingFields,
  untidyName,
  window,
];

/** What the checks find in one compiled rule. */
export function lintRule(compiled: CompiledRule, options: ViewOptions): Diagnostic[] {
  const view = viewOf(compiled, options);
  const found: Diagnostic[] = [];
  for (const check of CHECKS) for (const finding of check(view)) found.push(finding);
  return found;
}
