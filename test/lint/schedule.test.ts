import { dateMath, history, window } from "../../src/lint/checks/schedule.js";
import { testCheck } from "../support/check-tester.js";

testCheck(dateMath, ["rule/invalid-date-math"], {
  valid: [
    "from: now-9m",
    "from: 2026-01-01",
    "from: now-1d/d\nto: now/d",
    "type: new_terms\nhistory_window_start: now-14d",
  ],
  invalid: [
    { rule: "from: now-9x", findings: [{ code: "rule/invalid-date-math", at: "1:7" }] },
    { rule: "from: yesterday", findings: [{ code: "rule/invalid-date-math", at: "1:7" }] },
    { rule: "from: now-9m\nto: soon", findings: [{ code: "rule/invalid-date-math", at: "2:5" }] },
    {
      rule: "type: new_terms\nhistory_window_start: a while",
      findings: [{ code: "rule/invalid-date-math", at: "2:23" }],
    },
  ],
});

testCheck(
  window,
  ["rule/empty-window", "rule/window-in-future", "rule/from-shorter-than-interval", "rule/no-lookback"],
  {
    valid: [
      "from: now-9m\ninterval: 5m",
      "from: now-9m\nto: now-1m\ninterval: 5m",
      "lookback: 1m\ninterval: 5m",
      "from: now-1d/d\ninterval: 5m",
      "from: 2026-01-01",
    ],
    invalid: [
      {
        rule: "from: now-4m\ninterval: 5m",
        findings: [{ code: "rule/from-shorter-than-interval", at: "1:7", help: /now-6m/ }],
      },
      { rule: "interval: 1h", findings: [{ code: "rule/from-shorter-than-interval", at: "1:11" }] },
      // Kibana refuses it from 9.4 on.
      {
        rule: "from: now-1m\ninterval: 2m",
        stack: "9.4.0",
        findings: [{ code: "rule/from-shorter-than-interval", at: "1:7", severity: "error" }],
      },
      {
        rule: "from: now-1m\ninterval: 2m",
        stack: "9.3.9",
        findings: [{ code: "rule/from-shorter-than-interval", at: "1:7", severity: "warning" }],
      },
      {
        rule: "from: now-1m\ninterval: 2m",
        stack: "8.18",
        findings: [
          {
            code: "rule/from-shorter-than-interval",
            at: "1:7",
            severity: "warning",
            message: "each run looks back 1m, but the next run comes only after 2m",
          },
        ],
      },
      {
        rule: "from: now-9m\nto: now-5m\ninterval: 5m",
        findings: [{ code: "rule/from-shorter-than-interval", at: "1:7" }],
      },
      { rule: "from: now+1m\nto: now+10m", findings: [{ code: "rule/window-in-future", at: "1:7" }] },
      { rule: "from: now+5m", findings: [{ code: "rule/empty-window", at: "1:7" }] },
      { rule: "from: now-5m\ninterval: 5m", findings: [{ code: "rule/no-lookback", at: "1:7" }] },
      { rule: "lookback: 0m", findings: [{ code: "rule/no-lookback", at: "1:11" }] },
    ],
  },
);

testCheck(history, ["rule/history-too-short"], {
  valid: ["type: new_terms\nhistory_window_start: now-14d\nfrom: now-9m", "from: now-9m"],
  invalid: [
    {
      rule: "type: new_terms\nhistory_window_start: now-5m\nfrom: now-9m",
      findings: [{ code: "rule/history-too-short", at: "2:23" }],
    },
  ],
});
