/** Where an editor or a terminal shows the findings of whole files: line and column of each, from the first to the last. */
import { expect, it } from "vitest";
import { check, type FileKind } from "../../src/schema/index.js";
import { LineIndex, parseDocument } from "../../src/yaml/index.js";

it.each<readonly [kind: FileKind, text: string, findings: readonly string[]]>([
  [
    "rule",
    `rule_id: r-1
name: ""
descripton: The key is misspelt
type: threshold
severity: High
risk_score: 101 # too much
index: [logs-*, 3]
query: |
  user.name: a
threshold:
  field: [a, b, c, d, e, f]
  valu: 5
lookback: 4 minutes
from: now-9m
attack:
  Execution:
    - T1059.001 PowerShell
    - 1059
  TA0001: T1566
guide:
  investigation_steps:
    - text: a
      steps: [{osquery: {label: b}}]
    - query: c
actions:
  - connector: soc
`,
    [
      "2:7 blank",
      "3:1 unknown-key",
      "5:11 bad-value",
      "6:13 out-of-range",
      "7:17 wrong-type",
      "11:10 too-many",
      "12:3 unknown-key",
      "13:11 bad-format",
      "14:1 excludes",
      "18:7 wrong-type",
      "19:11 wrong-type",
      "23:16 missing-field",
      "24:7 missing-one-of",
      "24:7 unknown-key",
      "26:5 missing-field",
    ],
  ],
  [
    "rule",
    "name: without a type\nseverity: 3\nextras: {}\n",
    ["1:1 missing-field", "1:1 missing-field", "1:1 missing-field", "1:1 missing-field", "2:11 wrong-type", "3:1 unknown-key"],
  ],
  ["translation", "name: Ein Name\nguide: {overview: [a]}\nseverity: high\n", ["2:19 wrong-type", "3:1 unknown-key"]],
  [
    "exceptions",
    `list_id: l
name: A list
type: detections
description: ""
items:
  - item_id: i
    name: n
    description: d
    expire_time: 2027-06-31T00:00:00Z
    entries:
      - {field: a, type: match, operator: include, value: b}
      - {field: a, type: nested, entries: [{field: c, type: wildcard, operator: included, value: d}]}
  - item_id: j
    name: n
    description: d
    entries: []
`,
    ["3:7 bad-value", "9:18 bad-format", "11:43 bad-value", "12:61 bad-value", "16:14 too-few"],
  ],
  [
    "connector",
    "name: c\nconnector_type: .slack\nid: not-a-uuid\nsecrets:\n  webhookUrl: https://hooks.example.com/x\n",
    ["2:1 unknown-key", "3:5 bad-format", "5:15 literal-secret"],
  ],
  [
    "config",
    `name: project
stack: 9.5
lint: {rule/no-lookback: warn}
environments:
  prod:
    url: kibana.example.com
    apikey: abc
    spaces:
      - default
      - id: SOC
        set: {severty: high}
`,
    ["2:8 wrong-type", "3:26 bad-value", "6:10 bad-format", "7:13 unknown-key", "10:13 bad-format", "11:15 unknown-key"],
  ],
])("%s", (kind, text, expected) => {
  const document = parseDocument(text, "a.yml");
  expect(document.diagnostics).toEqual([]);
  const lines = new LineIndex(text);
  const found = check(kind, document)
    .map(({ code, target }) => ({ code, at: document.rangeOf(target).start }))
    .sort((a, b) => a.at - b.at || (a.code < b.code ? -1 : 1));
  const placed = found.map(({ code, at }) => {
    const { line, column } = lines.positionOf(at);
    return `${line}:${column} ${code.replace("schema/", "")}`;
  });
  expect(placed).toEqual(expected);
}); // prettier-ignore
