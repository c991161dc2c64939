import type { Diagnostic } from "../../diagnostics/index.js";

export const PREVIEW_VERSION = 1;

/** What came of one rule. */
export interface RulePreview {
  readonly rule_id: string;
  readonly name: string;
  readonly file: string;
  /** Runs that were made. */
  readonly runs: number;
  /** ISO times of the range that was covered. */
  readonly from: string;
  readonly to: string;
  /** Null where they could not be counted. */
  readonly alerts: number | null;
  /** Alerts a day at this rate, to one decimal; null where they could not be counted. */
  readonly per_day: number | null;
  readonly outcome: "ok" | "failed" | "aborted";
  /** What the reader should know besides. */
  readonly notes: readonly string[];
}

export interface Previews {
  readonly environment: string;
  readonly space: string;
  /** ISO times of the range that was asked for. */
  readonly from: string;
  readonly to: string;
  readonly rules: readonly RulePreview[];
  readonly diagnostics: readonly Diagnostic[];
}
