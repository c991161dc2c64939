import { type Diagnostic, meansInvalid } from "../diagnostics/index.js";
import type { LocatedDocument } from "../yaml/index.js";

/** What a file of the project can declare. */
export type DeclaredKind = "rule" | "exceptions" | "values" | "connector";

/**
 * A file that is there and cannot be used. What it declares may be deployed, so it is not gone: nothing takes it for an object that no
 * file wants any more.
 */
export interface InvalidFile {
  /** The file of the object; a folder where its files cannot be listed. */
  readonly file: string;
  /** The file to correct: the same one, or a translation of the rule. */
  readonly cause: string;
  /** Undefined where it may declare anything. */
  readonly kind: DeclaredKind | undefined;
  /** `rule_id`, `list_id`, the id of a value list, the name of a connector. Undefined where it cannot be told. */
  readonly id: string | undefined;
}

/** An invalid file, of which the id counts only where its YAML leaves no doubt about it. */
export function invalidFile(
  kind: DeclaredKind | undefined,
  file: string,
  document?: LocatedDocument,
  id?: unknown,
): InvalidFile {
  const isSure = document !== undefined && !hasInvalid(document.diagnostics);
  return { file, cause: file, kind, id: isSure && typeof id === "string" && id !== "" ? id : undefined };
}

/** Whether findings mean that what they are about is invalid. */
export function hasInvalid(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code }) => meansInvalid(code));
}
