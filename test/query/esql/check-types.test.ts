import { describe, expect, it } from "vitest";
import { ecsFields } from "../../../src/fields/index.js";
import { check, parse } from "../../../src/query/esql/index.js";
import { findingsIn, onlyFinding } from "./check-support.js";

/** Conditions and what is wrong with them: `code: marked text`, or nothing. */
const CONDITIONS: readonly (readonly [condition: string, ...findings: string[]])[] = [
  // Comparisons.
  ["process.pid == 4"],
  ["process.pid == 4.5"],
  ['process.pid == "4"', 'esql/operand-types: process.pid == "4"'],
  ['"1" == 1', 'esql/operand-types: "1" == 1'],
  ["host.name == message"],
  ["host.name == process.pid", "esql/operand-types: host.name == process.pid"],
  ["trusted == true"],
  ['trusted == "true"'],
  ["trusted == host.name", "esql/operand-types: trusted == host.name"],
  ["trusted < true", "esql/operand-types: trusted < true"],
  ["source.bytes == 1", "esql/operand-types: source.bytes == 1"],
  ["source.bytes == TO_UL(1)"],
  ['source.ip == "10.0.0.1"'],
  ['source.ip == "::1"'],
  ['source.ip == "10.0.0.0/8"', 'esql/no-value-of-type: "10.0.0.0/8"'],
  ["source.ip == host.name", "esql/operand-types: source.ip == host.name"],
  ['agent.version > "8.1.0"'],
  ['@timestamp > "2024-01-31"'],
  ['@timestamp > "2024-01-31T10:00:00.000Z"'],
  ['@timestamp > "2024-01-31T10:00:00+02:00"'],
  ['@timestamp > "now-1h"', 'esql/no-value-of-type: "now-1h"'],
  ['@timestamp > "2024-13-01"', 'esql/no-value-of-type: "2024-13-01"'],
  ["@timestamp > event.created"],
  ["@timestamp > NOW() - 1 hour"],
  ["@timestamp > 1 hour - NOW()", "esql/operand-types: 1 hour - NOW()"],
  ["@timestamp > times"],
  ["place == place"],
  ["place < place", "esql/operand-types: place < place"],
  // Arithmetic.
  ["process.pid + cpu.load > 1"],
  ["host.name + 1 > 1", "esql/operand-types: host.name + 1"],
  ["process.pid % 2 == 0"],
  ["-process.pid < 0"],
  ["-host.name == 1", "esql/negated-type: host.name"],
  // Lists and patterns.
  ["process.pid IN (1, 2.5, null)"],
  ['process.pid IN (1, "two")', 'esql/list-value-type: process.pid IN (1, "two"'],
  ['source.ip IN ("10.0.0.1", "nowhere")', 'esql/no-value-of-type: "nowhere"'],
  ['message LIKE "a*" AND user.name RLIKE "b.*" AND host.name LIKE ("a", "b")'],
  ['source.ip LIKE "10.*"', 'esql/like-type: source.ip LIKE "10.*"'],
  // Truth.
  ["trusted"],
  ["NOT trusted AND (trusted OR null)"],
  ["process.pid", "esql/not-boolean: process.pid"],
  ["trusted AND host.name", "esql/not-boolean: host.name"],
  ["NOT host.name", "esql/not-boolean: host.name"],
  ["1 year", "esql/not-boolean: 1 year"],
  ["host.name IS NULL OR process.pid IS NOT NULL"],
  // Casts.
  ['process.pid::keyword == "4"'],
  ["process.pid::string::long == 4"],
  ["source.ip::integer == 4", "esql/bad-cast: source.ip::integer"],
  ["process.pid::number == 4", "esql/unknown-type: number"],
  // Fields that cannot be read.
  ["raw IS NULL", "esql/unsupported-field: raw"],
  ['raw.below == "a"', "esql/unsupported-field: raw.below"],
  ['mixed == "a"', "field/conflicting-types: mixed"],
  ['mixed::keyword == "a" AND TO_IP(mixed) IS NOT NULL'],
];

