/** The detection rule as Kibana returns it. */
import type { RuleCreateByType, RuleType } from "./rule.js";
import type { ExceptionListReference, RequiredField, Threshold } from "./rule-parts.js";

/** Where a rule comes from: made here, or installed from Kibana's prebuilt package. */
export type RuleSource =
  | { type: "internal" }
  | {
      type: "external";
      is_customized: boolean;
      /** Since 9.1. */
      has_base_version?: boolean;
      customized_fields?: { field_name: string }[];
    };

export type ExecutionStatus = "going to run" | "running" | "partial failure" | "failed" | "succeeded";

/** The last run of the rule. Absent until it ran. */
export interface ExecutionSummary {
  last_execution: {
    date: string;
    status: ExecutionStatus;
    status_order: number;
    message: string;
    metrics: {
      total_search_duration_ms?: number;
      total_indexing_duration_ms?: number;
      total_enrichment_duration_ms?: number;
      execution_gap_duration_s?: number;
      gap_range?: { gte: string; lte: string };
      frozen_indices_queried_count?: number;
    };
  };
}

/** What Kibana alone writes. */
export interface ServerFields {
  /** Saved-object id, different in each space. */
  id: string;
  /** Deprecated sign of a prebuilt rule. */
  immutable: boolean;
  rule_source: RuleSource;
  /** Number of edits since creation, from 0. */
  revision: number;
  /** ISO date with milliseconds. */
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
  execution_summary?: ExecutionSummary;
}

/** Optional on create, always there in a response, because Kibana fills them in. */
export type FilledField =
  | "rule_id"
  | "enabled"
  | "version"
  | "tags"
  | "author"
  | "interval"
  | "from"
  | "to"
  | "max_signals"
  | "false_positives"
  | "references"
  | "threat"
  | "risk_score_mapping"
  | "severity_mapping"
  | "exceptions_list"
  | "actions"
  | "setup"
  | "related_integrations"
  | "required_fields";

type Simplify<T> = { [K in keyof T]: T[K] };

/** A type's own fields that Kibana fills in or brings into one form. */
interface FilledByType {
  query: { query: string; language: "kuery" | "lucene" };
  saved_query: { language: "kuery" | "lucene" };
  eql: unknown;
  esql: unknown;
  threshold: { language: "kuery" | "lucene"; threshold: Omit<Threshold, "field"> & { field: string[] } };
  threat_match: { language: "kuery" | "lucene" };
  machine_learning: { machine_learning_job_id: string[] };
  new_terms: { language: "kuery" | "lucene" };
}

type Merge<A, B> = Simplify<Omit<A, keyof B> & B>;

type Filled<T extends RuleType> = Merge<
  Simplify<Omit<RuleCreateByType[T], FilledField> & Required<Pick<RuleCreateByType[T], FilledField>>>,
  FilledByType[T] & { required_fields: RequiredField[] }
>;

export type RuleResponseByType = { [T in RuleType]: Simplify<Filled<T> & ServerFields> };

/** What reads and writes of a rule return; `type` tells the eight apart. */
export type RuleResponse = RuleResponseByType[RuleType];

/**
 * A rule line of an export, of whatever Kibana version wrote it: the create form's required fields, the rest where
 * the version has it. `exceptions_list[].id` is absent in exports that were scrubbed, and a rule of 8.10 has its
 * `investigation_fields` as a plain list.
 */
export type ExportedRuleByType = {
  [T in RuleType]: Simplify<
    Omit<RuleCreateByType[T], "exceptions_list" | "investigation_fields" | "required_fields"> &
      Partial<ServerFields> & {
        rule_id: string;
        exceptions_list?: (Omit<ExceptionListReference, "id"> & { id?: string })[];
        investigation_fields?: { field_names: string[] } | string[];
        required_fields?: (Omit<RequiredField, "ecs"> & { ecs?: boolean })[];
      }
  >;
};

export type ExportedRule = ExportedRuleByType[RuleType];
