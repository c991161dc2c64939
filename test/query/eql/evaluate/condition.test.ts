import { describe, expect, it } from "vitest";
import { QueryError } from "../../../../src/query/core/index.js";
import { compileEvent, type EventOptions } from "../../../../src/query/eql/evaluate/index.js";
import type { EventFilter } from "../../../../src/query/eql/ast.js";
import type { Event } from "../../../../src/query/match/index.js";
import { filterOf, meets } from "./support.js";

/** A condition, an event, and whether the event meets the condition and the `not` of it. */
type Row = readonly [condition: string, event: Event, holds: boolean, denied: boolean];

function table(name: string, rows: readonly Row[], options: EventOptions = {}): void {
  describe(name, () => {
    it.each(rows)("%s, of %j", (condition, event, holds, denied) => {
      expect([meets(condition, event, options), meets(`not (${condition})`, event, options)]).toEqual([
        holds,
        denied,
      ]);
    });
  });
}

table("what is searched: a missing field meets the opposite", [
  ['f == "a"', { f: "a" }, true, false],
  ['f == "a"', { f: "A" }, false, true],
  ['f == "a"', {}, false, true],
  ['f == "a"', { f: null }, false, true],
  ['f == "a"', { f: [null] }, false, true],
  ['f != "a"', {}, true, false],
  ['f != "a"', { f: "b" }, true, false],
  ["f > 1", {}, false, true],
  ["1 < f", { f: 2 }, true, false],
  ["-1 >= f", { f: -1 }, true, false],
  ['f in ("a", "b")', {}, false, true],
  ['f not in ("a", "b")', {}, true, false],
  ['f : "a*"', {}, false, true],
  ['f like "a*"', {}, false, true],
  ['f regex "a.*"', {}, false, true],
  ['startsWith(f, "a")', {}, false, true],
  ['startsWith~(f, "a")', {}, false, true],
  ['stringContains(f, "a")', {}, false, true],
  ['stringContains~(f, "a")', {}, false, true],
  ['endsWith(f, "a")', {}, false, true],
  ['endsWith~(f, "a")', {}, false, true],
  ['endsWith(f, concat("a", "b"))', {}, false, true],
  ['cidrMatch(f, "10.0.0.0/8")', {}, false, true],
  ["f == null", {}, true, false],
  ["f != null", {}, false, true],
  ["f != null", { f: 0 }, true, false],
  ["f", { f: true }, true, false],
  ["f", { f: false }, false, true],
  ["f", {}, false, true],
  ["f == false", { f: "false" }, true, false],
  ["(f > 1) == false", {}, true, false],
  ["(f > 1) != true", { f: 2 }, false, true],
]);

table("what is a script: a missing field meets neither", [
  ['endsWith("abc", f)', {}, false, false],
  ["endsWith(f, ?g)", {}, false, false],
  ['endsWith("abc", f)', { f: "b" }, false, true],
  ["endsWith(f, g)", { g: "a" }, false, false],
  ["endsWith~(f, g)", { f: "xA", g: "a" }, true, false],
  ["stringContains~(f, g)", { f: "a" }, false, false],
  ['stringContains("abc", f)', {}, false, false],
  ['endsWith(substring(f, 0), "a")', {}, false, false],
  ['startsWith("abc", f)', {}, false, false],
  ["length(f) > 3", {}, false, false],
  ['indexOf(f, "o", null) == 1', { f: "foo" }, true, false],
  ['indexOf("foo", "o", f) == 1', {}, true, false],
  ['indexOf("foo", "o", f) == 2', { f: 2 }, true, false],
  ['indexOf("foo", "o", -5) == 1', {}, true, false],
  ['indexOf("foo", "", 3) == 3', {}, true, false],
  ['indexOf("foo", "", 4) == null', {}, true, false],
  ['indexOf(f, "o", null) == 1', {}, false, false],
  ["length(f) != 3", {}, false, false],
  ["f + 1 == 2", {}, false, false],
  ['substring(f, 0, 1) : "a"', {}, false, false],
  ["length(f) in (1, 2)", {}, false, false],
  ["length(f) not in (1, 2)", {}, false, false],
  ["length(f) not in (1, 2)", { f: "abc" }, true, false],
  ["length(f) not in (1, 2)", { f: "ab" }, false, true],
  ["length(f) not in (1, null)", { f: "ab" }, false, false],
  ["length(f) == length(g)", {}, false, false],
  ["length(f) != length(g)", {}, false, false],
  ["f == g", {}, false, false],
  ["length(f) == null", {}, true, false],
  ["null == (f > 1)", {}, true, false],
  ["null == (f > 1)", { f: 0 }, false, true],
  ["null == (f > 1 and g > 1)", { g: 0 }, false, true],
  ["null == (f > 1 or g > 1)", { g: 0 }, true, false],
]);

