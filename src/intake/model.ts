import type { SourceItem, SourceOrigin } from "../bundle/sources/index.js";
import type { Diagnostic, Severity } from "../diagnostics/index.js";

/** How the files of imported rules are put into folders. */
export const LAYOUTS = ["by-os", "by-tactic", "flat", "mirror"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Things that are read one after another. */
export type Items = AsyncIterable<SourceItem> | Iterable<SourceItem>;

export type FileKind = "rule" | "exceptions" | "connector" | "values";

/**
 * What an import does with a file. `unchanged`: it is there already and means the same. `refused`: it is there, means something
 * else, and stays as it is; a finding says so.
 */
export type FileAction = "create" | "update" | "unchanged" | "refused";

/** One file of an import. */
export interface PlannedFile {
  readonly kind: FileKind;
  /** From the project's root, with forward slashes. */
  readonly path: string;
  /** What the file is to hold; for `unchanged` and `refused` what it holds. */
  readonly text: string;
  readonly action: FileAction;
  /** `rule_id` or `list_id`; of a connector its id. Undefined where the source has none. */
  readonly id: string | undefined;
  readonly name: string;
  /** Where it came from. */
  readonly origin: SourceOrigin;
}

/** A finding about something that was read; its target is in the source, whose text nobody holds any more. */
export interface ImportFinding {
  readonly diagnostic: Diagnostic;
  readonly origin: SourceOrigin;
}

/** What came in: every object counts, also one that came before. */
export interface Counts {
  readonly rules: number;
  readonly exception_lists: number;
  readonly exception_items: number;
  readonly connectors: number;
}

/** The report of an import, when it has ended. */
export interface ImportReport {
  readonly read: Counts;
  readonly files: Readonly<Record<FileAction, number>>;
  /** In the order of reading. Of a kind that comes very often only the first are kept. */
  readonly findings: readonly ImportFinding[];
  /** How many findings there were in all. */
  readonly severities: Readonly<Record<Severity, number>>;
  /** How many there were beyond those that are kept, by code. */
  readonly omitted: ReadonlyMap<string, number>;
  /** Whether everything that was read is kept: no error, nothing refused. */
  readonly ok: boolean;
}
