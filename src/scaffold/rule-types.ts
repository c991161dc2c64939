import type { RuleType } from "../kibana/rule.js";

/** What a new rule of one type begins with. */
export interface RuleStart {
  /** What the type is for, in a few words. */
  readonly summary: string;
  /** Where it looks and what it looks for, as it stands in the file. */
  readonly body: string;
  readonly domain: string;
  readonly dataSource: string;
}

const ENDPOINT = { domain: "Endpoint", dataSource: "Elastic Defend" };
const CLOUD = { domain: "Cloud", dataSource: "AWS" };
const INDEX = "index: [logs-endpoint.events.process-*]\n";

export const RULE_STARTS: Readonly<Record<RuleType, RuleStart>> = {
  query: {
    summary: "each event that a KQL or Lucene query matches",
    ...CLOUD,
    body: `\
index: [logs-aws.cloudtrail-*]
query: |
  event.dataset: "aws.cloudtrail" and event.action: "DeleteTrail" and event.outcome: "success"
language: kuery
`,
  },
  eql: {
    summary: "events, or sequences of events",
    ...ENDPOINT,
    body: `\
${INDEX}query: |
  process where event.type == "start" and process.name : "example.exe" and process.args : "--example"
`,
  },
  esql: {
    summary: "rows of a query's result",
    ...ENDPOINT,
    body: `\
# Without STATS each row is an event, and METADATA lets Kibana tell events apart, so that none makes two alerts.
query: |
  FROM logs-endpoint.events.process-* METADATA _id, _version, _index
  | WHERE event.type == "start" AND process.name == "example.exe"
  | KEEP _id, _version, _index, @timestamp, host.name, user.name, process.name, process.command_line
`,
  },
  threshold: {
    summary: "groups of events that are large enough",
    ...CLOUD,
    body: `\
index: [logs-aws.cloudtrail-*]
query: |
  event.dataset: "aws.cloudtrail" and event.outcome: "failure" and source.ip: *
language: kuery
# An alert for each address with at least 50 such events in the window.
threshold:
  field: [source.ip]
  value: 50
`,
  },
  threat_match: {
    summary: "events that match an indicator",
    domain: "Network",
    dataSource: "Network Packet Capture",
    body: `\
index: [logs-network_traffic.flow-*]
query: |
  destination.ip: *
language: kuery
threat_index: [logs-ti_*]
# Only indicators of the last 30 days: old addresses belong to somebody else by now.
threat_query: |
  @timestamp >= "now-30d/d" and threat.indicator.ip: *
threat_language: kuery
threat_indicator_path: threat.indicator
threat_mapping:
  - entries:
      - { field: destination.ip, type: mapping, value: threat.indicator.ip }
`,
  },
  machine_learning: {
    summary: "anomalies that a job found",
    ...ENDPOINT,
    body: `\
# The job has to exist in the space, and to run.
machine_learning_job_id: example_rare_process_by_host
anomaly_threshold: 75
`,
  },
  saved_query: {
    summary: "each event that a query saved in Kibana matches",
    ...CLOUD,
    body: `\
index: [logs-aws.cloudtrail-*]
# The saved query decides, and has to exist in the space; the query below is used where Kibana does not find it.
saved_id: example-saved-query
query: |
  event.dataset: "aws.cloudtrail" and event.action: "DeleteTrail"
language: kuery
`,
  },
  new_terms: {
    summary: "values that were not seen before",
    ...ENDPOINT,
    body: `\
${INDEX}query: |
  event.category: "process" and event.type: "start" and process.name: "example.exe"
language: kuery
# An alert for each user of a host that was not seen in the last 14 days.
new_terms_fields: [host.name, user.name]
history_window_start: now-14d
`,
  },
};