table("junctions have two values: null in them is false", [
  ['length(f) > 3 and g == "x"', {}, false, true],
  ['length(f) > 3 or g == "x"', {}, false, true],
  ['length(f) > 3 or g == "x"', { g: "x" }, true, false],
  ['substring(f, 0, 1) : ("a", "b")', {}, false, true],
]);

table("constants", [
  ["true", {}, true, false],
  ["false", {}, false, true],
  ["null == null", {}, true, false],
  ["null != null", {}, false, true],
  ["1 + 1 == 2", {}, true, false],
  ["null > 1", {}, false, false],
]);

table("several values: one is enough, and not means none", [
  ['f == "b"', { f: ["a", "b"] }, true, false],
  ['f != "b"', { f: ["a", "b"] }, false, true],
  ['f : "B*"', { f: ["a", "b"] }, true, false],
  ['endsWith(f, "x")', { f: ["ax", "b"] }, true, false],
  ['endsWith(f, "x")', { f: ["a", "b"] }, false, true],
  ['endsWith~(f, "X")', { f: ["ax", "b"] }, true, false],
  ['stringContains~(f, "X")', { f: ["axe", "b"] }, true, false],
  ['stringContains~(f, "X")', { f: ["a", "b"] }, false, true],
  ["f > 1 and f < 5", { f: [0, 9] }, true, false],
  ["f", { f: [false, true] }, true, false],
  ['f == "b"', { f: [{ x: 1 }, "b"] }, true, false],
]);

table("several values in a script: one choice is enough, also for not", [
  ["endsWith(f, g)", { f: ["ax", "b"], g: "x" }, true, true],
  ["endsWith(f, g)", { f: ["a", "b"], g: "x" }, false, true],
  ["length(f) == 2", { f: ["ax", "b"] }, true, true],
  ["f + g == 5", { f: [1, 2], g: [9, 3] }, true, true],
  ["f + f == 3", { f: [1, 2] }, false, true],
]);

table(
  "an optional field that no index has is null",
  [
    ['?f == "a"', {}, false, false],
    ['?f != "a"', {}, false, false],
    ['?f : "a*"', {}, false, false],
    ['?f in ("a")', {}, false, false],
    ['startsWith(?f, "a")', {}, false, false],
    ["?f", {}, false, false],
    ["?f == null", {}, true, false],
    ["?f != null", {}, false, true],
    ["?f == ?g", {}, true, false],
    ["?f != ?g", {}, false, true],
    ['?f == "a" or g == "b"', { g: "b" }, true, false],
    ['?f == "a" or g == "b"', { g: "c" }, false, true],
    ['?f == "a"', { f: "a" }, true, false],
    ['f == "a"', {}, false, true],
  ],
  { fields: { g: "keyword" } },
);

table("an optional field that some index has, or may have, is missing", [
  ['?f == "a"', {}, false, true],
  ['?f != "a"', {}, true, false],
  ['not ?f : "a*"', {}, true, false],
]);

