import { fieldUses } from "../../src/lint/checks/field-uses.js";
import { filterFields } from "../../src/lint/checks/filter-fields.js";
import { threatMappingFields } from "../../src/lint/checks/threat-mapping-fields.js";
import { testCheck } from "../support/check-tester.js";

const THRESHOLD = "type: threshold\nthreshold:";
const TERMS = "type: new_terms\nhistory_window_start: now-7d\nnew_terms_fields:";
const ESQL = "type: esql\nquery: FROM logs-* | STATS n = COUNT(*) BY user.name\n";

testCheck(
  fieldUses,
  [
    "field/unknown",
    "field/no-exact-value",
    "field/type-mismatch",
    "field/is-object",
    "field/not-in-results",
    "field/not-allowed-value",
  ],
  {
    valid: [
      `${THRESHOLD} {field: [host.id, user.name], value: 5, cardinality: [{field: source.ip, value: 2}]}`,
      `${THRESHOLD} {field: host.id, value: 5}`,
      `${THRESHOLD} {field: [], value: 5}`,
      `${TERMS} [user.name, host.id]`,
      "alert_suppression: {group_by: [host.id]}",
      "timestamp_override: event.ingested\nrule_name_override: rule.name",
      "rule_name_override: message",
      "risk_score_mapping: [{field: event.risk_score, operator: equals, value: ''}]",
      "severity_mapping: [{field: event.severity, operator: equals, value: '7', severity: high}]",
      "investigation_fields: {field_names: [process.name, acme.custom]}",
      `${ESQL}alert_suppression: {group_by: [user.name]}\ninvestigation_fields: {field_names: [n]}`,
      "type: esql\nquery: FROM logs-* METADATA _id | KEEP _id\nalert_suppression: {group_by: [user.name]}",
    ],
    invalid: [
      {
        rule: `${THRESHOLD} {field: [host.idd, message], value: 5, cardinality: [{field: sorce.ip, value: 2}]}`,
        findings: [
          { code: "field/unknown", at: "2:21", help: /host\.id/ },
          { code: "field/no-exact-value", at: "2:31" },
          { code: "field/unknown", at: "2:73", help: /source\.ip/ },
        ],
      },
      {
        rule: `${TERMS} [process.name.text]`,
        findings: [{ code: "field/no-exact-value", at: "3:20", help: "write process.name" }],
      },
      {
        rule: "alert_suppression: {group_by: [process]}",
        findings: [{ code: "field/is-object", at: "1:32" }],
      },
      {
        rule: "timestamp_override: process.name\nrule_name_override: source.ip",
        findings: [
          { code: "field/type-mismatch", at: "1:21", help: "name a date" },
          { code: "field/type-mismatch", at: "2:21", severity: "warning" },
        ],
      },
      {
        rule: "type: eql\nquery: any where true\nevent_category_override: source.ip\ntiebreaker_field: process",
        findings: [
          { code: "field/type-mismatch", at: "3:26" },
          { code: "field/is-object", at: "4:19" },
        ],
      },
      {
        rule: "risk_score_mapping: [{field: user.name, operator: equals, value: ''}]",
        findings: [{ code: "field/type-mismatch", at: "1:30", help: "name a number", severity: "warning" }],
      },
      {
        rule: "severity_mapping: [{field: event.severity, operator: equals, value: high, severity: high}, {field: event.kind, operator: equals, value: alarm, severity: low}]",
        findings: [
          { code: "field/type-mismatch", at: "1:69" },
          { code: "field/not-allowed-value", at: "1:137" },
        ],
      },
      {
        rule: "investigation_fields: {field_names: [proces.name]}",
        findings: [{ code: "field/unknown", at: "1:38" }],
      },
      {
        rule: `${ESQL}alert_suppression: {group_by: [host.id]}\ninvestigation_fields: {field_names: [m]}`,
        findings: [
          { code: "field/not-in-results", at: "3:32" },
          { code: "field/not-in-results", at: "4:38" },
        ],
      },
    ],
  },
);

testCheck(filterFields, ["field/unknown", "field/type-mismatch", "field/wildcard-on-type"], {
  valid: [
    "filters: [{meta: {}, query: {match_phrase: {process.name: a}}}]",
    "filters: [{query: {bool: {should: [{term: {source.ip: {value: 10.0.0.0/8}}}, {range: {destination.port: {gte: 1, lt: '9'}}}]}}}]",
    "filters: [{query: {exists: {field: user.name}}}]",
    "filters: [{query: {terms: {event.code: ['1', '2'], boost: 2}}}]",
    "filters: [{query: {wildcard: {process.name: {value: 'a*'}}}}]",
    "filters: [{meta: {key: proces.name}, query: null}]",
  ],
  invalid: [
    {
      rule: "filters: [{query: {match_phrase: {proces.name: a}}}, {query: {exists: {field: usr.name}}}]",
      findings: [
        { code: "field/unknown", at: "1:35" },
        { code: "field/unknown", at: "1:79" },
      ],
    },
    {
      rule: "filters: [{query: {bool: {must: [{term: {source.ip: {value: here}}}], must_not: {terms: {destination.port: [1, x]}}}}}]",
      findings: [
        { code: "field/type-mismatch", at: "1:61" },
        { code: "field/type-mismatch", at: "1:112" },
      ],
    },
    {
      rule: "filters: [{query: {wildcard: {source.ip: '10.*'}}}]",
      findings: [{ code: "field/wildcard-on-type", at: "1:31" }],
    },
  ],
});

const MATCH = "type: threat_match\nthreat_index: [ti-*]\nthreat_query: '*:*'\nthreat_mapping:";

testCheck(threatMappingFields, ["field/unknown", "field/never-equal"], {
  valid: [
    `${MATCH} [{entries: [{field: source.ip, type: mapping, value: threat.indicator.ip}]}]`,
    `${MATCH} [{entries: [{field: file.hash.md5, type: mapping, value: acme.hash}]}]`,
    `${MATCH} [{entries: [{field: source.ip, type: mapping, value: threat.indicator.name}]}]`,
  ],
  invalid: [
    {
      rule: `${MATCH} [{entries: [{field: sorce.ip, type: mapping, value: threat.indicater.ip}]}]`,
      findings: [
        { code: "field/unknown", at: "4:37" },
        { code: "field/unknown", at: "4:69" },
      ],
    },
    {
      rule: `${MATCH} [{entries: [{field: source.ip, type: mapping, value: threat.indicator.port}]}]`,
      findings: [{ code: "field/never-equal", at: "4:37" }],
    },
  ],
});
