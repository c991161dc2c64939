import { PREVIEW_VERSION, type Previews, type RulePreview } from "../deploy/preview/types.js";
import type { Project } from "../project/index.js";
import { type Palette, plural, prettyFindings, render, visible, jsonText } from "../report/index.js";

/** Previews as one JSON document; its shape is schemas/output/preview.schema.json. */
export function previewJson(previews: Previews, project: Project): string {
  const { environment, space, from, to, rules } = previews;
  const { diagnostics } = JSON.parse(render("json", inputOf(previews, project))) as { diagnostics: unknown };
  const summary = summaryOf(previews);
  return jsonText({ version: PREVIEW_VERSION, summary, environment, space, from, to, rules, diagnostics });
}

const SYMBOLS: Readonly<Record<RulePreview["outcome"], string>> = { ok: "✓", failed: "✗", aborted: "!" };

/** Previews for people: a line for each rule, the findings, a sentence. */
export function previewText(previews: Previews, project: Project, palette: Palette): string {
  const { environment, space, from, to, rules } = previews;
  const width = Math.max(0, ...rules.map(({ name }) => name.length));
  const findings = prettyFindings(inputOf(previews, project), palette);
  return [
    palette.bold(
      `Preview in space ${visible(space)} of ${visible(environment)}, ${timeOf(from)} to ${timeOf(to)} UTC`,
    ),
    "",
    ...rules.flatMap((rule) => ruleLines(rule, width, palette)),
    ...(rules.length === 0 ? [] : [""]),
    ...(findings === "" ? [] : [findings]),
    palette.bold(sentence(previews)),
    "",
  ].join("\n");
}

function ruleLines(rule: RulePreview, width: number, palette: Palette): string[] {
  const paint = { ok: palette.green, failed: palette.red, aborted: palette.yellow }[rule.outcome];
  const count =
    rule.alerts === null
      ? rule.outcome === "failed"
        ? "failed"
        : "not counted"
      : `${plural(rule.alerts, "alert")}, ${rule.per_day === rule.alerts ? "" : "about "}${rule.per_day} a day`;
  return [
    `  ${paint(SYMBOLS[rule.outcome])} ${visible(rule.name).padEnd(width)}  ${count}  ${palette.dim(`${plural(rule.runs, "run")}  ${visible(rule.file)}`)}`,
    ...rule.notes.map((note) => `      note: ${visible(note)}`),
  ];
}

function sentence(previews: Previews): string {
  const { rules, alerts, uncounted, errors, warnings } = summaryOf(previews);
  if (rules === 0) return "There is no rule to preview.";
  const parts = [
    plural(alerts, "alert"),
    ...(uncounted === 0 ? [] : [`${uncounted} not counted`]),
    ...(errors === 0 ? [] : [plural(errors, "error")]),
    ...(warnings === 0 ? [] : [plural(warnings, "warning")]),
  ];
  return `${plural(rules, "rule")} run: ${parts.join(", ")}.`;
}

function summaryOf({
  rules,
  diagnostics,
}: Previews): Readonly<Record<"rules" | "alerts" | "uncounted" | "errors" | "warnings", number>> {
  const of = (wanted: string): number => diagnostics.filter(({ severity }) => severity === wanted).length;
  return {
    rules: rules.length,
    alerts: rules.reduce((sum, { alerts }) => sum + (alerts ?? 0), 0),
    uncounted: rules.filter(({ alerts }) => alerts === null).length,
    errors: of("error"),
    warnings: of("warning"),
  };
}

function inputOf({ diagnostics }: Previews, { documents, rules }: Project): Parameters<typeof render>[1] {
  return { diagnostics, documents, rules: rules.length };
}

const timeOf = (iso: string): string => iso.slice(0, 16).replace("T", " ");
