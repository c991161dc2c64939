import { describe, expect, it } from "vitest";
import { at, hit, pick, rule, runOn, sources } from "./support.js";

const record = (id: string, score: number, more: Readonly<Record<string, unknown>> = {}) =>
  hit(
    id,
    {
      result_type: "record",
      is_interim: false,
      job_id: "job",
      record_score: score,
      timestamp: at("11:58:00"),
      ...more,
    },
    ".ml-anomalies-custom-job",
  );
const ml = (more: Readonly<Record<string, unknown>> = {}) =>
  rule("machine_learning", { anomaly_threshold: 50, machine_learning_job_id: ["job"], ...more });

describe("a machine learning rule", () => {
  const records = [
    record("low", 49.9),
    record("enough", 50),
    record("high", 90, {
      influencers: [{ influencer_field_name: "user.name", influencer_field_values: ["bob"] }],
    }),
    record("interim", 90, { is_interim: true }),
    record("other", 90, { job_id: "other" }),
    record("bucket", 90, { result_type: "bucket" }),
    record("old", 90, { timestamp: at("10:00:00") }),
  ];

  it("alerts on the records of its jobs that score high enough, highest first", () => {
    const { alerts, status } = runOn(records, ml());
    expect(status).toBe("succeeded");
    expect(sources(alerts)).toEqual(["high", "enough"]);
    expect(pick(alerts, "user.name", "original_time", "rule.category")).toEqual([
      { "user.name": ["bob"], original_time: at("11:58:00"), "rule.category": "Machine Learning Rule" },
      { "user.name": undefined, original_time: at("11:58:00"), "rule.category": "Machine Learning Rule" },
    ]);
    expect(sources(runOn(records, ml({ machine_learning_job_id: "other" })).alerts)).toEqual(["other"]);
    expect(sources(runOn(records, ml({ max_signals: 1 })).alerts)).toEqual(["high"]);
  });

  it("leaves out what exceptions are about", () => {
    const entries = [
      { field: "record_score", operator: "included" as const, type: "match" as const, value: "90" },
    ];
    expect(sources(runOn(records, ml(), { exceptionItems: [{ entries }] }).alerts)).toEqual(["enough"]);
  });

  it("suppresses by group, also by what its influencers say", () => {
    const of = (user: string) => ({
      influencers: [{ influencer_field_name: "user.name", influencer_field_values: [user] }],
    });
    const { alerts } = runOn(
      [record("a", 80, of("bob")), record("b", 70, of("bob")), record("c", 60, of("eve"))],
      ml({ alert_suppression: { group_by: ["user.name"] } }),
    );
    expect(pick(alerts, "suppression.terms", "suppression.docs_count")).toEqual([
      { "suppression.terms": [{ field: "user.name", value: ["bob"] }], "suppression.docs_count": 1 },
      { "suppression.terms": [{ field: "user.name", value: ["eve"] }], "suppression.docs_count": 0 },
    ]);
  });
});
