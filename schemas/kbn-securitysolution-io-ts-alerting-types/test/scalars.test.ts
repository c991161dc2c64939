import { isLeft } from "fp-ts/lib/Either.js";
import type * as t from "io-ts";
import { describe, expect, it } from "vitest";
import * as codecs from "../src/index.js";
import { type Accepted, expectAccepted, expectRejected, type Rejected, supplied } from "./harness.js";

const JOBS = "(string | NonEmptyArray<string>)";

interface Row {
  readonly codec: t.Mixed;
  /** Full name of the codec, as errors print it. */
  readonly name: string;
  readonly accepted: readonly unknown[];
  readonly rejected: readonly unknown[];
}

const ROWS: readonly Row[] = [
  {
    codec: codecs.language,
    name: '"eql" | "kuery" | "lucene" | "esql"',
    accepted: ["eql", "kuery", "lucene", "esql"],
    rejected: ["KQL", "Kuery", "", 5, null, undefined],
  },
  {
    codec: codecs.type,
    name: '"eql" | "machine_learning" | "query" | "saved_query" | "threshold" | "threat_match" | "new_terms" | "esql"',
    accepted: [
      "eql",
      "machine_learning",
      "query",
      "saved_query",
      "threshold",
      "threat_match",
      "new_terms",
      "esql",
    ],
    rejected: ["vulnerability_check", "EQL", "", null, undefined],
  },
  {
    codec: codecs.Severity,
    name: '"low" | "medium" | "high" | "critical"',
    accepted: ["low", "medium", "high", "critical"],
    rejected: ["Low", "info", null],
  },
  {
    codec: codecs.RiskScore,
    name: "RiskScore",
    accepted: [0, 1, 100],
    rejected: [-1, "some string", 101, 1.5, "50", null, undefined],
  },
  {
    codec: codecs.max_signals,
    name: "PositiveIntegerGreaterThanZero",
    accepted: [1, 100, 10_000],
    rejected: [0, -1, 1.5, "5", null, undefined],
  },
  {
    codec: codecs.machine_learning_job_id_normalized,
    name: "NonEmptyArray<string>",
    accepted: [["a"], ["a", "b"], [""]],
    rejected: [[], "a", null, undefined],
  },
  { codec: codecs.RuleInterval, name: "string", accepted: ["5m", ""], rejected: [5, null] },
  { codec: codecs.RuleIntervalTo, name: "string", accepted: ["now", ""], rejected: [5, null] },
  {
    codec: codecs.RuleIntervalFrom,
    name: "From",
    accepted: ["now-6m"],
    rejected: [5, null, undefined],
  },
];

const shown = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");

describe.each(ROWS)("codec $name", ({ codec, name, accepted, rejected }) => {
  it("has its name", () => {
    expect(codec.name).toBe(name);
  });

  it.each(accepted.map((value) => ({ value })))("accepts $value", ({ value }) => {
    expectAccepted(codec, [value]);
  });

  it.each(rejected.map((value) => ({ value })))("rejects $value", ({ value }) => {
    expectRejected(codec, [value, supplied(shown(value), name)]);
  });
});

describe("machine_learning_job_id", () => {
  it.each<Accepted>([["job"], [""], [["job"]], [["a", "b"]]])("keeps %j as it is", (...row) => {
    expectAccepted(codecs.machine_learning_job_id, row);
  });

  it.each<Rejected>([
    [[], supplied("[]", JOBS)],
    [null, supplied("null", JOBS)],
    [undefined, supplied("undefined", JOBS)],
    [["a", 5], supplied('["a",5]', JOBS), supplied("5", JOBS)],
  ])("rejects %j", (...row) => {
    expectRejected(codecs.machine_learning_job_id, row);
  });
});

describe("…OrUndefined", () => {
  it.each<readonly [string, t.Mixed, unknown]>([
    ["languageOrUndefined", codecs.languageOrUndefined, "eql"],
    ["typeOrUndefined", codecs.typeOrUndefined, "eql"],
    ["maxSignalsOrUndefined", codecs.maxSignalsOrUndefined, 1],
    ["machineLearningJobIdOrUndefined", codecs.machineLearningJobIdOrUndefined, "a"],
    ["machineLearningJobIdNormalizedOrUndefined", codecs.machineLearningJobIdNormalizedOrUndefined, ["a"]],
    ["threatsOrUndefined", codecs.threatsOrUndefined, []],
    ["threatQueryOrUndefined", codecs.threatQueryOrUndefined, "a: b"],
    ["threatIndicatorPathOrUndefined", codecs.threatIndicatorPathOrUndefined, "a"],
    ["threatFiltersOrUndefined", codecs.threatFiltersOrUndefined, [1]],
    ["threatMappingOrUndefined", codecs.threatMappingOrUndefined, [{ entries: [] }]],
    ["threatIndexOrUndefined", codecs.threatIndexOrUndefined, ["a"]],
    ["threat_language", codecs.threat_language, "kuery"],
    ["threatLanguageOrUndefined", codecs.threatLanguageOrUndefined, "kuery"],
    ["concurrentSearchesOrUndefined", codecs.concurrentSearchesOrUndefined, 1],
    ["itemsPerSearchOrUndefined", codecs.itemsPerSearchOrUndefined, 1],
  ])("%s takes its value and undefined, not null", (_name, codec, value) => {
    expectAccepted(codec, [value]);
    expectAccepted(codec, [undefined]);
    expect(isLeft(codec.decode(null))).toBe(true);
  });
});

describe("guards", () => {
  it("ask for the base type only, where decoding is strict", () => {
    expect(codecs.RiskScore.is(500)).toBe(true);
    expect(codecs.RuleActionUuid.is("")).toBe(true);
    expect(codecs.machine_learning_job_id_normalized.is([])).toBe(true);
    expect(codecs.RuleIntervalFrom.is("whenever")).toBe(true);
    expect(codecs.RiskScore.is("5")).toBe(false);
  });
});
