/**
 * The detection rule as Kibana's API knows it: what one sends to create, replace or patch a rule and what
 * comes back. Plain types, because they are the library's public face; `wire/` checks values against them.
 * Field names, optionality and limits follow the published API (version 2023-10-31).
 */
import type { RuleAction, ResponseAction } from "./rule-action.js";
import type {
  AlertSuppression,
  ExceptionListReference,
  Filter,
  InvestigationFields,
  RelatedIntegration,
  RequiredFieldInput,
  RiskScoreMappingItem,
  Severity,
  SeverityMappingItem,
  Threat,
  ThreatMapping,
  Threshold,
  ThresholdSuppression,
} from "./rule-parts.js";

export type * from "./rule-action.js";
export type * from "./rule-parts.js";
export type * from "./rule-response.js";
export * from "./rule-fields.js";

export type RuleType =
  "query" | "saved_query" | "eql" | "esql" | "threshold" | "threat_match" | "machine_learning" | "new_terms";

/** The languages of the rule types that let one choose: KQL (`kuery`) and Lucene. */
export type QueryLanguage = "kuery" | "lucene";

/** What every rule type takes on create and replace. Defaults are those of `defaults.ts`. */
export interface RuleCreateBase {
  /** Stable signature id, any text, unique in a space. Kibana makes a random UUID when it is absent. */
  rule_id?: string;
  /** At least one character. */
  name: string;
  /** At least one character. */
  description: string;
  /** Whole number, 0–100. */
  risk_score: number;
  severity: Severity;
  enabled?: boolean;
  /** The author's own version, ≥ 1. Kibana counts its edits in `revision`. */
  version?: number;
  tags?: string[];
  author?: string[];
  license?: string;
  /** How often it runs: `<n>` followed by s, m, h or d. */
  interval?: string;
  /** Start of the window that a run looks at, as date math (`now-6m`). */
  from?: string;
  /** End of that window; date math that Kibana does not check. */
  to?: string;
  /** Most alerts of one run, ≥ 1; the server's own cap (1000 by default) wins. */
  max_signals?: number;
  /** Known benign causes, each Markdown. */
  false_positives?: string[];
  /** URLs. */
  references?: string[];
  threat?: Threat[];
  risk_score_mapping?: RiskScoreMappingItem[];
  severity_mapping?: SeverityMappingItem[];
  exceptions_list?: ExceptionListReference[];
  actions?: RuleAction[];
  /** Legacy frequency of all actions: `no_actions`, `rule` or a duration. Kibana turns it into each action's `frequency`. */
  throttle?: string;
  response_actions?: ResponseAction[];
  /** Investigation guide, Markdown. */
  note?: string;
  /** Setup guide, Markdown. */
  setup?: string;
  related_integrations?: RelatedIntegration[];
  required_fields?: RequiredFieldInput[];
  investigation_fields?: InvestigationFields;
  /** `default` hides the alerts as building blocks of other rules. */
  building_block_type?: string;
  /** Name of a field whose value becomes the alert's rule name. */
  rule_name_override?: string;
  /** Name of a field that is used for the time instead of `@timestamp`. */
  timestamp_override?: string;
  /** Without the fallback, documents that lack `timestamp_override` are not seen. */
  timestamp_override_fallback_disabled?: boolean;
  /** Id of a timeline template. Goes with `timeline_title`. */
  timeline_id?: string;
  timeline_title?: string;
  /** Free-form. A save in Kibana's form replaces it, and each alert carries a copy. */
  meta?: Record<string, unknown>;
  /** Has no effect. */
  namespace?: string;
  /** Deprecated, has no effect. */
  output_index?: string;
  /** Left over from saved-object resolution; accepted, only echoed. */
  outcome?: "exactMatch" | "aliasMatch" | "conflict";
  alias_target_id?: string;
  alias_purpose?: "savedObjectConversion" | "savedObjectImport";
}

/** Where a rule reads, for the types that search indices. `data_view_id` wins when both are given. */
export interface DataSourceFields {
  /** Index patterns. Absent: the space's `securitySolution:defaultIndex`. */
  index?: string[];
  data_view_id?: string;
  filters?: Filter[];
}

