import { describe, expect, it } from "vitest";
import { ecsFields, type FieldsInput } from "../../../src/fields/index.js";
import * as kql from "../../../src/query/kql/index.js";
import { QueryError } from "../../../src/query/core/query-error.js";

const FIELDS = {
  word: "keyword",
  short: { type: "keyword", ignore_above: 5 },
  constant: "constant_keyword",
  line: "wildcard",
  labels: "flattened",
  message: "text",
  title: "keyword",
  "title.text": "text",
  count: "long",
  ratio: "double",
  ok: "boolean",
  ip: "ip",
  time: "date",
  objects: "nested",
  "objects.a": "keyword",
  "objects.b": "long",
  "objects.deep": "nested",
  "objects.deep.c": "keyword",
  "plain.a": "keyword",
  "plain.b": "ip",
  geo: "geo_point",
} as const satisfies FieldsInput;

const NOW = Date.parse("2024-05-10T12:00:00Z");

const EVENT = {
  word: ["alpha", "Beta gamma"],
  short: ["tiny", "too long"],
  constant: "x",
  line: "C:\\Windows\\cmd.exe /c Whoami",
  labels: { team: "red", nested: { key: "v" } },
  message: ["Access denied for user-1", "second line"],
  title: "Windows PowerShell",
  count: [5, 70],
  ratio: 0.5,
  ok: true,
  ip: ["10.1.2.3", "fe80::1"],
  time: "2024-05-09T10:30:00.000Z",
  objects: [
    { a: "x", b: 1 },
    { a: "y", b: 2, deep: [{ c: "in" }] },
  ],
  plain: { a: "" },
  geo: { lat: 1, lon: 2 },
  empty: [],
  nothing: null,
};

const holds = (query: string, event: object = EVENT, fields: FieldsInput | null = FIELDS): boolean =>
  kql.compile(query, { ...(fields === null ? {} : { fields }), now: NOW })(event as Record<string, unknown>);

