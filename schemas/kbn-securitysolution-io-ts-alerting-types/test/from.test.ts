import { describe, expect, it } from "vitest";
import { From } from "../src/from.js";
import { parseScheduleDates } from "../src/internal/parse_schedule_dates.js";
import { expectAccepted, expectRejected, supplied } from "./harness.js";

const VALID = `now now-6m now+1h now-1M now-1w now-500ms now-h now/d now-1d/d now-5m/1d now-6m-1h now-0m
  2020-01-01 2020-01-01T00:00:00.000Z 2020-01-01T00:00:00+02:00 2020 now-9999999999999999999y`.split(/\s+/u);

const INVALID = [
  "",
  "   ",
  "invalid",
  "5m",
  "-6m",
  "NOW",
  "Now-5m",
  "nowhere",
  "now-",
  "now/",
  "now-6x",
  "now-6mm",
  "now-6min",
  "now-1q",
  "now-1.5h",
  "now-5m/2d",
  "now--6m",
  "now-6m+",
  "now - 5m",
  "now-6m ",
  "now||-1d",
  "2020-13-01",
  "2020-01-01||/d",
  "1582677283067",
];

describe("From", () => {
  it("has its name", () => {
    expect(From.name).toBe("From");
  });

  it.each(VALID)("accepts %j unchanged", (text) => {
    expectAccepted(From, [text]);
  });

  it.each(INVALID)("rejects %j", (text) => {
    expectRejected(From, [text, 'Failed to parse "from" on rule param']);
  });

  it.each([5, null, undefined])("rejects %j, which is no text", (value) => {
    expectRejected(From, [value, supplied(String(value), "From")]);
  });

  it("stays quick on a long text", () => {
    const text = `now${"-1d".repeat(50_000)}x`;
    expectRejected(From, [text, 'Failed to parse "from" on rule param']);
  });
});

describe("parseScheduleDates", () => {
  it("tells a date from date math", () => {
    expect(parseScheduleDates("2020-01-01T00:00:00.000Z")).toEqual({
      kind: "absolute",
      date: new Date("2020-01-01T00:00:00.000Z"),
    });
    expect(parseScheduleDates("now-6m")).toEqual({ kind: "relative", text: "now-6m" });
    expect(parseScheduleDates("now")).not.toBeNull();
    expect(parseScheduleDates("invalid")).toBeNull();
  });
});
