import type { FieldChange } from "../deploy/plan/differ.js";
import type { Kind } from "../deploy/plan/types.js";
import type { Risk } from "../deploy/risks/rank.js";

export const REVIEW_VERSION = 1;

/** One side of a comparison: a revision, or the files as they are. */
export interface Side {
  /** As it was asked for: `main`, `working tree`. */
  readonly label: string;
  /** The commit's hash; null for the working tree. */
  readonly commit: string | null;
}

/** A space of an environment. */
export interface Place {
  readonly environment: string;
  readonly space: string;
}

/** How many values a value list gets and loses, and the first of them. */
export interface ValuesDelta {
  readonly added: number;
  readonly removed: number;
  readonly first_added: readonly string[];
  readonly first_removed: readonly string[];
}

/** What happens to an object, and where the very same happens to it. */
export interface Effect {
  readonly action: "added" | "removed" | "changed";
  /** Whether it happens in the files alone; otherwise the configuration brings it about in these places. */
  readonly files: boolean;
  readonly places: readonly Place[];
  /** Whether these are all the places that have, or had, the object. */
  readonly everywhere: boolean;
  readonly diff: readonly FieldChange[];
  /** Of value lists. */
  readonly values?: ValuesDelta;
  /** Worst first. */
  readonly risks: readonly Risk[];
}

/** An object that differs between the sides. */
export interface ObjectChange {
  /** What happens to it in the files; `changed` where only places differ. */
  readonly action: "added" | "removed" | "changed";
  readonly kind: Kind;
  /** rule_id, list_id, item_id, or the connector's name. */
  readonly id: string;
  readonly name: string;
  /** In the head; in the base for what is removed. */
  readonly file: string;
  /** Where the base had it, when that was another file. */
  readonly moved_from?: string;
  /** Of an added rule: the removed one that it looks like. Its rule_id changed, so that Kibana takes it for another rule. */
  readonly resembles?: string;
  readonly effects: readonly Effect[];
}

/** A space that only one side has, with how many rules go there. */
export interface PlaceChange extends Place {
  readonly rules: number;
}

/** What changes between two revisions of a project. It is JSON, and holds no secret. */
export interface Review {
  readonly version: typeof REVIEW_VERSION;
  readonly summary: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    readonly risks: number;
    readonly uncompared: number;
  };
  readonly project: string;
  readonly base: Side;
  readonly head: Side;
  readonly spaces: { readonly added: readonly PlaceChange[]; readonly removed: readonly PlaceChange[] };
  /** Files that the base has broken, so that what is in them now cannot be compared. */
  readonly uncompared: readonly string[];
  /** Those with the worst risks first. */
  readonly changes: readonly ObjectChange[];
}
