import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { isOlder, SUPPRESSION_SINCE, unavailable } from "../../src/kibana/availability.js";
import { RULE_TYPES, type RuleCreate } from "../../src/kibana/rule.js";
import { createCodecs } from "../../src/kibana/wire.js";
import { arbitraryOf } from "./wire-arbitrary.js";

const base = { name: "a", description: "b", risk_score: 21, severity: "low" } as const;
const query: RuleCreate = { ...base, type: "query" };
const suppression = { group_by: ["a"] };
const mapping = { field: "a", type: "mapping", value: "b" } as const;
const threat = { ...base, type: "threat_match", query: "*", threat_query: "*" } as const;

/** What a rule uses, the version that brought it, and where it stands. */
const USES: readonly (readonly [string, RuleCreate, string, string])[] = [
  ["a data view", { ...query, data_view_id: "d" }, "8.3", "/data_view_id"],
  ["a setup guide", { ...query, setup: "" }, "8.3", "/setup"],
  [
    "highlighted fields",
    { ...query, investigation_fields: { field_names: ["a"] } },
    "8.11",
    "/investigation_fields",
  ],
  ["suppression", { ...query, alert_suppression: suppression }, "8.6", "/alert_suppression"],
  [
    "suppression over time",
    { ...query, alert_suppression: { ...suppression, duration: { value: 1, unit: "h" } } },
    "8.7",
    "/alert_suppression/duration",
  ],
  [
    "what to do with missing fields",
    { ...query, alert_suppression: { ...suppression, missing_fields_strategy: "suppress" } },
    "8.8",
    "/alert_suppression/missing_fields_strategy",
  ],
  ["ES|QL", { ...base, type: "esql", query: "from a", language: "esql" }, "8.11", "/type"],
  [
    "new terms of two fields",
    {
      ...base,
      type: "new_terms",
      query: "*",
      new_terms_fields: ["a", "b"],
      history_window_start: "now-7d",
    },
    "8.6",
    "/new_terms_fields/1",
  ],
  [
    "a threshold over four fields",
    { ...base, type: "threshold", query: "*", threshold: { field: ["a", "b", "c", "d"], value: 1 } },
    "9.2",
    "/threshold/field/3",
  ],
  [
    "a negated mapping",
    {
      ...threat,
      threat_index: ["i"],
      threat_mapping: [{ entries: [mapping, { ...mapping, negate: true }] }],
    },
    "9.2",
    "/threat_mapping/0/entries/1/negate",
  ],
  [
    "an endpoint action",
    { ...query, response_actions: [{ action_type_id: ".endpoint", params: { command: "isolate" } }] },
    "8.10",
    "/response_actions/0/action_type_id",
  ],
  [
    "a list of trusted devices",
    {
      ...query,
      exceptions_list: [
        { id: "1", list_id: "1", type: "endpoint_trusted_devices", namespace_type: "agnostic" },
      ],
    },
    "9.2",
    "/exceptions_list/0/type",
  ],
];

describe("isOlder", () => {
  it.each<readonly [string, string, boolean]>([
    ["9.1", "9.2", true],
    ["9.1.9", "9.2", true],
    ["9.2", "9.2", false],
    ["9.2.0-SNAPSHOT", "9.2", false],
    ["9.10", "9.2", false],
    ["8.19", "9.2", true],
    ["10.0", "9.2", false],
    ["serverless", "9.2", false],
    ["", "9.2", false],
  ])("%s against %s: %s", (version, since, older) => {
    expect(isOlder(version, since)).toBe(older);
  });
});

describe("unavailable", () => {
  it.each(USES)("finds %s", (_what, rule, since, pointer) => {
    const [major, minor] = since.split(".").map(Number) as [number, number];
    const before = minor > 0 ? `${major}.${minor - 1}` : `${major - 1}.19`;
    expect(unavailable(rule, before)).toContainEqual(expect.objectContaining({ pointer, since }));
    expect(unavailable(rule, since).map((use) => use.pointer)).not.toContain(pointer);
  });

  it("finds nothing in a plain rule", () => {
    expect(unavailable(query, "8.0")).toEqual([]);
    expect(
      unavailable(
        { ...base, type: "threshold", query: "*", threshold: { field: ["a", "b", "c"], value: 1 } },
        "8.0",
      ),
    ).toEqual([]);
  });

  it.each(RULE_TYPES)("knows when suppression came to %s rules", (type) => {
    const rule = {
      ...query,
      type,
      alert_suppression: suppression,
      new_terms_fields: [],
      threat_mapping: [],
      threshold: {},
    };
    const uses = unavailable(rule as unknown as RuleCreate, "8.0");
    expect(uses).toContainEqual({
      pointer: "/alert_suppression",
      since: SUPPRESSION_SINCE[type],
      what: `"alert_suppression" of ${type} rules`,
    });
  });

  const anyRule = fc
    .constantFrom(...RULE_TYPES)
    .chain((type) => arbitraryOf(createCodecs[type])) as fc.Arbitrary<RuleCreate>;
  property.prop([anyRule], { numRuns: 100 })(
    "points at what is there, and at nothing in the newest stack",
    (rule) => {
      for (const { pointer } of unavailable(rule, "8.0")) {
        let value: unknown = rule;
        for (const key of pointer.split("/").slice(1)) value = (value as Record<string, unknown>)[key];
        expect(value).toBeDefined();
      }
      expect(unavailable(rule, "9.5")).toEqual([]);
    },
  );
});
