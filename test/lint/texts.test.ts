import { extraFields } from "../../src/lint/checks/extra.js";
import { noEffect } from "../../src/lint/checks/no-effect.js";
import { placeholders, untidyName } from "../../src/lint/checks/prose.js";
import { emptyQuery } from "../../src/lint/checks/queries.js";
import { repeats } from "../../src/lint/checks/repeats.js";
import { riskScore } from "../../src/lint/checks/risk.js";
import { integrations, references } from "../../src/lint/checks/texts.js";
import { testCheck } from "../support/check-tester.js";

testCheck(extraFields, ["rule/extra-field", "rule/extra-known-field", "rule/extra-server-field"], {
  valid: ["", "extra: {}"],
  invalid: [
    {
      rule: "extra:\n  brand_new: 1\n  index: [a]\n  attack: {}\n  revision: 3\n  constructor: 1",
      findings: [
        { code: "rule/extra-field", at: "2:3", message: '"brand_new" is passed to Kibana unchecked' },
        { code: "rule/extra-known-field", at: "3:3" },
        { code: "rule/extra-known-field", at: "4:3" },
        { code: "rule/extra-server-field", at: "5:3" },
        { code: "rule/extra-field", at: "6:3" },
      ],
    },
  ],
});

testCheck(placeholders, ["rule/placeholder-text"], {
  valid: [
    "description: Todos los eventos; a todo list.",
    "guide: {investigation_steps: [Look., {osquery: {label: a, query: select 1}}]}",
    "query: 'message: TODO'",
    "name: Access to TODOist",
  ],
  invalid: [
    {
      rule: "description: It finds TODO.\nsetup: TBD\nfalse_positives: [Fine., FIXME]",
      findings: [
        { code: "rule/placeholder-text", at: "1:23", message: '"TODO" is still to be written' },
        { code: "rule/placeholder-text", at: "2:8" },
        { code: "rule/placeholder-text", at: "3:26" },
      ],
    },
    {
      rule: "guide:\n  overview: |\n    First line.\n    TODO: the second.\n  response:\n    - text: a\n      steps: [Lorem ipsum]",
      findings: [
        { code: "rule/placeholder-text", at: "4:5" },
        { code: "rule/placeholder-text", at: "7:15" },
      ],
    },
  ],
});

testCheck(untidyName, ["rule/untidy-name"], {
  valid: ["name: A name", "name: >\n  A long\n  name\n", "name: 'A: name'"],
  invalid: [
    { rule: "name: ' A name'", findings: [{ code: "rule/untidy-name", at: "1:7" }] },
    { rule: "name: 'A name '", findings: [{ code: "rule/untidy-name", at: "1:7" }] },
    { rule: "name: A  name", findings: [{ code: "rule/untidy-name", at: "1:7" }] },
    { rule: "name: |\n  A\n  name", findings: [{ code: "rule/untidy-name", at: "1:7" }] },
    { rule: 'name: "A name \\n"', findings: [{ code: "rule/untidy-name", at: "1:7" }] },
  ],
});

testCheck(emptyQuery, ["rule/empty-query", "rule/matches-everything"], {
  valid: [
    "",
    "type: eql\nquery: process where true",
    "query: ''\nfilters: [{query: {}}]",
    "query: ''\nsaved_id: s",
    { rule: "query: ''", complete: false },
    // To count all events, or to look at every value, is what these are for.
    "type: threshold\nquery: '*'",
    "type: new_terms\nquery: '*:*'",
    "type: machine_learning\nquery: ''",
    "type: nonsense\nquery: ''",
  ],
  invalid: [
    {
      rule: "type: eql\nquery: ' '",
      findings: [{ code: "rule/empty-query", at: "2:8", message: "the eql query is empty" }],
    },
    { rule: 'type: esql\nquery: ""', findings: [{ code: "rule/empty-query", at: "2:8" }] },
    { rule: "query: ''", findings: [{ code: "rule/matches-everything", at: "1:8" }] },
    { rule: "query: ' *:* '\nfilters: []", findings: [{ code: "rule/matches-everything", at: "1:8" }] },
  ],
});

testCheck(riskScore, ["rule/risk-score-against-severity"], {
  valid: [
    "severity: low\nrisk_score: 21",
    "severity: medium\nrisk_score: 22",
    "severity: high\nrisk_score: 73",
    "severity: critical\nrisk_score: 100",
  ],
  invalid: [
    {
      rule: "severity: low\nrisk_score: 22",
      findings: [
        {
          code: "rule/risk-score-against-severity",
          at: "2:13",
          help: "0 to 21 goes with low, and 21 is usual",
        },
      ],
    },
    {
      rule: "severity: critical\nrisk_score: 73",
      findings: [{ code: "rule/risk-score-against-severity", at: "2:13" }],
    },
  ],
});

testCheck(references, ["rule/reference-no-url"], {
  valid: ["references: ['https://example.com/a?b#c', 'http://example.com']", "references: []"],
  invalid: [
    {
      rule: "references:\n  - example.com\n  - 'https://example.com/a b'\n  - 'javascript:alert(1)'\n  - 'https://'",
      findings: [
        { code: "rule/reference-no-url", at: "2:5" },
        { code: "rule/reference-no-url", at: "3:5" },
        { code: "rule/reference-no-url", at: "4:5" },
        { code: "rule/reference-no-url", at: "5:5" },
      ],
    },
  ],
});

const integration = (version: string): string =>
  `related_integrations:\n  - {package: p, version: '${version}'}`;

testCheck(integrations, ["rule/integration-version"], {
  valid: [
    ...["^1.2.0", "~1.2", ">=1.0.0 <3.0.0", "1.x", "*", "^1.0.0 || ^2.0.0", "1.2.3-beta.1"].map(integration),
    ">= 1.2", // with a blank, as npm takes it
  ].map((text) => (text.startsWith("related") ? text : integration(text))),
  invalid: ["latest", "1.2.3.4", "^", ">1 <", "one || 2", "1.2.3; rm"].map((version) => ({
    rule: integration(version),
    findings: [{ code: "rule/integration-version", at: "2:27" }],
  })),
});

testCheck(repeats, ["rule/repeated-value"], {
  valid: [
    "index: [a, b]",
    "type: threshold\nthreshold: {field: a, value: 1}",
    "threshold: nothing",
    "alert_suppression: {group_by: [a, b]}",
  ],
  invalid: [
    {
      rule: "index: [a, b, a, a]\nalert_suppression: {group_by: [x, x]}",
      findings: [
        { code: "rule/repeated-value", at: "1:15", message: '"a" stands twice in "index"' },
        { code: "rule/repeated-value", at: "1:18" },
        { code: "rule/repeated-value", at: "2:35", message: 'in "alert_suppression.group_by"' },
      ],
    },
  ],
});

testCheck(noEffect, ["rule/no-effect"], {
  valid: [
    "timestamp_override: event.ingested\ntimestamp_override_fallback_disabled: true",
    "threshold: {field: a, value: 1, cardinality: [{field: b, value: 2}]}",
    "building_block_type: default",
  ],
  invalid: [
    {
      rule: "timestamp_override_fallback_disabled: true",
      findings: [{ code: "rule/no-effect", at: "1:1", message: "there is no timestamp_override" }],
    },
    {
      rule: "type: threshold\nthreshold:\n  cardinality:\n    - {field: b, value: 2}\n    - {field: c, value: 2}",
      findings: [{ code: "rule/no-effect", at: "5:7", message: "Kibana uses the first entry alone" }],
    },
    { rule: "building_block_type: yes", findings: [{ code: "rule/no-effect", at: "1:22" }] },
  ],
});
