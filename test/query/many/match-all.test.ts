import { join } from "node:path";
import * as fc from "fast-check";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import {
  compileQuery,
  eql,
  type Event,
  type Language,
  matchAll,
  type MatchRule,
  parseQuery,
} from "../../../src/query/index.js";
import { conformanceFiles, describeConformance } from "../../support/conformance.js";

/** What a rule finds by itself, without the others and without the index. */
function alone({ query, language = "kuery" }: MatchRule, events: readonly Event[]): unknown {
  if (language === "eql") return eql.run(query, events);
  const matcher = compileQuery(parseQuery(language, query))!;
  return { events: events.flatMap((event, index) => (matcher.matches(event) ? [index] : [])) };
}

const EVENTS: Event[] = [
  { "@timestamp": 3, event: { category: ["process"] }, process: { name: "CMD.exe", pid: 7 }, user: "a" },
  { "@timestamp": 1, "event.category": "process", "process.name": "cmd.exe", user: ["a", "b"] },
  { "@timestamp": 2, event: { category: "file" }, file: { name: "x" }, user: "b" },
  { event: { category: ["file", "process"] }, process: { name: ["cmd.exe", "sh"] } },
  { "@timestamp": 4, event: { category: "network", code: 22 }, user: "a" },
];

const CONDITIONS = [
  'process.name : "cmd.exe"',
  'process.name == "cmd.exe"',
  'process.name in ("sh", "cmd.exe")',
  'process.name in~ ("SH", "CMD.EXE")',
  'not process.name : "cmd.exe"',
  'user == "a" or user == "b"',
  'user == "a" or process.name : "sh"',
  'process.name like~ ("c*", "sh")',
  "process.pid > 3",
  "event.code == 22",
  "?missing == null",
  "true",
];

const condition = fc
  .array(fc.constantFrom(...CONDITIONS), { minLength: 1, maxLength: 3 })
  .chain((all) => fc.constantFrom(" and ", " or ").map((word) => all.map((one) => `(${one})`).join(word)));
const filter = fc
  .tuple(fc.constantFrom("process", "file", "any", "network"), condition)
  .map(([category, text]) => `${category} where ${text}`);
const rule: fc.Arbitrary<MatchRule> = fc.oneof(
  filter.map((query) => ({ language: "eql" as const, query })),
  fc
    .tuple(filter, fc.constantFrom("head", "tail"), fc.integer({ min: 1, max: 3 }))
    .map(([query, pipe, count]) => ({ language: "eql" as const, query: `${query} | ${pipe} ${count}` })),
  fc.array(filter, { minLength: 2, maxLength: 3 }).map((filters) => ({
    language: "eql" as const,
    query: `sequence by user ${filters.map((text) => `[${text}]`).join(" ")}`,
  })),
  fc.tuple(filter, filter, filter).map(([first, last, until]) => ({
    language: "eql" as const,
    query: `sequence with maxspan=2s [${first}] with runs=2 [${last}] until [${until}]`,
  })),
  fc.tuple(filter, filter).map(([first, last]) => ({
    language: "eql" as const,
    query: `sample by user [${first}] [${last}]`,
  })),
  fc
    .constantFrom(
      "process.name: cmd.exe and user: a",
      "process.name: (cmd.exe or sh)",
      "not user: a",
      "event.code: 22 or user: b",
      "user: *",
      "cmd.exe",
    )
    .map((query) => ({ query })),
  fc
    .constantFrom("process.name:cmd.exe AND user:a", "user:(a OR b)", "NOT user:b", "event.code:22")
    .map((query) => ({ language: "lucene" as const, query })),
);

describe("matchAll", () => {
  it("gives of each rule what the rule finds by itself", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), fc.shuffledSubarray(EVENTS), (rules, events) => {
        const found = matchAll(rules, events);
        expect(found).toEqual(rules.map((one) => alone(one, events)));
      }),
    );
  });

  it("takes rules as Kibana has them", () => {
    const rules = [
      { type: "eql", query: 'process where process.name : "sh"' },
      { type: "query", query: "process.name: sh" },
      { type: "query", language: "lucene" as const, query: "process.name:sh" },
    ];
    expect(matchAll(rules, EVENTS)).toEqual([{ events: [3] }, { events: [3] }, { events: [3] }]);
  });

  it("runs the others where one is broken or cannot be run", () => {
    const found = matchAll(
      [
        { language: "eql", query: "process where" },
        { query: "user: b" },
        { type: "esql", query: "FROM logs-*" },
        { language: "eql", query: "process where foo(user)" },
      ],
      EVENTS,
    );
    expect(found.map(({ diagnostics }) => diagnostics?.map(({ code }) => code))).toEqual([
      ["query/syntax"],
      undefined,
      ["query/cannot-run"],
      ["eql/unknown-function"],
    ]);
    expect(found[1]).toEqual({ events: [1, 2] });
  });

  it("passes over a value that its field cannot take", () => {
    const rules = [{ language: "lucene" as const, query: "port:abc" }, { query: "port: 22" }];
    const found = matchAll(rules, [{ port: 22 }], { fields: { port: "long" } });
    expect(found).toMatchObject([{ diagnostics: [{ severity: "error" }] }, { events: [0] }]);
  });

  it("compares an event only with rules whose literals it has", () => {
    const reads: string[] = [];
    const watched = new Proxy<Record<string, unknown>>(
      { "event.category": "file", user: "a" },
      {
        get(target, key) {
          reads.push(String(key));
          return target[String(key)];
        },
      },
    );
    matchAll([{ query: 'process.name: "cmd.exe" and deep.field: 1' }], [watched]);
    expect(reads.filter((key) => key.startsWith("deep"))).toEqual([]);
    expect(matchAll([{ query: "user: a" }], [watched])).toEqual([{ events: [0] }]);
  });

  it("has the options of eql.run", () => {
    const rules = [{ language: "eql" as const, query: "a where true" }];
    const events = [
      { kind: "a", at: 2 },
      { kind: "a", at: 1 },
      { kind: "b", at: 0 },
    ];
    const options = { categoryField: "kind", timestampField: "at", size: 1 };
    expect(matchAll(rules, events, options)).toEqual([{ events: [0] }]);
    expect(matchAll(rules, events, { ...options, size: 5 })).toEqual([{ events: [1, 0] }]);
  });
});

describeConformance("real rules on real events", "rules", (folder) => {
  const rules = conformanceFiles(folder, ".toml").flatMap(({ text }) => {
    const { rule: written } = parse(text) as unknown as { rule: { language?: Language; query?: string } };
    const { language, query } = written;
    return query === undefined || language === undefined || language === "esql" ? [] : [{ language, query }];
  });
  const events = conformanceFiles(join(folder, "../events"), ".ndjson").flatMap(({ text }) =>
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Event),
  );

  it("finds what each rule finds by itself", () => {
    expect(rules.length).toBeGreaterThan(150);
    const found = matchAll(rules, events);
    expect(found).toEqual(rules.map((one) => alone(one, events)));
    expect(found.filter(({ events: hits = [] }) => hits.length > 0).length).toBeGreaterThan(0);
  });
});
