import type { Action, Kind } from "../plan/types.js";

export const RESULT_VERSION = 1;

/** What became of a change: made, tried without success, or not tried. */
export type Outcome = "done" | "failed" | "skipped";

export interface ChangeResult {
  readonly outcome: Outcome;
  readonly action: Exclude<Action, "unchanged">;
  readonly kind: Kind;
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly file: string;
  /** Why it failed or was skipped. */
  readonly reason?: string;
  /** What to do about it. */
  readonly help?: string;
  /** What Kibana did otherwise than asked. */
  readonly notes?: readonly string[];
}

export interface ApplyResult {
  readonly version: typeof RESULT_VERSION;
  readonly summary: {
    readonly created: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly skipped: number;
  };
  readonly project: string;
  readonly environment: string;
  readonly url: string;
  readonly spaces: readonly { readonly space: string; readonly results: readonly ChangeResult[] }[];
}
