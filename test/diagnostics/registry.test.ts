import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Definition, definitionOf, registry, report } from "../../src/diagnostics/index.js";

const folder = new URL("../../src/diagnostics/codes/", import.meta.url);
const areas = readdirSync(folder).map((name) => name.replace(/\.ts$/, ""));
const entries = Object.entries<Definition>(registry);

/** Names that keep their capital at the start of a message. */
const PROPER =
  /^(?:Kibana|Elastic|Elasticsearch|ATT&CK|MITRE|EQL|ES\|QL|KQL|Lucene|YAML|JSON|TOML|NDJSON|UUID|URL|API|HTTP|TA\d|T\d|GitHub)\b/;

/** A message as it reads, with its parameters named. */
function example({ message }: Definition): string {
  return message.format(Object.fromEntries(message.keys.map((key) => [key, `<${key}>`])));
}

describe("the registry", () => {
  it("holds every code of every file under codes/, each in the file of its area", async () => {
    const all: string[] = [];
    for (const area of areas) {
      const module = (await import(new URL(`${area}.ts`, folder).href)) as Record<
        string,
        Record<string, Definition>
      >;
      const codes = Object.values(module).flatMap((table) => Object.keys(table));
      // An area may be spread over several files, esql.ts and esql-check.ts, or have a hyphen of its own.
      const own = [area, area.split("-")[0]!];
      expect(codes.filter((code) => !own.includes(code.split("/")[0]!))).toEqual([]);
      all.push(...codes);
    }
    expect(all.sort()).toEqual(entries.map(([code]) => code).sort());
    expect(new Set(all).size).toBe(all.length);
  });

  it("looks codes up by their own names only", () => {
    expect(definitionOf("yaml/syntax")).toBe(registry["yaml/syntax"]);
    expect(definitionOf("yaml/nothing")).toBeUndefined();
    expect(definitionOf("toString")).toBeUndefined();
    expect(definitionOf("__proto__")).toBeUndefined();
  });
});

describe("each definition", () => {
  it.each(entries)("%s: the code reads area/slug", (code) => {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it.each(entries)("%s: the message begins small and ends without a full stop", (_, definition) => {
    const text = example(definition);
    expect(text).not.toMatch(/[.!\s]$|^\s|\s\s|\n/);
    if (!PROPER.test(text)) expect(text).toMatch(/^[^A-Z]/);
  });

  it.each(entries)("%s: the help is one line without a full stop", (_, { help }) => {
    if (help !== undefined) expect(help).toMatch(/^(?![A-Z][a-z])[^\n]+[^.\s]$/);
  });

  it.each(entries)("%s: why and fix are sentences", (_, { why, fix }) => {
    for (const prose of [why, fix]) {
      expect(prose.length).toBeGreaterThan(15);
      expect(prose).toMatch(/^(?:kdac |[\p{Lu}`*"'(])/u);
      expect(prose).toMatch(/(?:[.!?)]|```|`)$/);
    }
  });
});

describe("report", () => {
  const target = { file: "x" };

  it("takes severity and help from the registry", () => {
    expect(report("yaml/unquoted-colon", {}, target)).toEqual({
      code: "yaml/unquoted-colon",
      severity: "error",
      message: 'unquoted text cannot hold ": "',
      target,
      help: "put the whole value in quotes",
    });
  });

  it("takes others where they are given, and leaves out what there is not", () => {
    const related = [{ message: "here", target }];
    const given = { help: "h", severity: "info", related } as const;
    expect(report("yaml/unquoted-colon", {}, target, given)).toMatchObject(given);
    expect(Object.keys(report("yaml/duplicate-key", { key: "a" }, target))).toEqual([
      "code",
      "severity",
      "message",
      "target",
    ]);
  });
});