describe("with a mapping", () => {
  it.each([
    ["", true],
    ["*", true],
    ["*: *", true],
    // keyword: the whole value, with regard to case, any of several
    ["word: alpha", true],
    ["word: Alpha", false],
    ["word: Beta gamma", true],
    ['word: "Beta gamma"', true],
    ["word: Beta", false],
    ["word: (alpha and Beta gamma)", true],
    ["word: (alpha and x)", false],
    ["word: (x or y or alpha)", true],
    ["word: (x or (y or not alpha))", false],
    ["word: (x or not y)", true],
    ["not word: x", true],
    ["word: (not x)", true],
    ["word: al*", true],
    ["word: *a", true],
    ["word: *A", false],
    ["word: *a g*", true],
    ["word: B*m*a", true],
    ['word: "al*"', false],
    ["word: al?ha", false],
    ["word: *", true],
    ["word: **", true],
    ["word > alph", true],
    ["word < B", false],
    ["word >= alpha and word <= alpha", true],
    ["constant: x", true],
    ["constant: x*", true],
    // ignore_above
    ["short: tiny", true],
    ["short: too long", false],
    ["short: *long", false],
    // wildcard: whole values; patterns fall apart at spaces
    ["line: *cmd.exe*", true],
    ["line: *CMD.exe*", false],
    ["line: *cmd.exe /c nothing*", false],
    ["line: *cmd.exe* nothing*", true],
    ["line: *nothing C\\:*", true],
    ["line: C\\:\\\\Windows\\\\cmd.exe /c Whoami", true],
    // flattened
    ["labels.team: red", true],
    ["labels.team: r*", true],
    ["labels: v", true],
    ["labels: *", true],
    ["labels.x: *", false],
    // text: words
    ["message: denied", true],
    ["message: DENIED", true],
    ["message: deni", false],
    ["message: nothing denied", true],
    ['message: "access denied"', true],
    ['message: "denied access"', false],
    ['message: "user 1"', true],
    ['message: "user-1 second"', false],
    ['message: "denied for user 1"', true],
    ["message: den*", true],
    ["message: DEN*D", true],
    ["message: access*den*", false],
    ["message: nothing* acc*", true],
    ["message: nothing* denied", true],
    ["message: -", false],
    ["message >= z", false],
    ["message > user", false],
    ["message >= user", true],
    // multi-fields have the values of their field
    ["title: powershell", false],
    ["title.text: powershell", true],
    ["title.text: *", true],
    ["title.*: powershell", true],
    ["title*: powershell", true],
    // numbers
    ["count: 5", true],
    ['count: "70"', true],
    ["count: 5.0", true],
    ["count: 6", false],
    ["count: x", false],
    ["count > 5 and count < 70", true],
    ["count > 70", false],
    ["count >= 70", true],
    ["count: 5*", false],
    ["count: *", true],
    ["ratio < 1", true],
    ["ratio: .5", true],
    // booleans
    ["ok: true", true],
    ['ok: "true"', true],
    ["ok: false", false],
    // addresses
    ["ip: 10.1.2.3", true],
    ["ip: 10.0.0.0/8", true],
    ['ip: ("192.168.0.0/16" or "fe80::/10")', true],
    ['ip: "fe80:0::1"', true],
    ["ip: 10.1.2.*", false],
    ["ip > 10.1.2.2 and ip < 10.1.2.4", true],
    ["ip > 10.1.2.3 and ip < 10.1.2.5", true],
    ["ip: x", false],
    // times
    ["time: 2024-05-09", true],
    ["time: 2024-05", false],
    ['time: "2024-05-09T10:30:00.000Z"', true],
    ['time: "2024-05-09T10:31"', false],
    ["time > 2024-05-09", false],
    ["time >= 2024-05-09", true],
    ["time <= 2024-05-09", true],
    ["time < 2024-05-09", false],
    ["time > now-2d and time < now", true],
    ["time > now-1d/d", false],
    ["time >= now-1d/d", true],
    ["time: x", false],
    // any value
    ["plain.a: *", true],
    ["plain.b: *", false],
    ["plain: *", true],
    ["objects: *", false],
    ["geo: *", true],
    ["empty: *", false],
    ["nothing: *", false],
    ["not nothing: *", true],
    ["unmapped: *", false],
    // one object meets all of it
    ["objects: { a: x and b: 1 }", true],
    ["objects: { a: x and b: 2 }", false],
    ["objects: { a: x } and objects: { b: 2 }", true],
    ["objects: { not a: x }", true],
    ["not objects: { a: z }", true],
    ["objects: { a: * }", true],
    ["objects: { deep: { c: in } and a: y }", true],
    ["objects: { deep: { c: in } and a: x }", false],
    ["objects.deep: { c: in }", true],
    ["objects: { deep.c: in }", false],
    ["objects.a: x", false],
    ["objects.a: *", false],
    ["objects.*: x", true],
    ["obj*: { a: x }", false],
    // names with wildcards
    ["w*: alpha", true],
    ["*: red", true],
    ["*: 5", true],
    ["*: 10.0.0.0/8", true],
    ["plain.*: *", true],
    ["x*: *", false],
    ["co* > 60", true],
    ['"w*": alpha', false],
    // values without a field
    ["alpha", true],
    ["denied", true],
    ["Alpha", false],
    ['"access denied"', true],
    ["powershell", true],
    ["70", true],
    ["10.0.0.0/8", true],
    ["alph*", true],
    ["nothing* alph*", true],
    ["nothing", false],
    // what cannot be
    ["word: null", false],
    ["unmapped: x", false],
    ["not unmapped: x", true],
    ["geo: x", false],
  ])("%s: %s", (query, expected) => expect(holds(query)).toBe(expected));

  it("values that no mapping would have taken do not hurt", () => {
    const odd = {
      word: 5,
      count: "5",
      ok: "true",
      ip: 7,
      time: new Date(NOW),
      message: 5,
      line: true,
      ratio: {},
    };
    expect(holds("word: 5 and count: 5 and ok: true and not ip: 7 and time: 2024-05-10", odd)).toBe(true);
    expect(holds("message: 5 and line: true and not ratio: 1", odd)).toBe(true);
    expect(holds("count: 7", { count: 7.9 })).toBe(true);
    expect(holds("count: 7.9", { count: 7.9 })).toBe(false);
  });

  it("texts are ordered as their UTF-8 bytes", () => {
    const event = { word: "\u{1f600}" };
    expect(holds("word > \uffff", event)).toBe(true);
    expect(holds("word > \u{1f601}", event)).toBe(false);
  });

  it("fields of an object that is written in dotted keys are found, and stand for one object", () => {
    const event = { "objects.a": "x", "objects.b": 1, "plain.a": "y" };
    expect(holds("objects: { a: x and b: 1 }", event)).toBe(true);
    expect(holds("plain.a: y and plain: *", event)).toBe(true);
  });

  it("ECS knows texts, nested lists and limits", () => {
    const event = {
      process: { name: "cmd.exe", command_line: "cmd /c whoami" },
      message: "User logged on",
      long: "x",
      "file.name": "x".repeat(2000),
    };
    const ecs = (query: string): boolean => holds(query, event, ecsFields());
    expect(ecs("message: logged and process.command_line.text: whoami and process.name.text: CMD.exe")).toBe(
      true,
    );
    expect(ecs("process.*: whoami")).toBe(true);
    expect(ecs("process.command_line: whoami")).toBe(false);
    expect(ecs("file.name: *")).toBe(false);
    expect(ecs("long: x and my.own.field: y")).toBe(false);
    expect(ecs("long: x and not my.own.field: y")).toBe(true);
  });
});

