import { allOf } from "../diagnostics/index.js";
import type { Change } from "../deploy/index.js";
import { markOf } from "../deploy/form/mark.js";

/** How a file and the space stand to each other, seen from what was last applied. */
export interface Standing {
  /** `unknown`: the object has no mark of this project, so nothing tells which side is newer. */
  readonly is: "same" | "space-changed" | "file-changed" | "both-changed" | "unknown";
  /** The fields in which they differ, by Kibana's names. */
  readonly fields: readonly string[];
}

/**
 * Reads the standing off a plan that may overwrite everything.
 *
 * @param meta the live object's
 * @param digestOf what the mark would have if the file were applied; it costs, and is seldom asked for
 */
export function standingOf(
  change: Pick<Change, "diff" | "drift">,
  meta: unknown,
  digestOf: () => string | undefined,
  owner: { readonly project: string; readonly rule_id?: string },
): Standing {
  const fields = fieldsOf(change);
  if (fields.length === 0) return { is: "same", fields };
  const mark = markOf(meta);
  if (mark === undefined || mark.project !== owner.project || mark.rule_id !== owner.rule_id)
    return { is: "unknown", fields };
  if (change.drift !== true) return { is: "file-changed", fields };
  const digest = digestOf();
  return { is: digest === undefined || mark.digest === digest ? "space-changed" : "both-changed", fields };
}

/** The fields that a change is about: `threat` for `threat[TA0001].technique[T1566]`. The mark is none of them. */
export function fieldsOf({ diff }: Pick<Change, "diff">): string[] {
  const names = diff.flatMap(({ path }) => (path === "meta.kdac" ? [] : [/^[^.[]+/.exec(path)?.[0] ?? path]));
  return [...new Set(names)];
}

/** The digest of the mark that a change writes; undefined of a change that writes nothing. */
export function digestIn({ write }: Change): string | undefined {
  return markOf(write?.body["meta"])?.digest;
}

/** So many fields are named. */
const NAMED = 5;

/** `name, query and 3 more`. */
export function named(fields: readonly string[]): string {
  if (fields.length > NAMED) return `${fields.slice(0, NAMED).join(", ")} and ${fields.length - NAMED} more`;
  return allOf(fields);
}
