/**
 * A few prebuilt rules of our own, for who wants to try kdac in a space that has some. Their ids are made up: they are none
 * of Elastic's.
 */
import type { Asset } from "./assets.js";

const COMMON = { author: ["kdac"], license: "Apache-2.0", enabled: false, from: "now-9m" };
const WINDOWS = ["winlogbeat-*", "logs-endpoint.events.process-*", "logs-windows.*"];

const ENCODED_COMMAND: Asset = {
  ...COMMON,
  rule_id: "5a2d6c1e-0001-4c39-9d7a-6f1b0a4e8c01",
  version: 3,
  name: "PowerShell with an Encoded Command",
  description:
    "Finds PowerShell that is given its script in Base64, which hides what it does from the reader of a log.",
  type: "eql",
  language: "eql",
  query: 'process where event.type == "start" and process.name : "powershell.exe" and process.args : "-enc*"',
  index: WINDOWS,
  severity: "medium",
  risk_score: 47,
  tags: ["Domain: Endpoint", "OS: Windows", "Tactic: Execution"],
  threat: [
    {
      framework: "MITRE ATT&CK",
      tactic: {
        id: "TA0002",
        name: "Execution",
        reference: "https://attack.mitre.org/tactics/TA0002/",
      },
      technique: [
        {
          id: "T1059",
          name: "Command and Scripting Interpreter",
          reference: "https://attack.mitre.org/techniques/T1059/",
          subtechnique: [
            {
              id: "T1059.001",
              name: "PowerShell",
              reference: "https://attack.mitre.org/techniques/T1059/001/",
            },
          ],
        },
      ],
    },
  ],
};

export const SAMPLE_PREBUILT_RULES: readonly Asset[] = [
  ENCODED_COMMAND,
  {
    ...ENCODED_COMMAND,
    version: 4,
    description:
      "Finds PowerShell that is given its script in Base64. The encoding hides from the reader of a log what the script does.",
    query:
      'process where event.type == "start" and process.name : ("powershell.exe", "pwsh.exe") and process.args : "-enc*"',
  },
  {
    ...COMMON,
    rule_id: "5a2d6c1e-0002-4c39-9d7a-6f1b0a4e8c02",
    version: 1,
    name: "Many Failed Logons from One Address",
    description:
      "Counts failed logons by source address. Many of them in a short time look like guessed passwords.",
    type: "threshold",
    language: "kuery",
    query: 'event.category: "authentication" and event.outcome: "failure"',
    threshold: { field: ["source.ip"], value: 50, cardinality: [] },
    index: ["winlogbeat-*", "logs-system.*"],
    severity: "low",
    risk_score: 21,
    tags: ["Domain: Endpoint", "Tactic: Credential Access"],
  },
  {
    ...COMMON,
    rule_id: "5a2d6c1e-0003-4c39-9d7a-6f1b0a4e8c03",
    version: 2,
    name: "Log Trail Turned Off",
    description:
      "Finds the call that stops the audit trail of a cloud account, after which nobody sees what is done in it.",
    type: "query",
    language: "kuery",
    query:
      'event.provider: "cloudtrail.amazonaws.com" and event.action: "StopLogging" and event.outcome: "success"',
    index: ["logs-aws.cloudtrail-*"],
    severity: "high",
    risk_score: 73,
    note: "## Triage\n\nAsk the owner of the account whether the change was planned.",
    tags: ["Domain: Cloud", "Tactic: Defense Evasion"],
  },
  {
    ...COMMON,
    rule_id: "5a2d6c1e-0004-4c39-9d7a-6f1b0a4e8c04",
    version: 1,
    name: "First Service of Its Name on a Host",
    description: "Finds a service whose name was not seen on the host in two weeks.",
    type: "new_terms",
    language: "kuery",
    query: 'event.code: "7045"',
    new_terms_fields: ["host.id", "service.name"],
    history_window_start: "now-14d",
    index: ["winlogbeat-*", "logs-system.system-*"],
    severity: "low",
    risk_score: 21,
    tags: ["Domain: Endpoint", "OS: Windows", "Tactic: Persistence"],
  },
];
