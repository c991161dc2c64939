import { toMillis } from "../query/index.js";
import type { Alerts } from "./alerts.js";
import { overridesOf } from "./alert/overrides.js";
import { ruleFields } from "./alert/rule-fields.js";
import { type AlertContext, commonFields } from "./alert/build.js";
import { runEngine } from "./engines/index.js";
import { activeItems, Exceptions } from "./exceptions/exceptions.js";
import { Lists } from "./exceptions/lists.js";
import { filtersQuery } from "./filters.js";
import { idOf } from "./id.js";
import { cappedMaxSignals, gap as gapMessage } from "./messages.js";
import { Outcome } from "./outcome.js";
import { patternsOfRule, type PreparedRule, prepareRule } from "./rule.js";
import type { RunContext } from "./run-context.js";
import { CannotRun, RunError } from "./run-error.js";
import { dslCondition, namesMetadata, not } from "./search.js";
import { newState, type RuleState } from "./state.js";
import type { Store } from "./store/store.js";
import { sourcesOf } from "./sources.js";
import { timestampsOf } from "./timestamps.js";
import type { DetectionRule, Run, RunOptions } from "./types.js";
import { dsl, QueryError } from "../query/index.js";
import { manualRuns, type Window, windowAt, windowsOf } from "./window.js";

/** What the rules of a space share. */
export interface Space {
  readonly store: Store;
  readonly alerts: Alerts;
  readonly maxAlerts: number;
  readonly endpointExceptions: boolean;
}

/** Runs a rule once, or over a stretch of the past. */
export function runRule(
  space: Space,
  given: DetectionRule,
  options: RunOptions,
  stateOf: (uuid: string) => RuleState,
): Run {
  const outcome = new Outcome(space.alerts);
  attempt(outcome, () => {
    const rule = prepareRule(given);
    if (options.manual === undefined) scheduled(space, rule, options, stateOf(rule.uuid), outcome);
    else manual(space, rule, options, options.manual, outcome);
  });
  return outcome.result;
}

/** A run by the rule's schedule, which makes up for windows that were missed. */
function scheduled(
  space: Space,
  rule: PreparedRule,
  options: RunOptions,
  state: RuleState,
  outcome: Outcome,
): void {
  const at = instant(options.at, "at");
  const { windows, gap } = windowsOf(rule.params, at, state.lastRun);
  state.lastRun = at;
  for (const window of windows)
    runWindow(space, rule, options, { at, window, manual: false }, state, outcome);
  if (gap > 0) outcome.fail(gapMessage(gap));
}

/** One run for each interval of the stretch, with a memory of its own. */
function manual(
  space: Space,
  rule: PreparedRule,
  options: RunOptions,
  stretch: NonNullable<RunOptions["manual"]>,
  outcome: Outcome,
): void {
  const state = newState();
  for (const at of manualRuns(
    rule.params,
    instant(stretch.from, "manual.from"),
    instant(stretch.to, "manual.to"),
  ))
    runWindow(space, rule, options, { at, window: windowAt(rule.params, at), manual: true }, state, outcome);
}

function instant(text: string, what: string): number {
  const time = toMillis(text);
  if (time === undefined) throw new RunError(`\`${what}: ${text}\` is no time`);
  return time;
}

interface When {
  readonly at: number;
  readonly window: Window;
  readonly manual: boolean;
}

function runWindow(
  space: Space,
  rule: PreparedRule,
  options: RunOptions,
  when: When,
  state: RuleState,
  outcome: Outcome,
): void {
  const { params } = rule;
  const { at, window } = when;
  const timestamps = timestampsOf(params);
  const indices = sourcesOf(space.store, params, timestamps, outcome);
  if (indices === undefined) return;
  const items = activeItems(options.exceptionItems ?? [], at, space.endpointExceptions);
  const exceptions = new Exceptions(items, new Lists(options.valueLists ?? {}));
  for (const name of exceptions.empty) outcome.fail(`the exception item \`${name}\` has no entries`);
  const filters = "filters" in params ? filtersQuery(params.filters) : undefined;
  const context: RunContext = {
    rule,
    window,
    at,
    timestamps,
    indices,
    exceptions,
    state,
    outcome,
    store: space.store,
    alerts: space.alerts,
    maxSignals: maxSignalsOf(rule, space.maxAlerts, outcome),
    alertContext: alertContextOf(rule, when),
    asksForMetadata: namesMetadata("query" in params ? params.query : undefined, filters, exceptions.query),
    conditions: [
      ...(filters === undefined ? [] : [dslCondition(filters, at)]),
      ...(exceptions.query === undefined ? [] : [not(dslCondition(exceptions.query, at))]),
    ],
  };
  attempt(outcome, () => runEngine(context));
}

function maxSignalsOf({ params }: PreparedRule, most: number, outcome: Outcome): number {
  if (params.max_signals <= most) return params.max_signals;
  outcome.warn(cappedMaxSignals(params.max_signals, most));
  return most;
}

function alertContextOf(rule: PreparedRule, { at, manual }: When): AlertContext {
  const time = new Date(at).toISOString();
  const executionUuid = idOf(["execution", rule.uuid, at, manual]);
  return {
    at: time,
    executionUuid,
    buildingBlock: rule.params.building_block_type,
    common: commonFields(ruleFields(rule, patternsOfRule(rule.params), time), time, executionUuid, manual),
    overrides: overridesOf(rule.params),
  };
}

/** Does a part of a run; what goes wrong becomes its errors. */
function attempt(outcome: Outcome, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof CannotRun || error instanceof dsl.UnsupportedDsl) outcome.refuse(error.message);
    else if (error instanceof RunError || error instanceof QueryError) outcome.fail(error.message);
    else throw error;
  }
}
