// Written by scripts/generate/types.ts from schemas/*.schema.json. Change those instead.
// Their hash: 984a301a26944253

/**
 * A detection rule: *.rule.yml. Field names are those of Kibana's Detection Engine API; attack, tags by kind, guide, lookback, exceptions and actions by connector name are short forms that are compiled away.
 */
export type Rule =
  | QueryRule
  | SavedQueryRule
  | EQLRule
  | ESQLRule
  | ThresholdRule
  | ThreatMatchRule
  | MachineLearningRule
  | NewTermsRule;
/**
 * Labels to find and filter rules by: a plain list, taken as it is, or a map by kind, which writes the prefixes and adds the Tactic and Resources tags that follow from the rule. Default at Kibana: none.
 */
export type Tags =
  | string[]
  | {
      /**
       * Where the activity happens. Written as "Domain: …".
       */
      domain?: string | string[];
      /**
       * The operating systems. Written as "OS: …".
       */
      os?: string | string[];
      /**
       * What the rule is for. Written as "Use Case: …".
       */
      use_case?: string | string[];
      /**
       * A named threat, campaign or tool that the rule was written for. Written as "Threat: …".
       */
      threat?: string | string[];
      /**
       * What comes with the rule. Written as "Resources: …"; the tag for the guide is added by itself.
       */
      resources?: string | string[];
      /**
       * A kind of rule to tell apart. Written as "Rule Type: …".
       */
      rule_type?: string | string[];
      /**
       * Where the events come from. Written as "Data Source: …".
       */
      data_source?: string | string[];
      /**
       * Tags without a prefix, taken as they are.
       */
      other?: string | string[];
    };
/**
 * The investigation guide: Markdown as it is, or its parts, which are put under the headings that analysts know. Compiles to note. Instead of note.
 */
export type Guide =
  | string
  | {
      /**
       * What the rule looks at and why it matters, in Markdown. Stands under "Investigating <rule name>".
       */
      overview?: string;
      /**
       * What an analyst does first, step by step. Stands under "Possible investigation steps".
       */
      investigation_steps?: GuideStep[];
      /**
       * How to tell harmless activity apart. Stands under "False positive analysis".
       */
      false_positives?: GuideStep[];
      /**
       * What to do about a true positive. Stands under "Response and remediation".
       */
      response?: GuideStep[];
      /**
       * Further sections, after the usual ones.
       */
      sections?: GuideSection[];
    };
/**
 * A step: a sentence, a sentence with steps below it, an osquery to run on the host, or a timeline to open.
 */
export type GuideStep =
  | string
  | {
      /**
       * What to do, in Markdown.
       */
      text: string;
      /**
       * Steps below this one. Goes with text.
       */
      steps?: GuideStep[];
    }
  | {
      osquery: OsqueryStep;
    }
  | {
      investigate: InvestigateStep;
    };
/**
 * An exception list: the list_id of one in this project, or a map for one that lives elsewhere.
 */
export type ExceptionReference =
  | string
  | {
      /**
       * The exception list's stable id, the same in every space.
       */
      list_id: string;
      /**
       * Whether the list belongs to one space or to all. Default: single.
       */
      namespace_type?: "single" | "agnostic";
      /**
       * What kind of exception list it is. Default: detection.
       */
      type?:
        | "detection"
        | "rule_default"
        | "endpoint"
        | "endpoint_trusted_apps"
        | "endpoint_trusted_devices"
        | "endpoint_events"
        | "endpoint_host_isolation_exceptions"
        | "endpoint_blocklists";
    };
/**
 * A connector and what to send through it: by the connector's name, or in Kibana's own form by its id and type.
 */
export type Action =
  | {
      /**
       * The name of a *.connector.yml of this project, or of a connector that exists in the space. Instead of id and action_type_id.
       */
      connector: string;
      /**
       * The action group; "default" for alerts. Actions of the system, such as .cases, have none. Default: default.
       */
      group?: string;
      /**
       * What the connector is told; its keys depend on the connector's type. {{context.…}} and {{state.…}} are filled in by Kibana.
       */
      params: {
        [k: string]: unknown;
      };
      frequency?: ActionFrequency;
      alerts_filter?: AlertsFilter;
      /**
       * The action's own id. Kibana makes one up; keep it where it is known, so that the action keeps its identity. Unique within the rule.
       */
      uuid?: string;
    }
  | {
      /**
       * The connector's object id in the space. Goes together with action_type_id; instead of connector.
       */
      id: string;
      /**
       * The connector's type. Goes together with id; instead of connector.
       */
      action_type_id: string;
      /**
       * The action group; "default" for alerts. Actions of the system, such as .cases, have none. Default: default.
       */
      group?: string;
      /**
       * What the connector is told; its keys depend on the connector's type. {{context.…}} and {{state.…}} are filled in by Kibana.
       */
      params: {
        [k: string]: unknown;
      };
      frequency?: ActionFrequency;
      alerts_filter?: AlertsFilter;
      /**
       * The action's own id. Kibana makes one up; keep it where it is known, so that the action keeps its identity. Unique within the rule.
       */
      uuid?: string;
    };
/**
 * An action on the host: of Osquery or of Elastic Defend.
 */
export type ResponseAction = OsqueryResponseAction | EndpointResponseAction;
/**
 * What Elastic Defend does.
 */
export type EndpointParams = EndpointIsolate | EndpointProcess | EndpointRunscript;
/**
 * One condition on one field.
 */
export type ExceptionEntry =
  MatchEntry | MatchAnyEntry | WildcardEntry | ExistsEntry | ListEntry | NestedEntry;
/**
 * One condition on a field below the nested one.
 */
export type InnerEntry = MatchEntry | MatchAnyEntry | ExistsEntry;
/**
 * A remark: text, or a map with the key comment.
 */
export type ExceptionComment =
  | string
  | {
      /**
       * The remark.
       */
      comment: string;
    };
/**
 * A value list: *.values.yml. Entries of exception items name it by its id. Long lists stand in a text file beside it, one value a line.
 */
export type ValuesFile =
  | {
      /**
       * The value list's id, the same in every space. Entries of type list name it. It cannot be changed later.
       */
      id: string;
      /**
       * The list's name as Kibana shows it. Default: the id.
       */
      name?: string;
      /**
       * What the list is for. Default: the name.
       */
      description?: string;
      /**
       * The Elasticsearch type of the values. It cannot be changed later. Default: keyword.
       */
      type?:
        | "keyword"
        | "ip"
        | "ip_range"
        | "text"
        | "binary"
        | "boolean"
        | "byte"
        | "date"
        | "date_nanos"
        | "date_range"
        | "double"
        | "double_range"
        | "float"
        | "float_range"
        | "geo_point"
        | "geo_shape"
        | "half_float"
        | "integer"
        | "integer_range"
        | "long"
        | "long_range"
        | "shape"
        | "short";
      /**
       * The values, each once. Text that YAML would read as something else needs quotes. Instead of file.
       *
       * Items: A value.
       */
      values: (string | number | boolean)[];
    }
  | {
      /**
       * The value list's id, the same in every space. Entries of type list name it. It cannot be changed later.
       */
      id: string;
      /**
       * The list's name as Kibana shows it. Default: the id.
       */
      name?: string;
      /**
       * What the list is for. Default: the name.
       */
      description?: string;
      /**
       * The Elasticsearch type of the values. It cannot be changed later. Default: keyword.
       */
      type?:
        | "keyword"
        | "ip"
        | "ip_range"
        | "text"
        | "binary"
        | "boolean"
        | "byte"
        | "date"
        | "date_nanos"
        | "date_range"
        | "double"
        | "double_range"
        | "float"
        | "float_range"
        | "geo_point"
        | "geo_shape"
        | "half_float"
        | "integer"
        | "integer_range"
        | "long"
        | "long_range"
        | "shape"
        | "short";
      /**
       * The text file with the values, one a line, from this file's folder: .txt or .csv, inside the project. Instead of values.
       */
      file: string;
    };
/**
 * A space: its id, or a map with its id, the rules for it and what is different there.
 */
export type Space =
  | string
  | {
      /**
       * The space's id, as in its address /s/<id>: lower-case letters, digits, _ and -.
       */
      id: string;
      /**
       * Which rules go to the space: paths with * and **, tag:<tag> or name:<name>, in which * stands for any text. A rule goes there if one of them fits; one that begins with ! takes rules out again. Default: all.
       */
      rules?: string[];
      set?: RuleOverlay;
      add?: OverlayAdditions;
      remove?: OverlayRemovals;
      /**
       * What is different here for some rules, in order: of several that fit a rule, the later one wins.
       */
      overlays?: OverlayOfSomeRules[];
    };
