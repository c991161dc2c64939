import type { RuleType } from "../../kibana/rule.js";
import type { Engine, RunContext } from "../run-context.js";
import { eqlEngine } from "./eql.js";
import { esqlEngine } from "./esql.js";
import { machineLearningEngine } from "./machine-learning.js";
import { newTermsEngine } from "./new-terms.js";
import { queryEngine } from "./query.js";
import { threatMatchEngine } from "./threat-match.js";
import { thresholdEngine } from "./threshold.js";

const ENGINES: { readonly [T in RuleType]: Engine<T> } = {
  query: queryEngine,
  saved_query: queryEngine,
  eql: eqlEngine,
  esql: esqlEngine,
  threshold: thresholdEngine,
  threat_match: threatMatchEngine,
  machine_learning: machineLearningEngine,
  new_terms: newTermsEngine,
};

/** Runs a rule over one window, by its type. */
export function runEngine(context: RunContext): void {
  (ENGINES[context.rule.params.type] as Engine)(context);
}
