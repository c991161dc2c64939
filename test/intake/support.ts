import type { SourceItem } from "../../src/bundle/sources/index.js";
import {
  type FileAction,
  type ImportReport,
  type Layout,
  openDestination,
  planImport,
  type PlannedFile,
} from "../../src/intake/index.js";
import type { Host } from "../../src/project/index.js";
import { memoryHost } from "../support/memory-host.js";

export const ROOT = "/p";
export const CONFIG = "name: test\n";

/** A rule as Kibana gives it. */
export const rule = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  id: "0c8e1b0c-7a0f-4f4a-9d8c-5f0c0a0d1e2f",
  rule_id: "one",
  name: "One",
  description: "Finds one.",
  type: "query",
  language: "kuery",
  query: "user.name: one",
  severity: "low",
  risk_score: 21,
  version: 3,
  ...fields,
});

export const list = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  list_id: "trusted",
  name: "Trusted",
  description: "What is trusted.",
  type: "detection",
  namespace_type: "single",
  ...fields,
});

export const item = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  item_id: "first",
  list_id: "trusted",
  name: "First",
  description: "The first.",
  type: "simple",
  namespace_type: "single",
  entries: [{ field: "user.name", type: "match", operator: "included", value: "root" }],
  ...fields,
});

export const connector = (id: string, name: string, config: Readonly<Record<string, unknown>> = {}) => ({
  id,
  type: "action",
  attributes: { actionTypeId: ".index", name, isMissingSecrets: false, config, secrets: {} },
  references: [],
});

type Kind = "rule" | "exception-list" | "exception-item" | "connector";

/** The line of an export. */
export function line(
  kind: Kind,
  value: Readonly<Record<string, unknown>>,
  number = 1,
  file = "export.ndjson",
): SourceItem {
  return { kind, value, origin: { file, line: number }, format: "kibana-export" };
}

export interface Imported {
  readonly files: readonly PlannedFile[];
  readonly report: ImportReport;
  /** What is on the disk afterwards, by absolute path. */
  readonly disk: Record<string, string>;
  /** `create rules/other/one.rule.yml`, sorted. */
  readonly actions: readonly string[];
  /** `error import/duplicate`, in their order. */
  readonly codes: readonly string[];
}

export interface Options {
  readonly out?: string;
  readonly layout?: Layout;
  readonly force?: boolean;
  readonly host?: (files: Readonly<Record<string, string>>) => Host;
}

/** Plans an import into a disk made of texts, and writes it there. */
export async function importInto(
  before: Readonly<Record<string, string>>,
  items: Iterable<SourceItem>,
  { out = "rules", host = memoryHost, ...options }: Options = {},
): Promise<Imported> {
  const files = { [`${ROOT}/kdac.config.yml`]: CONFIG, ...before };
  const destination = openDestination(host(files), { cwd: ROOT, out });
  const planned = await planImport(items, { destination, ...options });
  const writes: readonly FileAction[] = ["create", "update"];
  const changed = planned.files.filter(({ action }) => writes.includes(action));
  const disk = {
    ...files,
    ...Object.fromEntries(changed.map(({ path, text }) => [`${ROOT}/${path}`, text])),
  };
  return {
    ...planned,
    disk,
    actions: planned.files.map(({ action, path }) => `${action} ${path}`).toSorted(),
    codes: planned.report.findings.map(({ diagnostic }) => `${diagnostic.severity} ${diagnostic.code}`),
  };
}

/** Bytes as a stream gives them. */
export async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
