import type { Diagnostic } from "../diagnostics/index.js";
import type { Pull, PullAction, PulledObject } from "../intake/pull-model.js";
import type { Project } from "../project/index.js";
import { type Palette, prettyFindings, render, visible, jsonText } from "../report/index.js";

/** What a pull comes to, for its report. */
export interface PullResult {
  readonly environment: string;
  readonly space: string;
  /** Kibana's version; null where the credentials may not see it. */
  readonly kibana: string | null;
  readonly pull: Pull;
}

type Counts = Readonly<Record<PullAction, number>>;

export function countsOf({ objects }: Pull): Counts {
  const counts = { create: 0, update: 0, unchanged: 0, kept: 0, refused: 0 };
  for (const { action } of objects) counts[action]++;
  return counts;
}

/** The report as one JSON document; its shape is schemas/output/pull.schema.json. */
export function pullJson({ environment, space, kibana, pull }: PullResult, project: Project): string {
  const { diagnostics } = JSON.parse(render("json", input(pull, project))) as { diagnostics: unknown };
  const report = {
    version: 1,
    summary: countsOf(pull),
    environment,
    space,
    kibana,
    objects: pull.objects,
    diagnostics,
  };
  return jsonText(report);
}

const SYMBOLS: Readonly<Record<PullAction, string>> = {
  create: "+",
  update: "~",
  unchanged: " ",
  kept: " ",
  refused: "!",
};
const KINDS: Readonly<Record<PulledObject["kind"], string>> = {
  rule: "rule",
  "exception-list": "exception list",
  connector: "connector",
  "value-list": "value list",
};

/** So many files are listed for people, and so many findings of one kind. */
const LISTED = 40;
const SHOWN = 20;

/** The report for people: every file that is written or was refused, the findings, a sentence. */
export function pullText(result: PullResult, project: Project, palette: Palette): string {
  const { environment, space, pull } = result;
  const shown = pull.objects.filter(({ action }) => action !== "unchanged" && action !== "kept");
  const { diagnostics, documents } = input(pull, project);
  const seen = new Map<string, number>();
  const told = diagnostics.filter(({ code }) => {
    seen.set(code, (seen.get(code) ?? 0) + 1);
    return seen.get(code)! <= SHOWN;
  });
  const findings = prettyFindings({ diagnostics: told, documents }, palette);
  return [
    ...shown.slice(0, LISTED).map((object) => line(object, palette)),
    ...more(shown.length - LISTED, "files", palette),
    ...(shown.length > 0 ? [""] : []),
    ...(findings === "" ? [] : [findings]),
    ...more(diagnostics.length - told.length, "findings", palette),
    `${palette.bold(sentence(countsOf(pull)))} Pulled from space ${visible(space)} of ${visible(environment)}.`,
    ...prebuiltNote(pull),
    "",
  ].join("\n");
}

function more(count: number, what: string, palette: Palette): string[] {
  return count > 0 ? [palette.dim(`… and ${count} more ${what}; --format json lists them`)] : [];
}

function line({ action, kind, name, file, fields, prebuilt }: PulledObject, palette: Palette): string {
  const paint = { "+": palette.green, "~": palette.yellow, "!": palette.red }[SYMBOLS[action]] ?? palette.dim;
  const changed = action === "update" ? `  ${visible(fields.join(", "))}` : "";
  const remark = prebuilt === undefined ? "" : `  ${palette.yellow(`(${prebuiltText(prebuilt)})`)}`;
  return `${paint(SYMBOLS[action])} ${KINDS[kind].padEnd(14)} ${visible(name)}  ${palette.dim(visible(file))}${changed}${remark}`;
}

function prebuiltText({ customized, fields }: NonNullable<PulledObject["prebuilt"]>): string {
  if (!customized) return "prebuilt";
  return fields.length === 0 ? "prebuilt, customised" : `prebuilt, customised: ${visible(fields.join(", "))}`;
}

/** What becomes of prebuilt rules, said once. */
function prebuiltNote({ objects }: Pull): string[] {
  const prebuilt = objects.filter((object) => object.prebuilt !== undefined).length;
  if (prebuilt === 0) return [];
  return [
    `${prebuilt} of them ${prebuilt === 1 ? "is a prebuilt rule" : "are prebuilt rules"}: Kibana keeps those up to date itself, and a deploy leaves them alone. To deploy one as your own, give it another rule_id.`,
  ];
}

function sentence(counts: Counts): string {
  const parts = [
    [counts.create, "new"],
    [counts.update, "updated"],
    [counts.unchanged, "unchanged"],
    [counts.kept, "ahead of the space"],
    [counts.refused, "refused"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return said.length === 0 ? "Nothing to pull." : `${said.join(", ")}.`;
}

function input(
  { findings, documents }: Pull,
  project: Project,
): { diagnostics: readonly Diagnostic[]; documents: Project["documents"]; rules: number } {
  return {
    diagnostics: findings,
    documents: new Map([...project.documents, ...documents]),
    rules: project.rules.length,
  };
}