/**
 * The fields by their full names, for every index; or a list of indices with the fields that are there.
 */
export type CustomFields =
  | {
      [k: string]: CustomField;
    }
  | CustomFieldGroup[];
/**
 * A field: its type in the index mapping, or a map with the type and more.
 */
export type CustomField =
  | string
  | {
      /**
       * The field's type in the index mapping.
       */
      type: string;
      /**
       * What the field holds, for those who write rules.
       */
      description?: string;
      /**
       * The longest value that is indexed, in characters. Longer values are in the document, and are never found.
       */
      ignore_above?: number;
      /**
       * The only values that the field has. A query that asks for another one is a finding.
       */
      allowed_values?: string[];
      /**
       * Whether a document may hold several values.
       */
      array?: boolean;
    };

export interface AuthoredFiles {
  rule: Rule;
  translation: Translation;
  exceptions: ExceptionsFile;
  connector: ConnectorFile;
  values: ValuesFile;
  config: ProjectConfig;
  fields: FieldsFile;
  lock: FieldsLock;
}
/**
 * Alerts on each event that a KQL or Lucene query matches.
 */
export interface QueryRule extends RuleFields {
  /**
   * Alerts on each event that a KQL or Lucene query matches.
   */
  type: "query";
  /**
   * The index patterns to search. Instead of data_view_id, which would win. Left out, Kibana searches those of its setting securitySolution:defaultIndex.
   */
  index?: string[];
  /**
   * The id of the Kibana data view to search, instead of index. Data views are per space, so an id seldom holds in two of them. Since 8.3.
   */
  data_view_id?: string;
  /**
   * The query that events are matched with, in the rule's language.
   */
  query?: string;
  /**
   * The language of the query. Default at Kibana: kuery.
   */
  language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query, as the filter bar makes them. Kibana stores them unchecked.
   */
  filters?: KibanaFilter[];
  /**
   * The id of a query saved in Kibana. A saved_query rule runs that query as it stands at each run; saved queries are per space.
   */
  saved_id?: string;
  alert_suppression?: AlertSuppression;
}
/**
 * A filter with its meta and its Elasticsearch query.
 */
export interface KibanaFilter {
  [k: string]: unknown;
}
/**
 * Writes one alert for all events that share the values of some fields. Needs a Platinum licence; without it the rule writes every alert. Since 8.8 (query), 8.13 (threat_match), 8.14 (eql, new_terms), 8.15 (esql, machine_learning).
 */
export interface AlertSuppression {
  /**
   * One to three fields: alerts with the same values in all of them are joined.
   */
  group_by: string[];
  duration?: SuppressionDuration;
  /**
   * What to do with events that lack one of the fields. Left out, Kibana suppresses them.
   */
  missing_fields_strategy?: "suppress" | "doNotSuppress";
}
/**
 * How long alerts are joined, counted from the first. Left out (where it may be), alerts of one run are joined.
 */
export interface SuppressionDuration {
  /**
   * How many units.
   */
  value: number;
  /**
   * The unit of time.
   */
  unit: "s" | "m" | "h";
}
/**
 * The fields that every type of rule has.
 */
export interface RuleFields {
  /**
   * The rule's stable identity: the same rule keeps it for life, in every space. Kibana would make up a UUID on each create, so code must name it. Any text will do as long as no other rule has it; most use a UUID.
   */
  rule_id: string;
  /**
   * The rule's name as analysts see it in the rule table and on every alert. Unique in a project.
   */
  name: string;
  /**
   * What the rule finds and why that matters, in a few sentences. Shown on the rule's page and copied into each alert.
   */
  description: string;
  /**
   * Whether the rule runs. Kibana's default for a new rule is false; left out, an update keeps what is set in Kibana.
   */
  enabled?: boolean;
  /**
   * The content version: a whole number from 1 that grows with each change of the rule. Kibana never raises it by itself on an update. Default at Kibana: 1.
   */
  version?: number;
  /**
   * The Elastic Stack versions where this rule may run, as a semver range in quotes. Compiling for a stack outside it leaves the rule out. Default: every version.
   */
  stack?: string;
  /**
   * Who wrote the rule. Default at Kibana: an empty list. Since 7.9.
   */
  author?: string[];
  /**
   * The licence the rule is under, as free text. Since 7.9.
   */
  license?: string;
  /**
   * How grave an alert of this rule is. By custom low goes with a risk score of 0–21, medium 22–47, high 48–73, critical 74–100.
   */
  severity: "low" | "medium" | "high" | "critical";
  /**
   * The risk of an alert, a whole number from 0 to 100. Feeds entity risk scoring.
   */
  risk_score: number;
  /**
   * Takes an alert's severity from a field of the event: where the field equals the value, the severity given here replaces the rule's. Default at Kibana: none. Since 7.9.
   */
  severity_mapping?: SeverityMapping[];
  /**
   * Takes an alert's risk score from a numeric field of the event, which replaces the rule's own. Default at Kibana: none. Since 7.9.
   */
  risk_score_mapping?: RiskScoreMapping[];
  /**
   * How often the rule runs: a whole number and s, m, h or d. Default at Kibana: 5m.
   */
  interval?: string;
  /**
   * How far each run reaches back beyond the interval, so that late events are still seen: a whole number and s, m, h or d. Compiles to from: interval 5m and lookback 4m give now-9m. Instead of from.
   */
  lookback?: string;
  /**
   * Where each run starts to search, in date math. It must reach back at least one interval, or events are missed between runs. Default at Kibana: now-6m. Instead of lookback.
   */
  from?: string;
  /**
   * Where each run ends its search, in date math. Default at Kibana: now.
   */
  to?: string;
  /**
   * The most alerts that one run writes; whatever exceeds it is lost. The server's own limit is xpack.alerting.rules.run.alerts.max, 1000 unless changed. Default at Kibana: 100.
   */
  max_signals?: number;
  /**
   * The MITRE ATT&CK tactics and techniques that the rule covers: a map from tactic to a list of techniques. Compiles to threat. Instead of threat.
   */
  attack?: {
    /**
     * The techniques of this tactic: an id, or an id and its name. An empty list is the tactic alone.
     *
     * Items: A technique or sub-technique: its id, and its name if you like.
     */
    [k: string]: string[];
  };
  /**
   * The threat framework entries as Kibana stores them. Instead of attack, which is shorter and checked. Default at Kibana: none.
   */
  threat?: Threat[];
  tags?: Tags;
  /**
   * What harmless activity may set the rule off, one sentence an entry. Default at Kibana: none.
   */
  false_positives?: string[];
  /**
   * Links to what the rule is based on. Default at Kibana: none.
   */
  references?: string[];
  guide?: Guide;
  /**
   * The investigation guide as Markdown, as Kibana stores it. Instead of guide, which builds it from parts.
   */
  note?: string;
  /**
   * What must be in place for the rule to work, in Markdown: integrations, audit policies, agents. A line {{> name}} includes name.fragment.md. Default at Kibana: empty. Since 8.3.
   */
  setup?: string;
  /**
   * The Fleet integrations that the rule's events come from. Default at Kibana: none. Since 8.3.
   */
  related_integrations?: RelatedIntegration[];
  /**
   * The fields that the query needs, for people to see what must be ingested. Kibana does not check that they exist. Default at Kibana: none. Since 8.3, editable since 8.15.
   */
  required_fields?: RequiredField[];
  investigation_fields?: InvestigationFields;
  /**
   * Makes the alerts building blocks: hidden from the alert table, there for other rules to build on. The one value with a meaning is "default". Since 7.9.
   */
  building_block_type?: string;
  /**
   * The event field whose value becomes the alert's rule name. Since 7.9.
   */
  rule_name_override?: string;
  /**
   * The field that the time window is applied to, instead of @timestamp. With event.ingested, events that arrive late are not missed. Since 7.9.
   */
  timestamp_override?: string;
  /**
   * True to skip events that lack the timestamp_override field; otherwise their @timestamp is used. Since 8.1.
   */
  timestamp_override_fallback_disabled?: boolean;
  /**
   * The id of the timeline template that an investigation opens with. Goes together with timeline_title.
   */
  timeline_id?: string;
  /**
   * The title of the timeline template. Goes together with timeline_id.
   */
  timeline_title?: string;
  /**
   * The exception lists that hold back alerts of this rule: the list_id of a list in this project, or a map for one that lives elsewhere. Compiles to exceptions_list, found by list_id in each space. Instead of exceptions_list.
   */
  exceptions?: ExceptionReference[];
  /**
   * The exception lists as Kibana stores them, with the object id that each has in one space. Instead of exceptions, which finds the id by itself. Default at Kibana: none. Since 7.9.
   */
  exceptions_list?: ExceptionsListEntry[];
  /**
   * What to do with new alerts: messages, tickets, pages. Default at Kibana: none.
   */
  actions?: Action[];
  /**
   * @deprecated
   * How often all actions run, as it was before 8.8: "rule" for each run, "no_actions", or a duration. Set frequency on each action instead.
   */
  throttle?: string;
  /**
   * What Elastic Defend or Osquery does on the host when the rule fires, without an analyst. Needs a licence for it. Osquery since 8.5, endpoint since 8.10.
   */
  response_actions?: ResponseAction[];
  /**
   * A free map that Kibana stores and copies into every alert. Saving the rule in Kibana's UI drops it. The key kdac is kept for this tool.
   */
  meta?: {
    [k: string]: unknown;
  };
  /**
   * Accepted by Kibana, without effect.
   */
  namespace?: string;
  /**
   * @deprecated
   * The index that alerts were written to. Kibana ignores it. Default at Kibana: empty.
   */
  output_index?: string;
  /**
   * @deprecated
   * How Kibana resolved the rule's id after a migration to spaces. A left-over: there is no need to write it.
   */
  outcome?: "exactMatch" | "aliasMatch" | "conflict";
  /**
   * @deprecated
   * The id that an old id leads to. A left-over of migrations: there is no need to write it.
   */
  alias_target_id?: string;
  /**
   * @deprecated
   * Why an old id leads to the rule. A left-over of migrations: there is no need to write it.
   */
  alias_purpose?: "savedObjectConversion" | "savedObjectImport";
  /**
   * Fields that a newer Kibana knows and this tool does not. They are passed through unchecked, with a warning.
   */
  extra?: {
    [k: string]: unknown;
  };
}
/**
 * One value of one field, and the severity that it stands for.
 */
