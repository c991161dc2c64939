import { compareWithMark, type Fingerprint, type Mark, markOf } from "../form/mark.js";
import type { Conflict, LastChange, Policy, State } from "./types.js";

/** What is known of a live object's owner and history. */
export type Ownership =
  /** Ours, and as it was last applied (or its mark is too old to tell). `options` is known in the first case only. */
  | { readonly kind: "ours"; readonly options?: ReadonlySet<string> }
  /** Ours, and changed since. */
  | { readonly kind: "drifted" }
  /** Without a mark, but with the traces of a save in Kibana's form, which drops marks. */
  | { readonly kind: "saved-in-kibana" }
  | { readonly kind: "other-project"; readonly project: string }
  | { readonly kind: "unmarked" };

export interface Candidate {
  readonly meta: unknown;
  readonly fingerprint: Fingerprint;
  /** The options that the desired state has: the likeliest to be in the digest. */
  readonly likely: ReadonlySet<string>;
  /** Of rules: the mark must name this rule. */
  readonly ruleId?: string;
  /** Whether it looks like something that was saved in Kibana's form. */
  readonly savedInKibana?: boolean;
}

/** Finds out whose a live object is. Only a mark of this project, for this very rule, makes it ours. */
export function ownershipOf(candidate: Candidate, project: string): Ownership {
  const mark = markOf(candidate.meta);
  if (mark === undefined || mark.rule_id !== candidate.ruleId) {
    return { kind: candidate.savedInKibana === true ? "saved-in-kibana" : "unmarked" };
  }
  if (mark.project !== project) return { kind: "other-project", project: mark.project };
  return ours(mark, candidate);
}

function ours(mark: Mark, { fingerprint, likely }: Candidate): Ownership {
  const base = compareWithMark(mark, fingerprint, likely);
  if (base.kind === "changed") return { kind: "drifted" };
  return base.kind === "as-applied" ? { kind: "ours", options: base.options } : { kind: "ours" };
}

/**
 * What the three sides say of a live object. `differs`: git wants it otherwise than it is. `moved`: git wants another
 * thing than was last applied; not known where there is no mark, and then what differs is put down to Kibana's side.
 */
export function stateOf(ownership: Ownership, differs: boolean, moved: boolean): State {
  if (ownership.kind === "drifted") return moved && differs ? "conflicting" : "drifted";
  if (ownership.kind === "saved-in-kibana") return "drifted";
  if (ownership.kind === "ours") return differs ? "changed" : "in-sync";
  return "foreign";
}

/** Who changed an object last, for those that somebody else had a hand in. */
export function lastChange(state: State, live: Readonly<Record<string, unknown>>): { last?: LastChange } {
  if (state !== "drifted" && state !== "conflicting" && state !== "foreign") return {};
  const { updated_by: by, updated_at: at } = live;
  const last = { ...(typeof by === "string" ? { by } : {}), ...(typeof at === "string" ? { at } : {}) };
  return Object.keys(last).length === 0 ? {} : { last };
}

/** How a change to a live object may go ahead: with what is said about it, or not, with the reason. */
export type Verdict =
  | { readonly allowed: true; readonly drift?: true; readonly adopts?: true }
  | { readonly allowed: false; readonly drift?: true; readonly conflict: Conflict };

/** Whether a live object that differs from what is wanted may be written. */
export function judge(ownership: Ownership, what: string, policy: Policy): Verdict {
  const adopts = policy.adopt === true;
  const overwrites = policy.overwriteDrift === true;
  if (ownership.kind === "ours") return { allowed: true };
  if (ownership.kind === "drifted") {
    return overwrites
      ? { allowed: true, drift: true }
      : refuseDrift(`${what} was changed outside git since it was last applied`);
  }
  if (ownership.kind === "saved-in-kibana") {
    // To take a rule over is not to overwrite what somebody wrote in Kibana.
    return overwrites
      ? { allowed: true, drift: true, adopts: true }
      : refuseDrift(`${what} was saved in Kibana's own form, which drops the mark of its project`);
  }
  if (adopts) return { allowed: true, adopts: true };
  if (ownership.kind === "other-project") {
    return {
      allowed: false,
      conflict: {
        code: "other-project",
        message: `${what} belongs to the project "${ownership.project}"`,
        help: "remove it from one of the two projects, or take it over with --adopt",
      },
    };
  }
  return {
    allowed: false,
    conflict: {
      code: "not-ours",
      message: `${what} exists already and has no mark of this project`,
      help: "take it over with --adopt, or give yours another id",
    },
  };
}

function refuseDrift(message: string): Verdict {
  const help = "take the change into the file with kdac pull, or overwrite it with --overwrite-drift";
  return { allowed: false, drift: true, conflict: { code: "drift", message, help } };
}
