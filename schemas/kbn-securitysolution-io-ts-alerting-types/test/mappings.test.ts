import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, it } from "vitest";
import {
  concurrent_searches,
  items_per_search,
  RiskScoreMapping,
  RiskScoreMappingItem,
  SeverityMapping,
  SeverityMappingItem,
  threat_filters,
  threat_index,
  threat_mapping,
  threatMap,
  threatMapEntry,
  threatMappingEntries,
} from "../src/index.js";
import {
  type Accepted,
  exactly,
  expectAccepted,
  expectRejected,
  type Rejected,
  supplied,
} from "./harness.js";

const risk = { field: "f", value: "v", operator: "equals" };
const severity = { ...risk, severity: "low" };
const entry = { field: "field.one", type: "mapping", value: "field.one" };

describe("RiskScoreMappingItem", () => {
  it.each<Accepted>([
    [{ ...risk, risk_score: 5 }],
    [risk, { ...risk, risk_score: undefined }],
    [{ field: "", value: "", operator: "equals", risk_score: 0 }],
    [
      { ...risk, risk_score: 5, extra: 1 },
      { ...risk, risk_score: 5 },
    ],
  ])("accepts %j", (...row) => {
    expectAccepted(RiskScoreMappingItem, row);
  });

  it.each<Rejected>([
    [{ ...risk, operator: "x" }, supplied("x", "operator")],
    [{}, supplied("undefined", "field"), supplied("undefined", "value"), supplied("undefined", "operator")],
  ])("rejects %j", (...row) => {
    expectRejected(RiskScoreMappingItem, row);
  });

  it("takes no null for a score", () => {
    expect(isLeft(RiskScoreMappingItem.decode({ ...risk, risk_score: null }))).toBe(true);
    expect(isLeft(RiskScoreMapping.decode([{ ...risk, risk_score: 101 }]))).toBe(true);
    expectAccepted(RiskScoreMapping, [[]]);
  });
});

describe("SeverityMappingItem", () => {
  it("requires all four", () => {
    expectAccepted(SeverityMappingItem, [{ ...severity, extra: 1 }, severity]);
    expectAccepted(SeverityMapping, [[]]);
    expectRejected(SeverityMappingItem, [
      {},
      supplied("undefined", "field"),
      supplied("undefined", "operator"),
      supplied("undefined", "value"),
      supplied("undefined", "severity"),
    ]);
    expectRejected(SeverityMapping, [[{ ...severity, severity: "LOW" }], supplied("LOW", "severity")]);
  });
});

describe("threat mapping", () => {
  it.each<Accepted>([[[entry], [{ ...entry, negate: undefined }]], [[{ ...entry, negate: true }]], [[]]])(
    "entries %j",
    (...row) => {
      expectAccepted(threatMappingEntries, row);
    },
  );

  it.each<readonly [unknown, string]>([
    [[{ ...entry, extra: 1 }], 'invalid keys "extra"'],
    [[{ ...entry, field: 5 }], supplied("5", "field")],
    [[{ ...entry, type: "invalid" }], supplied("invalid", "type")],
    [[{ ...entry, field: " " }], supplied(" ", "field")],
  ])("refuses the entries %j", (input, line) => {
    expect(exactly(threatMappingEntries, input)).toEqual([line]);
  });

  it.each<readonly [unknown, string]>([
    [[{ entries: [entry] }], "no errors"],
    [[{ entries: [entry], extra: 1 }], 'invalid keys "extra"'],
    [[{ entries: [{ ...entry, extra: 1 }] }], 'invalid keys "extra"'],
    [[{ entries: [{ ...entry, field: 5 }] }], supplied("5", "entries,field")],
    [[], supplied("[]", "NonEmptyArray<ThreatMap>")],
  ])("checks the mapping %j", (input, line) => {
    expect(exactly(threat_mapping, input)).toEqual([line]);
  });

  it("drops unknown keys when nobody asks", () => {
    expectAccepted(threatMap, [{ entries: [], extra: 1 }, { entries: [] }]);
    expectAccepted(threatMapEntry, [
      { ...entry, extra: 1 },
      { ...entry, negate: undefined },
    ]);
  });

  it("takes no null for negate", () => {
    expect(isLeft(threatMapEntry.decode({ ...entry, negate: null }))).toBe(true);
  });

  it.each([concurrent_searches, items_per_search])("counts searches from one", (codec) => {
    expectAccepted(codec, [1]);
    for (const value of [-1, 0]) {
      expectRejected(codec, [value, supplied(String(value), "PositiveIntegerGreaterThanZero")]);
    }
  });

  it("does not look into filters", () => {
    expectAccepted(threat_filters, [[{ any: 1 }, 5, null]]);
    expectAccepted(threat_index, [["a", ""]]);
    expect(isLeft(threat_index.decode([5]))).toBe(true);
  });
});
