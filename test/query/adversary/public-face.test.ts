/** What comes in through the library's face from strangers: queries, events and options made to break it. */
import { describe, expect, it } from "vitest";
import { eql, esql, type Event, kql, lucene, matchAll } from "../../../src/query/index.js";

const LANGUAGES = { eql, esql, kql, lucene };

const times = (text: string, count: number): string => text.repeat(count);

// prettier-ignore
const HOSTILE: readonly string[] = [
  times("(", 100_000), times("not ", 100_000), times("NOT ", 50_000), times("a:", 50_000), times('"', 99_999), times("\u0000\ud800\udfff\u2028", 1_000),
  `${times("a and ", 100_000)}b`, times("[", 100_000), times("{", 50_000), `x${times(" | x", 20_000)}`, times("\\", 10_001), times("/", 10_001), times("*", 100_000),
  times("x", 1_000_001), `FROM a${times(" | EVAL b = 1", 10_000)}`, `any where ${times("-", 100_000)}1`, `any where a == ${times("(", 100_000)}1${times(")", 100_000)}`,
  `a:(${times("b or ", 100_000)}c)`, `any where a in (${times("1,", 200_000)}1)`, `any where ${times("f(", 50_000)}`, `FROM a | WHERE ${times("f(", 50_000)}`,
  `FROM a | WHERE ${times("NOT ", 50_000)}x`, `FROM a | WHERE x == ${times("-", 50_000)}1`, `FROM ${times("(FROM ", 20_000)}`,
];

describe.each(Object.entries(LANGUAGES))("%s", (_, language) => {
  it.each(HOSTILE.map((query) => [query.slice(0, 30), query] as const))("survives %s…", (_start, query) => {
    const { ast } = language.parse(query);
    expect(typeof language.print(ast as never)).toBe("string");
    expect(Array.isArray(language.check(ast as never, {}))).toBe(true);
  });
});

describe("hostile events", () => {
  it("are looked into as far as Elasticsearch takes documents", () => {
    let deep: Event = { v: 1 };
    for (let level = 0; level < 100_000; level++) deep = { a: deep };
    expect(kql.compile("a: 1")(deep)).toBe(false);
    expect(kql.compile("1")(deep)).toBe(false);
    expect(lucene.compile("1")(deep)).toBe(false);
    expect(eql.run("any where a.v == 1", [deep]).events).toEqual([]);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "have no field %s by nature",
    (name) => {
      expect(kql.compile(`${name}: *`)({})).toBe(false);
      expect(lucene.compile(`${name}:*`)({})).toBe(false);
      expect(eql.run(`any where ${name} != null`, [{}]).events).toEqual([]);
    },
  );

  it("may hold what JSON does not have", () => {
    const values = [
      undefined,
      Number.NaN,
      Infinity,
      -0,
      () => 1,
      new Map(),
      [],
      {},
      [[]],
      [[1, [2, [3]]]],
      3n,
    ];
    const events = values.map((v) => ({ v }));
    expect(eql.run("any where v == 3", events).events).toEqual([9, 10]);
    expect(events.flatMap((event, index) => (kql.compile("v: 3")(event) ? [index] : []))).toEqual([9, 10]);
  });
});

describe("many rules at once", () => {
  const events = [
    { "@timestamp": 1, event: { category: "process" }, process: { name: "cmd.exe" }, host: { id: "h" } },
    { "@timestamp": 2, event: { category: ["network", "process"] }, process: { name: "CMD.EXE" }, host: { id: "h" } },
    { "@timestamp": 3, event: { category: "file" }, file: { name: "x" }, host: { id: ["h", "g"] } },
    { "@timestamp": 0, process: { name: ["a", "cmd.exe"] } },
  ]; // prettier-ignore

  it.each([
    [{ query: 'process where process.name == "cmd.exe"', language: "eql" }, { events: [0] }],
    [{ query: 'process where process.name : "cmd.exe"', language: "eql" }, { events: [0, 1] }],
    [{ query: "sequence by host.id [process where true] [file where true]", type: "eql" }, { sequences: [{ joinKeys: ["h"], events: [1, 2] }] }],
    [{ query: "sample by host.id [process where true] [file where true]", type: "eql" }, { sequences: [{ joinKeys: ["h"], events: [0, 2] }] }],
    [{ query: "any where true | tail 2", language: "eql" }, { events: [1, 2] }],
    [{ query: "process.name: cmd.exe" }, { events: [0, 3] }],
    [{ query: "not process.name: *" }, { events: [2] }],
    [{ query: "" }, { events: [0, 1, 2, 3] }],
    [{ query: "", language: "lucene" }, { events: [] }],
    [{ query: "process.name:cmd.exe OR file.name:x", language: "lucene" }, { events: [0, 2, 3] }],
  ] as const)("%j", (rule, found) => {
    const broken = [{ query: "process where (", language: "eql" }, { query: "FROM x", type: "esql" }] as const;
    const results = matchAll([broken[0], rule, broken[1]], events);
    expect(results[1]).toEqual(found);
    expect(results[0]?.diagnostics?.length).toBeGreaterThan(0);
    expect(results[2]?.diagnostics?.map(({ code }) => code)).toEqual(["query/cannot-run"]);
  }); // prettier-ignore
});
