import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { asStored, frequencyFor, serverDefaults } from "../../src/kibana/defaults.js";
import {
  FIELDS_BY_TYPE,
  RESPONSE_FIELDS_BY_TYPE,
  RULE_TYPES,
  type RuleCreate,
  SERVER_FIELDS,
} from "../../src/kibana/rule.js";
import { createCodecs, decodeRuleCreate } from "../../src/kibana/wire.js";
import { arbitraryOf } from "./wire-arbitrary.js";

const base = { name: "a", description: "b", risk_score: 21, severity: "low" } as const;
const action = { id: "1", action_type_id: ".slack", group: "default", params: {} };

describe("serverDefaults", () => {
  it("are those of a query rule of Kibana 9.5", () => {
    expect(serverDefaults("query")).toEqual({
      enabled: false,
      version: 1,
      tags: [],
      author: [],
      interval: "5m",
      from: "now-6m",
      to: "now",
      max_signals: 100,
      false_positives: [],
      references: [],
      threat: [],
      risk_score_mapping: [],
      severity_mapping: [],
      exceptions_list: [],
      actions: [],
      setup: "",
      related_integrations: [],
      required_fields: [],
      output_index: "",
      language: "kuery",
      query: "",
    });
  });

  it.each(RULE_TYPES)("of %s rules, with what is required, fill a response", (type) => {
    const made = new Set<string>([...SERVER_FIELDS, "rule_id"]);
    const defaults = Object.keys(serverDefaults(type));
    const required = decodeRuleCreate({ type });
    const missing = required.ok ? [] : required.errors.map((line) => line.split(":")[0]);
    const absent = RESPONSE_FIELDS_BY_TYPE[type].filter(
      (name) => name !== "type" && !made.has(name) && !defaults.includes(name) && !missing.includes(name),
    );
    expect(absent).toEqual([]);
    expect(defaults.filter((name) => !(FIELDS_BY_TYPE[type] as string[]).includes(name))).toEqual([]);
  });

  it("come as a fresh copy", () => {
    const first = serverDefaults("eql");
    (first.tags as string[]).push("x");
    expect(serverDefaults("eql").tags).toEqual([]);
  });
});

describe("frequencyFor", () => {
  const always = { summary: true, throttle: null, notifyWhen: "onActiveAlert" };

  it.each([undefined, "no_actions", "rule"])("%s is at every run", (throttle) => {
    expect(frequencyFor(throttle)).toEqual(always);
  });

  it.each(["300s", "5m", "3h", "4d"])("%s is once in it", (throttle) => {
    expect(frequencyFor(throttle)).toEqual({ summary: true, throttle, notifyWhen: "onThrottleInterval" });
  });
});

describe("asStored", () => {
  it("keeps what was sent and fills in the rest", () => {
    const stored = asStored({ ...base, type: "saved_query", saved_id: "s", tags: ["x"], enabled: true });
    expect(stored).toMatchObject({ tags: ["x"], enabled: true, language: "kuery", interval: "5m" });
    expect(stored).not.toHaveProperty("query");
  });

  it("drops what the type does not have", () => {
    const rule = { ...base, type: "esql", query: "from a", language: "esql", index: ["a"], nonsense: 1 };
    const stored = asStored(rule as unknown as RuleCreate);
    expect(stored).not.toHaveProperty("index");
    expect(stored).not.toHaveProperty("nonsense");
  });

  it.each([
    ["host.name", ["host.name"]],
    ["", []],
    [
      ["a", "b"],
      ["a", "b"],
    ],
  ])("keeps the threshold field %j as a list", (field, list) => {
    const stored = asStored({ ...base, type: "threshold", query: "*", threshold: { field, value: 1 } });
    expect(stored).toMatchObject({ threshold: { field: list, value: 1 } });
  });

  it("keeps one job id as a list", () => {
    const stored = asStored({
      ...base,
      type: "machine_learning",
      anomaly_threshold: 50,
      machine_learning_job_id: "job",
    });
    expect(stored).toMatchObject({ machine_learning_job_id: ["job"] });
  });

  it("turns the throttle into the frequency of the actions that have none", () => {
    const own = { summary: false, throttle: "1d", notifyWhen: "onThrottleInterval" as const };
    const cases = { id: "2", action_type_id: ".cases", params: {} };
    const actions = [action, { ...action, frequency: own }, cases];
    const stored = asStored({ ...base, type: "query", throttle: "1h", actions });
    expect(stored).not.toHaveProperty("throttle");
    expect(stored.actions).toEqual([
      { ...action, frequency: { summary: true, throttle: "1h", notifyWhen: "onThrottleInterval" } },
      { ...action, frequency: own },
      cases,
    ]);
  });

  it("leaves the rule that it is given alone", () => {
    const rule: RuleCreate = { ...base, type: "query", actions: [action] };
    const before = structuredClone(rule);
    asStored(rule);
    expect(rule).toEqual(before);
  });

  const anyRule = fc
    .constantFrom(...RULE_TYPES)
    .chain((type) => arbitraryOf(createCodecs[type])) as fc.Arbitrary<RuleCreate>;
  property.prop([anyRule], { numRuns: 100 })(
    "changes nothing the second time, and stays a create form",
    (rule) => {
      const stored = asStored(rule);
      expect(asStored(stored)).toEqual(stored);
      expect(decodeRuleCreate(stored)).toEqual({ ok: true, value: stored });
    },
  );
});
