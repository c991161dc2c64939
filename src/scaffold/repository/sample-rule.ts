import { schemaLine } from "../../format/index.js";
import { SCHEMAS } from "./schemas.js";

export const SAMPLE_RULE = "rules/windows/local-account-created-with-net.rule.yml";

/** A whole rule to read, run and copy. */
export const sampleRuleText = (ruleId: string): string => `${schemaLine(SAMPLE_RULE, SCHEMAS, "rule")}
rule_id: ${ruleId}
name: Local Account Created With net.exe
description: >-
  Finds the command that adds a local account to a Windows host. Administrators have better tools for that today; an
  intruder who wants to come back without the first way in still uses this one, since it is on every host.
type: eql
severity: low
risk_score: 21
interval: 5m
lookback: 4m # looks at the last 9 minutes, for events that arrive late
timestamp_override: event.ingested
index: [logs-endpoint.events.process-*, logs-windows.sysmon_operational-*]
# net.exe hands this command over to net1.exe, so one of the two is enough.
query: |
  process where host.os.type == "windows" and event.type == "start" and
    process.name : "net1.exe" and process.args : ("user", "users") and process.args : "/add"
attack:
  Persistence: [T1136.001 Local Account]
tags:
  domain: Endpoint
  os: Windows
  use_case: Threat Detection
  data_source: [Elastic Defend, Sysmon]
guide:
  overview: |
    The command line holds the account's name, and often its password. This rule does not see accounts that are made
    through the system's interfaces; the event 4720 of the security log covers those.
  investigation_steps:
    - Read the command line, and note the account and the user who ran it (\`process.args\`, \`user.name\`).
    - Follow the process tree upwards to the session or the program that it began in.
    - text: See what the account was used for since.
      steps:
        - Did it become a member of a group, such as the local administrators?
        - Did it log on, and from where (\`source.ip\`)?
  false_positives:
    - Scripts that set up new hosts. Except their parent process and the account that they make, not the command.
  response:
    - Disable the account, keep it for the investigation, and end its sessions.
    - Treat the account that made it as known to the intruder.
references:
  - https://attack.mitre.org/techniques/T1136/001/
investigation_fields:
  field_names: [host.name, user.name, process.command_line, process.parent.executable]
`;
