import type { Diagnostic } from "../../src/diagnostics/index.js";
import { check, type FileKind } from "../../src/schema/index.js";
import { parseDocument } from "../../src/yaml/index.js";

/** The least that a rule of each type has, a line a field. */
const COMMON = [
  "rule_id: r-1",
  "name: A name",
  "description: What it finds",
  "severity: low",
  "risk_score: 21",
];
const QUERY = ["query: 'user.name: a'"];

export const MINIMAL: Readonly<Record<string, readonly string[]>> = {
  query: [...COMMON, "type: query"],
  saved_query: [...COMMON, "type: saved_query", "saved_id: s-1"],
  eql: [...COMMON, "type: eql", "query: process where true"],
  esql: [...COMMON, "type: esql", "query: FROM logs-*"],
  threshold: [...COMMON, ...QUERY, "type: threshold", "threshold: {field: [host.id], value: 5}"],
  threat_match: [
    ...COMMON,
    ...QUERY,
    "type: threat_match",
    "threat_index: [logs-ti_*]",
    "threat_query: '*:*'",
    "threat_mapping: [{entries: [{field: a, type: mapping, value: b}]}]",
  ],
  machine_learning: [
    ...COMMON,
    "type: machine_learning",
    "anomaly_threshold: 50",
    "machine_learning_job_id: j",
  ],
  new_terms: [
    ...COMMON,
    ...QUERY,
    "type: new_terms",
    "new_terms_fields: [user.id]",
    "history_window_start: now-7d",
  ],
  translation: ["name: Ein Name"],
  exceptions: ["list_id: l-1", "name: A list", "description: What for", "items: []"],
  connector: ["name: c-1", "connector_type_id: .slack"],
  config: ["name: project"],
};

const KINDS: ReadonlySet<string> = new Set(["translation", "exceptions", "connector", "config"]);

/** The kind of file that a name of `MINIMAL` is of. */
export function kindOf(of: string): FileKind {
  return KINDS.has(of) ? (of as FileKind) : "rule";
}

/**
 * The least file of its sort with some YAML in place of, or beside, its lines: a line that begins with a key of the file
 * replaces that key, `-key` takes it out.
 */
export function yamlOf(of: string, yaml: string): string {
  const removed = new Set<string>();
  const added = yaml.split("\n").filter((line) => {
    const key = /^-([a-z_]+)$/.exec(line)?.[1];
    if (key !== undefined) removed.add(key);
    return key === undefined && line !== "";
  });
  for (const line of added) removed.add(/^([a-z_]+):/.exec(line)?.[1] ?? "");
  const kept = MINIMAL[of]!.filter((line) => !removed.has(line.slice(0, line.indexOf(":"))));
  return [...kept, ...added, ""].join("\n");
}

export function findingsOf(of: string, yaml: string): readonly Diagnostic[] {
  return check(kindOf(of), parseDocument(yamlOf(of, yaml), "a.yml"));
}

/** A finding as the tables write it: `schema/wrong-type /tags`, with `@` before the place of a key. */
export function brief({ code, target }: Diagnostic): string {
  return `${code.replace("schema/", "")} ${target.on === "key" ? "@" : ""}${target.pointer ?? ""}`;
}

/** A row: the sort of file, what differs from the least one, and every finding that this makes. */
export type Row = readonly [of: string, yaml: string, ...findings: string[]];
