import type { Severity } from "../diagnostics/index.js";
import { frame } from "./frame.js";
import type { ReportInput } from "./input.js";
import { Locator, type Place, placeText } from "./locate.js";
import { type Palette, plain } from "./palette.js";
import { arrange, type LocatedDiagnostic } from "./sort.js";
import { summarize, summaryText } from "./summary.js";
import { visible } from "./visible.js";

/** Findings for people: each with its source, what to do, and the other places that belong to it; then a sentence that sums up. */
export function pretty(input: ReportInput, palette: Palette = plain): string {
  const found = arrange(input.diagnostics, new Locator(input.documents));
  const summary = summarize(
    found.map(({ diagnostic }) => diagnostic),
    input.rules,
  );
  const paint = summary.errors > 0 ? palette.red : summary.warnings > 0 ? palette.yellow : palette.green;
  return `${[...blocks(input, palette), palette.bold(paint(summaryText(summary)))].join("\n\n")}\n`;
}

/** The findings alone, where there is nothing to sum up. */
export function prettyFindings(input: Omit<ReportInput, "rules">, palette: Palette = plain): string {
  return blocks(input, palette)
    .map((text) => `${text}\n`)
    .join("\n");
}

function blocks({ diagnostics, documents }: Omit<ReportInput, "rules">, palette: Palette): string[] {
  const locator = new Locator(documents, diagnostics);
  return arrange(diagnostics, locator).map((entry) => block(entry, locator, palette).join("\n"));
}

function block(
  { diagnostic, place, related }: LocatedDiagnostic,
  locator: Locator,
  palette: Palette,
): string[] {
  const { severity, code, message, help } = diagnostic;
  const mark = paintOf(severity, palette);
  const source = (where: Place, context: 0 | 1) => {
    const lines = locator.linesOf(where.file);
    if (lines === undefined || where.position === undefined) return [];
    return frame(lines, where.position, { palette, mark: context === 1 ? mark : palette.cyan, context });
  };
  return [
    `${palette.bold(visible(placeText(place)))}  ${mark(severity)}  ${palette.dim(code)}  ${visible(message)}`,
    ...source(place, 1),
    ...(help === undefined ? [] : [`  ${palette.cyan("help:")} ${visible(help)}`]),
    ...related.flatMap(({ message, place }) => [
      `  ${palette.cyan("see:")} ${visible(placeText(place))}  ${visible(message)}`,
      ...source(place, 0),
    ]),
  ];
}

function paintOf(severity: Severity, palette: Palette): (text: string) => string {
  return { error: palette.red, warning: palette.yellow, info: palette.cyan }[severity];
}
