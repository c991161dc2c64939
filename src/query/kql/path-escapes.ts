import type { Findings, Span } from "../core/index.js";

/** The beginning of a path: `C:\`, `\\server`, `\Device` (in words with their escapes: `C\:\`). */
const PATH = /^\*?(?:[A-Za-z]\\?:\\|\\)/;
/** A tab or a line end in the middle of letters: `\temp`, `\new`. */
const CONTROL = /\\(?:\\|[trn](?=[A-Za-z0-9_.~-]))/g;

/** Warns where a path has a part like `\temp`, in which `\t` is a tab. */
export function warnOfPath(findings: Findings, text: string, { start, end }: Span): void {
  const written = text.slice(start, end);
  if (!PATH.test(written)) return;
  for (const { 0: escape, index } of written.matchAll(CONTROL)) {
    if (escape === "\\\\") continue;
    const from = start + index;
    const means = escape === "\\t" ? "a tab" : "a line end";
    findings.add("kql/path-escape", { escape, means }, { start: from, end: from + 2 });
    return;
  }
}
