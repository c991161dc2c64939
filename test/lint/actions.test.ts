import { actionFrequency, actionIds, alertsFilter } from "../../src/lint/checks/actions.js";
import { responseActions } from "../../src/lint/checks/response-actions.js";
import { testCheck } from "../support/check-tester.js";

const action = (more: string): string => `{id: c, action_type_id: .slack, params: {}${more}}`;
const frequency = (throttle: string, notifyWhen = "onThrottleInterval"): string =>
  action(`, frequency: {summary: true, notifyWhen: ${notifyWhen}, throttle: ${throttle}}`);

testCheck(actionIds, ["rule/duplicate-action-uuid"], {
  valid: [
    "",
    `actions: [${action("")}, ${action("")}]`,
    `actions: [${action(", uuid: a")}, ${action(", uuid: b")}]`,
  ],
  invalid: [
    {
      rule: `actions:\n  - ${action(", uuid: a")}\n  - ${action("")}\n  - ${action(", uuid: a")}\n  - ${action(", uuid: a")}`,
      findings: [
        { code: "rule/duplicate-action-uuid", at: "4:55", message: 'the uuid "a"' },
        { code: "rule/duplicate-action-uuid", at: "5:55" },
      ],
    },
  ],
});

testCheck(actionFrequency, ["rule/action-throttle-shorter-than-interval", "rule/throttle-without-duration"], {
  valid: [
    "",
    `actions: [${action("")}]`,
    `interval: 5m\nactions: [${frequency("5m")}, ${frequency("1h")}, ${frequency("null", "onActiveAlert")}]`,
    // What is not waited for counts for nothing.
    `interval: 1h\nactions: [${frequency("5m", "onActiveAlert")}]`,
    `throttle: rule\ninterval: 1h\nactions: [${action("")}]`,
    `throttle: 5m\ninterval: 1h\nactions: [${frequency("1h")}]`,
    "throttle: 5m\ninterval: 1h",
  ],
  invalid: [
    {
      rule: `interval: 1h\nactions:\n  - ${frequency("59m")}\n  - ${frequency("null")}`,
      findings: [
        {
          code: "rule/action-throttle-shorter-than-interval",
          at: "3:118",
          message: "an action every 59m is more often than the rule runs, every 1h",
        },
        { code: "rule/throttle-without-duration", at: "4:118" },
      ],
    },
    {
      rule: `actions: [${frequency("1m")}]`,
      findings: [{ code: "rule/action-throttle-shorter-than-interval", at: "1:124", message: "every 5m" }],
    },
    {
      rule: `throttle: 5m\ninterval: 1h\nactions: [${action("")}]`,
      findings: [{ code: "rule/action-throttle-shorter-than-interval", at: "1:11" }],
    },
  ],
});

testCheck(alertsFilter, ["rule/empty-alerts-filter"], {
  valid: [
    `actions: [${action(", alerts_filter: {query: {kql: a, filters: []}}")}]`,
    `actions: [${action(", alerts_filter: {timeframe: {days: [1], timezone: UTC, hours: {start: '08:00', end: '18:00'}}}")}]`,
  ],
  invalid: [
    {
      rule: `actions:\n  - ${action(", alerts_filter: {}")}`,
      findings: [{ code: "rule/empty-alerts-filter", at: "2:64" }],
    },
  ],
});

const endpoint = (config: string, command = "kill-process"): string =>
  `response_actions:\n  - action_type_id: .endpoint\n    params: {command: ${command}, config: ${config}}`;

testCheck(
  responseActions,
  ["rule/osquery-without-query", "rule/process-field-missing", "rule/process-field-unused"],
  {
    valid: [
      "response_actions: [{action_type_id: .osquery, params: {query: select 1}}]",
      "response_actions: [{action_type_id: .osquery, params: {pack_id: p}}, {action_type_id: .endpoint, params: {command: isolate}}]",
      endpoint("{field: process.entity_id, overwrite: false}"),
      endpoint('{field: ""}'),
      endpoint('{field: "", overwrite: true}', "suspend-process"),
      "response_actions: [{action_type_id: .osquery}, {action_type_id: .endpoint}]",
    ],
    invalid: [
      {
        rule: "response_actions:\n  - {action_type_id: .osquery, params: {timeout: 60}}",
        findings: [{ code: "rule/osquery-without-query", at: "2:40" }],
      },
      {
        rule: endpoint("{field: process.entity_id}"),
        findings: [
          {
            code: "rule/process-field-unused",
            at: "3:53",
            message: 'the field "process.entity_id" is not used while overwrite is true',
          },
        ],
      },
      {
        rule: endpoint('{field: "", overwrite: false}', "suspend-process"),
        findings: [{ code: "rule/process-field-missing", at: "3:56" }],
      },
    ],
  },
);
