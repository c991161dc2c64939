import { describe, expect, it } from "vitest";
import { ecsFields } from "../../../src/fields/index.js";
import { check, columnsOf, fieldsRead, parse } from "../../../src/query/esql/index.js";
import { FIELDS, findingsIn, onlyFinding } from "./check-support.js";

const columns = (query: string): string =>
  columnsOf(parse(query).ast, { fields: FIELDS })
    .map(({ name, type }) => `${name} ${type}`)
    .join(", ");

const reads = (query: string): string[] =>
  fieldsRead(parse(query).ast, { fields: FIELDS }).map(({ name, span, type }) => {
    expect(query.slice(span.start, span.end).replaceAll("`", "")).toBe(name);
    return `${name} ${type ?? "?"}`;
  });

/** Queries and what is wrong with them: `code: marked text`. */
const QUERIES: readonly (readonly [query: string, ...findings: string[]])[] = [
  ['FROM a | KEEP host.name | WHERE user.name == "a"', "esql/unknown-column: user.name"],
  ['FROM a | KEEP host.* | WHERE host.name == "a" AND user.name == "b"', "esql/unknown-column: user.name"],
  ['FROM a | DROP user.* | WHERE host.name == "a" AND user.name == "b"', "esql/unknown-column: user.name"],
  ['FROM a | RENAME user.name AS u | WHERE u == "a" AND user.name == "b"', "esql/unknown-column: user.name"],
  [
    "FROM a | STATS n = COUNT(*) BY host.name | WHERE n > 1 | SORT user.name",
    "esql/unknown-column: user.name",
  ],
  ["FROM a | INLINE STATS n = COUNT(*) BY host.name | WHERE n > 1 | SORT user.name"],
  ["FROM a | EVAL b = 1 | STATS MAX(b) | KEEP `MAX(b)`"],
  ["FROM a | EVAL b = c, c = 1", "field/unknown: c"],
  ["FROM a | EVAL b = 1, c = b + 1 | KEEP c, b"],
  ["ROW a = 1 | EVAL b = x", "esql/unknown-column: x"],
  ["ROW a = 1 | KEEP b*", "esql/no-match: b*"],
  ["ROW a = 1 | DROP b*", "esql/no-match: b*"],
  ["FROM a | KEEP nothing*", "esql/no-match: nothing*"],
  ["FROM a | KEEP *"],
  ["ROW a = 1, b = 2 | RENAME a AS c, c AS d, a AS e", "esql/unknown-column: a"],
  ["ROW a = 1 | RENAME b AS c | KEEP c", "esql/unknown-column: b"],
  ["FROM a | RENAME host* AS h", "esql/wildcard-in-rename: host*"],
  ["FROM a | RENAME host.name AS h*, * AS x", "esql/wildcard-in-rename: h*", "esql/wildcard-in-rename: *"],
  ["FROM a | RENAME raw AS r", "esql/unsupported-field: raw"],
  ["FROM a | RENAME mixed AS m | WHERE m IS NULL", "field/conflicting-types: mixed"],
  ["FROM a | KEEP raw, mixed | DROP raw"],
  ["FROM a | RENAME times AS t"],
  ['FROM "logs?x"', 'esql/index-name: "logs?x"'],
  ["FROM logs-*, log?", "esql/index-name: log?"],
  ["ROW x = -2147483648 | EVAL y = MV_SLICE([1, 2], x)"],
  ["ROW x = -2147483649 | EVAL y = MV_SLICE([1, 2], x)", "esql/argument-type: MV_SLICE([1, 2], x)"],
  // Each missing column is reported once.
  ["ROW a = 1 | EVAL b = x + x | WHERE x > 1", "esql/unknown-column: x"],
  ['FROM a | WHERE _id == "x"', "esql/unknown-column: _id"],
  ['FROM a METADATA _id | WHERE _id == "x"'],
  ["FROM a METADATA _idd", "esql/unknown-metadata: _idd"],
  ["FROM a | LOOKUP JOIN b ON host.name | WHERE anything > 1"],
  ["FROM a | LOOKUP JOIN b ON nothing", "field/unknown: nothing"],
  ['FROM a | LOOKUP JOIN b ON host.name | WHERE process.pid == "x"'],
  ["FROM a | ENRICH p ON source.ip | KEEP anything"],
  ["FROM a | ENRICH p ON source.ip WITH x = y, z | KEEP x, z, host.name"],
  ["FROM a | ENRICH p ON source.ip WITH x = y | KEEP y", "field/unknown: y"],
  ["FROM a | ENRICH some:p ON source.ip", "esql/enrich-mode: some"],
  ["FROM a | MV_EXPAND host.name | MV_EXPAND nothing", "field/unknown: nothing"],
  ["FROM a | URI_PARTS p = message | KEEP p.domain, p.path"],
  ["FROM a | URI_PARTS p = process.pid", "esql/input-type: process.pid"],
  ["FROM a | FORK (WHERE trusted | EVAL x = 1) (LIMIT 5 | EVAL y = 2) | KEEP x, y, _fork"],
  [
    "FROM a | FORK (STATS x = COUNT(*)) (STATS y = COUNT(*)) | KEEP host.name",
    "esql/unknown-column: host.name",
  ],
  ['FROM a | COMPLETION p = message WITH {"inference_id": "x"} | KEEP p'],
  ["FROM a | CHANGE_POINT process.pid ON @timestamp AS t, p | KEEP t, p"],
  ["FROM a | CHANGE_POINT host.name", "esql/input-type: host.name"],
  ["FROM a, (FROM b | STATS n = COUNT(*)) | KEEP n, host.name"],
  ["FROM (FROM b | KEEP host.name) | WHERE user.name IS NULL", "esql/unknown-column: user.name"],
  [`FROM a | FORK ${"(LIMIT 1) ".repeat(9)}`, "esql/too-many-branches: (LIMIT 1)"],
  ["FROM a | SORT place", "esql/not-sortable: place"],
  ["FROM a | LIMIT 1.5", "esql/limit-value: 1.5"],
  ["FROM a | SAMPLE 0.5"],
  ["FROM a | SAMPLE 2", "esql/sample-value: 2"],
  ["FROM -a, _b, c::failures, d::other", "esql/index-name: _b", "esql/index-name: d::other"],
  ["FROM <logs-{now/d}>, cluster:logs-*, *,-x"],
];