describe("conditions", () => {
  it.each(CONDITIONS)("%s", (condition, ...findings) => {
    const found = findingsIn(`FROM logs | WHERE ${condition}`);
    expect(found.map(({ at, code }) => `${code}: ${at}`)).toEqual(findings);
  });
});

/** Calls in `EVAL` and what is wrong with them. */
const CALLS: readonly (readonly [call: string, ...findings: string[]])[] = [
  ["LENGTH(host.name)"],
  ["length(message)"],
  ["LENGTH(null)"],
  ["LENGTH(process.pid)", "esql/argument-type"],
  ["LENGTH()", "esql/argument-count"],
  ["LENGTH(host.name, 1)", "esql/argument-count"],
  ["LENGHT(host.name)", "esql/unknown-function"],
  ["TO_STR(process.pid)"],
  ["TO_INT(host.name) + TO_DBL(host.name)"],
  ["SUBSTRING(host.name, 1)"],
  ["SUBSTRING(host.name, 1, 2)"],
  ['SUBSTRING(host.name, "1")'],
  ['SUBSTRING(host.name, "x")', "esql/no-value-of-type"],
  ["SUBSTRING(host.name, host.name)", "esql/argument-type"],
  ["CONCAT(host.name, message, user.name)"],
  ["CONCAT(host.name, source.ip)", "esql/argument-type"],
  ['DATE_TRUNC(1 hour, "2024-01-01")'],
  ['DATE_TRUNC("1 hour", @timestamp)'],
  ["DATE_TRUNC(@timestamp, 1 hour)", "esql/argument-type"],
  ['DATE_DIFF("minute", @timestamp, NOW())'],
  ['CIDR_MATCH(source.ip, "10.0.0.0/8", "::1")'],
  ['CIDR_MATCH(host.name, "10.0.0.0/8")', "esql/argument-type"],
  ['CIDR_MATCH("10.0.0.1", "10.0.0.0/8")'],
  ["CASE(trusted, 1, process.pid > 3, 2.5, process.pid)"],
  ['CASE(trusted, "a", "b")'],
  ['CASE(trusted, "a", 1)', "esql/argument-type"],
  ['CASE(host.name, "a", "b")', "esql/argument-type"],
  ["CASE(trusted)", "esql/argument-count"],
  ['COALESCE(host.name, message, "x")'],
  ["COALESCE(host.name, process.pid)", "esql/argument-type"],
  ["COALESCE(cpu.load, 0)"],
  ["COALESCE(0, cpu.load, process.pid, NULL)"],
  ["COALESCE(cpu.load, 0) + MV_SLICE(COALESCE(1, 2.5), 0, 1)"],
  ["COALESCE(cpu.load, host.name)", "esql/argument-type"],
  ["COALESCE(source.bytes, 0)", "esql/argument-type"],
  ["COALESCE(TO_DEGREES(1), 1 day)", "esql/argument-type"],
  ['DATE_DIFF("foo", @timestamp, NOW())', "esql/unknown-word"],
  ['DATE_DIFF("MI", @timestamp, NOW()) + DATE_DIFF("Quarters", @timestamp, NOW())'],
  ["DATE_DIFF(host.name, @timestamp, NOW())"],
  ['DATE_EXTRACT("hour", @timestamp)', "esql/unknown-word"],
  ['DATE_EXTRACT("hour_of_Day", @timestamp) + DATE_EXTRACT("ERA", @timestamp)'],
  ['MV_SORT(host.name, "down")', "esql/unknown-word"],
  ['MV_CONCAT(MV_SORT(host.name, "desc"), MV_FIRST(MV_SORT(host.name)))'],
  ["GREATEST(process.pid, cpu.load)"],
  ["GREATEST(place)", "esql/argument-type"],
  ["ROUND(cpu.load, 2)"],
  ["MV_SLICE(host.name, 0, 9)"],
  ['TO_IP(host.name, {"leading_zeros": "decimal"})'],
  ["COUNT(*)", "esql/aggregate-place"],
  ["BUCKET(process.pid, 100.)", "esql/grouping-place"],
  ["RATE(process.pid)", "esql/time-series-place"],
  ["1 day", "esql/timespan-column"],
];

