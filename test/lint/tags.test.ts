import { tags } from "../../src/lint/checks/tags.js";
import { testCheck } from "../support/check-tester.js";

testCheck(tags, ["rule/unknown-tag", "rule/duplicate-tag", "rule/tactic-tag-without-mapping"], {
  valid: [
    "",
    "tags: []",
    "tags: [free, 'Team: Blue', 'https://example.com/a', 'Threat: Anything New']",
    "tags: ['Domain: Endpoint', 'OS: Linux', 'Data Source: Elastic Defend', 'Resources: Investigation Guide']",
    "tags: {domain: Endpoint, os: [Windows, Linux], use_case: Threat Detection, other: [mine]}",
    "tags: ['Tactic: Execution']\nattack: {Execution: []}",
    { rule: "tags: ['Tactic: Stealth']\nattack: {TA0005: []}", attack: "19.0" },
    { rule: "tags: ['Tactic: Defense Evasion']\nattack: {TA0005: []}", attack: "18.1" },
    "tags: ['Tactic: ML Attack Staging']\nthreat: [{framework: MITRE ATLAS, tactic: {id: a, name: ML Attack Staging, reference: b}}]",
    { rule: "tags: ['Data Source: Acme']", tags: { data_source: ["Acme"] } },
  ],
  invalid: [
    {
      rule: "tags:\n  - 'Domain: Endpiont'\n  - 'OS: windows'\n  - 'Data Source: Nobody Knows It'",
      findings: [
        {
          code: "rule/unknown-tag",
          at: "2:5",
          message: 'the tag "Domain: Endpiont" is not in the vocabulary',
          help: 'did you mean "Domain: Endpoint"?',
        },
        { code: "rule/unknown-tag", at: "3:5", help: 'did you mean "OS: Windows"?' },
        { code: "rule/unknown-tag", at: "4:5", help: "add it under tags in kdac.config.yml" },
      ],
    },
    {
      rule: "tags: ['Data source: Sysmon', 'Domain:Endpoint', 'Tactics: Execution']",
      findings: [
        { code: "rule/unknown-tag", at: "1:8", help: 'did you mean "Data Source: Sysmon"?' },
        { code: "rule/unknown-tag", at: "1:31", help: 'did you mean "Domain: Endpoint"?' },
        { code: "rule/unknown-tag", at: "1:50", help: 'did you mean "Tactic: Execution"?' },
      ],
    },
    {
      rule: "tags: {other: 'OS: Windos', os: [Windows, Windows]}",
      findings: [
        { code: "rule/unknown-tag", at: "1:15" },
        { code: "rule/duplicate-tag", at: "1:43", message: 'the tag "OS: Windows" stands twice' },
      ],
    },
    {
      rule: "tags: ['Tactic: Execution', 'Tactic: Persistance', 'Tactic: Execution']\nattack: {Persistence: []}",
      findings: [
        { code: "rule/tactic-tag-without-mapping", at: "1:8" },
        { code: "rule/unknown-tag", at: "1:29", help: 'did you mean "Tactic: Persistence"?' },
        { code: "rule/duplicate-tag", at: "1:52" },
      ],
    },
    {
      rule: "tags: ['Domain: Endpoint', 'Domain: Acme']",
      tags: { data_source: ["Acme"] },
      findings: [{ code: "rule/unknown-tag", at: "1:28" }],
    },
  ],
});
