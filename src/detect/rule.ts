import { asStored } from "../kibana/defaults.js";
import type { RuleCreate, RuleCreateByType, RuleType } from "../kibana/rule.js";
import { esql } from "../query/index.js";
import { idOf } from "./id.js";
import { RunError } from "./run-error.js";
import type { DetectionRule } from "./types.js";

/** A rule with Kibana's defaults, as a run takes it. */
export type StoredRule<T extends RuleType = RuleType> = Required<
  Pick<RuleCreate, "interval" | "max_signals" | "to" | "risk_score_mapping" | "severity_mapping">
> &
  RuleCreateByType[T];

export interface PreparedRule<T extends RuleType = RuleType> {
  readonly params: StoredRule<T>;
  /** The rule as it was given: what only Kibana knows of it (`id`, `revision`, `created_at`…). */
  readonly given: DetectionRule;
  /** The id of the rule's object. */
  readonly uuid: string;
}

/** What a rule of each type cannot do without. */
const NEEDED: Readonly<Record<RuleType, readonly string[]>> = {
  query: [],
  saved_query: [],
  eql: ["query"],
  esql: ["query"],
  threshold: ["threshold"],
  threat_match: ["threat_query", "threat_mapping"],
  machine_learning: ["machine_learning_job_id", "anomaly_threshold"],
  new_terms: ["new_terms_fields", "history_window_start"],
};

/** Throws `RunError` where the rule lacks what its type needs. */
export function prepareRule(given: DetectionRule): PreparedRule {
  const needed = Object.hasOwn(NEEDED, given.type) ? NEEDED[given.type] : undefined;
  if (needed === undefined) throw new RunError(`there is no type of rule \`${given.type}\``);
  const missing = needed.filter((name) => given[name] === undefined || given[name] === null);
  if (missing.length > 0)
    throw new RunError(`a rule of type \`${given.type}\` needs \`${missing.join("`, `")}\``);
  const params = { ...asStored(given as unknown as RuleCreate) } as StoredRule;
  if (given["from"] === undefined) delete params.from;
  const { id } = given;
  const uuid = typeof id === "string" ? id : idOf(["rule", params.rule_id ?? params.name]);
  return { params, given, uuid };
}

/** Where a rule looks; undefined is everywhere. ES|QL names its indices in the query, ML has none. */
export function patternsOfRule(params: StoredRule): readonly string[] | undefined {
  if (params.type === "esql") return esql.indicesOf(esql.parse(params.query).ast);
  if (!("index" in params) || params.data_view_id !== undefined) return undefined;
  return params.index;
}
