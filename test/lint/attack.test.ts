import { attackShape } from "../../src/lint/checks/attack-shape.js";
import { attack } from "../../src/lint/checks/attack.js";
import { testCheck } from "../support/check-tester.js";

const threat = (tactic: string, technique = ""): string => `threat:
  - framework: MITRE ATT&CK
    tactic: ${tactic}
    technique: [${technique}]
`;
const EXECUTION = "{id: TA0002, name: Execution, reference: https://attack.mitre.org/tactics/TA0002/}";
const node = (id: string, name: string, more = ""): string =>
  `{id: ${id}, name: "${name}", reference: "https://attack.mitre.org/techniques/${id.replace(".", "/")}/"${more}}`;
const SHELL = node("T1059", "Command and Scripting Interpreter");

testCheck(
  attack,
  [
    "attack/unknown-tactic",
    "attack/unknown-technique",
    "attack/revoked-technique",
    "attack/deprecated-technique",
    "attack/wrong-tactic",
    "attack/wrong-name",
  ],
  {
    valid: [
      "",
      "attack: {Execution: []}",
      "attack: {execution: [T1059.001]}",
      "attack: {TA0002: [T1059, T1059.001]}",
      "attack: {TA0002 Execution: [T1059.001 PowerShell]}",
      "attack: {Execution: ['T1059.001 Command and Scripting Interpreter: PowerShell']}",
      { rule: "attack: {Defense Evasion: [T1562.001]}", attack: "18.1" },
      { rule: "attack: {Stealth: [T1070]}", attack: "19.0" },
      threat(EXECUTION, SHELL),
      // Other frameworks are not ours to check.
      "threat: [{framework: MITRE ATLAS, tactic: {id: AML.TA0000, name: X, reference: x}}]",
      "threat: [{framework: MITRE ATT&CK}]",
    ],
    invalid: [
      {
        rule: "attack:\n  Executon: []",
        findings: [
          {
            code: "attack/unknown-tactic",
            at: "2:3",
            message: 'ATT&CK 19.0 has no tactic "Executon"',
            help: 'did you mean "Execution"?',
          },
        ],
      },
      {
        rule: "attack:\n  Nothing Like It: [T1059]",
        findings: [{ code: "attack/unknown-tactic", at: "2:3", help: "tactics are Reconnaissance, " }],
      },
      {
        rule: "attack:\n  TA0099: []",
        findings: [{ code: "attack/unknown-tactic", at: "2:3", help: 'did you mean "TA0009"' }],
      },
      {
        rule: "attack:\n  Defense Evasion: []",
        attack: "19.0",
        findings: [{ code: "attack/unknown-tactic", at: "2:3", help: 'ATT&CK 19.0 calls TA0005 "Stealth"' }],
      },
      {
        rule: "attack:\n  Defense Impairment: []",
        attack: "18.1",
        findings: [
          {
            code: "attack/unknown-tactic",
            at: "2:3",
            help: "TA0112 Defense Impairment is in ATT&CK 19.0 only; the target stack uses 18.1",
          },
        ],
      },
      {
        rule: "attack:\n  TA0005 Defense Evasion: []",
        attack: "19.0",
        findings: [
          {
            code: "attack/wrong-name",
            severity: "info",
            at: "2:3",
            message: 'TA0005 is called "Stealth", not "Defense Evasion"',
            help: "write TA0005 Stealth",
          },
        ],
      },
      {
        rule: "attack:\n  Execution:\n    - T1059.001 Powershell\n    - T9999\n    - T1059.099 PowerShell",
        findings: [
          { code: "attack/wrong-name", at: "3:7", severity: "warning", help: "write T1059.001 PowerShell" },
          { code: "attack/unknown-technique", at: "4:7", message: 'ATT&CK 19.0 has no technique "T9999"' },
          { code: "attack/unknown-technique", at: "5:7", help: 'did you mean "T1059.001 PowerShell"' },
        ],
      },
      {
        rule: "attack:\n  Execution: [Powershel]",
        findings: [{ code: "attack/unknown-technique", at: "2:15", help: '"T1059.001 PowerShell"' }],
      },
      {
        rule: "attack:\n  Execution: [T1685]",
        attack: "18.1",
        findings: [{ code: "attack/unknown-technique", at: "2:15", help: "is in ATT&CK 19.0 only" }],
      },
      {
        rule: "attack:\n  Stealth: [T1562.001]",
        attack: "19.0",
        findings: [
          {
            code: "attack/revoked-technique",
            at: "2:13",
            message: "is revoked in ATT&CK 19.0",
            help: /^use T168\d(\.\d{3})? .*, which belongs to Defense Impairment$/,
          },
        ],
      },
      {
        rule: "attack:\n  Persistence: [T1547.011]",
        attack: "18.1",
        findings: [{ code: "attack/revoked-technique", at: "2:17", help: /^use T/ }],
      },
      {
        rule: "attack:\n  Initial Access: [T1059.001 PowerShell]",
        findings: [
          {
            code: "attack/wrong-tactic",
            at: "2:20",
            message: "T1059.001 PowerShell does not belong to the tactic Initial Access",
            help: "it belongs to Execution",
          },
        ],
      },
      {
        rule: "attack:\n  Stealth: [T1578]",
        attack: "19.0",
        findings: [
          {
            code: "attack/wrong-tactic",
            at: "2:13",
            severity: "warning",
            help: "it belongs to Defense Impairment in ATT&CK 19.0; 18.1 has it there",
          },
        ],
      },
      {
        rule: threat(EXECUTION, node("T1685", "Disable or Modify Tools")),
        attack: "18.1",
        findings: [
          {
            code: "attack/unknown-technique",
            at: "4:22",
            severity: "warning",
            help: "T1685 Disable or Modify Tools is in ATT&CK 19.0 only; the target stack uses 18.1",
          },
        ],
      },
      {
        rule: "attack:\n  Persistence: [T1108]",
        attack: "18.1",
        findings: [{ code: "attack/deprecated-technique", at: "2:17" }],
      },
      {
        rule: threat("{id: TA0099, name: Execution, reference: x}", node("T1059", "Shell")),
        findings: [
          { code: "attack/unknown-tactic", at: "3:18" },
          { code: "attack/wrong-name", at: "4:35", help: "write T1059 Command and Scripting Interpreter" },
        ],
      },
      {
        rule: threat(
          EXECUTION,
          node(
            "T1059",
            "Command and Scripting Interpreter",
            `, subtechnique: [${node("T1566.001", "Spearphishing Attachment")}]`,
          ),
        ),
        findings: [{ code: "attack/wrong-tactic", at: "4:149", help: "it belongs to Initial Access" }],
      },
    ],
  },
);

