/** The smaller shapes that a rule is made of. */

export type Severity = "low" | "medium" | "high" | "critical";

/** A Kibana filter (`{meta, query, $state}`). The API stores it unchecked. */
export type Filter = Record<string, unknown>;

export interface ThreatReference {
  id: string;
  name: string;
  /** Page of the tactic or technique; Kibana's own rules end it in `/`. */
  reference: string;
}

export type ThreatTactic = ThreatReference;

export type ThreatSubtechnique = ThreatReference;

export interface ThreatTechnique extends ThreatReference {
  subtechnique?: ThreatSubtechnique[];
}

/** One tactic with its techniques. Kibana checks none of the ids. */
export interface Threat {
  /** `MITRE ATT&CK`, or another framework such as `MITRE ATLAS`. */
  framework: string;
  tactic: ThreatTactic;
  technique?: ThreatTechnique[];
}

/** Takes the alert's risk score from `field`; Kibana heeds the field of the first item only. */
export interface RiskScoreMappingItem {
  field: string;
  operator: "equals";
  value: string;
  /** 0–100. */
  risk_score?: number;
}

/** Gives the alert `severity` where `field` equals `value`; the highest severity that matches wins. */
export interface SeverityMappingItem {
  field: string;
  operator: "equals";
  value: string;
  severity: Severity;
}

export type NamespaceType = "single" | "agnostic";

/** Kinds of exception lists. `endpoint_trusted_devices` came with 9.2. */
export type ExceptionListType =
  | "detection"
  | "rule_default"
  | "endpoint"
  | "endpoint_trusted_apps"
  | "endpoint_trusted_devices"
  | "endpoint_events"
  | "endpoint_host_isolation_exceptions"
  | "endpoint_blocklists";

/** A list that the rule honours, found by `list_id` and `namespace_type`. An import rewrites `id` to the space's own. */
export interface ExceptionListReference {
  /** Saved-object id of the list. */
  id: string;
  list_id: string;
  type: ExceptionListType;
  namespace_type: NamespaceType;
}

export interface RelatedIntegration {
  /** Fleet package. */
  package: string;
  /** Semver range such as `^1.2.3`. */
  version: string;
  /** Policy template of the package. */
  integration?: string;
}

export interface RequiredFieldInput {
  name: string;
  /** Elasticsearch field type. */
  type: string;
}

export interface RequiredField extends RequiredFieldInput {
  /** Whether the field belongs to ECS, worked out by Kibana. */
  ecs: boolean;
}

export interface InvestigationFields {
  /** Fields to highlight in an alert, at least one. */
  field_names: string[];
}

export interface SuppressionDuration {
  /** ≥ 1. */
  value: number;
  unit: "s" | "m" | "h";
}

/** One alert per group of values. Needs a Platinum licence to take effect. */
export interface AlertSuppression {
  /** One to three fields. */
  group_by: string[];
  /** Absent: per run of the rule. */
  duration?: SuppressionDuration;
  /** What to do with documents that lack a field of the group; absent means `suppress`. */
  missing_fields_strategy?: "suppress" | "doNotSuppress";
}

/** A threshold rule groups by its own fields, so only the time is left to say. */
export interface ThresholdSuppression {
  duration: SuppressionDuration;
}

export interface ThresholdCardinality {
  field: string;
  /** Least number of distinct values, ≥ 0. */
  value: number;
}

export interface Threshold {
  /** Fields to group by: none counts all, at most five (three below 9.2). */
  field: string | string[];
  /** Least number of events in a group, ≥ 1. */
  value: number;
  /** Only the first entry is used. */
  cardinality?: ThresholdCardinality[];
}

export interface ThreatMapEntry {
  /** Field of the event. */
  field: string;
  type: "mapping";
  /** Field of the indicator. */
  value: string;
  /** The two must differ (9.2). */
  negate?: boolean;
}

/** All entries must hold; a rule's mappings are alternatives. */
export interface ThreatMapping {
  entries: ThreatMapEntry[];
}