export interface SeverityMapping {
  /**
   * The event field to read.
   */
  field: string;
  /**
   * How field and value are compared; "equals" is all that Kibana knows.
   */
  operator: "equals";
  /**
   * The value to look for, always as text.
   */
  value: string;
  /**
   * How grave an alert of this rule is. By custom low goes with a risk score of 0–21, medium 22–47, high 48–73, critical 74–100.
   */
  severity: "low" | "medium" | "high" | "critical";
}
/**
 * The field whose number becomes the alert's risk score.
 */
export interface RiskScoreMapping {
  /**
   * The event field to read; its value must be a number from 0 to 100.
   */
  field: string;
  /**
   * How field and value are compared; "equals" is all that Kibana knows.
   */
  operator: "equals";
  /**
   * Required by Kibana; empty text takes the field's value as it is.
   */
  value: string;
  /**
   * The risk of an alert, a whole number from 0 to 100. Feeds entity risk scoring.
   */
  risk_score?: number;
}
/**
 * One tactic with its techniques.
 */
export interface Threat {
  /**
   * The framework that the ids belong to.
   */
  framework: string;
  tactic: ThreatTactic;
  /**
   * The techniques: how the attacker goes about it.
   */
  technique?: ThreatTechnique[];
}
/**
 * The tactic: what the attacker is after.
 */
export interface ThreatTactic {
  /**
   * The tactic's id.
   */
  id: string;
  /**
   * The tactic's name.
   */
  name: string;
  /**
   * The tactic's page.
   */
  reference: string;
}
/**
 * A technique with its sub-techniques.
 */
export interface ThreatTechnique {
  /**
   * The technique's id.
   */
  id: string;
  /**
   * The technique's name.
   */
  name: string;
  /**
   * The technique's page.
   */
  reference: string;
  /**
   * The sub-techniques. Since 7.11.
   */
  subtechnique?: ThreatSubtechnique[];
}
/**
 * A sub-technique.
 */
export interface ThreatSubtechnique {
  /**
   * The sub-technique's id.
   */
  id: string;
  /**
   * The sub-technique's name.
   */
  name: string;
  /**
   * The sub-technique's page.
   */
  reference: string;
}
/**
 * An osquery that the analyst runs on the host of the alert.
 */
export interface OsqueryStep {
  /**
   * The button's text.
   */
  label: string;
  /**
   * The osquery SQL.
   */
  query: string;
  ecs_mapping?: ECSMapping;
}
/**
 * Which ECS field each result column is written to, or a fixed value for it.
 */
export interface ECSMapping {
  [k: string]: ECSMappingTarget;
}
/**
 * A column of the result, or a fixed value.
 */
export interface ECSMappingTarget {
  /**
   * The result column.
   */
  field?: string;
  /**
   * A fixed value, or a list of them.
   */
  value?: string | string[];
}
/**
 * A timeline that opens from the guide, filtered by the alert's own values.
 */
export interface InvestigateStep {
  /**
   * The button's text.
   */
  label: string;
  /**
   * What the timeline shows.
   */
  description?: string;
  /**
   * The timeline's filters: the outer list is joined by OR, each inner list by AND.
   */
  providers: InvestigateProvider[][];
  /**
   * Where the timeline starts, in date math.
   */
  relativeFrom?: string;
  /**
   * Where the timeline ends, in date math.
   */
  relativeTo?: string;
}
/**
 * One filter of the timeline.
 */
export interface InvestigateProvider {
  /**
   * True to leave out what matches.
   */
  excluded?: boolean;
  /**
   * The field to filter by.
   */
  field: string;
  /**
   * How the value is compared.
   */
  queryType: "phrase" | "range";
  /**
   * The value; {{field}} takes that of the alert.
   */
  value: string | number | boolean;
  /**
   * The value's type.
   */
  valueType?: "string" | "boolean";
}
/**
 * A section with a heading of your own.
 */
export interface GuideSection {
  /**
   * The heading, without the leading #.
   */
  heading: string;
  /**
   * The text below it, in Markdown.
   */
  body: string;
}
/**
 * A package, a version range, and one of its integrations where it has several.
 */
export interface RelatedIntegration {
  /**
   * The package's name in Fleet.
   */
  package: string;
  /**
   * A semver range of package versions.
   */
  version: string;
  /**
   * The integration within the package.
   */
  integration?: string;
}
/**
 * A field and its Elasticsearch type.
 */
export interface RequiredField {
  /**
   * The field's name.
   */
  name: string;
  /**
   * The field's type in Elasticsearch.
   */
  type: string;
  /**
   * @deprecated
   * Whether the field is in ECS. Kibana works this out by itself: what stands here has no effect.
   */
  ecs?: boolean;
}
/**
 * The event fields to show first on an alert. Since 8.11.
 */
export interface InvestigationFields {
  /**
   * The fields, in order.
   */
  field_names: string[];
}
/**
 * An exception list by object id and list_id.
 */
export interface ExceptionsListEntry {
  /**
   * The list's object id in the space.
   */
  id: string;
  /**
   * The exception list's stable id, the same in every space.
   */
  list_id: string;
  /**
   * What kind of exception list it is. Default: detection.
   */
  type:
    | "detection"
    | "rule_default"
    | "endpoint"
    | "endpoint_trusted_apps"
    | "endpoint_trusted_devices"
    | "endpoint_events"
    | "endpoint_host_isolation_exceptions"
    | "endpoint_blocklists";
  /**
   * Whether the list belongs to one space or to all. Default: single.
   */
  namespace_type: "single" | "agnostic";
}
/**
 * When the action runs. Left out, Kibana sends a summary at each run that found something.
 */
export interface ActionFrequency {
  /**
   * True for one message about all alerts of a run, false for a message an alert.
   */
  summary: boolean;
  /**
   * At which runs the action is taken.
   */
  notifyWhen: "onActiveAlert" | "onThrottleInterval" | "onActionGroupChange";
  /**
   * The least time between two messages, such as 1h, for onThrottleInterval; else null. Not shorter than the rule's interval.
   */
  throttle: string | null;
}
/**
 * Which alerts the action is for: those that match a query, those of certain hours, or both. Kibana takes other keys too, as they are.
 */
export interface AlertsFilter {
  query?: AlertsFilterQuery;
  timeframe?: AlertsFilterTimeframe;
  [k: string]: unknown;
}
/**
 * A KQL query on the alert, with Kibana filters.
 */