testCheck(attackShape, ["attack/mapped-twice", "attack/wrong-parent", "attack/wrong-reference"], {
  valid: [
    "attack: {Execution: [T1059, T1059.001, T1059.003], Persistence: [T1053.005]}",
    "attack: {Privilege Escalation: [T1053.005], Persistence: [T1053.005]}",
    threat(EXECUTION, SHELL),
    threat("{id: TA0002, name: Execution, reference: https://attack.mitre.org/tactics/TA0002}"),
    threat("{id: TA0002, name: Execution}", "{id: T1059}"),
  ],
  invalid: [
    {
      rule: "attack:\n  Execution: [T1059.001, T1059.001 PowerShell]\n  TA0002: []\n  TA0002 Execution: []",
      findings: [
        { code: "attack/mapped-twice", at: "2:26", message: "T1059.001 is mapped twice" },
        { code: "attack/mapped-twice", at: "3:3", message: "TA0002 is mapped twice" },
        { code: "attack/mapped-twice", at: "4:3" },
      ],
    },
    {
      rule: threat("{id: TA0002, name: Execution, reference: https://attack.mitre.org/tactics/TA0001/}"),
      findings: [
        {
          code: "attack/wrong-reference",
          at: "3:54",
          help: "write https://attack.mitre.org/tactics/TA0002/",
        },
      ],
    },
    {
      rule: threat(
        EXECUTION,
        "{id: T1059.001, name: x, reference: https://attack.mitre.org/techniques/T1059.001/}",
      ),
      findings: [
        {
          code: "attack/wrong-reference",
          at: "4:53",
          help: "write https://attack.mitre.org/techniques/T1059/001/",
        },
      ],
    },
    {
      rule: threat(EXECUTION, "{id: T1059, subtechnique: [{id: T1566.001}, {id: T1053}, {id: T1059.001}]}"),
      findings: [
        {
          code: "attack/wrong-parent",
          at: "4:49",
          message: "T1566.001 is no sub-technique of T1059",
          help: "it belongs below T1566",
        },
        { code: "attack/wrong-parent", at: "4:66", help: "it is no sub-technique" },
      ],
    },
  ],
});
