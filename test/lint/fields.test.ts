import { indexAndDataView, pairs } from "../../src/lint/checks/pairs.js";
import { riskScore } from "../../src/lint/checks/risk.js";
import { stack } from "../../src/lint/checks/stack.js";
import { cardinality, maxSignals, negatedMappings } from "../../src/lint/checks/types.js";
import { testCheck } from "../support/check-tester.js";

testCheck(pairs, ["rule/missing-partner", "rule/empty-text"], {
  valid: [
    "timeline_id: a\ntimeline_title: b",
    "type: threat_match\nconcurrent_searches: 1\nitems_per_search: 100",
  ],
  invalid: [
    { rule: "timeline_id: a", findings: [{ code: "rule/missing-partner", at: "1:1" }] },
    { rule: "timeline_title: a", findings: [{ code: "rule/missing-partner", at: "1:1" }] },
    { rule: "timeline_id: ''\ntimeline_title: b", findings: [{ code: "rule/empty-text", at: "1:14" }] },
    {
      rule: "type: threat_match\nitems_per_search: 100",
      findings: [{ code: "rule/missing-partner", at: "2:1" }],
    },
  ],
});

testCheck(indexAndDataView, ["rule/index-and-data-view"], {
  valid: ["index: [a]", "data_view_id: a"],
  invalid: [
    { rule: "index: [a]\ndata_view_id: b", findings: [{ code: "rule/index-and-data-view", at: "1:1" }] },
  ],
});

testCheck(cardinality, ["rule/cardinality-of-group"], {
  valid: [
    "type: threshold\nthreshold: {field: [user.name], value: 5, cardinality: [{field: source.ip, value: 2}]}",
  ],
  invalid: [
    {
      rule: "type: threshold\nthreshold: {field: user.name, value: 5, cardinality: [{field: user.name, value: 2}]}",
      findings: [{ code: "rule/cardinality-of-group", at: "2:63" }],
    },
  ],
});

const ENTRY = "{field: a, type: mapping, value: b}";
const NEGATED = "{field: a, type: mapping, value: b, negate: true}";
const OTHER = "{field: c, type: mapping, value: d, negate: true}";

testCheck(negatedMappings, ["rule/only-negated-mappings", "rule/contradicting-mappings"], {
  valid: [`type: threat_match\nthreat_mapping: [{entries: [${ENTRY}, ${OTHER}]}]`],
  invalid: [
    {
      rule: `type: threat_match\nthreat_mapping: [{entries: [${NEGATED}]}]`,
      findings: [{ code: "rule/only-negated-mappings", at: "2:18" }],
    },
    {
      rule: `type: threat_match\nthreat_mapping: [{entries: [${ENTRY}, ${NEGATED}]}]`,
      findings: [{ code: "rule/contradicting-mappings", at: "2:66" }],
    },
  ],
});

testCheck(maxSignals, ["rule/max-signals-above-limit"], {
  valid: ["max_signals: 1000"],
  invalid: [{ rule: "max_signals: 5000", findings: [{ code: "rule/max-signals-above-limit", at: "1:14" }] }],
});

testCheck(riskScore, ["rule/risk-score-against-severity"], {
  valid: ["severity: high\nrisk_score: 73", "severity: critical\nrisk_score: 99"],
  invalid: [
    {
      rule: "severity: high\nrisk_score: 21",
      findings: [{ code: "rule/risk-score-against-severity", at: "2:13", help: /73/ }],
    },
  ],
});

testCheck(stack, ["rule/invalid-stack-range", "rule/not-for-this-stack", "rule/newer-than-stack"], {
  valid: [
    'stack: ">=9.2"',
    'stack: "8.18 || ^9.1"',
    { rule: "investigation_fields: {field_names: [a]}", stack: "8.11" },
  ],
  invalid: [
    { rule: "stack: newest", findings: [{ code: "rule/invalid-stack-range", at: "1:8" }] },
    { rule: 'stack: ">=9.2"', stack: "9.1", findings: [{ code: "rule/not-for-this-stack", at: "1:8" }] },
    {
      rule: "investigation_fields: {field_names: [a]}",
      stack: "8.10",
      findings: [{ code: "rule/newer-than-stack", at: "1:23" }],
    },
    {
      rule: "type: threshold\nthreshold: {field: [a, b, c, d], value: 5}",
      stack: "9.1",
      findings: [{ code: "rule/newer-than-stack", at: "2:30" }],
    },
  ],
});
