/**
 * The codecs of a rule's fields, sorted as the forms need them: what every form has, what Kibana fills in, and what may be
 * absent. `rule-fields.ts` has the same sorting as a table; a test holds the two together.
 */
import {
  concurrent_searches,
  items_per_search,
  machine_learning_job_id,
  max_signals,
  RiskScore,
  RuleActionThrottle,
  RuleInterval,
  RuleIntervalFrom,
  RuleIntervalTo,
  threat_index,
  threat_indicator_path,
  threat_query,
} from "@kbn/securitysolution-io-ts-alerting-types";
import * as t from "io-ts";
import { actions, responseActions } from "./actions.js";
import { freeObject, texts } from "./form.js";
import * as parts from "./parts.js";
import { nonBlankText, nonEmptyText, wholeNumber } from "./scalars.js";

/** On every form but the patch. */
export const baseRequired = {
  name: nonEmptyText,
  description: nonEmptyText,
  risk_score: RiskScore,
  severity: parts.severity,
};

/** May be left out of a create form, never absent from a response. So is `rule_id`, which an export always has. */
export const baseFilled = {
  enabled: t.boolean,
  version: wholeNumber(1),
  tags: texts,
  author: texts,
  interval: RuleInterval,
  from: RuleIntervalFrom,
  to: RuleIntervalTo,
  max_signals,
  false_positives: texts,
  references: texts,
  threat: parts.threats,
  risk_score_mapping: parts.riskScoreMapping,
  severity_mapping: parts.severityMapping,
  actions,
  setup: t.string,
  related_integrations: parts.relatedIntegrations,
};

export const ruleId = { rule_id: t.string };

/** Fields whose form depends on who speaks: the author, the server, or an export of any age. */
export const listFields = {
  exceptions_list: parts.exceptionsList,
  required_fields: parts.requiredFieldInputs,
};
export const returnedListFields = {
  exceptions_list: parts.exceptionsList,
  required_fields: parts.requiredFields,
};
export const exportedListFields = {
  exceptions_list: parts.exportedExceptionsList,
  required_fields: parts.exportedRequiredFields,
};
export const highlights = { investigation_fields: parts.investigationFields };
export const exportedHighlights = {
  investigation_fields: t.union([parts.investigationFields, t.array(t.string)]),
};

export const baseOptional = {
  license: t.string,
  throttle: RuleActionThrottle,
  response_actions: responseActions,
  note: t.string,
  building_block_type: t.string,
  rule_name_override: t.string,
  timestamp_override: t.string,
  timestamp_override_fallback_disabled: t.boolean,
  timeline_id: t.string,
  timeline_title: t.string,
  meta: freeObject,
  namespace: t.string,
  output_index: t.string,
  outcome: parts.outcome,
  alias_target_id: t.string,
  alias_purpose: parts.aliasPurpose,
};

const source = { index: texts, data_view_id: t.string, filters: t.array(freeObject) };
const query = { query: t.string };
const savedId = { saved_id: t.string };
const suppression = { alert_suppression: parts.suppression };
const chosenLanguage = { language: parts.language };

/** A type's own fields. `reshaped` are required ones, in the author's form and in the one that Kibana brings them into. */
export const typeProps = {
  query: {
    required: { type: t.literal("query") },
    filled: { ...query, ...chosenLanguage },
    optional: { ...source, ...savedId, ...suppression },
    reshaped: {},
    stored: {},
  },
  saved_query: {
    required: { type: t.literal("saved_query"), ...savedId },
    filled: chosenLanguage,
    optional: { ...source, ...query, ...suppression },
    reshaped: {},
    stored: {},
  },
  eql: {
    required: { type: t.literal("eql"), language: t.literal("eql"), ...query },
    filled: {},
    optional: {
      ...source,
      ...suppression,
      event_category_override: t.string,
      tiebreaker_field: t.string,
      timestamp_field: t.string,
    },
    reshaped: {},
    stored: {},
  },
  esql: {
    required: { type: t.literal("esql"), language: t.literal("esql"), ...query },
    filled: {},
    optional: suppression,
    reshaped: {},
    stored: {},
  },
  threshold: {
    required: { type: t.literal("threshold"), ...query },
    filled: chosenLanguage,
    optional: { ...source, ...savedId, alert_suppression: parts.thresholdSuppression },
    reshaped: { threshold: parts.threshold },
    stored: { threshold: parts.storedThreshold },
  },
  threat_match: {
    required: {
      type: t.literal("threat_match"),
      ...query,
      threat_query,
      threat_mapping: parts.threatMapping,
      threat_index,
    },
    filled: chosenLanguage,
    optional: {
      ...source,
      ...savedId,
      ...suppression,
      threat_language: parts.language,
      threat_filters: t.array(freeObject),
      threat_indicator_path,
      concurrent_searches,
      items_per_search,
    },
    reshaped: {},
    stored: {},
  },
  machine_learning: {
    required: { type: t.literal("machine_learning"), anomaly_threshold: wholeNumber(0) },
    filled: {},
    optional: suppression,
    reshaped: { machine_learning_job_id },
    stored: { machine_learning_job_id: parts.jobIds },
  },
  new_terms: {
    required: {
      type: t.literal("new_terms"),
      ...query,
      new_terms_fields: parts.newTermsFields,
      history_window_start: nonBlankText,
    },
    filled: chosenLanguage,
    optional: { ...source, ...suppression },
    reshaped: {},
    stored: {},
  },
};
