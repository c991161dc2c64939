import type { Diagnostic } from "../diagnostics/index.js";
import type { LocatedDocument } from "../yaml/index.js";

/** A text that findings are about: a file, or a query from the command line. */
export type SourceText = Pick<LocatedDocument, "file" | "rangeOf" | "text">;

/** What a reporter prints. */
export interface ReportInput {
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, by its path: for positions and source, and as the test suites of JUnit. */
  readonly documents: ReadonlyMap<string, SourceText>;
  /** How many rules were checked. */
  readonly rules: number;
  /** Where the findings page is published; links to a finding's section follow it. */
  readonly findingsUrl?: string;
}
