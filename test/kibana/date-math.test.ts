import { fc, test as property } from "@fast-check/vitest";
import { RuleIntervalFrom } from "@kbn/securitysolution-io-ts-alerting-types";
import { isRight } from "fp-ts/lib/Either.js";
import { describe, expect, it } from "vitest";
import {
  formatDuration,
  isDateMath,
  offsetSeconds,
  parseDateMath,
  parseInterval,
} from "../../src/kibana/date-math.js";

describe("parseDateMath", () => {
  it.each([
    ["now", []],
    ["now-9m", [{ kind: "shift", amount: -9, unit: "m" }]],
    ["now+h", [{ kind: "shift", amount: 1, unit: "h" }]],
    [
      "now-1M/M",
      [
        { kind: "shift", amount: -1, unit: "M" },
        { kind: "round", unit: "M" },
      ],
    ],
    [
      "now/1d-500ms",
      [
        { kind: "round", unit: "d" },
        { kind: "shift", amount: -500, unit: "ms" },
      ],
    ],
  ])("reads the steps of %s", (text, steps) => {
    expect(parseDateMath(text)).toEqual({ kind: "now", steps });
  });

  it("reads dates in UTC", () => {
    expect(parseDateMath("2026-01-31")).toEqual({ kind: "date", time: Date.UTC(2026, 0, 31) });
    expect(parseDateMath("2026-01-31T10:00:00+02:00")).toEqual({
      kind: "date",
      time: Date.UTC(2026, 0, 31, 8),
    });
  });

  it.each([
    "",
    "NOW",
    "now-",
    "now-6x",
    "now-5m/2d",
    "now - 5m",
    " now",
    "now-6",
    "5",
    "2020-13-01",
    "now||-1d",
  ])("refuses %j", (text) => {
    expect(parseDateMath(text)).toBeUndefined();
  });
});

/** Texts near the grammar: most are one slip away from being date math. */
const nearby = fc
  .array(
    fc.constantFrom(
      "now",
      "-",
      "+",
      "/",
      "1",
      "2",
      "05",
      "m",
      "ms",
      "M",
      "d",
      "q",
      " ",
      "2020",
      "-01",
      "T00:00",
      "Z",
    ),
    { maxLength: 7 },
  )
  .map((parts) => parts.join(""));

describe("isDateMath", () => {
  property.prop(
    [
      fc.oneof(
        nearby,
        nearby.map((text) => `now${text}`),
        fc.string(),
      ),
    ],
    { numRuns: 2_000 },
  )("agrees with the From codec", (text) => {
    expect(isDateMath(text)).toBe(isRight(RuleIntervalFrom.decode(text)));
  });

  it("stays quick on a long text", () => {
    expect(isDateMath(`now${"-1d".repeat(50_000)}`)).toBe(true);
    expect(isDateMath(`now${"-1d".repeat(50_000)}x`)).toBe(false);
    expect(isDateMath(`now-${"9".repeat(200_000)}`)).toBe(false);
  });
});

describe("offsetSeconds", () => {
  it.each([
    ["now", 0],
    ["now-9m", -540],
    ["now+1h-30m", 1_800],
    ["now-1w", -604_800],
    ["now-500ms", -0.5],
    ["now-1M", -2_592_000],
    ["now-d", -86_400],
  ])("of %s is %d", (text, seconds) => {
    expect(offsetSeconds(text)).toBe(seconds);
  });

  it.each(["now/d", "now-1d/d", "2026-01-31", "soon", ""])("of %j is unknown", (text) => {
    expect(offsetSeconds(text)).toBeUndefined();
  });
});

describe("durations", () => {
  it.each([
    ["30s", 30],
    ["5m", 300],
    ["24h", 86_400],
    ["7d", 604_800],
    ["2w", 1_209_600],
    ["0m", 0],
  ])("%s is %d seconds", (text, seconds) => {
    expect(parseInterval(text)).toBe(seconds);
  });

  it.each(["", "5", "m", "-5m", "1.5h", "5M", "5y", " 5m", "5m ", "5 m", "9999999999s"])(
    "%j is none",
    (text) => {
      expect(parseInterval(text)).toBeUndefined();
    },
  );

  it.each([
    [0, "0s"],
    [59, "59s"],
    [540, "9m"],
    [3_600, "1h"],
    [5_400, "90m"],
    [86_400, "1d"],
    [90_000, "25h"],
    [604_800, "7d"],
  ])("%d seconds are written %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  property.prop([fc.nat(99_999_999)])("are read back as they were written", (seconds) => {
    expect(parseInterval(formatDuration(seconds))).toBe(seconds);
    const from = `now-${formatDuration(seconds)}`;
    expect(Math.abs(offsetSeconds(from) ?? Number.NaN)).toBe(seconds);
  });
});
