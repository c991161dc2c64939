import { describe, expect, it } from "vitest";
import {
  decodeConnectorCreate,
  decodeItemCreate,
  decodeRuleCreate,
  decodeRulePatch,
  decodeRuleResponse,
} from "../../src/kibana/wire.js";

const rule = { name: "a", description: "b", risk_score: 21, severity: "low", type: "query" };

function linesOf(decoded: { ok: true } | { ok: false; errors: string[] }): string[] {
  return decoded.ok ? [] : decoded.errors;
}

describe("error lines of a rule", () => {
  it.each<readonly [string, Record<string, unknown>, string[]]>([
    [
      "a number out of bounds",
      { risk_score: 500 },
      ["risk_score: expected a whole number from 0 to 100, found 500"],
    ],
    [
      "an enumeration",
      { severity: "Low" },
      ['severity: expected "low" or "medium" or "high" or "critical", found "Low"'],
    ],
    ["an element", { tags: ["a", 5] }, ["tags.1: expected a text, found 5"]],
    ["date math", { from: "now-6x" }, ['from: Failed to parse "from" on rule param']],
    [
      "several at once",
      { name: "", max_signals: 0, actions: [{ id: "1" }] },
      [
        "name: expected a text that is not empty, found a blank text",
        "max_signals: expected a whole number of 1 or more, found 0",
        "actions.0.action_type_id: expected a text, found nothing",
        "actions.0.params: expected an object, found nothing",
      ],
    ],
    [
      "a throttle, whose alternatives are joined",
      { throttle: "x" },
      ['throttle: expected "no_actions" or "rule" or a duration such as 1h, found "x"'],
    ],
    [
      "threats",
      { threat: [{ framework: "MITRE ATT&CK", tactic: { id: "TA0001", name: "Initial Access" } }] },
      ["threat.0.tactic.reference: expected a text, found nothing"],
    ],
    [
      "an exceptions list",
      { exceptions_list: [{ id: "1", list_id: " ", type: "detection", namespace_type: "all" }] },
      [
        "exceptions_list.0.list_id: expected a text that is not blank, found a blank text",
        'exceptions_list.0.namespace_type: expected "single" or "agnostic", found "all"',
      ],
    ],
    [
      "response actions",
      {
        response_actions: [
          { action_type_id: ".none" },
          { action_type_id: ".endpoint", params: { command: "reboot" } },
          { action_type_id: ".osquery", params: { timeout: 5 } },
        ],
      },
      [
        "response_actions.0: expected an action of type .osquery or .endpoint, found an object",
        'response_actions.1.params.command: expected "isolate" or "kill-process" or "suspend-process" or "runscript", found "reboot"',
        "response_actions.1.params.config: expected an object, found nothing",
        "response_actions.2.params.timeout: expected a whole number from 60 to 900, found 5",
      ],
    ],
    [
      "lists of a certain length",
      { alert_suppression: { group_by: ["a", "b", "c", "d"] }, investigation_fields: { field_names: [] } },
      [
        "alert_suppression.group_by: expected a list of 1 to 3, found a list of 4",
        "investigation_fields.field_names: expected a list of at least 1, found a list of 0",
      ],
    ],
    ["fields of another type", { threshold: { field: "a", value: 1 } }, ["threshold: unknown key"]],
    [
      "a misspelt key inside a tactic",
      {
        threat: [{ framework: "x", tactic: { id: "1", name: "2", reference: "3", refrence: "4" } }],
      },
      ["threat.0.tactic.refrence: unknown key"],
    ],
  ])("%s", (_what, fields, lines) => {
    expect(linesOf(decodeRuleCreate({ ...rule, ...fields })).sort()).toEqual([...lines].sort());
  });

  it.each<readonly [unknown, string]>([
    [5, "expected an object with the fields of a rule"],
    [null, "expected an object with the fields of a rule"],
    [
      { ...rule, type: "sigma" },
      "type: expected one of query, saved_query, eql, esql, threshold, threat_match, machine_learning, new_terms",
    ],
  ])("of %j is about its type alone", (value, line) => {
    expect(linesOf(decodeRuleCreate(value))).toEqual([line]);
    expect(linesOf(decodeRuleResponse(value))).toEqual([line]);
  });
});

describe("other error lines", () => {
  it("name what a patch of unknown type fits best", () => {
    expect(linesOf(decodeRulePatch({ threshold: { field: "a", value: 0 } }))).toEqual([
      "threshold.value: expected a whole number of 1 or more, found 0",
    ]);
    expect(linesOf(decodeRulePatch({ threshold: { field: "a", value: 1 } }, "query"))).toEqual([
      "threshold: unknown key",
    ]);
    expect(linesOf(decodeRulePatch(5))).toEqual(["expected an object, found 5"]);
  });

  it("say which entries an exception item may have", () => {
    const item = { list_id: "a", type: "simple", name: "x", description: "" };
    const entries = [
      { type: "regex" },
      { type: "match", field: "a", operator: "is", value: "b" },
      {
        type: "nested",
        field: "a",
        entries: [{ type: "wildcard", field: "a", operator: "included", value: "*" }],
      },
    ];
    expect(linesOf(decodeItemCreate({ ...item, entries }))).toEqual([
      "entries.0: expected an entry of type match, match_any, wildcard, exists, list or nested, found an object",
      'entries.1.operator: expected "included" or "excluded", found "is"',
      "entries.2.entries.0: expected an entry of type match, match_any or exists, found an object",
    ]);
  });

  it("never show a secret", () => {
    const connector = { name: "a", connector_type_id: ".slack", secrets: "https://hooks.test/T0/hush" };
    expect(linesOf(decodeConnectorCreate(connector))).toEqual(["secrets: expected an object, found a text"]);
  });
});
