import type { FieldChange } from "./differ.js";
import type { Mark } from "./mark.js";

export const PLAN_VERSION = 1;

/** What happens to an object. A conflict is a change that is wanted but will not be made, with the reason. */
export type Action = "create" | "update" | "unchanged" | "conflict";
export type Kind = "connector" | "exception-list" | "exception-item" | "rule";

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
 */
export type ConflictCode =
  | "not-ours"
  | "other-project"
  | "prebuilt"
  | "drift"
  | "type-change"
  | "missing-reference"
  | "blocked"
  | "ambiguous";

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
  /** Of lists and items: Kibana's own token, sent with the write. */
  readonly _version?: string;
}

/** What goes to Kibana for a change. */
export interface Write {
  readonly body: Body;
  /** Of rules: for each action the name of its connector, whose id is filled in where the action has none yet. */
  readonly connectors?: readonly (string | null)[];
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
  /** The file that wants it. */
  readonly file: string;
  /** What differs; for a conflict, what would be changed. Empty for what is created or unchanged. */
  readonly diff: readonly FieldChange[];
  /** The object was changed outside git since the last apply. */
  readonly drift?: true;
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
  readonly policy: { readonly adopt: boolean; readonly overwrite_drift: boolean };
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
}

export type { FieldChange, Mark };
