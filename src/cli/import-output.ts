import { allOf } from "../diagnostics/index.js";
import type { SourceOrigin } from "../bundle/sources/index.js";
import type { ImportFinding, ImportReport, PlannedFile } from "../intake/index.js";
import { type Palette, prettyFindings, visible, plural, jsonText } from "../report/index.js";

/** A file of an import without its text. */
export type ImportedFile = Omit<PlannedFile, "text">;

export interface ImportOutput {
  /** How many files were read. */
  readonly sources: number;
  readonly files: readonly ImportedFile[];
  readonly report: ImportReport;
}

/** So many files are listed for people, and so many findings of one kind. */
const LISTED = 40;
const SHOWN = 20;

/** One document for programs: everything that was read, written and odd. */
export function importJson({ sources, files, report }: ImportOutput): string {
  const { read, files: actions, findings, severities, omitted } = report;
  const output = {
    version: 1,
    summary: {
      sources,
      ...read,
      created: actions.create,
      updated: actions.update,
      unchanged: actions.unchanged,
      refused: actions.refused,
      errors: severities.error,
      warnings: severities.warning,
      infos: severities.info,
    },
    files: files.map(({ path, action, kind, id, name, origin }) => ({
      file: path,
      action,
      kind,
      id,
      name,
      source: placeOf(origin),
    })),
    diagnostics: findings.map(({ diagnostic: { code, severity, message, help, target }, origin }) => ({
      code,
      severity,
      message,
      help,
      source: placeOf(origin),
      pointer: target.pointer,
    })),
    omitted: Object.fromEntries(omitted),
  };
  return jsonText(output);
}

const placeOf = ({ file, path, line }: SourceOrigin) => ({ file, path, line });

/** The same for people: findings, files, and sentences that sum up. Hints are counted, the first of each kind is shown. */
export function importText(output: ImportOutput, out: string, palette: Palette): string {
  const { report } = output;
  const findings = shownFindings(report, palette);
  return [...findings, fileList(output.files, palette), summary(output, out, palette)]
    .filter((text) => text !== "")
    .join("\n");
}

function shownFindings({ findings, omitted }: ImportReport, palette: Palette): string[] {
  const totals = new Map(omitted);
  for (const { diagnostic } of findings) totals.set(diagnostic.code, (totals.get(diagnostic.code) ?? 0) + 1);
  const seen = new Map<string, number>();
  return findings.flatMap((finding) => {
    const { code, severity } = finding.diagnostic;
    const nth = (seen.get(code) ?? 0) + 1;
    seen.set(code, nth);
    const most = severity === "info" ? 1 : SHOWN;
    if (nth > most) return [];
    const more = nth === most ? totals.get(code)! - most : 0;
    const note = more > 0 ? palette.dim(`  and ${more} more like it; --format json lists them`) + "\n" : "";
    return [block(finding, palette) + note];
  });
}

/** The finding at its place in the source, whose text is no longer there to be shown. */
function block({ diagnostic, origin }: ImportFinding, palette: Palette): string {
  const { pointer, ...target } = diagnostic.target;
  const file = pointer === undefined ? placeText(origin) : `${placeText(origin)} ${pointer}`;
  return prettyFindings(
    { diagnostics: [{ ...diagnostic, target: { ...target, file } }], documents: new Map() },
    palette,
  );
}

/** `rules.ndjson:4`, and for an archive `rules.zip/a/b.ndjson:4`. */
function placeText({ file, path, line }: SourceOrigin): string {
  const whole = path === undefined ? file : `${file}/${path}`;
  return line === undefined ? whole : `${whole}:${line}`;
}

const MARKS = { create: "+", update: "~", refused: "!" } as const;

function fileList(files: readonly ImportedFile[], palette: Palette): string {
  const paint = { create: palette.green, update: palette.yellow, refused: palette.red };
  const changed = files.flatMap(({ action, path, origin }) =>
    action === "unchanged"
      ? []
      : [`${paint[action](MARKS[action])} ${visible(path)}  ${palette.dim(visible(placeText(origin)))}\n`],
  );
  const more = changed.length - LISTED;
  return more > 1
    ? `${changed.slice(0, LISTED).join("")}${palette.dim(`  and ${more} more; --format json lists them`)}\n`
    : changed.join("");
}

function summary({ sources, report }: ImportOutput, out: string, palette: Palette): string {
  const { read, files, severities } = report;
  const came = [
    plural(read.rules, "rule"),
    ...(read.exception_lists + read.exception_items > 0
      ? [`${plural(read.exception_lists, "exception list")} with ${plural(read.exception_items, "item")}`]
      : []),
    ...(read.connectors > 0 ? [plural(read.connectors, "connector")] : []),
  ];
  const became = [
    [files.create, "created"],
    [files.update, "updated"],
    [files.unchanged, "unchanged"],
    [files.refused, "refused"],
  ] as const;
  const parts = became.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const paint = severities.error === 0 ? palette.green : palette.red;
  const done = parts.length === 0 ? "none" : parts.join(", ");
  const text = `Read ${allOf(came)} from ${plural(sources, "file")}. Files in ${visible(out)}: ${done}.`;
  return `${palette.bold(paint(text))}\n`;
}
