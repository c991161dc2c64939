import type { AuthoredGuide, Guide, GuideSection, GuideStep, TextStep } from "../schema/index.js";
import { guideHeadings } from "./headings.js";
import { investigatePlugin, osqueryPlugin } from "./plugins.js";

/** What a guide is rendered with; `expand` fills in fragments. */
export interface GuideFacts {
  readonly name: string;
  readonly locale: string;
  expand(text: string, pointer: string): string;
}

/**
 * Renders the investigation guide as the Markdown of `note`. Text is taken as it is; the map form is put under the
 * headings that analysts know, parts that are absent leave no heading behind. No newline at the end.
 */
export function renderGuide(guide: AuthoredGuide, facts: GuideFacts): string {
  if (typeof guide === "string") return facts.expand(guide, "/guide");
  const headings = guideHeadings(facts.locale);
  const parts: string[] = [`## ${headings.triage}`, `### ${headings.investigating(facts.name)}`];
  if (guide.overview !== undefined) parts.push(facts.expand(guide.overview, "/guide/overview").trim());
  const list = (key: "investigation_steps" | "false_positives" | "response", heading: string): void => {
    const steps = guide[key];
    if (steps === undefined || steps.length === 0) return;
    parts.push(
      heading,
      renderSteps(steps, 0, (text, at) => facts.expand(text, `/guide/${key}${at}`)),
    );
  };
  list("investigation_steps", `#### ${headings.steps}`);
  list("false_positives", `### ${headings.falsePositives}`);
  list("response", `### ${headings.response}`);
  parts.push(...renderSections(guide, facts));
  return parts.filter((part) => part !== "").join("\n\n");
}

function renderSections(guide: Guide, facts: GuideFacts): string[] {
  // What the schema refused of a section or a step is absent.
  const sections: readonly Partial<GuideSection>[] = guide.sections ?? [];
  return sections.flatMap(({ heading = "", body = "" }, i) => [
    `### ${heading}`,
    facts.expand(body, `/guide/sections/${i}/body`).trim(),
  ]);
}

type ExpandAt = (text: string, at: string) => string;

function renderSteps(steps: readonly GuideStep[], depth: number, expand: ExpandAt, base = ""): string {
  return steps.map((step, i) => renderStep(step, depth, expand, `${base}/${i}`)).join("\n");
}

function renderStep(step: GuideStep, depth: number, expand: ExpandAt, at: string): string {
  const margin = "  ".repeat(depth);
  const bullet = (text: string): string =>
    `${margin}- ${text.trim().replace(/\n(?=[^\n])/g, `\n${margin}  `)}`;
  if (typeof step === "string") return bullet(expand(step, at));
  if ("osquery" in step) return bullet(osqueryPlugin(step.osquery));
  if ("investigate" in step) return bullet(investigatePlugin(step.investigate));
  return renderText(step, bullet, depth, expand, at);
}

/** A sentence with the steps below it; what the schema refused of it is absent. */
function renderText(
  { text = "", steps = [] }: Partial<TextStep>,
  bullet: (text: string) => string,
  depth: number,
  expand: ExpandAt,
  at: string,
): string {
  const own = bullet(expand(text, `${at}/text`));
  return steps.length === 0 ? own : `${own}\n${renderSteps(steps, depth + 1, expand, `${at}/steps`)}`;
}
