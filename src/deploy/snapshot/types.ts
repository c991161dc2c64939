import type { Json } from "../../json/index.js";
import type { Action, Kind, Write } from "../plan/types.js";

export const SNAPSHOT_VERSION = 1;

/** An object as it was before an apply touched it, and what that apply was to do with it. */
export interface SnapshotObject {
  readonly kind: Kind;
  /** The change's key in the plan. */
  readonly key: string;
  /** rule_id, list_id, item_id, the value list's id, or the connector's name. */
  readonly id: string;
  readonly name: string;
  readonly action: Action;
  /** As Kibana returned it; null where there was none. */
  readonly before: Json | null;
  /** The values of a value list that was there. */
  readonly values?: readonly string[];
  /** What was to be written, with the names of secrets alone; null for what was to be deleted. */
  readonly wrote: Write | null;
}

export interface SnapshotSpace {
  readonly space: string;
  readonly objects: readonly SnapshotObject[];
}

/** All that an apply touches, as it was right before. It holds no secret. */
export interface Snapshot {
  readonly version: typeof SNAPSHOT_VERSION;
  /** ISO time. */
  readonly taken_at: string;
  readonly project: string;
  readonly environment: string;
  /** Kibana's address without credentials. */
  readonly url: string;
  readonly kibana: string | null;
  /** Digest of the plan that was applied. */
  readonly plan: string;
  readonly spaces: readonly SnapshotSpace[];
}
