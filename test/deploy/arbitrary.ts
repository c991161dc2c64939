import * as fc from "fast-check";
import type { DesiredRule } from "../../src/deploy/desired/desired.js";
import { RULE_TYPES, type RuleType } from "../../src/kibana/rule.js";
import { action, desiredRule, reference } from "./support.js";

type Fields = Record<string, unknown>;

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const text = fc.oneof(
  word,
  fc.string({ minLength: 1, maxLength: 20 }).filter((value) => value.trim() !== ""),
  fc.constant("line\n\nline\n"),
);
const words = fc.array(word, { maxLength: 3 });
const pattern = fc
  .tuple(word, fc.boolean())
  .map(([name, excludes]) => (excludes ? `-${name}-*` : `${name}-*`));
const kql = fc.constantFrom("kuery", "lucene");
const filters = fc.array(
  fc.record({
    meta: fc.record({ alias: fc.option(word) }),
    query: fc.dictionary(word, word, { maxKeys: 2, noNullPrototype: true }),
  }),
  { maxLength: 2 },
);
const suppression = fc.record(
  {
    group_by: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
    duration: fc.record({ value: fc.integer({ min: 1, max: 9 }), unit: fc.constantFrom("s", "m", "h") }),
    missing_fields_strategy: fc.constantFrom("suppress", "doNotSuppress"),
  },
  { requiredKeys: ["group_by"], noNullPrototype: true },
);

const technique = fc.record(
  {
    id: fc.constantFrom("T1001", "T1002", "T1003"),
    name: word,
    reference: word,
    subtechnique: fc.uniqueArray(
      fc.record({ id: fc.constantFrom("T1001.001", "T1001.002"), name: word, reference: word }),
      { maxLength: 2, selector: (one) => one.id },
    ),
  },
  { requiredKeys: ["id", "name", "reference"], noNullPrototype: true },
);
const threat = fc.uniqueArray(
  fc.record(
    {
      framework: fc.constant("MITRE ATT&CK"),
      tactic: fc.record({ id: fc.constantFrom("TA0001", "TA0002"), name: word, reference: word }),
      technique: fc.uniqueArray(technique, { maxLength: 2, selector: (one) => one.id }),
    },
    { requiredKeys: ["framework", "tactic"], noNullPrototype: true },
  ),
  { maxLength: 2, selector: (one) => one.tactic.id },
);

/** Optional fields that every type has. */
const COMMON: Record<string, fc.Arbitrary<unknown>> = {
  enabled: fc.boolean(),
  version: fc.integer({ min: 1, max: 400 }),
  tags: words,
  author: words,
  license: word,
  interval: fc.constantFrom("5m", "1h", "1d"),
  max_signals: fc.integer({ min: 1, max: 1000 }),
  false_positives: fc.array(text, { maxLength: 2 }),
  references: words,
  threat,
  severity_mapping: fc.array(
    fc.record({
      field: word,
      operator: fc.constant("equals"),
      value: word,
      severity: fc.constantFrom("low", "high"),
    }),
    { maxLength: 2 },
  ),
  risk_score_mapping: fc.array(
    fc.record({
      field: word,
      operator: fc.constant("equals"),
      value: word,
      risk_score: fc.nat({ max: 100 }),
    }),
    { maxLength: 2 },
  ),
  note: text,
  setup: fc.oneof(text, fc.constant("")),
  related_integrations: fc.uniqueArray(fc.record({ package: word, version: fc.constant("^1.2.3") }), {
    maxLength: 2,
    selector: (one) => one.package,
  }),
  required_fields: fc.uniqueArray(fc.record({ name: word, type: fc.constantFrom("keyword", "ip") }), {
    maxLength: 2,
    selector: (one) => one.name,
  }),
  investigation_fields: fc.record({ field_names: fc.array(word, { minLength: 1, maxLength: 3 }) }),
  building_block_type: fc.constant("default"),
  rule_name_override: word,
  timestamp_override: word,
  timestamp_override_fallback_disabled: fc.boolean(),
  meta: fc.dictionary(word, fc.oneof(word, fc.nat()), { maxKeys: 2, noNullPrototype: true }),
  namespace: word,
  exceptions_list: fc.constantFrom([], [reference()], [reference("other"), reference()]),
};
const SEARCHING = { index: fc.uniqueArray(pattern, { minLength: 1, maxLength: 3 }), filters };