export interface AlertsFilterQuery {
  /**
   * The query.
   */
  kql: string;
  /**
   * Kibana filter objects.
   */
  filters: KibanaFilter[];
  /**
   * The query in Elasticsearch's form. Kibana writes it by itself.
   */
  dsl?: string;
  [k: string]: unknown;
}
/**
 * Days and hours in which the action runs.
 */
export interface AlertsFilterTimeframe {
  /**
   * Days of the week: 1 is Monday, 7 is Sunday.
   */
  days: number[];
  hours: AlertsFilterHours;
  /**
   * The time zone of the hours, by its IANA name.
   */
  timezone: string;
  [k: string]: unknown;
}
/**
 * From when to when, as hh:mm.
 */
export interface AlertsFilterHours {
  /**
   * The first minute, as hh:mm.
   */
  start: string;
  /**
   * The last minute, as hh:mm.
   */
  end: string;
}
/**
 * Runs osquery on the host: a query, several, a saved one or a pack.
 */
export interface OsqueryResponseAction {
  /**
   * Osquery Manager runs queries on the host.
   */
  action_type_id: ".osquery";
  params: OsqueryParams;
}
/**
 * What to run: one of query, queries, saved_query_id and pack_id.
 */
export interface OsqueryParams {
  /**
   * One osquery.
   */
  query?: string;
  /**
   * Several queries, as a pack holds them.
   */
  queries?: OsqueryPackQuery[];
  /**
   * The id of a saved query in Osquery Manager.
   */
  saved_query_id?: string;
  /**
   * The id of a pack in Osquery Manager.
   */
  pack_id?: string;
  ecs_mapping?: ECSMapping;
  /**
   * How long a query may run, in seconds. Default at Kibana: 60.
   */
  timeout?: number;
}
/**
 * One query of several.
 */
export interface OsqueryPackQuery {
  /**
   * The query's name.
   */
  id: string;
  /**
   * The osquery SQL.
   */
  query: string;
  ecs_mapping?: ECSMapping;
  /**
   * The least osquery version.
   */
  version?: string;
  /**
   * The platforms to run on, joined by commas.
   */
  platform?: string;
  /**
   * Whether rows that disappeared are reported too.
   */
  removed?: boolean;
  /**
   * Whether all rows are reported each time.
   */
  snapshot?: boolean;
}
/**
 * Elastic Defend acts on the host.
 */
export interface EndpointResponseAction {
  /**
   * Elastic Defend acts on the host.
   */
  action_type_id: ".endpoint";
  params: EndpointParams;
}
/**
 * Cuts the host off the network.
 */
export interface EndpointIsolate {
  /**
   * Cuts the host off the network.
   */
  command: "isolate";
  /**
   * Why, for the action's log.
   */
  comment?: string;
}
/**
 * Ends or halts a process.
 */
export interface EndpointProcess {
  /**
   * What to do with the process.
   */
  command: "kill-process" | "suspend-process";
  /**
   * Why, for the action's log.
   */
  comment?: string;
  config: EndpointProcessConfig;
}
/**
 * Which process.
 */
export interface EndpointProcessConfig {
  /**
   * True to use process.pid; false to use the field given. Default at Kibana: true.
   */
  overwrite?: boolean;
  /**
   * The event field that holds the process: with overwrite false it is needed, with overwrite true it stays empty.
   */
  field: string;
}
/**
 * Runs a script of the script library. Newest stacks only.
 */
export interface EndpointRunscript {
  /**
   * Runs a script on the host.
   */
  command: "runscript";
  /**
   * Why, for the action's log.
   */
  comment?: string;
  config: EndpointRunscriptConfig;
}
/**
 * The script for each operating system.
 */
export interface EndpointRunscriptConfig {
  linux?: EndpointScript;
  macos?: EndpointScript;
  windows?: EndpointScript;
}
/**
 * A script for hosts of this operating system.
 */
export interface EndpointScript {
  /**
   * The script's id in the library.
   */
  scriptId: string;
  /**
   * The script's arguments.
   */
  scriptInput?: string;
  /**
   * How long the script may run, in seconds.
   */
  timeout?: number;
}
/**
 * Alerts on each event that a query saved in Kibana matches.
 */
export interface SavedQueryRule extends RuleFields {
  /**
   * Alerts on each event that a query saved in Kibana matches.
   */
  type: "saved_query";
  /**
   * The id of a query saved in Kibana. A saved_query rule runs that query as it stands at each run; saved queries are per space.
   */
  saved_id: string;
  /**
   * The index patterns to search. Instead of data_view_id, which would win. Left out, Kibana searches those of its setting securitySolution:defaultIndex.
   */
  index?: string[];
  /**
   * The id of the Kibana data view to search, instead of index. Data views are per space, so an id seldom holds in two of them. Since 8.3.
   */
  data_view_id?: string;
  /**
   * The query that events are matched with, in the rule's language.
   */
  query?: string;
  /**
   * The language of the query. Default at Kibana: kuery.
   */
  language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query, as the filter bar makes them. Kibana stores them unchecked.
   */
  filters?: KibanaFilter[];
  alert_suppression?: AlertSuppression;
}
/**
 * Alerts on events, or sequences of events, that an EQL query matches.
 */
export interface EQLRule extends RuleFields {
  /**
   * Alerts on events, or sequences of events, that an EQL query matches.
   */
  type: "eql";
  /**
   * The index patterns to search. Instead of data_view_id, which would win. Left out, Kibana searches those of its setting securitySolution:defaultIndex.
   */
  index?: string[];
  /**
   * The id of the Kibana data view to search, instead of index. Data views are per space, so an id seldom holds in two of them. Since 8.3.
   */
  data_view_id?: string;
  /**
   * The EQL query: a condition on one event, or a sequence or sample of several.
   */
  query: string;
  /**
   * The language of the query. An EQL rule has no other, so it may be left out.
   */
  language?: "eql";
  /**
   * Kibana filter objects that are added to the query, as the filter bar makes them. Kibana stores them unchecked.
   */
  filters?: KibanaFilter[];
  /**
   * The field that EQL reads an event's category from (the word before "where"). Default at Elasticsearch: event.category.
   */
  event_category_override?: string;
  /**
   * The field that EQL orders a sequence by. Not the same as timestamp_override, which moves the rule's time window. Default at Elasticsearch: @timestamp.
   */
  timestamp_field?: string;
  /**
   * The field that EQL orders events by where their timestamps are equal.
   */
  tiebreaker_field?: string;
  alert_suppression?: AlertSuppression;
}
/**
 * Alerts on each row of an ES|QL query's result. Since 8.13.
 */
export interface ESQLRule extends RuleFields {
  /**
   * Alerts on each row of an ES|QL query's result. Since 8.13.
   */
  type: "esql";
  /**
   * The ES|QL query. It names its own indices. Without STATS it wants METADATA _id, _index, _version, so that an event is alerted once.
   */
  query: string;
  /**
   * The language of the query. An ES|QL rule has no other, so it may be left out.
   */
  language?: "esql";
  alert_suppression?: AlertSuppression;
}
/**
 * Alerts when the events that a query matches are many enough in a group.
 */
export interface ThresholdRule extends RuleFields {
  /**
   * Alerts when the events that a query matches are many enough in a group.
   */
  type: "threshold";
  /**
   * The index patterns to search. Instead of data_view_id, which would win. Left out, Kibana searches those of its setting securitySolution:defaultIndex.
   */
  index?: string[];
  /**
   * The id of the Kibana data view to search, instead of index. Data views are per space, so an id seldom holds in two of them. Since 8.3.
   */
  data_view_id?: string;
  /**
   * The query that events are matched with, in the rule's language.
   */
  query: string;
  /**
   * The language of the query. Default at Kibana: kuery.
   */
  language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query, as the filter bar makes them. Kibana stores them unchecked.
   */
  filters?: KibanaFilter[];
  /**
   * The id of a query saved in Kibana. A saved_query rule runs that query as it stands at each run; saved queries are per space.
   */
  saved_id?: string;
  threshold: Threshold;
  alert_suppression?: ThresholdAlertSuppression;
}
/**
 * Alerts when a group of events is large enough.
 */
export interface Threshold {
  /**
   * The fields to group by: one name, or a list of up to five (three before 9.2). An empty list counts all events together.
   */
  field: string | string[];
  /**
   * The least number of events in a group.
   */
  value: number;
  /**
   * Asks besides for this many different values of another field in the group. Kibana uses the first entry only.
   */
  cardinality?: ThresholdCardinality[];
}
/**
 * A field and how many different values of it a group must hold.
 */
