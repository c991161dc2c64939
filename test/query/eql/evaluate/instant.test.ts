import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareInstants, type Instant, readInstant } from "../../../../src/query/eql/evaluate/instant.js";

function instantOf(value: unknown, nanos = false): Instant | undefined {
  const at: Instant = { ms: 0, ns: 0 };
  return readInstant(value, at, nanos) ? at : undefined;
}

describe("times of events", () => {
  it.each([
    ["2022-05-04T12:00:00.123456789Z", Date.UTC(2022, 4, 4, 12, 0, 0, 123), 456_789],
    ["2022-05-04T12:00:00+02:00", Date.UTC(2022, 4, 4, 10), 0],
    ["2022-05-04T12:00:00-0230", Date.UTC(2022, 4, 4, 14, 30), 0],
    ["2022-05-04T12:00Z", Date.UTC(2022, 4, 4, 12), 0],
    ["2022-05-04T12", Date.UTC(2022, 4, 4, 12), 0],
    ["2022-05-04 12:00:07,5", Date.UTC(2022, 4, 4, 12, 0, 7, 500), 0],
    ["2024-02-29", Date.UTC(2024, 1, 29), 0],
    ["2022", Date.UTC(2022, 0), 0],
    ["1", 1, 0],
    ["1516116808349", 1_516_116_808_349, 0],
    [1_516_116_808_349, 1_516_116_808_349, 0],
    [1.5, 1, 500_000],
    [-1, -1, 0],
    [1_516_116_808_349_123, 1_516_116_808_349, 123_000],
    ["1516116808349123456", 1_516_116_808_349, 123_456],
    [116_444_736_000_000_000, 0, 0],
    ["131485996510000001", 1_504_126_051_000, 100],
    [131_485_996_510_000_000n, 1_504_126_051_000, 0],
    [new Date(5), 5, 0],
  ])("%s", (value, ms, ns) => expect(instantOf(value)).toEqual({ ms, ns }));

  it("read what looks like FILETIME as nanoseconds of a date_nanos", () => {
    expect(instantOf(131_485_996_510_000_000, true)).toEqual({ ms: 131_485_996_510, ns: 0 });
  });

  it.each([
    "",
    "x",
    "2022-13-01",
    "2023-02-29",
    "1900-02-29",
    "2022-05-04T25:00Z",
    "2022-05-04T12:00Q",
    "2022-05-04T12:00:00.Z",
    true,
    null,
    undefined,
    Number.NaN,
    Infinity,
  ])("%s is none", (value) => {
    expect(instantOf(value)).toBeUndefined();
  });

  it("agree with Date on every ISO text that it writes", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          expect(instantOf(date.toISOString())).toEqual({ ms: date.getTime(), ns: 0 });
        },
      ),
    );
  });

  it("are ordered by nanoseconds too", () => {
    expect(compareInstants({ ms: 1, ns: 5 }, { ms: 1, ns: 6 })).toBeLessThan(0);
    expect(compareInstants({ ms: 2, ns: 0 }, { ms: 1, ns: 6 })).toBeGreaterThan(0);
  });
});
