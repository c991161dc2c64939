import type { Diagnostic, Target } from "../diagnostics/index.js";
import type { QueryDiagnostic } from "../query/index.js";

/** Findings in a text at their places in the file, where `target` is the text. */
export function placed(findings: readonly QueryDiagnostic[], target: Target): Diagnostic[] {
  return findings.map(({ start, end, ...finding }) => ({
    ...finding,
    target: { ...target, within: { start, end } },
  }));
}
