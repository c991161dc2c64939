import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_RUNS, windowOf } from "../../../src/deploy/preview/window.js";
import { offsetSeconds, parseInterval } from "../../../src/kibana/date-math.js";

const END = Date.parse("2026-01-02T00:00:00Z");
const rules = fc.record({
  type: fc.constantFrom("query", "threshold", "new_terms", "threat_match", "esql", "machine_learning"),
  interval: fc.constantFrom("30s", "1m", "5m", "17m", "1h", "24h"),
  lookback: fc.integer({ min: 0, max: 7_200 }),
});
const lengths = fc.integer({ min: 1, max: 30 * 86_400 }).map((seconds) => seconds * 1_000);

describe("the runs of a preview", () => {
  it("39: are never more than a preview gets through, and reach over all that they are said to cover", () => {
    fc.assert(
      fc.property(rules, lengths, ({ type, interval, lookback }, length) => {
        const every = parseInterval(interval)!;
        const rule = { type, interval, from: `now-${every + lookback}s` };
        const window = windowOf(rule, { from: END - length, to: END });
        expect(window.invocationCount).toBeGreaterThanOrEqual(1);
        expect(window.invocationCount).toBeLessThanOrEqual(MOST_RUNS);
        const ran = { ...rule, ...window.changes };
        const step = parseInterval(ran.interval)! * 1_000;
        const reach = -offsetSeconds(ran.from)! * 1_000;
        // No gap between two runs, and the first one reaches back to the start.
        expect(reach).toBeGreaterThanOrEqual(step);
        expect(END - step * (window.invocationCount - 1) - reach).toBeLessThanOrEqual(window.covers.from);
        // What the rule looks back beyond its interval stays.
        expect(reach - step).toBe(lookback * 1_000);
        expect(window.covers.to).toBe(END);
        expect(Date.parse(window.timeframeEnd)).toBe(END);
      }),
    );
  });

  it("are the rule's own wherever what it finds depends on its interval", () => {
    fc.assert(
      fc.property(rules, lengths, ({ type, interval, lookback }, length) => {
        const rule = { type, interval, from: `now-${parseInterval(interval)! + lookback}s` };
        const { changes, note, covers } = windowOf(rule, { from: END - length, to: END });
        if (type !== "query" && type !== "threat_match") expect(changes).toEqual({});
        if (covers.from > END - length || Object.keys(changes).length > 0) expect(note).toBeDefined();
      }),
    );
  });

  it.each([
    ["a sequence", { type: "eql", query: "  sequence by x [any where true] [any where true]" }],
    ["a sample", { type: "eql", query: "sample by x [any where true] [any where true]" }],
    ["suppression", { type: "query", alert_suppression: { group_by: ["x"] } }],
    ["a window with gaps", { type: "query", from: "now-3m" }],
    ["a window that ends before now", { type: "query", from: "now-1h", to: "now-10m" }],
    ["a window that depends on the clock", { type: "query", from: "now-1d/d" }],
  ])("are the rule's own for %s", (_, rule) => {
    const { changes } = windowOf({ interval: "5m", ...rule }, { from: END - 86_400_000, to: END });
    expect(changes).toEqual({});
  });
});