table("the constant of endsWith and stringContains of a field is a pattern", [
  // A rule that looks for a masked password in the parameters of a call.
  ['stringContains(f, "userPassword=*")', { f: "{id=db1, userPassword=****, applyImmediately=true}" }, true, false],
  ['stringContains(f, "userPassword=*")', { f: "{id=db1, userPassword=secret}" }, true, false],
  ['stringContains(f, "userPassword=*")', { f: "{id=db1, UserPassword=secret}" }, false, true],
  ['stringContains~(f, "userPassword=*, x")', { f: "UserPassword=secret, X" }, true, false],
  ['stringContains(f, "a*c?e")', { f: "xabbcdex" }, true, false],
  ['stringContains(f, "a*c?e")', { f: "xabbcex" }, false, true],
  ['endsWith(f, "a*c?e")', { f: "xabbcde" }, true, false],
  ['endsWith(f, "a*c?e")', { f: "xabbcdex" }, false, true],
  ['endsWith~(f, "A?C")', { f: "xxabc" }, true, false],
  ['endsWith(f, "A?C")', { f: "xxabc" }, false, true],
  ['endsWith(f, "???")', { f: "ab" }, false, true],
  ['endsWith(f, "?")', { f: "\u{1f600}" }, true, false],
  // A backslash makes the next character stand for itself, and at the end stands for itself.
  ['endsWith(f, "\\\\*")', { f: "ab" }, false, true],
  ['endsWith(f, "\\\\*")', { f: "a*" }, true, false],
  ['endsWith(f, "\\\\cmd.exe")', { f: "C:\\cmd.exe" }, true, false],
  ['endsWith(f, "\\\\cmd.exe")', { f: "evilcmd.exe" }, true, false],
  ['endsWith(f, "\\\\\\\\cmd.exe")', { f: "evilcmd.exe" }, false, true],
  ['endsWith(f, "\\\\\\\\cmd.exe")', { f: "C:\\cmd.exe" }, true, false],
  ['endsWith(f, "dir\\\\")', { f: "C:\\dir\\" }, true, false],
  ['stringContains(f, "dir\\\\")', { f: "C:\\dir\\x" }, false, true],
  ['stringContains(f, "dir\\\\")', { f: "C:\\dir*" }, true, false],
  // A beginning is no pattern, and neither is what a script compares.
  ['startsWith(f, "a*")', { f: "abc" }, false, true],
  ['startsWith(f, "a*")', { f: "a*c" }, true, false],
  ['startsWith~(f, "A?")', { f: "abc" }, false, true],
  ["endsWith(f, g)", { f: "abc", g: "*" }, false, true],
  ["stringContains~(f, g)", { f: "abc", g: "b?" }, false, true],
  ['endsWith(substring(f, 0), "*")', { f: "abc" }, false, true],
]); // prettier-ignore

table("texts", [
  ['f : "CMD.exe"', { f: "cmd.EXE" }, true, false],
  ['f : "C?D*"', { f: "cmd.exe" }, true, false],
  ['f : ("x", "STRASSE", "a*")', { f: "strasse" }, true, false],
  ['f : "STRAẞE"', { f: "straße" }, true, false],
  ['f : "Σ"', { f: "ς" }, true, false],
  ['f like "C*"', { f: "cmd" }, false, true],
  ['f like~ "C*"', { f: "cmd" }, true, false],
  ['f like ("a", "b")', { f: "b" }, true, false],
  ['f in~ ("A*", "b")', { f: "a*" }, true, false],
  ['f in~ ("A*", "b")', { f: "abc" }, false, true],
  ['f == "a*"', { f: "abc" }, false, true],
  ['f regex "[a-c]+"', { f: "abc" }, true, false],
  ['f regex "[a-c]+"', { f: "abcd" }, false, true],
  ['f regex~ ("X", "[A-C]+")', { f: "abc" }, true, false],
  ['f >= "Syste" and f < "Systez"', { f: "System" }, true, false],
  ['f < "a"', { f: "Z" }, true, false],
  ['f == "4"', { f: 4 }, true, false],
  ["f == 4", { f: "4" }, true, false],
  ["f in (4, 5)", { f: "5" }, true, false],
  ['stringContains(f, "")', { f: "a" }, true, false],
  ['stringContains(f, "")', { f: "" }, true, false],
  ['stringContains~(f, "")', {}, false, true],
  ['stringContains("a", f)', { f: "" }, false, true],
  ['stringContains("", f)', { f: "" }, false, true],
  ["stringContains(f, g)", { f: "a", g: "" }, false, true],
  ['endsWith(f, "")', { f: "a" }, true, false],
  ['startsWith(f, "")', { f: "a" }, true, false],
  ['cidrMatch(f, "::1", "10.1.2.3/8")', { f: "10.9.9.9" }, true, false],
  ['cidrMatch(f, "::1", "10.1.2.3/8")', { f: "0:0:0:0:0:0:0:1" }, true, false],
  ['cidrMatch(f, "10.1.2.3/8")', { f: "no address" }, false, true],
  ['concat(f, ":", g, true) == "a:1.5true"', { f: "a", g: 1.5 }, true, false],
  ['`my field` == "x" and a.b == "y"', { "my field": "x", a: { b: "y" } }, true, false],
]);

table("numbers", [
  ["f / 2 == 41", { f: 83 }, true, false],
  ["f / 2.0 == 41", { f: 83 }, false, true],
  ["divide(f, 2) == 41", { f: 83 }, true, false],
  ["f % 40 == -2", { f: -82 }, true, false],
  ["-f == -82", { f: 82 }, true, false],
  ["f / 0 == 1", { f: 82 }, false, false],
  ["f < 4.5", { f: 4 }, true, false],
]);

