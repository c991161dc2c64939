import type { Severity } from "../diagnostics/index.js";
import type { ReportInput } from "./input.js";
import { Locator, type Place, placeText } from "./locate.js";
import { arrange, type LocatedDiagnostic } from "./sort.js";
import { summarize, summaryText } from "./summary.js";
import { visible } from "./visible.js";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Findings as workflow commands, which GitHub shows as annotations on the changed lines of a pull request; then the summary. */
export function github({ diagnostics, documents, rules }: ReportInput): string {
  const found = arrange(diagnostics, new Locator(documents, diagnostics));
  const summary = summarize(
    found.map(({ diagnostic }) => diagnostic),
    rules,
  );
  return `${[...found.map(command), summaryText(summary)].join("\n")}\n`;
}

function command({
  diagnostic: { severity, code, message, help },
  place,
  related,
}: LocatedDiagnostic): string {
  const properties: Record<string, string | number> = { file: place.file, ...region(place), title: code };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  const text = [
    message,
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...related.map(({ message, place }) => `${placeText(place)}: ${message}`),
  ];
  return `::${COMMANDS[severity]} ${list.join(",")}::${text.map(data).join("%0A")}`;
}

/** GitHub shows an annotation below its last line and takes end columns only within one, so longer ranges are their beginning. */
function region({ position }: Place): Readonly<Record<string, string | number>> {
  if (position === undefined) return {};
  const { start, end } = position;
  if (start.line !== end.line) return { line: start.line, col: start.column };
  return { line: start.line, endLine: end.line, col: start.column, endColumn: end.column };
}

/** Without escapes, a line break in a rule could begin a command of its own. */
function data(text: string): string {
  return visible(text).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
