/** What each function of rows gives, with its type. */
import { describe, expect, it } from "vitest";
import { findFunction, functionNames } from "../../../../src/query/esql/functions/index.js";
import { runnableAggregates } from "../../../../src/query/esql/evaluate/aggregates/index.js";
import { runnableFunctions } from "../../../../src/query/esql/evaluate/functions/index.js";
import { valueOf } from "./support.js";

type Row = readonly [expression: string, value: unknown, type: string];

const FAMILIES: Readonly<Record<string, readonly Row[]>> = {
  math: [
    ["ABS(-5)", 5, "integer"],
    ["ABS(-5.5)", 5.5, "double"],
    ["ABS(-9223372036854775807)", 9223372036854775807n, "long"],
    ["ACOS(1)", 0, "double"],
    ["ACOSH(1)", 0, "double"],
    ["ASIN(0)", 0, "double"],
    ["ASINH(0)", 0, "double"],
    ["ATAN(0)", 0, "double"],
    ["ATAN2(0, 1)", 0, "double"],
    ["ATANH(0)", 0, "double"],
    ["CBRT(27)", 3, "double"],
    ["CEIL(1.2)", 2, "double"],
    ["CEIL(7)", 7, "integer"],
    ["COPY_SIGN(3.0, -1)", -3, "double"],
    ["COS(0)", 1, "double"],
    ["COSH(0)", 1, "double"],
    ["E()", Math.E, "double"],
    ["EXP(0)", 1, "double"],
    ["FLOOR(-1.2)", -2, "double"],
    ["HYPOT(3, 4)", 5, "double"],
    ["LOG(E())", 1, "double"],
    ["LOG(2, 8)", 3, "double"],
    ["LOG10(1000)", 3, "double"],
    ["PI()", Math.PI, "double"],
    ["TAU()", 2 * Math.PI, "double"],
    ["POW(2, 10)", 1024, "double"],
    ["ROUND(-123.5)", -124, "double"],
    ["ROUND(2.5)", 3, "double"],
    ["ROUND(1.2345, 2)", 1.23, "double"],
    ["ROUND(1250, -2)", 1300, "integer"],
    ["ROUND(1249, -2)", 1200, "integer"],
    ["ROUND(55, -2)", 0, "integer"],
    ["ROUND_TO(7, 0, 5, 10)", 5, "integer"],
    ["ROUND_TO(-7, 0, 5)", 0, "integer"],
    ["SCALB(3.0, 2)", 12, "double"],
    ["SIGNUM(-7)", -1, "double"],
    ["SIN(0)", 0, "double"],
    ["SINH(0)", 0, "double"],
    ["SQRT(81)", 9, "double"],
    ["TAN(0)", 0, "double"],
    ["TANH(0)", 0, "double"],
    ["CLAMP(15, 0, 10)", 10, "integer"],
    ["CLAMP(-1, 0, 10)", 0, "integer"],
    ["CLAMP_MIN(1, 3)", 3, "integer"],
    ["CLAMP_MAX(5, 3)", 3, "integer"],
    ["TO_DEGREES(PI())", 180, "double"],
    ["TO_RADIANS([180, 0])", [Math.PI, 0], "double"],
  ],
  text: [
    ['BIT_LENGTH("é")', 16, "integer"],
    ['BYTE_LENGTH("é")', 2, "integer"],
    ['CONCAT("a", "b", "c")', "abc", "keyword"],
    ['CONTAINS("hello", "ell")', true, "boolean"],
    ['ENDS_WITH("hello", "lo")', true, "boolean"],
    ['LEFT("🐱ab", 2)', "🐱a", "keyword"],
    ['LENGTH("🐱ab")', 3, "integer"],
    ['LOCATE("hello", "l")', 3, "integer"],
    ['LOCATE("hello", "l", 4)', 4, "integer"],
    ['LOCATE("hello", "x")', 0, "integer"],
    ['LTRIM("  a ")', "a ", "keyword"],
    ['REPEAT("ab", 3)', "ababab", "keyword"],
    ['REPLACE("a1b22", "[0-9]+", "#")', "a#b#", "keyword"],
    ['REPLACE("john smith", "(\\\\w+) (\\\\w+)", "$2 $1")', "smith john", "keyword"],
    ['REPLACE("a.b", "\\\\.", "$")', null, "keyword"],
    ['REPLACE("aXbX", "X", "\\\\$")', "a$b$", "keyword"],
    ['REVERSE("abc")', "cba", "keyword"],
    ['RIGHT("hello", 2)', "lo", "keyword"],
    ['RTRIM(" a  ")', " a", "keyword"],
    ["SPACE(3)", "   ", "keyword"],
    ['SPLIT("a;b;;c", ";")', ["a", "b", "", "c"], "keyword"],
    ['STARTS_WITH("hello", "he")', true, "boolean"],
    ['STARTS_WITH("hello", "He")', false, "boolean"],
    ['SUBSTRING("hello", 2, 3)', "ell", "keyword"],
    ['SUBSTRING("hello", 0, 1)', "h", "keyword"],
    ['SUBSTRING("hello", -3)', "llo", "keyword"],
    ['SUBSTRING("hello", -9, 2)', "he", "keyword"],
    ['SUBSTRING("hello", 9)', "", "keyword"],
    ['TO_LOWER(["Ab", "C"])', ["ab", "c"], "keyword"],
    ['TO_UPPER("aß")', "ASS", "keyword"],
    ['TRIM("  a  ")', "a", "keyword"],
  ],
  encoding: [
    ['TO_BASE64("elastic")', "ZWxhc3RpYw==", "keyword"],
    ['FROM_BASE64("ZWxhc3RpYw==")', "elastic", "keyword"],
    ['MD5("a")', "0cc175b9c0f1b6a831c399e269772661", "keyword"],
    ['SHA1("a")', "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "keyword"],
    ['SHA256("a")', "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", "keyword"],
    ['HASH("sha-1", "a")', "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "keyword"],
    ['URL_ENCODE("a b/~é*")', "a+b%2F%7E%C3%A9*", "keyword"],
    ['URL_ENCODE_COMPONENT("a b")', "a%20b", "keyword"],
    ['URL_DECODE("a+b%2F%C3%A9")', "a b/é", "keyword"],
    ['JSON_EXTRACT("""{"a": {"b": [1, {"c": "x"}]}}""", "a.b[1].c")', "x", "keyword"],
    ['JSON_EXTRACT("""{"a": [1, 2.50]}""", "$.a")', "[1,2.50]", "keyword"],
    ['JSON_EXTRACT("""{"a": null}""", "a")', null, "keyword"],
  ],
  multivalue: [
    ["MV_APPEND([1, 2], 3)", [1, 2, 3], "integer"],
    ["MV_AVG([1, 2, 4])", 7 / 3, "double"],
    ['MV_CONCAT(["a", "b"], "-")', "a-b", "keyword"],
    ["MV_CONTAINS([1, 2, 3], [3, 1])", true, "boolean"],
    ["MV_COUNT([1, 1, 2])", 3, "integer"],
    ["MV_DEDUPE([2, 1, 2])", [2, 1], "integer"],
    ["MV_DIFFERENCE([1, 2, 3], [2])", [1, 3], "integer"],
    ['MV_FIRST(["b", "a"])', "b", "keyword"],
    ["MV_INTERSECTION([1, 2, 3], [3, 2])", [2, 3], "integer"],
    ["MV_INTERSECTS([1, 2], [2, 5])", true, "boolean"],
    ["MV_IN_RANGE([1, 9], 2, 5)", false, "boolean"],
    ["MV_IN_RANGE([1, 4], 2, 5)", true, "boolean"],
    ['MV_LAST(["b", "a"])', "a", "keyword"],
    ['MV_LIKE(["cmd.exe", "x"], "*.exe")', true, "boolean"],
    ['MV_RLIKE(["cmd.exe", "x"], "c.d.*")', true, "boolean"],
    ["MV_MAX([3, 9, 1])", 9, "integer"],
    ["MV_MEDIAN([2, 100, 1])", 2, "integer"],
    ["MV_MEDIAN([1, 2, 4, 7])", 3, "integer"],
    ["MV_MEDIAN([1.0, 2.0])", 1.5, "double"],
    ["MV_MEDIAN_ABSOLUTE_DEVIATION([0, 2, 5, 6])", 2, "integer"],
    ["MV_MIN([3, 9, 1])", 1, "integer"],
    ["MV_PERCENTILE([5, 5, 10, 12, 5000], 50)", 10, "integer"],
    ["MV_PSERIES_WEIGHTED_SUM([70.0, 45.0, 21.0, 21.0, 21.0], 1.5)", 94.45465156212452, "double"],
    ["MV_SLICE([1, 2, 3, 4], 1, 2)", [2, 3], "integer"],
    ["MV_SLICE([1, 2, 3, 4], -2, -1)", [3, 4], "integer"],
    ["MV_SLICE([1, 2, 3], 7)", null, "integer"],
    ['MV_SORT([3, 1, 2], "DESC")', [3, 2, 1], "integer"],
    ["MV_SORT([3, 1, 2])", [1, 2, 3], "integer"],
    ["MV_SUM([1, 2, 3])", 6, "integer"],
    ["MV_UNION([1, 2], [2, 3])", [1, 2, 3], "integer"],
    ['MV_ZIP(["a", "b"], ["c", "d", "e"], "-")', ["a-c", "b-d", "e"], "keyword"],
  ],
  date: [
    ['DATE_DIFF("day", "2024-01-01"::date, "2024-03-01"::date)', 60, "integer"],
    ['DATE_DIFF("month", "2024-01-31"::date, "2024-02-29"::date)', 0, "integer"],
    ['DATE_DIFF("year", "2024-06-01"::date, "2020-07-01"::date)', -3, "integer"],
    ['DATE_EXTRACT("day_of_week", "2024-09-01"::date)', 7, "long"],
    ['DATE_EXTRACT("day_of_year", "2024-12-31"::date)', 366, "long"],
    ['DATE_FORMAT("dd/MMM/yyyy HH:mm", "2024-01-31T13:05:00Z"::date)', "31/Jan/2024 13:05", "keyword"],
    ['DATE_FORMAT("2024-01-31T13:05:00Z"::date)', "2024-01-31T13:05:00.000Z", "keyword"],
    ['DATE_PARSE("yyyyMMdd", "20240131")', "2024-01-31T00:00:00.000Z", "date"],
    ['DATE_PARSE("dd MMM yyyy hh:mm a", "31 Jan 2024 01:05 PM")', "2024-01-31T13:05:00.000Z", "date"],
    ['DATE_TRUNC(1 week, "2024-09-05"::date)', "2024-09-02T00:00:00.000Z", "date"],
    ['DATE_TRUNC(3 months, "2024-08-05"::date)', "2024-07-01T00:00:00.000Z", "date"],
    ['DATE_TRUNC(10 years, "1985-08-05"::date)', "1981-01-01T00:00:00.000Z", "date"],
    ['DATE_TRUNC(5 minutes, "2024-08-05T10:07:59Z"::date)', "2024-08-05T10:05:00.000Z", "date"],
    ['DATE_UNIT_COUNT("days", "month", "2024-02-10"::date)', 29, "long"],
    ['DAY_NAME("2024-09-01"::date)', "Sunday", "keyword"],
    ['MONTH_NAME("2024-09-01"::date)', "September", "keyword"],
    ["NOW()", "2025-01-01T00:00:00.000Z", "date"],
    ['"2024-01-31"::date + 1 month', "2024-02-29T00:00:00.000Z", "date"],
    ["NOW() - 36 hours", "2024-12-30T12:00:00.000Z", "date"],
    [
      'TO_DATE_NANOS("2024-01-01T00:00:00.123456789Z") + 1 day',
      "2024-01-02T00:00:00.123456789Z",
      "date_nanos",
    ],
  ],
  ip: [
    ['CIDR_MATCH("10.1.2.3"::ip, "10.0.0.0/8", "192.168.0.0/16")', true, "boolean"],
    ['CIDR_MATCH("11.1.2.3"::ip, "10.0.0.0/8")', false, "boolean"],
    ['IP_PREFIX("1.2.3.4"::ip, 24, 0)', "1.2.3.0", "ip"],
    ['IP_PREFIX("fe80::cae2:65ff:fece:feb9"::ip, 0, 80)', "fe80::cae2:0:0:0", "ip"],
    ['NETWORK_DIRECTION("10.0.0.1"::ip, "8.8.8.8"::ip, ["private"])', "outbound", "keyword"],
    ['NETWORK_DIRECTION("8.8.8.8"::ip, "10.0.0.1"::ip, ["10.0.0.0/8"])', "inbound", "keyword"],
    ['TO_IP("::ffff:10.0.0.1")', "10.0.0.1", "ip"],
    ['TO_IP("1.010.0.1", {"leading_zeros": "octal"})', "1.8.0.1", "ip"],
  ],
  conversion: [
    ['TO_BOOLEAN("TRUE")', true, "boolean"],
    ["TO_BOOLEAN(0)", false, "boolean"],
    ['TO_DATETIME("1985-05-19T08:59:13Z")', "1985-05-19T08:59:13.000Z", "date"],
    ["TO_DATETIME(1000)", "1970-01-01T00:00:01.000Z", "date"],
    ['TO_DOUBLE("1.5")', 1.5, "double"],
    ["TO_INTEGER(2.5)", 3, "integer"],
    ['TO_INTEGER("-7")', -7, "integer"],
    ["TO_LONG(true)", 1, "long"],
    ['TO_LONG("ff", 16)', 255, "long"],
    ["TO_STRING(10000000.0)", "1.0E7", "keyword"],
    ["TO_STRING([1, 2])", ["1", "2"], "keyword"],
    ['TO_STRING("::1"::ip)', "::1", "keyword"],
    ['TO_TEXT("a")', "a", "text"],
    ['TO_UNSIGNED_LONG("18446744073709551615")', 18446744073709551615n, "unsigned_long"],
    ['TO_VERSION("1.2.3") < TO_VERSION("1.10.0")', true, "boolean"],
    ['TO_DATEPERIOD("1 month") + "2024-01-01"::date', "2024-02-01T00:00:00.000Z", "date"],
    ['ST_X(TO_GEOPOINT("POINT (1.5 2.5)"))', 1.5, "double"],
    ['ST_Y(TO_GEOPOINT("POINT (1.5 2.5)"))', 2.5, "double"],
    ['ROUND(ST_DISTANCE(TO_GEOPOINT("POINT (0 0)"), TO_GEOPOINT("POINT (0 1)")))', 111195, "double"],
  ],
  conditions: [
    ["CASE(false, 1, null, 2, true, 3, 4)", 3, "integer"],
    ["CASE(false, 1, 2.5)", 2.5, "double"],
    ["CASE(false, 1)", null, "integer"],
    ["COALESCE(null, 3, 4)", 3, "integer"],
    ["GREATEST(1, 7, 3)", 7, "integer"],
    ['LEAST("b", "a")', "a", "keyword"],
    ["GREATEST(1, null)", null, "integer"],
    ["null AND false", false, "boolean"],
    ["null OR true", true, "boolean"],
    ["NOT (null::boolean)", null, "boolean"],
    ["1 IN (2, null)", null, "boolean"],
    ["1 IN (1, null)", true, "boolean"],
    ["1 NOT IN (2, 3)", true, "boolean"],
    ["null IS NULL", true, "boolean"],
    ['"cmd.exe" LIKE "*.exe"', true, "boolean"],
    ['"a*c" LIKE "a\\\\*c"', true, "boolean"],
    ['"abc" NOT RLIKE "a.*"', false, "boolean"],
    ['"b" > "a"', true, "boolean"],
    ['"10.0.0.9"::ip < "10.0.0.10"', true, "boolean"],
  ],
};

describe.each(Object.entries(FAMILIES))("%s", (_, rows) => {
  it.each(rows)("%s", (expression, value, type) => {
    const found = valueOf(expression);
    expect({ value: found.value, type: found.type }).toEqual({
      value: typeof value === "number" && !Number.isInteger(value) ? expect.closeTo(value, 9) : value,
      type,
    });
  });
});

describe("a value that cannot be calculated", () => {
  const failed = (expression: string): string =>
    `evaluation of [${expression}] failed, treating result as null. Only first 20 failures recorded.`;

  it.each([
    ["1 / 0", "java.lang.ArithmeticException: / by zero"],
    ["1.5 / 0", "java.lang.ArithmeticException: / by zero"],
    ["2147483647 + 1", "java.lang.ArithmeticException: integer overflow"],
    ["9223372036854775807 + 1", "java.lang.ArithmeticException: long overflow"],
    ["[1, 2] + 1", "java.lang.IllegalArgumentException: single-value function encountered multi-value"],
    [
      'TO_INTEGER("x")',
      "org.elasticsearch.xpack.esql.core.InvalidArgumentException: Cannot parse number [x]",
    ],
    [
      "TO_INTEGER(3000000000)",
      "org.elasticsearch.xpack.esql.core.InvalidArgumentException: [3000000000] out of [integer] range",
    ],
    ["LOG(-1)", "java.lang.ArithmeticException: Log of non-positive number"],
    ["SQRT(-1)", "java.lang.ArithmeticException: Square root of negative"],
    [
      'SUBSTRING("a", 1, -1)',
      "java.lang.IllegalArgumentException: Length parameter cannot be negative, found [-1]",
    ],
    [
      'REPEAT("a", 9999999)',
      "java.lang.IllegalArgumentException: Creating repeated strings with more than [1048576] bytes is not supported",
    ],
  ])("%s is null, and why", (expression, reason) => {
    expect(valueOf(expression)).toMatchObject({
      value: null,
      warnings: [failed(expression), reason],
    });
  });
});

/** Functions that do not run, and why. Everything else that the checks know runs. */
const NOT_RUN: Readonly<Record<string, RegExp>> = {
  "vectors and models":
    /^(?:v_\w+|knn|embedding|text_embedding|to_dense_vector|score|decay|chunk|top_snippets|categorize)$/,
  "shapes and grids": /^(?:st_(?!x$|y$|distance$)\w+|to_(?:geoshape|cartesianshape|geohash|geohex|geotile))$/,
  "time series": /^(?:\w+_over_time|rate|irate|delta|idelta|deriv|increase|tstep|without|sparkline)$/,
  "types of metrics": /^to_(?:aggregate_metric_double|counter|exponential_histogram|tdigest)$/,
  "flattened fields": /^field_extract$/,
};

it("runs every function but those that are named here", () => {
  const run = new Set([...runnableFunctions(), ...runnableAggregates()]);
  const known = new Set(functionNames().map((name) => findFunction(name)!.name));
  const missing = [...known].filter((name) => !run.has(name));
  expect(missing.filter((name) => !Object.values(NOT_RUN).some((pattern) => pattern.test(name)))).toEqual([]);
  expect([...run].filter((name) => !known.has(name))).toEqual([]);
});
