import type { QueryDiagnostic } from "../core/index.js";

/** Findings by their places. */
export function inOrder(findings: readonly QueryDiagnostic[]): readonly QueryDiagnostic[] {
  return findings.length < 2 ? findings : [...findings].sort((a, b) => a.start - b.start);
}