describe("calls", () => {
  it.each(CALLS)("%s", (call, ...findings) => {
    const found = findingsIn(`FROM logs | EVAL a = ${call}`);
    expect(found.map(({ code }) => code)).toEqual(findings);
  });

  it.each([
    ['TOP(process.pid, 1, "asc")', undefined],
    ['TOP(process.pid, 0, "ASC")', "0"],
    ['TOP(process.pid, -1, "ASC")', "-1"],
    ['TOP(process.pid, 3, "up")', '"up"'],
  ])("%s", (call, place) => {
    const found = findingsIn(`FROM logs | STATS a = ${call}`);
    expect(found.map(({ at }) => at)).toEqual(place === undefined ? [] : [place]);
  });

  it("name the word that was meant", () => {
    expect(onlyFinding('FROM a | EVAL b = DATE_EXTRACT("hour_of_dya", @timestamp)')).toContain(
      '"HOUR_OF_DAY"',
    );
    expect(onlyFinding('FROM a | EVAL b = MV_SORT(host.name, "down")')).toContain('write "ASC" or "DESC"');
  });

  it("mark the whole call, as Elasticsearch does", () => {
    expect(findingsIn("FROM logs | EVAL a = 1 + ROUND(host.name, 1)")[0]!.at).toBe("ROUND(host.name, 1)");
  });

  it("name the nearest function and what it takes", () => {
    expect(onlyFinding("FROM logs | EVAL a = LENGHT(host.name)")).toBe(
      "there is no function LENGHT(); did you mean LENGTH? It is LENGTH(keyword)",
    );
  });

  it("say which argument is wrong and what it has to be", () => {
    expect(onlyFinding("FROM logs | EVAL a = SUBSTRING(host.name, trusted)")).toBe(
      "argument 2 of SUBSTRING() has to be integer, and is boolean; write SUBSTRING(keyword, integer, [integer])",
    );
  });

  it("say how many arguments there may be", () => {
    expect(onlyFinding("FROM logs | EVAL a = LENGTH(host.name, 1)")).toMatch(
      /^LENGTH\(\) takes 1 argument, not 2/,
    );
    expect(onlyFinding("FROM logs | EVAL a = CONCAT(host.name)")).toMatch(
      /takes at least 2 arguments, not 1/,
    );
  });

  it("say how to compare with a range of addresses", () => {
    expect(onlyFinding('FROM logs | WHERE source.ip == "10.0.0.0/8"')).toContain("CIDR_MATCH");
  });
});

describe("what is known of fields", () => {
  const table = { process: { type: "object" }, "process.name": "keyword", pid: "number", "a.b": "join" };

  it("types that cannot be told fit everywhere", () => {
    expect(findingsIn('FROM a | WHERE pid == 1 AND pid == "x" AND LENGTH(pid) > 1', table)).toEqual([]);
  });

  it("objects have no value", () => {
    expect(findingsIn('FROM a | WHERE process == "x"', table)[0]!.code).toBe("field/is-object");
  });

  it("without fields every name is one, of any type", () => {
    const query = 'FROM a | WHERE x == 1 AND x == "x" AND y.z LIKE "a" | EVAL b = ABS(x) | STATS SUM(q)';
    expect(check(parse(query).ast)).toEqual([]);
  });

  it("what ECS says is taken for what the index says", () => {
    const { ast } = parse('FROM a | WHERE process.pid == "x" OR labels IS NULL');
    expect(check(ast, { fields: ecsFields() }).map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "error esql/operand-types",
      "warning field/is-object",
    ]);
  });

  it("flattened fields are read by the newest releases", () => {
    expect(findingsIn("FROM logs | WHERE raw IS NULL", undefined, "9.3")).toHaveLength(1);
    expect(findingsIn("FROM logs | WHERE raw IS NULL", undefined, "9.5")).toHaveLength(0);
  });
});
