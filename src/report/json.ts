import { jsonText } from "./visible.js";
import type { ReportInput } from "./input.js";
import { Locator, type Place } from "./locate.js";
import { arrange } from "./sort.js";
import { summarize } from "./summary.js";

/** Findings for programs, as one document. Lines and columns are 1-based, columns in UTF-16 units, ends exclusive. */
export function json({ diagnostics, documents, rules }: ReportInput): string {
  const found = arrange(diagnostics, new Locator(documents, diagnostics));
  const output = {
    version: 1,
    summary: summarize(
      found.map(({ diagnostic }) => diagnostic),
      rules,
    ),
    diagnostics: found.map(({ diagnostic: { code, severity, message, help, target }, place, related }) => ({
      code,
      severity,
      message,
      help,
      file: place.file,
      pointer: target.pointer,
      ...coordinates(place),
      related: related.map(({ message, place }) => ({ message, file: place.file, ...coordinates(place) })),
    })),
  };
  return jsonText(output);
}

function coordinates({ position }: Place) {
  if (position === undefined) return {};
  const { start, end } = position;
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