export interface ThresholdCardinality {
  /**
   * The field whose different values are counted. It may not be one of those that are grouped by.
   */
  field: string;
  /**
   * The least number of different values.
   */
  value: number;
}
/**
 * Writes one alert for a threshold group in the given time; the group's own fields are what it is joined by. Needs a Platinum licence. Since 8.12.
 */
export interface ThresholdAlertSuppression {
  duration: SuppressionDuration;
}
/**
 * Alerts on events that match an indicator of a threat intelligence index.
 */
export interface ThreatMatchRule extends RuleFields {
  /**
   * Alerts on events that match an indicator of a threat intelligence index.
   */
  type: "threat_match";
  /**
   * The index patterns to search. Instead of data_view_id, which would win. Left out, Kibana searches those of its setting securitySolution:defaultIndex.
   */
  index?: string[];
  /**
   * The id of the Kibana data view to search, instead of index. Data views are per space, so an id seldom holds in two of them. Since 8.3.
   */
  data_view_id?: string;
  /**
   * The query that events are matched with, in the rule's language.
   */
  query: string;
  /**
   * The language of the query. Default at Kibana: kuery.
   */
  language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query, as the filter bar makes them. Kibana stores them unchecked.
   */
  filters?: KibanaFilter[];
  /**
   * The id of a query saved in Kibana. A saved_query rule runs that query as it stands at each run; saved queries are per space.
   */
  saved_id?: string;
  /**
   * The index patterns that hold the indicators.
   */
  threat_index: string[];
  /**
   * Which indicators to use, as a query on the indicator indices.
   */
  threat_query: string;
  /**
   * The language of threat_query. Kibana has no default for it, so name it.
   */
  threat_language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query for indicators.
   */
  threat_filters?: KibanaFilter[];
  /**
   * Where an indicator document keeps its indicator, for the enrichment of alerts. Default at Kibana: threat.indicator.
   */
  threat_indicator_path?: string;
  /**
   * Which event fields match which indicator fields. One of the groups has to match; within a group every entry has to.
   */
  threat_mapping: ThreatMapping[];
  /**
   * How many searches of one run go out side by side. Goes together with items_per_search.
   */
  concurrent_searches?: number;
  /**
   * How many indicators one search takes. Goes together with concurrent_searches.
   */
  items_per_search?: number;
  alert_suppression?: AlertSuppression;
}
/**
 * A group of entries that must all match.
 */
export interface ThreatMapping {
  /**
   * The pairs of fields, joined by AND.
   */
  entries: ThreatMappingEntry[];
}
/**
 * A field of the event and the field of the indicator that it has to equal.
 */
export interface ThreatMappingEntry {
  /**
   * The event's field.
   */
  field: string;
  /**
   * The kind of entry; "mapping" is all that Kibana knows.
   */
  type: "mapping";
  /**
   * The indicator's field.
   */
  value: string;
  /**
   * True to ask that the two differ. A group needs at least one entry that is not negated. Since 9.2.
   */
  negate?: boolean;
}
/**
 * Alerts on anomalies that a machine learning job found. Needs a Platinum licence.
 */
export interface MachineLearningRule extends RuleFields {
  /**
   * Alerts on anomalies that a machine learning job found. Needs a Platinum licence.
   */
  type: "machine_learning";
  /**
   * The anomaly detection jobs whose results the rule reads: one id, or a list. They must exist and run in the space.
   */
  machine_learning_job_id: string | string[];
  /**
   * The least anomaly score (0 to 100) that makes an alert.
   */
  anomaly_threshold: number;
  alert_suppression?: AlertSuppression;
}
/**
 * Alerts on values that a field, or up to three together, did not have before. Since 8.4.
 */
export interface NewTermsRule extends RuleFields {
  /**
   * Alerts on values that a field, or up to three together, did not have before. Since 8.4.
   */
  type: "new_terms";
  /**
   * The index patterns to search. Instead of data_view_id, which would win. Left out, Kibana searches those of its setting securitySolution:defaultIndex.
   */
  index?: string[];
  /**
   * The id of the Kibana data view to search, instead of index. Data views are per space, so an id seldom holds in two of them. Since 8.3.
   */
  data_view_id?: string;
  /**
   * The query that events are matched with, in the rule's language.
   */
  query: string;
  /**
   * The language of the query. Default at Kibana: kuery.
   */
  language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query, as the filter bar makes them. Kibana stores them unchecked.
   */
  filters?: KibanaFilter[];
  /**
   * One to three fields. An alert is written when their combination of values was not seen in the history window.
   */
  new_terms_fields: string[];
  /**
   * Where the history starts that a term must be absent from, in date math. Must be earlier than from.
   */
  history_window_start: string;
  alert_suppression?: AlertSuppression;
}
/**
 * A rule's texts in another language: <rule>.rule.<locale>.yml beside <rule>.rule.yml. What it leaves out stays as the rule has it. Compiled with --locale.
 */
export interface Translation {
  /**
   * The rule's name in this language.
   */
  name?: string;
  /**
   * What the rule finds and why that matters, in this language.
   */
  description?: string;
  guide?: Guide;
  /**
   * The investigation guide as Markdown, as Kibana stores it. Instead of guide, which builds it from parts.
   */
  note?: string;
  /**
   * What must be in place for the rule to work, in Markdown: integrations, audit policies, agents. A line {{> name}} includes name.fragment.md. Default at Kibana: empty. Since 8.3.
   */
  setup?: string;
  /**
   * What harmless activity may set the rule off, one sentence an entry. Default at Kibana: none.
   */
  false_positives?: string[];
}
/**
 * An exception list with its items: *.exceptions.yml. Rules name it by list_id under exceptions. Items that analysts add in Kibana are left alone.
 */
export interface ExceptionsFile {
  /**
   * The exception list's stable id, the same in every space.
   */
  list_id: string;
  /**
   * The list's name as Kibana shows it.
   */
  name: string;
  /**
   * What the list is for.
   */
  description: string;
  /**
   * What kind of exception list it is. Default: detection.
   */
  type?:
    | "detection"
    | "rule_default"
    | "endpoint"
    | "endpoint_trusted_apps"
    | "endpoint_trusted_devices"
    | "endpoint_events"
    | "endpoint_host_isolation_exceptions"
    | "endpoint_blocklists";
  /**
   * Whether the list belongs to one space or to all. Default: single.
   */
  namespace_type?: "single" | "agnostic";
  /**
   * The operating systems that it applies to; used by the lists of Elastic Defend. Default: all.
   */
  os_types?: ("windows" | "linux" | "macos")[];
  /**
   * Labels to find it by. Default: none.
   */
  tags?: string[];
  /**
   * A free map that Kibana stores as it is.
   */
  meta?: {
    [k: string]: unknown;
  };
  /**
   * The exceptions. An event that one of them matches makes no alert.
   */
  items: ExceptionItem[];
}
/**
 * One exception: an event has to match all of its entries.
 */
export interface ExceptionItem {
  /**
   * The item's stable id, the same in every space and unique among all lists.
   */
  item_id: string;
  /**
   * The item's name as Kibana shows it.
   */
  name: string;
  /**
   * Why this is expected: whoever reviews the exception wants to know.
   */
  description: string;
  /**
   * The conditions, joined by AND. At least one: without any the item would match every event and silence the rule.
   */
  entries: ExceptionEntry[];
  /**
   * The operating systems that it applies to; used by the lists of Elastic Defend. Default: all.
   */
  os_types?: ("windows" | "linux" | "macos")[];
  /**
   * Labels to find it by. Default: none.
   */
  tags?: string[];
  /**
   * When the exception stops to hold: a date and time with its time zone. Left out, it holds for ever.
   */
  expire_time?: string;
  /**
   * Remarks, oldest first. Kibana only ever appends: a comment that is there can neither change nor go.
   */
  comments?: ExceptionComment[];
  /**
   * A free map that Kibana stores as it is.
   */
  meta?: {
    [k: string]: unknown;
  };
}
/**
 * The field equals the value.
 */
export interface MatchEntry {
  /**
   * The event field.
   */
  field: string;
  /**
   * The field equals the value.
   */
  type: "match";
  /**
   * Whether the condition has to hold or must not hold.
   */
  operator: "included" | "excluded";
  /**
   * The value.
   */
  value: string;
}
/**
 * The field equals one of the values.
 */
