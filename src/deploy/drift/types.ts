import type { Kind, LastChange } from "../plan/types.js";

export const DRIFT_VERSION = 1;

/**
 * In what way an object of a space is not what git and the last apply left there.
 *
 * - `edited`: it was changed outside git; `both-edited`: git has changed as well since the last apply.
 * - `mark-lost`: it was saved in Kibana's form, which drops the mark of the project.
 * - `missing`: git wants it and it is not there: deleted in Kibana, or never applied. Nothing tells which.
 * - `orphaned`: it is ours, and no file wants it any more.
 * - `not-ours`: git wants it, and what is there has no mark of this project.
 * - `duplicate`: a copy of a rule of ours, made in Kibana, or one that a race made twice.
 */
export type DriftCode =
  "edited" | "both-edited" | "mark-lost" | "missing" | "orphaned" | "not-ours" | "duplicate";

/** The codes, in the order in which they are counted for people. */
export const DRIFT_CODES: readonly DriftCode[] = [
  "both-edited",
  "edited",
  "mark-lost",
  "missing",
  "orphaned",
  "not-ours",
  "duplicate",
];

/** One field: what Kibana has, and what git has. A side that is absent has nothing there. */
export interface DriftChange {
  readonly path: string;
  readonly kibana?: unknown;
  readonly git?: unknown;
}

export interface DriftEntry {
  readonly drift: DriftCode;
  readonly kind: Kind;
  /** rule_id, list_id, item_id, or the connector's name. */
  readonly id: string;
  readonly name: string;
  /** The file that wants it; "" where none does. */
  readonly file: string;
  /** Who changed it last, and when, as far as Kibana tells. */
  readonly last?: LastChange;
  readonly diff: readonly DriftChange[];
  /** Lower-case start, no full stop. */
  readonly message: string;
  /** What to do. */
  readonly help: string;
}

/** What analysts made beside our objects, which is theirs and stays. */
export interface Near {
  /** Lists of exceptions that belong to one rule of ours each. */
  readonly default_lists: number;
  /** Exceptions in those. */
  readonly default_items: number;
  /** Items that analysts added to lists of the project. */
  readonly items: number;
}

export interface SpaceDrift {
  readonly space: string;
  readonly entries: readonly DriftEntry[];
  /** Changes of git that were not applied yet: no drift. */
  readonly unapplied: number;
  /** Objects that are as they were last applied. */
  readonly in_sync: number;
  /** Null where the space has more rules than Kibana exports. */
  readonly near: Near | null;
}

export type DriftSummary = Readonly<Record<DriftCode, number>> & {
  readonly unapplied: number;
  readonly in_sync: number;
};

/** What was changed outside git in an environment. It is JSON, and holds no secret. */
export interface Drift {
  readonly version: typeof DRIFT_VERSION;
  readonly summary: DriftSummary;
  readonly project: string;
  readonly environment: string;
  /** Kibana's address without credentials. */
  readonly url: string;
  /** Kibana's version; null where the credentials may not see it. */
  readonly kibana: string | null;
  readonly spaces: readonly SpaceDrift[];
}
