import { describe, expect, it } from "vitest";
import { findingsIn, onlyFinding } from "./check-support.js";

/** What stands after `STATS`, and what is wrong with it: `code: marked text`. */
const STATS: readonly (readonly [stats: string, ...findings: string[]])[] = [
  ["COUNT(*), COUNT(), COUNT(host.name) BY host.name"],
  ["n = MAX(process.pid) + 1, m = ROUND(AVG(cpu.load), 2)"],
  ["n = MAX(process.pid + process.parent.pid)"],
  ["BY host.name, day = DATE_TRUNC(1 day, @timestamp)"],
  ['n = CASE(host.name == "a", MAX(process.pid), 0) BY host.name'],
  ["n = COUNT(*) WHERE trusted AND process.pid > 1 BY host.name"],
  ["n = MAX(p) BY p = process.pid"],
  ["n = COUNT(*), b BY b = BUCKET(process.pid, 10.)", "esql/group-as-aggregate: b"],
  ["host.name BY host.name", "esql/group-as-aggregate: host.name"],
  ["process.pid + 1 BY process.pid + 1", "esql/group-as-aggregate: process.pid + 1"],
  ["user.name BY host.name", "esql/not-grouped: user.name"],
  ["MAX(process.pid) + process.parent.pid BY host.name", "esql/not-grouped: process.parent.pid"],
  ["MAX(process.pid) + process.parent.pid BY process.parent.pid"],
  ["5", "esql/no-aggregate: 5"],
  ["MAX(MAX(process.pid))", "esql/nested-aggregate: MAX(process.pid)"],
  ["MAX(*)", "esql/star-argument: MAX(*)"],
  ["COUNT(*) BY COUNT(*)", "esql/aggregate-in-by: COUNT(*)"],
  ["COUNT(*) WHERE COUNT(*) > 1", "esql/aggregate-in-condition: COUNT(*)"],
  [
    "host.name WHERE trusted BY host.name",
    "esql/group-as-aggregate: host.name",
    "esql/condition-without-aggregate: trusted",
  ],
  ["COUNT(*) WHERE process.pid", "esql/not-boolean: process.pid"],
  ["COUNT(*) BY BUCKET(@timestamp, 1 hour)"],
  ['COUNT(*) BY BUCKET(@timestamp, 20, "2024-01-01", NOW())'],
  ["COUNT(*) BY BUCKET(@timestamp, 20)", "esql/argument-type: BUCKET(@timestamp, 20)"],
  ["BUCKET(process.pid, 10.) BY host.name", "esql/grouping-not-in-by: BUCKET(process.pid, 10.)"],
  ["COUNT(*) BY BUCKET(BUCKET(process.pid, 10.), 5.)", "esql/nested-grouping: BUCKET(process.pid, 10.)"],
  ["SUM(@timestamp)", "esql/argument-type: SUM(@timestamp)"],
  ["SUM(host.name)", "esql/argument-type: SUM(host.name)"],
  ["PERCENTILE(process.pid, 95)"],
  [
    "PERCENTILE(process.pid, process.parent.pid)",
    "esql/not-constant: PERCENTILE(process.pid, process.parent.pid)",
  ],
  ['TOP(process.pid, 3, "desc")'],
  ["WEIGHTED_AVG(process.pid, 0)", "esql/zero-weight: WEIGHTED_AVG(process.pid, 0)"],
  ["COUNT(*) BY raw", "esql/unsupported-field: raw"],
];

describe("STATS", () => {
  it.each(STATS)("%s", (stats, ...findings) => {
    expect(findingsIn(`FROM logs | STATS ${stats}`).map(({ at, code }) => `${code}: ${at}`)).toEqual(
      findings,
    );
  });

  it("says how to keep a column that is not grouped by", () => {
    expect(onlyFinding("FROM logs | STATS user.name BY host.name")).toContain("VALUES(user.name)");
    expect(onlyFinding("FROM logs | STATS process.pid + 1 BY a = process.pid % 2")).toContain("use its name");
  });

  it("reads functions over time from time series", () => {
    expect(findingsIn("TS metrics | STATS MAX(MAX_OVER_TIME(process.pid))")).toEqual([]);
  });
});