export interface MatchAnyEntry {
  /**
   * The event field.
   */
  field: string;
  /**
   * The field equals one of the values.
   */
  type: "match_any";
  /**
   * Whether the condition has to hold or must not hold.
   */
  operator: "included" | "excluded";
  /**
   * The values, at least one.
   */
  value: string[];
}
/**
 * The field matches a pattern.
 */
export interface WildcardEntry {
  /**
   * The event field.
   */
  field: string;
  /**
   * The field matches a pattern.
   */
  type: "wildcard";
  /**
   * Whether the condition has to hold or must not hold.
   */
  operator: "included" | "excluded";
  /**
   * The pattern: * stands for any text, ? for one character.
   */
  value: string;
}
/**
 * The field is there, whatever its value.
 */
export interface ExistsEntry {
  /**
   * The event field.
   */
  field: string;
  /**
   * The field is there, whatever its value.
   */
  type: "exists";
  /**
   * Whether the condition has to hold or must not hold.
   */
  operator: "included" | "excluded";
}
/**
 * The field's value is in a value list. Kibana takes no entry of another type beside it.
 */
export interface ListEntry {
  /**
   * The event field.
   */
  field: string;
  /**
   * The field's value is in a value list.
   */
  type: "list";
  /**
   * Whether the condition has to hold or must not hold.
   */
  operator: "included" | "excluded";
  list: ValueListReference;
}
/**
 * The value list.
 */
export interface ValueListReference {
  /**
   * The value list's id in the space.
   */
  id: string;
  /**
   * The type of the list's values.
   */
  type:
    | "keyword"
    | "ip"
    | "ip_range"
    | "text"
    | "binary"
    | "boolean"
    | "byte"
    | "date"
    | "date_nanos"
    | "date_range"
    | "double"
    | "double_range"
    | "float"
    | "float_range"
    | "geo_point"
    | "geo_shape"
    | "half_float"
    | "integer"
    | "integer_range"
    | "long"
    | "long_range"
    | "shape"
    | "short";
}
/**
 * Conditions that one and the same element of a nested field has to meet.
 */
export interface NestedEntry {
  /**
   * The nested field that the inner fields are below.
   */
  field: string;
  /**
   * Conditions that one and the same element of a nested field has to meet.
   */
  type: "nested";
  /**
   * The conditions: match, match_any or exists, with fields named from the nested one down.
   */
  entries: InnerEntry[];
}
/**
 * A connector, through which rule actions send: *.connector.yml. Rules name it under actions by its name.
 */
export interface ConnectorFile {
  /**
   * The connector's name in Kibana. Actions refer to it, so it has to be unique in a project and in a space.
   */
  name: string;
  /**
   * The connector's type. It cannot be changed later. Most types need a Gold licence; .index and .server-log do not.
   */
  connector_type_id: string;
  /**
   * The connector's object id in every space, a version 4 UUID: Kibana takes no other, because connectors are stored encrypted. Left out, the connector is found by name.
   */
  id?: string;
  /**
   * The settings that are no secret; its keys depend on the type, such as url and method for .webhook. Default: none.
   */
  config?: {
    [k: string]: unknown;
  };
  /**
   * The settings that are secret; its keys depend on the type, such as webhookUrl for .slack. Each value names an environment variable: a secret is never written down. Default: none.
   */
  secrets?: {
    /**
     * The environment variable to read the secret from.
     */
    [k: string]: string;
  };
}
/**
 * The project's settings: kdac.config.yml at its root. ${NAME} reads the environment.
 */
export interface ProjectConfig {
  /**
   * The project's name. Each deployed rule carries it as the mark of who owns it, and only rules with this mark are ever changed or deleted: do not change it without need.
   */
  name: string;
  /**
   * The folders that are searched for rules, exception lists, connectors and fragments, from the project's root. Default: rules.
   */
  rules?: string[];
  /**
   * The Elastic Stack version to compile for, in quotes. Fields that are newer are findings. Default: 9.5.
   */
  stack?: string;
  /**
   * The MITRE ATT&CK version that techniques are checked against. Default: 18.1 for a stack up to 9.4, 19.0 from 9.5.
   */
  attack?: "18.1" | "19.0";
  /**
   * The language that rules are written in, and compiled to unless --locale says otherwise. Default: en.
   */
  locale?: string;
  defaults?: RuleDefaults;
  tags?: TagVocabulary;
  fields?: FieldFiles;
  /**
   * How grave a finding is, by its code; "off" silences it. Findings that mean that something is invalid stay errors. kdac explain lists the codes.
   */
  lint?: {
    /**
     * The severity of findings with this code.
     */
    [k: string]: "error" | "warning" | "info" | "off";
  };
  /**
   * Where rules are deployed to: a name for --env, and the Kibana behind it.
   */
  environments?: {
    [k: string]: Environment;
  };
}
/**
 * Fields that rules take from here where they leave them out. A rule takes only those that its type has.
 */
