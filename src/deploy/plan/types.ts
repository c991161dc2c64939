import type { FieldChange } from "./differ.js";
import type { FieldOrigin } from "../desired/desired.js";
import type { Mark } from "../form/mark.js";

export const PLAN_VERSION = 1;

/**
 * What happens to an object.
 *
 * - `replace`: a rule's type changes, or an exception item moves to another list, which Kibana does only by deleting it and
 *   making a new one.
 * - `delete`: it is ours, no file wants it any more, and `--prune` was given.
 * - `orphan`: the same without `--prune`: it stays.
 * - `conflict`: a change that is wanted but will not be made, with the reason.
 */
export type Action = "create" | "update" | "replace" | "delete" | "orphan" | "unchanged" | "conflict";
export type Kind = "connector" | "value-list" | "exception-list" | "exception-item" | "rule";

/**
 * What the three sides say of an object: what was last applied (known by its digest), what is live, what git wants.
 *
 * - `new`: not there yet; `in-sync`: all the same; `changed`: git changed.
 * - `drifted`: changed outside git; `conflicting`: git and somebody outside git changed it.
 * - `orphaned`: ours, gone from git; `foreign`: not ours.
 */
export type State = "new" | "in-sync" | "changed" | "drifted" | "conflicting" | "orphaned" | "foreign";

/**
 * Why a change is not made.
 *
 * - `not-ours`: the object has no mark of this project; `other-project`: it has another project's.
 * - `prebuilt`: the rule_id is that of an installed prebuilt rule.
 * - `drift`: it was changed outside git.
 * - `type-change`: Kibana cannot change its type; it would have to be deleted and made anew.
 * - `missing-reference`: it needs a list or connector that neither the space nor the project has.
 * - `blocked`: it needs an object that is itself in conflict.
 * - `ambiguous`: the space has several objects of this name.
 * - `too-many-deletes`: more objects would be deleted than `--max-deletes` allows.
 * - `invalid-file`: the file that declares it, or may declare it, is invalid.
 * - `in-use`: it would be deleted, but something that stays needs it or an analyst added to it.
 */
export type ConflictCode =
  | "not-ours"
  | "other-project"
  | "prebuilt"
  | "drift"
  | "type-change"
  | "missing-reference"
  | "blocked"
  | "ambiguous"
  | "too-many-deletes"
  | "invalid-file"
  | "in-use";

export interface Conflict {
  readonly code: ConflictCode;
  /** Lower-case start, no full stop. */
  readonly message: string;
  /** What to do. */
  readonly help: string;
}

/** A body as it goes to Kibana, but for the ids of objects that do not exist yet: see `apply`. */
export type Body = Readonly<Record<string, unknown>>;

/** The state that a change was planned on. When it is another at the time of the write, the change fails. */
export interface Expected {
  readonly id: string;
  /** Of rules. */
  readonly revision?: number;
  /** Of rules whose file says whether they are enabled. */
  readonly enabled?: boolean;
  /** Of lists and items: Kibana's own token, sent with the write. */
  readonly _version?: string;
  /** Of what Kibana gives no token for (connectors, values of a value list): a hash of it as it was seen. */
  readonly state?: string;
}

/** When and by whom an object was last changed, as Kibana tells it. */
export interface LastChange {
  readonly by?: string;
  /** ISO time. */
  readonly at?: string;
}

/** The values that a value list gets and loses. */
export interface ValueChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Values that Kibana has more than once, of which one is left. */
  readonly repeated?: readonly string[];
  /** Digest of the values of the file that the list has already, which are not touched. */
  readonly kept?: string;
}

/** Something that a reviewer should look at before it is applied. */
export interface Warning {
  /** What it is about, such as `replaced`, `enabled` or `index-broadened`. */
  readonly code: string;
  /** Lower-case start, no full stop. */
  readonly message: string;
}

/** What goes to Kibana for a change. */
export interface Write {
  readonly body: Body;
  /** Of rules: for each action the name of its connector, whose id is filled in where the action has none yet. */
  readonly connectors?: readonly (string | null)[];
  /** Of value lists. */
  readonly values?: ValueChange;
}

/** One object of one space, and what happens to it. */
export interface Change {
  readonly action: Action;
  readonly kind: Kind;
  /** Unique in the plan. Agnostic lists and items, which all spaces share, are planned once. */
  readonly key: string;
  /** rule_id, list_id, item_id, or the connector's name. */
  readonly id: string;
  readonly name: string;
  /** The file that wants it; "" for what no file wants any more. */
  readonly file: string;
  readonly state: State;
  /** What differs; for a conflict, what would be changed. Empty for what is created or unchanged. */
  readonly diff: readonly FieldChange[];
  /** The object was changed outside git since the last apply. */
  readonly drift?: true;
  /** Of what drifted, conflicts, or is foreign: who changed it last. */
  readonly last?: LastChange;
  /** Of rules that are made, where that was asked for: where the value of each field comes from. */
  readonly origins?: Readonly<Record<string, FieldOrigin>>;
  /** What a reviewer should look at. */
  readonly warnings?: readonly Warning[];
  /** The object is taken over although it has no mark of this project. */
  readonly adopts?: true;
  readonly conflict?: Conflict;
  /** What the reader should know besides. */
  readonly notes?: readonly string[];
  /** Keys of the changes that have to succeed before this one. */
  readonly needs?: readonly string[];
  readonly expected?: Expected;
  readonly write?: Write;
}

export interface SpacePlan {
  readonly space: string;
  /** In the order in which they are made: connectors, lists, items, rules. */
  readonly changes: readonly Change[];
}

export type Summary = Readonly<Record<Action, number>>;

/** A plan: the whole of what `apply` will do and all that a renderer shows. It is JSON, and holds no secret. */
export interface Plan {
  readonly version: typeof PLAN_VERSION;
  readonly summary: Summary;
  readonly project: string;
  readonly environment: string;
  /** Kibana's address without credentials. */
  readonly url: string;
  /** Kibana's version; null where the credentials may not see it. */
  readonly kibana: string | null;
  readonly policy: {
    readonly adopt: boolean;
    readonly overwrite_drift: boolean;
    readonly prune: boolean;
    readonly max_deletes: number;
  };
  /** Spaces of the environment that are not there yet and are made first, with `--create-spaces`. */
  readonly creates_spaces?: readonly string[];
  /** The snapshot that it goes back to, of a plan made by `rollback`. */
  readonly rollback?: string;
  readonly spaces: readonly SpacePlan[];
}

/** What may be done to objects that others made or changed. */
export interface Policy {
  /** The project's name, which owns what it marks. */
  readonly project: string;
  /** Take over objects without this project's mark. */
  readonly adopt?: boolean;
  /** Overwrite what was changed outside git. */
  readonly overwriteDrift?: boolean;
  /** Tell of rules that are made where each of their values comes from. */
  readonly explain?: boolean;
  /** Delete what is ours and in no file any more. */
  readonly prune?: boolean;
  /** Deletions and replacements that one apply may make, over all spaces; 5 unless told otherwise. */
  readonly maxDeletes?: number;
}

export const DEFAULT_MAX_DELETES = 5;

export type { FieldChange, Mark };