const REQUIRED: Record<RuleType, Record<string, fc.Arbitrary<unknown>>> = {
  query: {},
  saved_query: { saved_id: word },
  eql: { language: fc.constant("eql"), query: fc.constantFrom("any where true", "process where true\n") },
  esql: {
    language: fc.constant("esql"),
    query: fc.constantFrom("from logs-* metadata _id", "from x-*\n| limit 10"),
  },
  threshold: {
    query: text,
    threshold: fc.record(
      {
        field: fc.oneof(fc.constantFrom("", "host.name"), fc.constantFrom([], ["a"], ["a", "b"])),
        value: fc.integer({ min: 1, max: 9 }),
        cardinality: fc.constantFrom([], [{ field: "c", value: 2 }]),
      },
      { requiredKeys: ["field", "value"], noNullPrototype: true },
    ),
  },
  threat_match: {
    query: text,
    threat_query: text,
    threat_index: fc.uniqueArray(pattern, { minLength: 1, maxLength: 2 }),
    threat_mapping: fc.array(
      fc.record({
        entries: fc.array(fc.record({ field: word, type: fc.constant("mapping"), value: word }), {
          minLength: 1,
          maxLength: 2,
        }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  },
  machine_learning: {
    anomaly_threshold: fc.nat({ max: 100 }),
    machine_learning_job_id: fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 2 })),
  },
  new_terms: {
    query: text,
    new_terms_fields: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
    history_window_start: fc.constantFrom("now-14d", "now-7d"),
  },
};
const OPTIONAL: Record<RuleType, Record<string, fc.Arbitrary<unknown>>> = {
  query: { ...SEARCHING, query: text, language: kql, alert_suppression: suppression },
  saved_query: { ...SEARCHING, query: text, language: kql, alert_suppression: suppression },
  eql: {
    ...SEARCHING,
    tiebreaker_field: word,
    timestamp_field: word,
    event_category_override: word,
    alert_suppression: suppression,
  },
  esql: { alert_suppression: suppression },
  threshold: {
    ...SEARCHING,
    language: kql,
    alert_suppression: fc.record({
      duration: fc.record({ value: fc.integer({ min: 1, max: 9 }), unit: fc.constantFrom("s", "m", "h") }),
    }),
  },
  threat_match: {
    ...SEARCHING,
    language: kql,
    threat_language: kql,
    threat_filters: filters,
    threat_indicator_path: word,
    alert_suppression: suppression,
  },
  machine_learning: { alert_suppression: suppression },
  new_terms: { ...SEARCHING, language: kql, alert_suppression: suppression },
};

function fieldsOf(type: RuleType): fc.Arbitrary<Fields> {
  const required = {
    name: word,
    description: text,
    risk_score: fc.nat({ max: 100 }),
    severity: fc.constantFrom("low", "medium", "high", "critical"),
    // Longer than any interval here: Kibana refuses a window that is shorter.
    from: fc.constantFrom("now-2d", "now-3d", "now-49h"),
    ...REQUIRED[type],
  };
  return fc.record(
    { ...COMMON, ...OPTIONAL[type], ...required },
    { requiredKeys: Object.keys(required) as "name"[], noNullPrototype: true },
  );
}

/** A rule of one type as two states of git have it, with actions or without. */
export function twoVersions(type: RuleType): fc.Arbitrary<[DesiredRule, DesiredRule]> {
  const one = fc
    .tuple(
      fieldsOf(type),
      fc.constantFrom<string[] | undefined>(undefined, [], ["soc-slack"], ["soc-slack", "soc-slack"]),
    )
    .map(([fields, connectors]) => {
      const actions = connectors?.map((_, i) => action({ params: { message: `m${i}` } }));
      return desiredRule(
        { query: undefined, ...fields, type, rule_id: type, ...(actions === undefined ? {} : { actions }) },
        connectors ?? [],
      );
    });
  return fc.tuple(one, one);
}

/** A rule of each of the eight types, in two versions. */
export const estate: fc.Arbitrary<[DesiredRule, DesiredRule][]> = fc.tuple(...RULE_TYPES.map(twoVersions));
