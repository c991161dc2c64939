import { testChecks } from "../support/check-cases.js";

testChecks("schedule", {
  valid: [
    { yaml: "from: now-9m\ninterval: 5m" },
    { yaml: "from: now-9m\nto: now-1m\ninterval: 5m" },
    { yaml: "lookback: 1m\ninterval: 5m" },
    { yaml: "from: now-1d/d\ninterval: 5m" },
    { yaml: "from: 2026-01-01" },
    { yaml: "type: new_terms\nnew_terms_fields: [a]\nhistory_window_start: now-14d\nfrom: now-9m" },
  ],
  invalid: [
    { yaml: "from: now-9x", finds: ["rule/invalid-date-math 1:7"] },
    { yaml: "from: yesterday", finds: ["rule/invalid-date-math 1:7"] },
    { yaml: "from: now-9m\nto: soon", finds: ["rule/invalid-date-math 2:5"] },
    { yaml: "from: now-4m\ninterval: 5m", finds: ["rule/from-shorter-than-interval 1:7"], help: /now-6m/ },
    { yaml: "interval: 1h", finds: ["rule/from-shorter-than-interval 1:11"] },
    { yaml: "from: now-9m\nto: now-5m\ninterval: 5m", finds: ["rule/from-shorter-than-interval 1:7"] },
    { yaml: "from: now+5m", finds: ["rule/empty-window 1:7"] },
    {
      yaml: "type: new_terms\nnew_terms_fields: [a]\nhistory_window_start: now-5m\nfrom: now-9m",
      finds: ["rule/history-too-short 3:23"],
    },
    {
      yaml: "type: new_terms\nnew_terms_fields: [a]\nhistory_window_start: a while",
      finds: ["rule/invalid-date-math 3:23"],
    },
  ],
});

testChecks("attack", {
  valid: [
    { yaml: "attack:\n  Initial Access: [T1566.001 Spearphishing Attachment]" },
    { yaml: "attack:\n  TA0002: [T1059]" },
    { yaml: "attack:\n  Stealth: [T1027]", attack: "19.0" },
    { yaml: "threat: [{framework: MITRE ATLAS, tactic: {id: X, name: Y, reference: z}}]" },
  ],
  invalid: [
    {
      yaml: "attack:\n  Inital Access: [T1566.001]",
      finds: ["attack/unknown-tactic 2:3"],
      help: /Initial Access/,
    },
    {
      yaml: "attack:\n  Execution: [T1059.999 Power Shell]",
      finds: ["attack/unknown-technique 2:15"],
      help: /T1059.001 PowerShell/,
    },
    {
      yaml: "attack:\n  Execution: [PowerShell]",
      finds: ["attack/unknown-technique 2:15"],
      help: /T1059.001/,
    },
    { yaml: "attack:\n  Execution: [T1059.001 Powershel]", finds: ["attack/wrong-name 2:15"] },
    { yaml: "attack:\n  Persistence: [T1059.001]", finds: ["attack/wrong-tactic 2:17"], help: /Execution/ },
    { yaml: "attack:\n  Persistence: [T1004]", finds: ["attack/revoked-technique 2:17"], help: /T1547.004/ },
    {
      yaml: "attack:\n  TA0005: [T1562.001]",
      attack: "19.0",
      finds: ["attack/revoked-technique 2:12"],
      help: /T1685/,
    },
    { yaml: "attack:\n  Defense Evasion: []", attack: "19.0", finds: ["attack/unknown-tactic 2:3"] },
    { yaml: "attack:\n  Command and Control: [T1026]", finds: ["attack/deprecated-technique 2:25"] },
  ],
});

testChecks("tags", {
  valid: [
    { yaml: "tags: [anything, 'Domain: Endpoint', 'Tactic: Execution']\nattack: {Execution: []}" },
    { yaml: "tags: {domain: Endpoint, threat: Some New Group, other: free}" },
    { yaml: "tags: {data_source: Acme}", tags: { data_source: ["Acme"] } },
  ],
  invalid: [
    { yaml: "tags: ['OS: windows']", finds: ["rule/unknown-tag 1:8"], help: /"OS: Windows"/ },
    { yaml: "tags: {os: Windws}", finds: ["rule/unknown-tag 1:12"] },
    {
      yaml: "tags: {data_source: [Sysmon, Symson]}",
      finds: ["rule/unknown-tag 1:30"],
      help: /"Data Source: Sysmon"/,
    },
    { yaml: "tags: [a, b, a]", finds: ["rule/duplicate-tag 1:14"] },
    { yaml: "tags: ['Tactic: Defence Evasion']", finds: ["rule/unknown-tag 1:8"] },
  ],
});