export interface RuleDefaults {
  /**
   * Whether the rule runs. Kibana's default for a new rule is false; left out, an update keeps what is set in Kibana.
   */
  enabled?: boolean;
  /**
   * Who wrote the rule. Default at Kibana: an empty list. Since 7.9.
   */
  author?: string[];
  /**
   * The licence the rule is under, as free text. Since 7.9.
   */
  license?: string;
  /**
   * Takes an alert's severity from a field of the event: where the field equals the value, the severity given here replaces the rule's. Default at Kibana: none. Since 7.9.
   */
  severity_mapping?: SeverityMapping[];
  /**
   * Takes an alert's risk score from a numeric field of the event, which replaces the rule's own. Default at Kibana: none. Since 7.9.
   */
  risk_score_mapping?: RiskScoreMapping[];
  /**
   * How often the rule runs: a whole number and s, m, h or d. Default at Kibana: 5m.
   */
  interval?: string;
  /**
   * How far each run reaches back beyond the interval, so that late events are still seen: a whole number and s, m, h or d. Compiles to from: interval 5m and lookback 4m give now-9m. Instead of from.
   */
  lookback?: string;
  /**
   * Where each run starts to search, in date math. It must reach back at least one interval, or events are missed between runs. Default at Kibana: now-6m. Instead of lookback.
   */
  from?: string;
  /**
   * Where each run ends its search, in date math. Default at Kibana: now.
   */
  to?: string;
  /**
   * The most alerts that one run writes; whatever exceeds it is lost. The server's own limit is xpack.alerting.rules.run.alerts.max, 1000 unless changed. Default at Kibana: 100.
   */
  max_signals?: number;
  /**
   * The index patterns to search. Instead of data_view_id, which would win. Left out, Kibana searches those of its setting securitySolution:defaultIndex.
   */
  index?: string[];
  /**
   * The id of the Kibana data view to search, instead of index. Data views are per space, so an id seldom holds in two of them. Since 8.3.
   */
  data_view_id?: string;
  /**
   * The language of the query. Default at Kibana: kuery.
   */
  language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query, as the filter bar makes them. Kibana stores them unchecked.
   */
  filters?: KibanaFilter[];
  /**
   * The field that EQL reads an event's category from (the word before "where"). Default at Elasticsearch: event.category.
   */
  event_category_override?: string;
  /**
   * The field that EQL orders a sequence by. Not the same as timestamp_override, which moves the rule's time window. Default at Elasticsearch: @timestamp.
   */
  timestamp_field?: string;
  /**
   * The field that EQL orders events by where their timestamps are equal.
   */
  tiebreaker_field?: string;
  /**
   * The index patterns that hold the indicators.
   */
  threat_index?: string[];
  /**
   * The language of threat_query. Kibana has no default for it, so name it.
   */
  threat_language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query for indicators.
   */
  threat_filters?: KibanaFilter[];
  /**
   * Where an indicator document keeps its indicator, for the enrichment of alerts. Default at Kibana: threat.indicator.
   */
  threat_indicator_path?: string;
  /**
   * How many searches of one run go out side by side. Goes together with items_per_search.
   */
  concurrent_searches?: number;
  /**
   * How many indicators one search takes. Goes together with concurrent_searches.
   */
  items_per_search?: number;
  alert_suppression?: AlertSuppression;
  /**
   * The MITRE ATT&CK tactics and techniques that the rule covers: a map from tactic to a list of techniques. Compiles to threat. Instead of threat.
   */
  attack?: {
    /**
     * The techniques of this tactic: an id, or an id and its name. An empty list is the tactic alone.
     *
     * Items: A technique or sub-technique: its id, and its name if you like.
     */
    [k: string]: string[];
  };
  /**
   * The threat framework entries as Kibana stores them. Instead of attack, which is shorter and checked. Default at Kibana: none.
   */
  threat?: Threat[];
  tags?: Tags;
  /**
   * What harmless activity may set the rule off, one sentence an entry. Default at Kibana: none.
   */
  false_positives?: string[];
  /**
   * Links to what the rule is based on. Default at Kibana: none.
   */
  references?: string[];
  guide?: Guide;
  /**
   * The investigation guide as Markdown, as Kibana stores it. Instead of guide, which builds it from parts.
   */
  note?: string;
  /**
   * What must be in place for the rule to work, in Markdown: integrations, audit policies, agents. A line {{> name}} includes name.fragment.md. Default at Kibana: empty. Since 8.3.
   */
  setup?: string;
  /**
   * The Fleet integrations that the rule's events come from. Default at Kibana: none. Since 8.3.
   */
  related_integrations?: RelatedIntegration[];
  /**
   * The fields that the query needs, for people to see what must be ingested. Kibana does not check that they exist. Default at Kibana: none. Since 8.3, editable since 8.15.
   */
  required_fields?: RequiredField[];
  investigation_fields?: InvestigationFields;
  /**
   * Makes the alerts building blocks: hidden from the alert table, there for other rules to build on. The one value with a meaning is "default". Since 7.9.
   */
  building_block_type?: string;
  /**
   * The event field whose value becomes the alert's rule name. Since 7.9.
   */
  rule_name_override?: string;
  /**
   * The field that the time window is applied to, instead of @timestamp. With event.ingested, events that arrive late are not missed. Since 7.9.
   */
  timestamp_override?: string;
  /**
   * True to skip events that lack the timestamp_override field; otherwise their @timestamp is used. Since 8.1.
   */
  timestamp_override_fallback_disabled?: boolean;
  /**
   * The id of the timeline template that an investigation opens with. Goes together with timeline_title.
   */
  timeline_id?: string;
  /**
   * The title of the timeline template. Goes together with timeline_id.
   */
  timeline_title?: string;
  /**
   * The exception lists that hold back alerts of this rule: the list_id of a list in this project, or a map for one that lives elsewhere. Compiles to exceptions_list, found by list_id in each space. Instead of exceptions_list.
   */
  exceptions?: ExceptionReference[];
  /**
   * The exception lists as Kibana stores them, with the object id that each has in one space. Instead of exceptions, which finds the id by itself. Default at Kibana: none. Since 7.9.
   */
  exceptions_list?: ExceptionsListEntry[];
  /**
   * What to do with new alerts: messages, tickets, pages. Default at Kibana: none.
   */
  actions?: Action[];
  /**
   * @deprecated
   * How often all actions run, as it was before 8.8: "rule" for each run, "no_actions", or a duration. Set frequency on each action instead.
   */
  throttle?: string;
  /**
   * What Elastic Defend or Osquery does on the host when the rule fires, without an analyst. Needs a licence for it. Osquery since 8.5, endpoint since 8.10.
   */
  response_actions?: ResponseAction[];
  /**
   * A free map that Kibana stores and copies into every alert. Saving the rule in Kibana's UI drops it. The key kdac is kept for this tool.
   */
  meta?: {
    [k: string]: unknown;
  };
  /**
   * Accepted by Kibana, without effect.
   */
  namespace?: string;
  /**
   * The Elastic Stack versions where this rule may run, as a semver range in quotes. Compiling for a stack outside it leaves the rule out. Default: every version.
   */
  stack?: string;
}
/**
 * Tags that this project adds to the known ones, by kind and without the prefix. A tag that is in neither is a finding.
 */
export interface TagVocabulary {
  /**
   * More values for "Domain: …".
   */
  domain?: string[];
  /**
   * More values for "OS: …".
   */
  os?: string[];
  /**
   * More values for "Use Case: …".
   */
  use_case?: string[];
  /**
   * More values for "Threat: …".
   */
  threat?: string[];
  /**
   * More values for "Resources: …".
   */
  resources?: string[];
  /**
   * More values for "Rule Type: …".
   */
  rule_type?: string[];
  /**
   * More values for "Data Source: …".
   */
  data_source?: string[];
  /**
   * More tags without a prefix.
   */
  other?: string[];
}
/**
 * Where the project says which fields its indices have beyond the Elastic Common Schema.
 */
export interface FieldFiles {
  /**
   * The file with the project's own fields, from its root. Default: schemas/custom-fields.yml, if it is there.
   */
  custom?: string;
  /**
   * The file that kdac fields sync writes: the fields as the stack maps them. Default: schemas/fields.lock.json, if it is there.
   */
  lock?: string;
}
/**
 * One Kibana: its address, the credentials, and the spaces that rules go to.
 */
export interface Environment {
  /**
   * Kibana's address, with its base path where it has one and without a space: ${NAME}, or written out. It holds no user and no password.
   */
  url: string;
  /**
   * The environment variable that holds the API key (as Kibana shows it, encoded). Instead of username and password. Rules run with this key's privileges.
   */
  api_key?: string;
  /**
   * The environment variable that holds the user's name. Goes together with password.
   */
  username?: string;
  /**
   * The environment variable that holds the password. Goes together with username.
   */
  password?: string;
  /**
   * The certificate authority that vouches for Kibana, beside those that Node knows: a PEM file, relative to this one, or ${NAME}, a variable that holds the file's path or its text.
   */
  ca?: string;
  /**
   * The HTTP proxy on the way to Kibana: an address, ${NAME}, or none. Its user and password come from the environment only. Default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY.
   */
  proxy?: string;
  /**
   * How long Kibana may take to answer: a whole number and s or m. Imports and exports get ten times that. Default: 60s.
   */
  timeout?: string;
  /**
   * How long it may take to connect: a whole number and s or m. Default: 10s. Behind a proxy, timeout counts alone.
   */
  connect_timeout?: string;
  set?: RuleOverlay;
  add?: OverlayAdditions;
  remove?: OverlayRemovals;
  /**
   * What is different here for some rules, in order: of several that fit a rule, the later one wins.
   */
  overlays?: OverlayOfSomeRules[];
  /**
   * The spaces to deploy to: a space's id, or a map that says which rules go there and what is different there.
   */
  spaces: Space[];
}
/**
 * Fields that are different here: they replace the rule's own. A rule takes only those that its type has.
 */
