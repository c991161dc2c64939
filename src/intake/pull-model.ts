import type { Diagnostic } from "../diagnostics/index.js";
import type { LocatedDocument } from "../yaml/index.js";

/** Which rules of a space are pulled. */
export type Selection =
  /** Those of the project that were changed in Kibana since they were last applied. */
  | { readonly kind: "drifted" }
  /** Those with one of these texts as `rule_id`, as Kibana's own id, or as name. */
  | { readonly kind: "some"; readonly rules: readonly string[] }
  /** Every rule of the space. */
  | { readonly kind: "all"; readonly source: "custom" | "prebuilt" | "all" };

/**
 * What became of an object: `kept` is one whose file is ahead of the space, `refused` one that was not pulled although it differs. A
 * finding says why.
 */
export type PullAction = "create" | "update" | "unchanged" | "kept" | "refused";

/** One object of the space, next to its file. */
export interface PulledObject {
  readonly kind: "rule" | "exception-list" | "connector" | "value-list";
  /** `rule_id`, `list_id`, the connector's name, or the value list's id. */
  readonly id: string;
  readonly name: string;
  /** From the project's root, with forward slashes. */
  readonly file: string;
  readonly action: PullAction;
  /** The fields that the file takes from the space, by the names that they have in Kibana; of lists also `items`, of value lists `values`. */
  readonly fields: readonly string[];
  /** Of rules of Elastic's: what was changed on them, where Kibana tells. */
  readonly prebuilt?: { readonly customized: boolean; readonly fields: readonly string[] };
}

/** A file that is to be written. */
export interface PulledFile {
  readonly path: string;
  readonly text: string;
}

/** What a pull makes of a space. Nothing is written yet. */
export interface Pull {
  readonly objects: readonly PulledObject[];
  readonly files: readonly PulledFile[];
  /** Those among the files of rules that say what the space has, and nothing that somebody wrote and never applied. */
  readonly faithful: ReadonlySet<string>;
  readonly findings: readonly Diagnostic[];
  /** The files as they will be, for the places of the findings. */
  readonly documents: ReadonlyMap<string, LocatedDocument>;
}