testChecks("fields that go together", {
  valid: [
    { yaml: "timeline_id: a\ntimeline_title: b" },
    { yaml: "type: threat_match\nthreat_mapping: []\nconcurrent_searches: 1\nitems_per_search: 100" },
    { yaml: "index: [a]" },
    { yaml: "data_view_id: a" },
  ],
  invalid: [
    { yaml: "timeline_id: a", finds: ["rule/missing-partner 1:1"] },
    { yaml: "timeline_title: a", finds: ["rule/missing-partner 1:1"] },
    { yaml: "timeline_id: ''\ntimeline_title: b", finds: ["rule/empty-text 1:14"] },
    {
      yaml: "type: threat_match\nthreat_mapping: []\nitems_per_search: 100",
      finds: ["rule/missing-partner 3:1"],
    },
    { yaml: "index: [a]\ndata_view_id: b", finds: ["rule/index-and-data-view 1:1"] },
  ],
});

testChecks("types", {
  valid: [
    {
      yaml: "type: threshold\nthreshold: {field: [user.name], value: 5, cardinality: [{field: source.ip, value: 2}]}",
    },
    {
      yaml: "type: threat_match\nthreat_mapping: [{entries: [{field: a, type: mapping, value: b}, {field: c, type: mapping, value: d, negate: true}]}]",
    },
    { yaml: "max_signals: 1000" },
  ],
  invalid: [
    {
      yaml: "type: threshold\nthreshold: {field: user.name, value: 5, cardinality: [{field: user.name, value: 2}]}",
      finds: ["rule/cardinality-of-group 2:63"],
    },
    {
      yaml: "type: threat_match\nthreat_mapping: [{entries: [{field: a, type: mapping, value: b, negate: true}]}]",
      finds: ["rule/only-negated-mappings 2:18"],
    },
    {
      yaml: "type: threat_match\nthreat_mapping: [{entries: [{field: a, type: mapping, value: b}, {field: a, type: mapping, value: b, negate: true}]}]",
      finds: ["rule/contradicting-mappings 2:66"],
    },
    { yaml: "max_signals: 5000", finds: ["rule/max-signals-above-limit 1:14"] },
  ],
});

testChecks("stack", {
  valid: [
    { yaml: 'stack: ">=9.2"' },
    { yaml: 'stack: "8.18 || ^9.1"' },
    { yaml: "investigation_fields: {field_names: [a]}", stack: "8.11" },
  ],
  invalid: [
    { yaml: "stack: newest", finds: ["rule/invalid-stack-range 1:8"] },
    { yaml: 'stack: ">=9.2"', stack: "9.1", finds: ["rule/not-for-this-stack 1:8"] },
    {
      yaml: "investigation_fields: {field_names: [a]}",
      stack: "8.10",
      finds: ["rule/newer-than-stack 1:23"],
    },
    {
      yaml: "type: threshold\nthreshold: {field: [a, b, c, d], value: 5}",
      stack: "9.1",
      finds: ["rule/newer-than-stack 2:30"],
    },
  ],
});

testChecks("texts and references", {
  valid: [
    { yaml: "references: ['https://example.com/a']" },
    {
      yaml: "related_integrations: [{package: aws, version: '>=1.0.0 <3.0.0'}, {package: b, version: ^1.2}]",
    },
    { yaml: "exceptions: [known]" },
    { yaml: "severity: high\nrisk_score: 73" },
  ],
  invalid: [
    {
      yaml: "references: [see wiki, 'ftp://x']",
      finds: ["rule/reference-no-url 1:14", "rule/reference-no-url 1:24"],
    },
    {
      yaml: "related_integrations: [{package: aws, version: latest}]",
      finds: ["rule/integration-version 1:48"],
    },
    { yaml: "extra: {new_field: 1}", finds: ["rule/extra-field 1:9"] },
    { yaml: "exceptions: [unknown]", finds: ["reference/unknown-exception-list 1:14"] },
    {
      yaml: "exceptions: [{list_id: a, type: rule_default}, {list_id: b, type: rule_default}]",
      finds: ["reference/several-default-lists 1:48"],
    },
    { yaml: "severity: high\nrisk_score: 21", finds: ["rule/risk-score-against-severity 2:13"], help: /73/ },
  ],
});