export interface RuleOverlay {
  /**
   * How grave an alert of this rule is. By custom low goes with a risk score of 0–21, medium 22–47, high 48–73, critical 74–100.
   */
  severity?: "low" | "medium" | "high" | "critical";
  /**
   * The risk of an alert, a whole number from 0 to 100. Feeds entity risk scoring.
   */
  risk_score?: number;
  /**
   * Whether the rule runs. Kibana's default for a new rule is false; left out, an update keeps what is set in Kibana.
   */
  enabled?: boolean;
  /**
   * Who wrote the rule. Default at Kibana: an empty list. Since 7.9.
   */
  author?: string[];
  /**
   * The licence the rule is under, as free text. Since 7.9.
   */
  license?: string;
  /**
   * Takes an alert's severity from a field of the event: where the field equals the value, the severity given here replaces the rule's. Default at Kibana: none. Since 7.9.
   */
  severity_mapping?: SeverityMapping[];
  /**
   * Takes an alert's risk score from a numeric field of the event, which replaces the rule's own. Default at Kibana: none. Since 7.9.
   */
  risk_score_mapping?: RiskScoreMapping[];
  /**
   * How often the rule runs: a whole number and s, m, h or d. Default at Kibana: 5m.
   */
  interval?: string;
  /**
   * How far each run reaches back beyond the interval, so that late events are still seen: a whole number and s, m, h or d. Compiles to from: interval 5m and lookback 4m give now-9m. Instead of from.
   */
  lookback?: string;
  /**
   * Where each run starts to search, in date math. It must reach back at least one interval, or events are missed between runs. Default at Kibana: now-6m. Instead of lookback.
   */
  from?: string;
  /**
   * Where each run ends its search, in date math. Default at Kibana: now.
   */
  to?: string;
  /**
   * The most alerts that one run writes; whatever exceeds it is lost. The server's own limit is xpack.alerting.rules.run.alerts.max, 1000 unless changed. Default at Kibana: 100.
   */
  max_signals?: number;
  /**
   * The index patterns to search. Instead of data_view_id, which would win. Left out, Kibana searches those of its setting securitySolution:defaultIndex.
   */
  index?: string[];
  /**
   * The id of the Kibana data view to search, instead of index. Data views are per space, so an id seldom holds in two of them. Since 8.3.
   */
  data_view_id?: string;
  /**
   * The language of the query. Default at Kibana: kuery.
   */
  language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query, as the filter bar makes them. Kibana stores them unchecked.
   */
  filters?: KibanaFilter[];
  /**
   * The field that EQL reads an event's category from (the word before "where"). Default at Elasticsearch: event.category.
   */
  event_category_override?: string;
  /**
   * The field that EQL orders a sequence by. Not the same as timestamp_override, which moves the rule's time window. Default at Elasticsearch: @timestamp.
   */
  timestamp_field?: string;
  /**
   * The field that EQL orders events by where their timestamps are equal.
   */
  tiebreaker_field?: string;
  /**
   * The index patterns that hold the indicators.
   */
  threat_index?: string[];
  /**
   * The language of threat_query. Kibana has no default for it, so name it.
   */
  threat_language?: "kuery" | "lucene";
  /**
   * Kibana filter objects that are added to the query for indicators.
   */
  threat_filters?: KibanaFilter[];
  /**
   * Where an indicator document keeps its indicator, for the enrichment of alerts. Default at Kibana: threat.indicator.
   */
  threat_indicator_path?: string;
  /**
   * How many searches of one run go out side by side. Goes together with items_per_search.
   */
  concurrent_searches?: number;
  /**
   * How many indicators one search takes. Goes together with concurrent_searches.
   */
  items_per_search?: number;
  alert_suppression?: AlertSuppression;
  /**
   * The MITRE ATT&CK tactics and techniques that the rule covers: a map from tactic to a list of techniques. Compiles to threat. Instead of threat.
   */
  attack?: {
    /**
     * The techniques of this tactic: an id, or an id and its name. An empty list is the tactic alone.
     *
     * Items: A technique or sub-technique: its id, and its name if you like.
     */
    [k: string]: string[];
  };
  /**
   * The threat framework entries as Kibana stores them. Instead of attack, which is shorter and checked. Default at Kibana: none.
   */
  threat?: Threat[];
  tags?: Tags;
  /**
   * What harmless activity may set the rule off, one sentence an entry. Default at Kibana: none.
   */
  false_positives?: string[];
  /**
   * Links to what the rule is based on. Default at Kibana: none.
   */
  references?: string[];
  guide?: Guide;
  /**
   * The investigation guide as Markdown, as Kibana stores it. Instead of guide, which builds it from parts.
   */
  note?: string;
  /**
   * What must be in place for the rule to work, in Markdown: integrations, audit policies, agents. A line {{> name}} includes name.fragment.md. Default at Kibana: empty. Since 8.3.
   */
  setup?: string;
  /**
   * The Fleet integrations that the rule's events come from. Default at Kibana: none. Since 8.3.
   */
  related_integrations?: RelatedIntegration[];
  /**
   * The fields that the query needs, for people to see what must be ingested. Kibana does not check that they exist. Default at Kibana: none. Since 8.3, editable since 8.15.
   */
  required_fields?: RequiredField[];
  investigation_fields?: InvestigationFields;
  /**
   * Makes the alerts building blocks: hidden from the alert table, there for other rules to build on. The one value with a meaning is "default". Since 7.9.
   */
  building_block_type?: string;
  /**
   * The event field whose value becomes the alert's rule name. Since 7.9.
   */
  rule_name_override?: string;
  /**
   * The field that the time window is applied to, instead of @timestamp. With event.ingested, events that arrive late are not missed. Since 7.9.
   */
  timestamp_override?: string;
  /**
   * True to skip events that lack the timestamp_override field; otherwise their @timestamp is used. Since 8.1.
   */
  timestamp_override_fallback_disabled?: boolean;
  /**
   * The id of the timeline template that an investigation opens with. Goes together with timeline_title.
   */
  timeline_id?: string;
  /**
   * The title of the timeline template. Goes together with timeline_id.
   */
  timeline_title?: string;
  /**
   * The exception lists that hold back alerts of this rule: the list_id of a list in this project, or a map for one that lives elsewhere. Compiles to exceptions_list, found by list_id in each space. Instead of exceptions_list.
   */
  exceptions?: ExceptionReference[];
  /**
   * The exception lists as Kibana stores them, with the object id that each has in one space. Instead of exceptions, which finds the id by itself. Default at Kibana: none. Since 7.9.
   */
  exceptions_list?: ExceptionsListEntry[];
  /**
   * What to do with new alerts: messages, tickets, pages. Default at Kibana: none.
   */
  actions?: Action[];
  /**
   * @deprecated
   * How often all actions run, as it was before 8.8: "rule" for each run, "no_actions", or a duration. Set frequency on each action instead.
   */
  throttle?: string;
  /**
   * What Elastic Defend or Osquery does on the host when the rule fires, without an analyst. Needs a licence for it. Osquery since 8.5, endpoint since 8.10.
   */
  response_actions?: ResponseAction[];
  /**
   * A free map that Kibana stores and copies into every alert. Saving the rule in Kibana's UI drops it. The key kdac is kept for this tool.
   */
  meta?: {
    [k: string]: unknown;
  };
  /**
   * Accepted by Kibana, without effect.
   */
  namespace?: string;
}
/**
 * What lists of the rule have here besides: added at their end, unless it is in them already.
 */
export interface OverlayAdditions {
  /**
   * Tags, with their prefix.
   */
  tags?: string[];
  /**
   * Index patterns. A rule that names no index, and one of ES|QL, takes none.
   */
  index?: string[];
  /**
   * The exception lists that hold back alerts of this rule: the list_id of a list in this project, or a map for one that lives elsewhere. Compiles to exceptions_list, found by list_id in each space. Instead of exceptions_list.
   */
  exceptions?: ExceptionReference[];
  /**
   * What to do with new alerts: messages, tickets, pages. Default at Kibana: none.
   */
  actions?: Action[];
}
/**
 * What lists of the rule do not have here.
 */
export interface OverlayRemovals {
  /**
   * Tags, with their prefix, to the letter.
   */
  tags?: string[];
  /**
   * Index patterns, to the letter.
   */
  index?: string[];
  /**
   * Exception lists, by list_id.
   */
  exceptions?: string[];
  /**
   * Actions, by the name of their connector or its id.
   */
  actions?: string[];
}
/**
 * What is different for some rules. Of several that fit a rule, the later one wins.
 */
export interface OverlayOfSomeRules {
  /**
   * The rules that it is for: paths with * and **, tag:<tag> or name:<name>, as at a space. They look at the rule as its file has it.
   */
  rules: string[];
  set?: RuleOverlay;
  add?: OverlayAdditions;
  remove?: OverlayRemovals;
}
/**
 * The fields that a project's own data has beyond the Elastic Common Schema: schemas/custom-fields.yml, or the file that the config's fields.custom names.
 */
export interface FieldsFile {
  fields: CustomFields;
}
/**
 * Fields that only some indices have.
 */
export interface CustomFieldGroup {
  /**
   * The indices, as rules name them, with * for any text. A rule knows the fields when its own indices overlap with these.
   */
  index: string[];
  /**
   * The fields by their full names.
   */
  fields: {
    [k: string]: CustomField;
  };
}
/**
 * The fields of the indices that the rules read, as the stack maps them: schemas/fields.lock.json, or the file that the config's fields.lock names. kdac fields sync writes it.
 */
export interface FieldsLock {
  /**
   * The version of this format.
   */
  version: 1;
  /**
   * The version of the stack that the fields come from.
   */
  stack?: string;
  /**
   * When the fields were read.
   */
  synced_at?: string;
  /**
   * The index patterns that were asked for, and the fields of the indices that each stands for. A name that none of the patterns of a rule has is an error there.
   */
  patterns: {
    [k: string]: LockedPattern;
  };
}
/**
 * The fields of the indices that one pattern stands for; none where there is no such index.
 */
export interface LockedPattern {
  /**
   * The names of the fields and multi-fields by type, sorted. A field that indices map differently stands under all its types, which commas part.
   */
  fields: {
    /**
     * The fields of this type.
     */
    [k: string]: string[];
  };
  /**
   * The longest value that is indexed, in characters, and the fields for which it is so; no limit where it is not said.
   */
  ignore_above?: {
    /**
     * The fields with this limit.
     */
    [k: string]: string[];
  };
}