describe("without a mapping", () => {
  const event = {
    name: "Alpha Beta",
    port: 443,
    text: "443",
    flag: true,
    source: { ip: "10.1.2.3" },
    host: { ip: ["::1", "192.168.1.1"] },
    "@timestamp": "2024-05-09T10:30:00Z",
    created: "2024-05-09T10:30:00.123456Z",
    user: { name: "x", roles: [{ id: 1 }, { id: 2 }] },
    bytes: "900",
  };

  it.each([
    ["name: Alpha Beta", true],
    ["name: Alpha", false],
    ["name: alpha beta", false],
    ["name: Alpha*", true],
    ["name.text: alpha", true],
    ["name.keyword: Alpha Beta", true],
    ["port: 443", true],
    ["port: 443.0", true],
    ["port: 44*", true],
    ["text: 443", true],
    ["flag: true", true],
    ["flag: false", false],
    ["port > 80", true],
    ["port > 1000", false],
    ["bytes > 1000", false],
    ["bytes > 89", true],
    ["source.ip: 10.0.0.0/8", true],
    ["source.ip > 9.0.0.0", true],
    ['host.ip: "0:0:0:0:0:0:0:1"', true],
    ['host.ip: ("::1" and "192.168.0.0/16")', true],
    ['@timestamp >= "now-2d"', true],
    ["@timestamp: 2024-05-09", true],
    ["created < now", true],
    ["created > now-1d", false],
    ["created > 2024-05-08 and created < 2024-05-10", true],
    ["user: *", true],
    ["user.name: *", true],
    ["use: *", false],
    ["user.nam: *", false],
    ["user.roles: { id: 1 }", true],
    ["user.roles: { id: 1 and id: 2 }", false],
    ["user.roles.id: (1 and 2)", true],
    ["user.*: x", true],
    ["*.ip: 10.1.2.3", true],
    ["x", true],
    ["443", true],
    ["Alpha", false],
    ["Alpha*", true],
  ])("%s: %s", (query, expected) => expect(holds(query, event, null)).toBe(expected));

  it("the table of fields may be one of several, and complete or not", () => {
    expect(holds("a: x", { a: "x" }, { b: "keyword" })).toBe(false);
    expect(holds("a: x", { a: "x" }, ecsFields())).toBe(true);
    expect(holds("a: x", { a: "X x" }, [{ name: "a", type: "text" }])).toBe(true);
    expect(
      holds("a.b: x", { a: { b: "X x" } }, { properties: { a: { properties: { b: { type: "text" } } } } }),
    ).toBe(true);
  });
});

describe("compiling", () => {
  it("throws what is wrong with a query", () => {
    expect(() => kql.compile("a: (b")).toThrow(QueryError);
    const broken = kql.parse("a: b and c:").ast;
    for (const run of [kql.compile, kql.toElasticsearchQuery, (q: kql.Query) => kql.explain(q, {})]) {
      expect(() => run(broken)).toThrow(QueryError);
    }
  });

  it("takes warnings for no errors", () => {
    expect(kql.compile('"C:\\temp"')({ a: "C:\temp" })).toBe(true);
  });

  it("takes a tree that was built by hand", () => {
    const { ast } = kql.parse("a: b");
    expect(kql.compile(ast)({ a: "b" })).toBe(true);
  });

  it("remembers names of fields up to a limit", () => {
    const matches = kql.compile("*: hit");
    for (let i = 0; i < 30_000; i++) matches({ [`f${i}`]: "x" });
    expect(matches({ f3: "hit" })).toBe(true);
  });
});
