/** What holds for whatever events there are. */
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { type Alert, createDetector, type DetectionRule } from "../../src/detect/index.js";
import { hit, rule, sources } from "./support.js";

const MINUTE = 60_000;
const START = Date.parse("2024-05-01T12:00:00Z");
const iso = (minute: number): string => new Date(START + minute * MINUTE).toISOString();

/** Events of one hour, some without a host. */
const events = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 59 }),
      host: fc.constantFrom("h1", "h2", undefined),
      user: fc.constantFrom("u1", "u2"),
    }),
    { maxLength: 25 },
  )
  .map((all) =>
    all.map(({ minute, host, user }, i) =>
      hit(`e${i}`, {
        "@timestamp": iso(minute),
        "user.name": user,
        ...(host === undefined ? {} : { "host.name": host }),
      }),
    ),
  );
/** Durations cover all runs: an event whose alert is too old to be joined alerts again, as in Kibana. */
const suppression = fc.constantFrom(
  undefined,
  { group_by: ["host.name"] },
  { group_by: ["host.name"], missing_fields_strategy: "doNotSuppress" },
  { group_by: ["host.name"], duration: { value: 2, unit: "h" } },
  { group_by: ["host.name", "user.name"], duration: { value: 3, unit: "h" } },
);
const perEvent = fc
  .tuple(fc.constantFrom<DetectionRule["type"]>("query", "eql"), suppression)
  .map(([type, alert_suppression]) =>
    rule(type, {
      ...(type === "eql" ? { language: "eql", query: "any where true" } : { query: "*:*" }),
      max_signals: 1000,
      interval: "10m",
      ...(alert_suppression === undefined ? {} : { alert_suppression }),
    }),
  );

/** Runs a rule every ten minutes over the hour; all events are there from the beginning. */
function runAll(
  given: DetectionRule,
  documents: Parameters<ReturnType<typeof createDetector>["index"]>[0],
  lookBack: number,
  shuffled = false,
): readonly Alert[] {
  const detector = createDetector();
  detector.index(documents);
  const times = [10, 20, 30, 40, 50, 60];
  for (const minute of shuffled ? [...times, ...times] : times)
    detector.run({ ...given, from: `now-${lookBack}m` }, { at: iso(minute) });
  return detector.alerts;
}

/** The events that alerts stand for. */
const counted = (alerts: readonly Alert[]): number =>
  alerts.reduce((sum, alert) => sum + 1 + Number(alert["kibana.alert.suppression.docs_count"] ?? 0), 0);

describe("rules on events", () => {
  property.prop([perEvent, events, fc.integer({ min: 10, max: 35 })])(
    "count each event once, however windows overlap",
    (given, documents, lookBack) => {
      expect(counted(runAll(given, documents, lookBack))).toBe(documents.length);
    },
  );

  property.prop([events])("find in split windows what they find in one", (documents) => {
    const given = rule("query", { query: "user.name: u1", max_signals: 1000 });
    const whole = createDetector();
    whole.index(documents);
    whole.run({ ...given, from: "now-60m" }, { at: iso(60) });
    const split = runAll(given, documents, 10);
    expect(sources(split).toSorted()).toEqual(sources(whole.alerts).toSorted());
  });

  property.prop([events, fc.constantFrom("query", "eql", "threshold", "new_terms")])(
    "are silent where an exception is about every event",
    (documents, type) => {
      const given = rule(type as DetectionRule["type"], {
        ...(type === "eql" ? { language: "eql", query: "any where true" } : { query: "*:*" }),
        threshold: { field: ["user.name"], value: 1 },
        new_terms_fields: ["user.name"],
        history_window_start: "now-2h",
        from: "now-1h",
      });
      const detector = createDetector();
      detector.index(documents);
      const entries = [{ field: "user.name", operator: "included" as const, type: "exists" as const }];
      expect(detector.run(given, { at: iso(60), exceptionItems: [{ entries }] }).alerts).toEqual([]);
    },
  );
});

describe("a threshold rule", () => {
  property.prop([events, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 10, max: 35 })])(
    "counts no event in two alerts",
    (documents, value, lookBack) => {
      const alerts = runAll(
        rule("threshold", { query: "*:*", threshold: { field: ["user.name"], value }, interval: "10m" }),
        documents,
        lookBack,
      );
      for (const user of ["u1", "u2"]) {
        const own = alerts.filter((alert) => alert["user.name"] === user);
        const all = documents.filter(({ _source }) => _source["user.name"] === user).length;
        const counts = own.map(
          (alert) => (alert["kibana.alert.threshold_result"] as { count: number }).count,
        );
        expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(all);
        expect(counts.every((count) => count >= value)).toBe(true);
      }
    },
  );
});

describe("a new terms rule", () => {
  property.prop([events, fc.integer({ min: 10, max: 35 })])(
    "alerts once on each value, whatever is repeated",
    (documents, lookBack) => {
      const given = rule("new_terms", {
        query: "*:*",
        new_terms_fields: ["user.name"],
        history_window_start: "now-2h",
        interval: "10m",
      });
      const seen = runAll(given, documents, lookBack).map(
        (alert) => (alert["kibana.alert.new_terms"] as string[])[0]!,
      );
      expect(new Set(seen).size).toBe(seen.length);
    },
  );
});

describe("an EQL sequence", () => {
  property.prop([events, fc.integer({ min: 10, max: 35 })])("makes no alert twice", (documents, lookBack) => {
    const given = rule("eql", {
      language: "eql",
      query: "sequence by host.name with maxspan=9m [any where true] [any where true]",
      interval: "10m",
      max_signals: 1000,
    });
    const alerts = runAll(given, documents, lookBack, true);
    const pairs = alerts
      .filter((alert) => !("kibana.alert.building_block_type" in alert))
      .map((alert) => sources([alert]).join() + (alert["kibana.alert.ancestors"] as { id: string }[])[2]!.id);
    expect(new Set(pairs).size).toBe(pairs.length);
  });
});
