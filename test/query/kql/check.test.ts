import { describe, expect, it } from "vitest";
import { ecsFields, type FieldsInput } from "../../../src/fields/index.js";
import * as kql from "../../../src/query/kql/index.js";

/** Each finding as `severity code: text`. */
function found(text: string, options: kql.CheckOptions = {}): string[] {
  const { ast, diagnostics } = kql.parse(text);
  expect(diagnostics).toEqual([]);
  return kql
    .check(ast, options)
    .map(({ severity, code, start, end }) => `${severity} ${code}: ${text.slice(start, end)}`);
}

const helpOf = (text: string, fields?: FieldsInput): string | undefined =>
  kql.check(kql.parse(text).ast, fields === undefined ? {} : { fields })[0]?.help;

describe("words that are likely meant otherwise", () => {
  it.each([
    ['a: "C:\\Users\\*"', 'kql/quoted-wildcard: "C:\\Users\\*"'],
    ['a: ("x*" or y)', 'kql/quoted-wildcard: "x*"'],
    ['process.name: "*"', 'kql/quoted-wildcard: "*"'],
    ['"*"', 'kql/quoted-wildcard: "*"'],
    ['a: "\\\\host*\\C$"', 'kql/quoted-wildcard: "\\\\host*\\C$"'],
    ["process.name: power?hell*", "kql/question-mark: power?hell*"],
    ["url.original: x??y", "kql/question-mark: x??y"],
    ["a: 'x y'", "kql/single-quotes: 'x y'"],
    ["'a': x", "kql/single-quotes: 'a'"],
    ["a = b", "kql/no-operator: a = b"],
    ["a == b", "kql/no-operator: a == b"],
    ["user.name=root", "kql/no-operator: user.name=root"],
    ["a: = 5", "kql/no-operator: = 5"],
    ["a: !b", "kql/no-operator: !b"],
    ["a: b && c", "kql/no-operator: b && c"],
    ["a: b || c", "kql/no-operator: b || c"],
    ["a: b and", "kql/stray-keyword: b and"],
    ["a: b and or c", "kql/stray-keyword: or c"],
    ["a: [1 TO 5]", "kql/lucene-syntax: [1 TO 5]"],
    ["a: /x.*y/", "kql/lucene-syntax: /x.*y/"],
    ["a: wrod~", "kql/lucene-syntax: wrod~"],
    ["a: word^2", "kql/lucene-syntax: word^2"],
    ["_exists_: a", "kql/lucene-syntax: _exists_"],
    ["a: te?t", "kql/question-mark: te?t"],
    ["process where true", "kql/other-language: process where true"],
    ["from logs-* | limit 5", "kql/other-language: from logs-* | limit 5"],
    ['process where process.name : "x"', "kql/other-language: process where process.name"],
    ["a: b && c: d".replace(" c: d", " c"), "kql/no-operator: b && c"],
    ["user name: x", "kql/odd-field-name: user name"],
    ["!a: x", "kql/odd-field-name: !a"],
    ["-a: x", "kql/odd-field-name: -a"],
    ["a &&b: x", "kql/odd-field-name: a &&b"],
    ["a > 5*", "kql/range-wildcard: 5*"],
  ])("%s", (text, expected) => expect(found(text)).toEqual([`warning ${expected}`]));

  it("null is refused by Elasticsearch", () => expect(found("a: null")).toEqual(["error kql/null: null"]));

  it.each([
    "a: b",
    'a: "b = c"',
    'a: "what?"',
    // Roles have a star for every verb; Windows names its own shares so.
    'a.rules.verbs: ("*" or get)',
    'a.rules.verbs: "*"',
    'user.name: ("*" or root)',
    'process.args: "*"',
    'a: "\\\\*\\IPC$" and b: ("\\\\*\\C$" or x)',
    'a: "\\*\\ADMIN$"',
    "a: secrets?limit*",
    "a: */api/v1/secrets?fields*",
    "a.requestURI: *pods?exec*",
    "url.original: x?y",
    "url.original: what?*",
    "a: x=y",
    "a: *commands=*",
    "a: *&",
    "a: -c",
    "a: /usr/bin/*",
    "a: /etc/x/",
    "a: C\\:\\\\PROGRA~1",
    "a: file.txt~",
    "a: /search?q=1",
    "a: OR",
    "a: * curl*",
    'a: "null"',
    "'tis: x",
    "a: x\\*y",
    '"my field": x',
    "a.*.b: x",
    "not a: *",
    "",
  ])("%s is as it should be", (text) => expect(found(text)).toEqual([]));

  it.each([
    ['process.name: "*"', "field: * asks for any value"],
    ["a = b", "with a colon"],
    ["a: b && c", '"and"'],
    ["user name: x", 'before "name"'],
    ["!a: x", "not field: value"],
    ["_missing_: a", "not field: *"],
    ["a: /x.*/", "no regular expressions"],
  ])("%s: help", (text, help) => expect(helpOf(text)).toContain(help));
});

const FIELDS = {
  word: "keyword",
  line: "wildcard",
  message: "text",
  "message.keyword": "keyword",
  count: "long",
  ratio: "double",
  ok: "boolean",
  ip: "ip",
  time: "date",
  mixed: { esTypes: ["long", "keyword"] },
  objects: "nested",
  "objects.a": "keyword",
  "plain.a": "keyword",
  point: "geo_point",
  note: { type: "text", index_options: "docs" },
} as const satisfies FieldsInput;

