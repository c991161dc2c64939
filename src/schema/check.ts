import { type Diagnostic, report } from "../diagnostics/index.js";
import type { LocatedDocument } from "../yaml/index.js";
import { condense } from "./condense.js";
import { finding } from "./findings.js";
import * as validators from "./generated/validators.js";
import type { FileKind, Place } from "./place.js";
import { typeFinding } from "./rule-type.js";

export type { FileKind } from "./place.js";

/** Findings about one file: more would say nothing new, and take their time to be worked out and printed. */
const MOST_FINDINGS = 2_000;

/**
 * Checks a document's data against the schema of its kind. Each mistake is one finding at the place that is wrong: the key
 * for a key that is not known, the value for a value. A rule whose `type` is missing or unknown is still checked in all
 * that rules of every type have in common. Documents without data (broken, empty) have their findings already.
 */
export function check(kind: FileKind, document: LocatedDocument): Diagnostic[] {
  const { data, file } = document;
  if (typeof data !== "object" || data === null) return [];
  const mistaken = kind === "rule" ? typeFinding(data, file) : undefined;
  const root = mistaken === undefined ? kind : "untyped";
  const validate = validators[root];
  if (validate(data)) return mistaken === undefined ? [] : [mistaken];
  const place: Place = { root, kind, document };
  const groups = condense(validate.errors ?? []);
  const found = groups.slice(0, MOST_FINDINGS).flatMap((group) => finding(group, place) ?? []);
  const more = groups.length - MOST_FINDINGS;
  if (more > 0) found.push(report("schema/too-many-findings", { count: String(more) }, { file }));
  return mistaken === undefined ? found : [mistaken, ...found];
}

/** Whether data is as the schema of its kind says, for files that no person writes: they have no places to point at. */
export function conforms(kind: FileKind, data: unknown): boolean {
  return validators[kind](data);
}
