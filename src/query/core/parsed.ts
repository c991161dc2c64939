import type { Findings, QueryDiagnostic } from "./findings.js";
import { MAX_LENGTH } from "./limits.js";

/** What a query says, and what is wrong with how it says it. */
export interface Parsed<Query> {
  /** Always there: `error` nodes stand for what could not be read. */
  readonly ast: Query;
  readonly diagnostics: readonly QueryDiagnostic[];
}

/** Whether a query is too long to be read, which is then reported. */
export function isTooLong({ length }: string, findings: Findings): boolean {
  if (length <= MAX_LENGTH) return false;
  findings.add("query/too-long", { length, limit: MAX_LENGTH }, { start: MAX_LENGTH, end: length });
  return true;
}