describe("fields that are known in full", () => {
  it.each([
    ["wrod: x", "error field/unknown: wrod"],
    ["x*: y", "error field/unknown: x*"],
    ["plain: x", "error field/is-object: plain"],
    ['note: "two words"', 'error field/no-positions: "two words"'],
    ["count: 5*", "error field/wildcard-on-type: 5*"],
    ["ip: 10.0.*", "error field/wildcard-on-type: 10.0.*"],
    ["time: 2024*", "error field/wildcard-on-type: 2024*"],
    ["ok: t*", "error field/wildcard-on-type: t*"],
    ["mixed: 5*", "warning field/wildcard-on-type: 5*"],
    ["count: many", "error field/type-mismatch: many"],
    ["count: 1.5", "warning field/type-mismatch: 1.5"],
    ["count: (1 or x)", "error field/type-mismatch: x"],
    ["count > x", "error field/type-mismatch: x"],
    ["mixed: x", "warning field/type-mismatch: x"],
    ["ok: yes", "error field/type-mismatch: yes"],
    ["ip: 10.0.0.300", "error field/type-mismatch: 10.0.0.300"],
    ["ip > 10.0.0.0/8", "error field/type-mismatch: 10.0.0.0/8"],
    ["time: yesterday", "warning field/type-mismatch: yesterday"],
    ["word > 100", "warning kql/keyword-range: 100"],
    ["objects.a: x", "warning field/nested: objects.a"],
    ["objects: *", "warning field/nested: objects"],
    ["objects: { objects.a: x }", "error field/unknown: objects.a"],
    ["plain: { a: x }", "error kql/not-nested: plain"],
    ["obj*: { a: x }", "error kql/not-nested: obj*"],
    ["wrods: { a: x }", "error field/unknown: wrods"],
    ["message: access denied", "warning kql/any-word: access denied"],
    ["message: *access-denied*", "warning kql/text-pattern: *access-denied*"],
    ["message: access* denied", "warning kql/wildcard-with-space: access* denied"],
    ["line: *a b*", "warning kql/wildcard-with-space: *a b*"],
  ])("%s", (text, expected) => expect(found(text, { fields: FIELDS })[0]).toBe(expected));

  it.each([
    "word: (x or y* or *a b*) and word > a",
    "plain: *",
    "plain.*: x and *: y",
    'count: (5 or "6" or *) and count > 1.5 and ratio: 1.5',
    'ok: (true or "false")',
    'ip: (10.0.0.0/8 or "::1" or *) and ip > 10.0.0.1',
    'time: "2024-01-01" and time > now-1d/d and time < 1700000000000',
    "objects: { a: x }",
    'message: (access and "access denied" and den*)',
    'note: (two and words and "single" and wor*)',
    "message.keyword: *access denied*",
    "line: *x*",
    "point: *",
    "any text at all",
  ])("%s is as it should be", (text) => expect(found(text, { fields: FIELDS })).toEqual([]));

  it("are helped with", () => {
    expect(helpOf("wrod: x", FIELDS)).toContain('"word"');
    expect(helpOf("objects.a: x", FIELDS)).toBe("write objects: { a: … }");
  });
});

describe("fields of ECS", () => {
  const ecs = (text: string, stack?: string): string[] =>
    found(text, { fields: ecsFields(), ...(stack === undefined ? {} : { stack }) });

  it.each([
    ["proces.name: x", ["warning field/unknown: proces.name"]],
    ["event.category: proces", ["warning field/not-allowed-value: proces"]],
    ["not event.outcome: Success", ["warning field/not-allowed-value: Success"]],
    ["process: x", ["warning field/is-object: process"]],
    ["event.category: process and event.type: allowed", ["warning field/unexpected-value: allowed"]],
    ["source.port: http", ["error field/type-mismatch: http"]],
    ["@timestamp > yesterday", ["error field/type-mismatch: yesterday"]],
    ["process.command_line: a* b", ["warning kql/wildcard-with-space: a* b"]],
    ["event.category: (process or network) and event.type: allowed", []],
    ["event.category: process and (event.type: start or event.type: allowed)", []],
    ["process: *", []],
    ["winlog.event_data.LogonType: 3", []],
    ["aws.cloudtrail.*.key: x", []],
    ["process.Ext.token: x", []],
  ])("%s", (text, expected) => expect(ecs(text)).toEqual(expected));

  it("may be too new for a stack", () => {
    const young = [...ecsFields().names()].find((name) => ecsFields().find(name)?.since !== undefined)!;
    expect(ecs(`${young}: *`, "8.0")).toEqual([`warning field/newer-than-stack: ${young}`]);
    expect(ecs(`${young}: *`, "99.0")).toEqual([]);
  });
});

it("findings stand in the order of the query", () => {
  const text = 'count: x and a: "y*" and wrod: z and word: "q*"';
  const starts = kql.check(kql.parse(text).ast, { fields: FIELDS }).map(({ start }) => start);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(starts.length).toBeGreaterThan(3);
});
