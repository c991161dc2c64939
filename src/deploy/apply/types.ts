import type { Action, Kind } from "../plan/types.js";

export const RESULT_VERSION = 1;

/** What became of a change: made, tried without success, or not tried. */
export type Outcome = "done" | "failed" | "skipped";

export interface ChangeResult {
  readonly outcome: Outcome;
  readonly action: Exclude<Action, "unchanged" | "orphan">;
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
    readonly replaced: number;
    readonly deleted: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly skipped: number;
  };
  readonly project: string;
  readonly environment: string;
  readonly url: string;
  /** Name of the snapshot that `rollback` goes back to; absent where nothing was to be written. */
  readonly snapshot?: string;
  /** Why the run ended early, where it did. */
  readonly stopped?: string;
  readonly spaces: readonly { readonly space: string; readonly results: readonly ChangeResult[] }[];
}
