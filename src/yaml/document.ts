import type { Diagnostic, OffsetRange, Target } from "../diagnostics/index.js";

/**
 * A YAML file with its data and the way back from data to text. `data` is undefined when the text could not be
 * parsed; `diagnostics` then says why.
 */
export interface LocatedDocument {
  /** Path relative to the project's root, with forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly data: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** UTF-16 offsets of what a target names in this file; the nearest ancestor's where the pointer leads nowhere. */
  rangeOf(target: Pick<Target, "pointer" | "on" | "within" | "range">): OffsetRange;
}
