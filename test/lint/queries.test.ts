import { emptyQuery, maxspan, queries } from "../../src/lint/checks/queries.js";
import { testCheck } from "../support/check-tester.js";

testCheck(emptyQuery, ["rule/empty-query", "rule/matches-everything"], {
  valid: [
    "query: 'a: b'",
    "type: eql\nquery: any where true",
    "query: ''\nfilters: [{query: {exists: {field: a}}}]",
  ],
  invalid: [
    { rule: "type: eql\nquery: ' '", findings: [{ code: "rule/empty-query", at: "2:8" }] },
    { rule: "query: '*:*'", findings: [{ code: "rule/matches-everything", at: "1:8" }] },
  ],
});

testCheck(
  queries,
  [
    "query/unclosed-bracket",
    "eql/single-equals",
    "field/unknown",
    "field/not-allowed-value",
    "kql/quoted-wildcard",
  ],
  {
    valid: [
      "query: 'process.name: a and not user.name: b'",
      'type: eql\nquery: process where process.name == "a"',
      'type: esql\nquery: FROM logs-* METADATA _id, _index, _version | WHERE process.name == "a" | KEEP *',
      "language: lucene\nquery: 'process.name:a AND user.name:b'",
      "type: machine_learning",
      "query: 'acme.whatever: a'",
    ],
    invalid: [
      {
        rule: 'type: eql\nquery: |\n  process where\n    process.name = "a"',
        findings: [{ code: "eql/single-equals", at: "4:18", help: /"=="/ }],
      },
      {
        rule: "query: |\n  process.name: a and\n    proces.name: b",
        findings: [{ code: "field/unknown", at: "3:5", help: /process\.name/ }],
      },
      {
        rule: "type: threat_match\nindex: [a]\nquery: 'a: b'\nthreat_index: [b]\nthreat_query: 'event.category: (x'\nthreat_mapping: []",
        findings: [
          { code: "field/not-allowed-value", at: "5:33" },
          { code: "query/unclosed-bracket", at: "5:34" },
        ],
      },
      {
        rule: 'query: "process.name: \\"a*\\""',
        findings: [{ code: "kql/quoted-wildcard", at: "1:23" }],
      },
    ],
  },
);

testCheck(maxspan, ["rule/maxspan-beyond-window"], {
  valid: [
    "type: eql\nfrom: now-10m\nquery: sequence with maxspan=5m [any where true] [any where true]",
    "type: eql\nfrom: now-5m\nquery: sequence with maxspan=5m [any where true] [any where true]",
    "type: eql\nquery: sequence [any where true] [any where true]",
    "type: eql\nquery: any where true",
  ],
  invalid: [
    {
      rule: "type: eql\nlookback: 4m\nquery: sequence with maxspan=1h [any where true] [any where true]",
      findings: [
        {
          code: "rule/maxspan-beyond-window",
          at: "3:30",
          message: "the sequence may span 1h, each run looks at the last 9m only",
        },
      ],
    },
    {
      rule: "type: eql\nquery: sequence with maxspan=7m [any where true] [any where true]",
      findings: [{ code: "rule/maxspan-beyond-window", at: "2:30" }],
    },
  ],
});