export interface QueryRuleCreate extends RuleCreateBase, DataSourceFields {
  type: "query";
  query?: string;
  language?: QueryLanguage;
  saved_id?: string;
  alert_suppression?: AlertSuppression;
}

export interface SavedQueryRuleCreate extends RuleCreateBase, DataSourceFields {
  type: "saved_query";
  /** Id of the saved query; its query and filters are used, the rule's own are the fallback. */
  saved_id: string;
  query?: string;
  language?: QueryLanguage;
  alert_suppression?: AlertSuppression;
}

export interface EqlRuleCreate extends RuleCreateBase, DataSourceFields {
  type: "eql";
  query: string;
  language: "eql";
  /** Field that holds the event's category; `event.category` when absent. */
  event_category_override?: string;
  /** Field that orders events of the same time. */
  tiebreaker_field?: string;
  /** Field that holds the event's time for EQL; `@timestamp` when absent. */
  timestamp_field?: string;
  alert_suppression?: AlertSuppression;
}

export interface EsqlRuleCreate extends RuleCreateBase {
  type: "esql";
  query: string;
  language: "esql";
  alert_suppression?: AlertSuppression;
}

export interface ThresholdRuleCreate extends RuleCreateBase, DataSourceFields {
  type: "threshold";
  query: string;
  threshold: Threshold;
  language?: QueryLanguage;
  saved_id?: string;
  alert_suppression?: ThresholdSuppression;
}

/** Indicator match. */
export interface ThreatMatchRuleCreate extends RuleCreateBase, DataSourceFields {
  type: "threat_match";
  query: string;
  /** Query over the indicator indices. */
  threat_query: string;
  /** At least one group. */
  threat_mapping: ThreatMapping[];
  /** Indicator indices. */
  threat_index: string[];
  threat_language?: QueryLanguage;
  threat_filters?: Filter[];
  /** Object of the indicator document that enriches the alert. */
  threat_indicator_path?: string;
  /** ≥ 1. Goes with `items_per_search`. */
  concurrent_searches?: number;
  items_per_search?: number;
  language?: QueryLanguage;
  saved_id?: string;
  alert_suppression?: AlertSuppression;
}

export interface MachineLearningRuleCreate extends RuleCreateBase {
  type: "machine_learning";
  /** Least anomaly score that alerts, a whole number ≥ 0. */
  anomaly_threshold: number;
  /** One job id or several. */
  machine_learning_job_id: string | string[];
  alert_suppression?: AlertSuppression;
}

export interface NewTermsRuleCreate extends RuleCreateBase, DataSourceFields {
  type: "new_terms";
  query: string;
  /** One to three fields whose combination of values is new. */
  new_terms_fields: string[];
  /** Date math; how far back a value counts as known. Must be earlier than `from`. */
  history_window_start: string;
  language?: QueryLanguage;
  alert_suppression?: AlertSuppression;
}

/** The create form of each type, by its name. */
export interface RuleCreateByType {
  query: QueryRuleCreate;
  saved_query: SavedQueryRuleCreate;
  eql: EqlRuleCreate;
  esql: EsqlRuleCreate;
  threshold: ThresholdRuleCreate;
  threat_match: ThreatMatchRuleCreate;
  machine_learning: MachineLearningRuleCreate;
  new_terms: NewTermsRuleCreate;
}

/** What `POST /api/detection_engine/rules` and a line of an import take; `type` tells the eight apart. */
export type RuleCreate = RuleCreateByType[RuleType];

/** What PUT takes: the create form, addressed by `rule_id` or by the rule's object `id`. What is left out is removed or reset. */
export type RuleUpdate = { [T in RuleType]: RuleCreateByType[T] & { id?: string } }[RuleType];

/** What PATCH takes: any part of the form; a field that is present replaces the stored one. */
export type RulePatch = { [T in RuleType]: Partial<RuleCreateByType[T]> & { id?: string } }[RuleType];
