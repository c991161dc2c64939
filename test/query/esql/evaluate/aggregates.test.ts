/** What each aggregate function gives. */
import { describe, expect, it } from "vitest";
import { answer, rowsOf } from "./support.js";

const DATA = {
  indices: {
    i: [
      { g: "a", n: 1, d: 1.5, t: "2024-01-03", w: 1, s: ["x", "y"] },
      { g: "a", n: 5, d: 2.5, t: "2024-01-01", w: 3, s: "x" },
      { g: "b", n: 9, d: -1, t: "2024-01-02", w: 0 },
      { g: "b" },
    ],
  },
  mappings: {
    i: {
      g: "keyword",
      n: "long",
      d: "double",
      t: "date",
      w: "integer",
      s: "keyword",
      "@timestamp": "date",
    },
  },
};

describe("of all rows", () => {
  it.each<[string, unknown, string]>([
    ["COUNT(*)", 4, "long"],
    ["COUNT(n)", 3, "long"],
    ["COUNT(s)", 3, "long"],
    ["COUNT_DISTINCT(s)", 2, "long"],
    ["SUM(n)", 15, "long"],
    ["SUM(d)", 3, "double"],
    ["AVG(n)", 5, "double"],
    ["MIN(t)", "2024-01-01T00:00:00.000Z", "date"],
    ["MAX(s)", "y", "keyword"],
    ["MEDIAN(n)", 5, "double"],
    ["PERCENTILE(n, 25)", 3, "double"],
    ["MEDIAN_ABSOLUTE_DEVIATION(n)", 4, "double"],
    ["STD_DEV(n)", Math.sqrt(32 / 3), "double"],
    ["VARIANCE(n)", 32 / 3, "double"],
    ["WEIGHTED_AVG(n, w)", 4, "double"],
    ["VALUES(s)", ["x", "y"], "keyword"],
    ['TOP(n, 2, "desc")', [9, 5], "long"],
    ["TOP(n, 2)", [1, 5], "long"],
    ["FIRST(n, t)", 5, "long"],
    ["LAST(s, t)", ["x", "y"], "keyword"],
    ["PRESENT(n)", true, "boolean"],
    ["ABSENT(n)", false, "boolean"],
    ["SAMPLE(g, 9)", ["a", "a", "b", "b"], "keyword"],
  ])("%s", (call, value, type) => {
    const { values, columns } = answer(`FROM i | STATS x = ${call} | LIMIT 1`, DATA);
    expect({ value: values[0]![0], type: columns[0]!.type }).toEqual({
      value: typeof value === "number" ? expect.closeTo(value, 9) : value,
      type,
    });
  });
});

it("gives nothing of no values: 0, null, true of ABSENT", () => {
  const calls = [
    "COUNT(n)",
    "COUNT_DISTINCT(n)",
    "SUM(n)",
    "AVG(n)",
    "MIN(n)",
    "MEDIAN(n)",
    "STD_DEV(n)",
    "VALUES(n)",
    "TOP(n, 1)",
    "FIRST(n, t)",
    "ABSENT(n)",
    "PRESENT(n)",
  ];
  expect(rowsOf(`FROM i | WHERE false | STATS ${calls.join(", ")}`, DATA)).toEqual([
    [0, 0, null, null, null, null, null, null, null, null, true, false],
  ]);
});

it("puts the group of null first, then groups as they come", () => {
  expect(rowsOf("ROW a = [3, 1] | MV_EXPAND a | STATS COUNT(*) BY a", DATA)).toEqual([
    [1, 3],
    [1, 1],
  ]);
  expect(rowsOf("FROM i | STATS COUNT(*) BY n", DATA).map(([, n]) => n)).toEqual([null, 1, 5, 9]);
});

it("groups by several keys, also of several values", () => {
  expect(rowsOf("FROM i | STATS c = COUNT(*) BY g, s | SORT g, s", DATA)).toEqual([
    [2, "a", "x"],
    [1, "a", "y"],
    [2, "b", null],
  ]);
});

it("is null where a sum leaves the longs, with a warning", () => {
  const { values, warnings } = answer("ROW n = [9223372036854775807, 1] | STATS SUM(n) | LIMIT 1");
  expect(values).toEqual([[null]]);
  expect(warnings).toEqual([
    "Line 1:42: evaluation of [SUM(n)] failed, treating result as null. Only first 20 failures recorded.",
    "Line 1:42: java.lang.ArithmeticException: long overflow",
  ]);
});

it("uses what BY names in aggregates and conditions", () => {
  expect(
    rowsOf("FROM i | STATS m = MAX(k) + 1, c = COUNT(*) WHERE k > 1 BY k = n * 2 | SORT k", DATA),
  ).toEqual([
    [3, 1, 2],
    [11, 1, 10],
    [19, 1, 18],
    [null, 0, null],
  ]);
});

it("warns of columns that others of the same name hide", () => {
  const { columns, warnings } = answer("FROM i | STATS x = MAX(n), x = MIN(n) | LIMIT 1", DATA);
  expect(columns).toEqual([{ name: "x", type: "long" }]);
  expect(warnings).toEqual(["Line 1:16: Field 'x' shadowed by field at line 1:28"]);
});
