import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import type { Event, Language } from "../../../src/query/index.js";
import { parseDocument } from "../../../src/yaml/index.js";

const root = join(import.meta.dirname, "../../..");
const cases = process.env["KDAC_CONFORMANCE"] ?? join(root, "../shared/conformance");

export interface CorpusQuery {
  readonly language: Language;
  readonly query: string;
}

function files(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

/** The queries of this repository's rules, and of the real rules in the conformance folder where it is there. */
export function realQueries(): CorpusQuery[] {
  const rules = [
    ...files(join(root, "rules"), ".rule.yml").map((text) => parseDocument(text, "").data),
    ...files(join(cases, "rules"), ".toml").map((text) => (parseToml(text) as { rule: unknown }).rule),
  ] as { type: string; language?: Language; query?: string }[];
  return rules.flatMap(({ type, language, query }) => {
    const own = type === "eql" || type === "esql" ? type : (language ?? "kuery");
    return query === undefined || query === "" ? [] : [{ language: own, query }];
  });
}

/** Real telemetry, repeated with times that go on, until there are enough events; made ones where there is none. */
export function realEvents(count: number): Event[] {
  const lines = files(join(cases, "events"), ".ndjson").flatMap((text) => text.trim().split("\n"));
  const originals =
    lines.length > 0
      ? lines.map((line) => JSON.parse(line) as Event)
      : Array.from({ length: 200 }, (_, i) => madeEvent(i));
  return Array.from({ length: count }, (_, i) => ({
    ...originals[i % originals.length]!,
    "@timestamp": new Date(Date.UTC(2026, 0, 1) + i * 50).toISOString(),
  }));
}

function madeEvent(i: number): Event {
  return {
    event: { category: ["process"], type: [i % 3 === 0 ? "end" : "start"], action: "fork" },
    host: { id: `h-${i % 7}`, os: { type: i % 2 === 0 ? "windows" : "linux" } },
    process: { name: i % 5 === 0 ? "cmd.exe" : `p${i % 50}.exe`, pid: i, command_line: `p${i} --x ${i % 9}` },
    user: { name: `u${i % 11}` },
  };
}