describe("columns", () => {
  it.each(QUERIES)("%s", (query, ...findings) => {
    expect(findingsIn(query).map(({ at, code }) => `${code}: ${at}`)).toEqual(findings);
  });

  it.each([
    ["FROM a | KEEP host.name | WHERE user.name IS NULL", "KEEP leaves it out"],
    ["FROM a | STATS COUNT(*) BY host.name | KEEP user.name", "VALUES(user.name)"],
    ["FROM a | DROP user.name | KEEP user.name", "DROP takes it away"],
    ["FROM a | RENAME user.name AS u | KEEP user.name", "RENAME gave it another name"],
    ["FROM a | EVAL count = 1 | KEEP count | WHERE coutn > 1", 'did you mean "count"?'],
    ["FROM a | KEEP _index", "write METADATA _index after the indices"],
    ["FROM a METADATA _id | KEEP host.name | WHERE _id IS NULL", "KEEP leaves it out"],
  ])("%s: %s", (query, help) => {
    expect(onlyFinding(query)).toContain(help);
  });

  it("that are dropped are errors also where the fields of the index are not all known", () => {
    const { ast } = parse('FROM a | KEEP my.field | WHERE other.field == "x"');
    expect(check(ast, { fields: ecsFields() }).map(({ severity }) => severity)).toEqual(["error"]);
    expect(check(ast)).toHaveLength(1);
  });
});

describe("the columns of the result", () => {
  it.each([
    ["FROM a | KEEP user.name, host.*", "user.name keyword, host.name keyword, host.os.type keyword"],
    ["FROM a | KEEP process.*, process.pid, *", "process.parent.pid integer, process.pid long"],
    ["FROM a METADATA _id, _version | KEEP _*", "_id keyword, _version long"],
    [
      "FROM a | STATS n = COUNT(*), VALUES(host.name) BY day = DATE_TRUNC(1 day, @timestamp), user.name",
      "n long, VALUES(host.name) keyword, day date, user.name keyword",
    ],
    ["FROM a | STATS SUM(process.pid) WHERE trusted", "SUM(process.pid) WHERE trusted long"],
    ['ROW a = 1, b = 2.5, c = "x" | EVAL a = a + b, d = c | DROP b', "c keyword, a double, d keyword"],
    [
      'ROW a = "x" | DISSECT a "%{b} %{+c/2} %{+c/1} %{?d} %{} %{e->}"',
      "a keyword, b keyword, c keyword, e keyword",
    ],
    [
      'ROW a = "x" | GROK a "%{IP:ip} %{NUMBER:n:int} %{WORD} (?<rest>.*)"',
      "a keyword, ip keyword, n integer, rest keyword",
    ],
    ["ROW a = 1, b = 2, c = 3 | RENAME a AS x, c AS b", "x integer, b integer"],
    ["ROW a = 1, b = 2 | RENAME a AS b, b AS a", "a integer"],
    ["SHOW INFO", "version keyword, date keyword, hash keyword"],
    [
      "FROM a | KEEP source.bytes, cpu.load, times, message | LIMIT 1",
      "source.bytes unsigned_long, cpu.load double, times date, message text",
    ],
  ])("%s", (query, expected) => {
    if (query.includes(", *")) expect(columns(query)).toContain(expected);
    else expect(columns(query)).toBe(expected);
  });

  it("are those that are named where the fields of the index are not all known", () => {
    const { ast } = parse("FROM a METADATA _id | EVAL x = 1 | KEEP _id, my.field, host.*, x");
    const names = columnsOf(ast, { fields: ecsFields() }).map(({ name }) => name);
    expect(names).toEqual(["_id", "my.field", "x"]);
  });
});

describe("the fields that a query reads", () => {
  it.each([
    [
      'FROM a METADATA _id | WHERE host.name == "a" AND process.pid > 1 | KEEP _id, user.name',
      ["host.name keyword", "process.pid long", "user.name wildcard"],
    ],
    [
      "FROM a | EVAL x = LENGTH(host.name) | STATS MAX(x) BY `user.name` | SORT user.name",
      ["host.name keyword", "user.name wildcard"],
    ],
    ["FROM a | EVAL host.name = 1 | WHERE host.name > 0 | KEEP host.name", []],
    ["FROM a | DROP user.name | RENAME host.name AS h | WHERE h IS NULL", ["host.name keyword"]],
    [
      'FROM a | WHERE KQL("host.name: a and not process.pid: 3 and z*: 1")',
      ["host.name keyword", "process.pid long"],
    ],
    [
      "FROM a | LOOKUP JOIN b ON host.name | WHERE process.pid > 1 AND joined > 1",
      ["host.name keyword", "process.pid long"],
    ],
    ["ROW a = 1 | WHERE a > 1", []],
  ])("%s", (query, expected) => {
    expect(reads(query)).toEqual(expected);
  });
});
