import type { QueryDiagnostic } from "./findings.js";

/** Thrown where a query is to be run that is broken. The message lists the errors; `diagnostics` has every finding. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  readonly diagnostics: readonly QueryDiagnostic[];

  constructor(diagnostics: readonly QueryDiagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    super(
      `the query cannot be run: ${errors.map(({ message, start }) => `${message} (at offset ${start})`).join("; ")}`,
    );
    this.diagnostics = diagnostics;
  }
}