table(
  "types of numbers",
  [
    ["whole / 2 == 1", { whole: 3 }, true, false],
    ["double / 2 == 1", { double: 3 }, false, true],
    ['string(double) == "3.0"', { double: 3 }, true, false],
    ['string(whole) == "3"', { whole: "3" }, true, false],
    ['string(double * 10000000.0) == "3.0E7"', { double: 3 }, true, false],
  ],
  { fields: { whole: "long", double: "double" } },
);

table(
  "types: addresses, versions, dates, booleans",
  [
    ['ip == "10.0.0.0/8"', { ip: "10.1.2.3" }, true, false],
    ['ip == "::ffff:10.1.2.3"', { ip: "10.1.2.3" }, true, false],
    ['ip in ("10.1.2.3", "192.168.0.0/16")', { ip: "192.168.7.7" }, true, false],
    ['ip > "9.255.255.255"', { ip: "10.0.0.0" }, true, false],
    ['version > "1.2.0"', { version: "1.10.0" }, true, false],
    ['version < "1.2.0"', { version: "1.2.0-rc1" }, true, false],
    ['version == "1.2"', { version: "1.2.0" }, false, true],
    ['version : "1.2.*"', { version: "1.2.0" }, true, false],
    ['date == "2024-05-31"', { date: "2024-05-31T23:59:59.999Z" }, true, false],
    ['date > "2024-05-31"', { date: "2024-05-31T23:59:59.999Z" }, false, true],
    ['date > "2024-05-31"', { date: "2024-06-01T00:00:00+00:00" }, true, false],
    ['date <= "2024-05-31"', { date: 1_717_199_999_999 }, true, false],
    ["date == 1717199999999", { date: "2024-05-31T23:59:59.999Z" }, true, false],
    ['date in ("2024-05-30", "2024-05-31")', { date: "2024-05-31T12:00:00Z" }, true, false],
    ['date >= "now-1d/d"', { date: "2024-05-30T00:00:00Z" }, true, false],
    ['date < "now-1d/d"', { date: "2024-05-29T23:59:59Z" }, true, false],
    ['nanos > "2024-05-31T00:00:00.000000001Z"', { nanos: "2024-05-31T00:00:00.000000002Z" }, true, false],
    ['nanos == "2024-05-31T00:00:00.000Z"', { nanos: "2024-05-31T00:00:00.000000002Z" }, true, false],
    ['@timestamp < "2024-06"', { "@timestamp": "2024-05-31T12:00:00Z" }, true, false],
    ["flag == true", { flag: "true" }, true, false],
  ],
  {
    now: Date.UTC(2024, 4, 31, 15),
    fields: { ip: "ip", version: "version", date: "date", nanos: "date_nanos", flag: "boolean" },
  },
);

const mapping = {
  properties: {
    message: { type: "text", fields: { keyword: { type: "keyword", ignore_above: 4 } } },
    short: { type: "keyword", ignore_above: 4 },
  },
};

table(
  "mappings",
  [
    ['message.keyword == "abcd"', { message: "abcd" }, true, false],
    ['message.keyword == "abcde"', { message: "abcde" }, false, true],
    ['short : "abc*"', { short: "abcde" }, false, true],
    ["short == null", { short: "abcde" }, true, false],
    ['short : "abc*"', { short: ["abcde", "abc"] }, true, false],
  ],
  { fields: mapping },
);

it("numbers may be large integers", () => expect(meets("f * 2 + 1 == 9", { f: 4n })).toBe(true));

describe("the category", () => {
  it.each([
    ["process where true", { event: { category: "process" } }, true],
    ["process where true", { "event.category": ["file", "process"] }, true],
    ["process where true", { event: { category: "Process" } }, false],
    ["process where true", {}, false],
    ["any where true", {}, true],
    ['"my cat" where true', { event: { category: "my cat" } }, true],
  ])("%s, of %j", (query, event, matched) => expect(compileEvent(filterOf(query))(event)).toBe(matched));

  it("can be another field", () => {
    const test = compileEvent(filterOf("process where true"), { categoryField: "kind" });
    expect(test({ kind: "process" })).toBe(true);
  });
});

it("a regular expression that is none is an error, not a condition that never holds", () => {
  const broken: EventFilter = {
    ...filterOf("any where true"),
    condition: {
      kind: "match",
      operator: "regex",
      operand: { kind: "field", name: "f", optional: false, start: 0, end: 1 },
      patterns: [{ kind: "literal", value: "[a", start: 8, end: 12 }],
      list: false,
      start: 0,
      end: 12,
    },
  };
  expect(() => compileEvent(broken)).toThrow(QueryError);
});
