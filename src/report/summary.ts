import type { Diagnostic, Severity } from "../diagnostics/index.js";

/** What a run found, in numbers. `files` counts the files with findings, `rules` what was checked. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly files: number;
  readonly rules: number;
}

export function summarize(diagnostics: readonly Diagnostic[], rules: number): Summary {
  const count = (severity: Severity) => diagnostics.filter((found) => found.severity === severity).length;
  return {
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
    files: new Set(diagnostics.map(({ target }) => target.file)).size,
    rules,
  };
}

/** `3 errors, 1 warning in 2 files (25 rules checked)`, or `No problems in 25 rules.` */
export function summaryText({ errors, warnings, infos, files, rules }: Summary): string {
  const counts = [
    [errors, "error"],
    [warnings, "warning"],
    [infos, "hint"],
  ] as const;
  const found = counts.filter(([count]) => count > 0).map(([count, noun]) => plural(count, noun));
  if (found.length === 0) return `No problems in ${plural(rules, "rule")}.`;
  return `${found.join(", ")} in ${plural(files, "file")} (${plural(rules, "rule")} checked)`;
}

/** `1 rule`, `2 rules`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
