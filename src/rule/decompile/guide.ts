import type { Guide, GuideSection } from "../../schema/index.js";
import { renderGuide } from "../guide.js";
import { type GuideHeadings, guideHeadings } from "../headings.js";
import { decompileSteps, paragraph } from "./guide-steps.js";

/** A heading of the third level, or that of the steps, with the text below it. */
interface Part {
  readonly heading: string;
  readonly body: string;
}

/**
 * The parts of a guide whose rendering is exactly this note; undefined where there are none, or where only its first headings
 * would be gained.
 */
export function decompileGuide(note: string, name: string, locale: string): Guide | undefined {
  // A fragment would be filled in, in places that the note's own lines do not show.
  if (note.includes("{{>")) return undefined;
  const headings = guideHeadings(locale);
  const start = `## ${headings.triage}\n\n### ${headings.investigating(name)}\n\n`;
  if (!note.startsWith(start)) return undefined;
  const guide = guideOf(partsOf(note.slice(start.length), headings), headings);
  if (guide === undefined || Object.keys(guide).every((key) => key === "overview")) return undefined;
  return renderGuide(guide, { name, locale, expand: (text) => text }) === note ? guide : undefined;
}

/** The text cut before its headings; those in code blocks are none. The first part has no heading. */
function partsOf(text: string, headings: GuideHeadings): Part[] {
  const parts: { heading: string; lines: string[] }[] = [{ heading: "", lines: [] }];
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence)))
      fence = fence === undefined ? mark : undefined;
    const isHeading = line.startsWith("### ") || line === `#### ${headings.steps}`;
    if (isHeading && fence === undefined) parts.push({ heading: line, lines: [] });
    else parts.at(-1)!.lines.push(line);
  }
  return parts.map(({ heading, lines }) => ({ heading, body: lines.join("\n").trim() }));
}

function guideOf([first, ...parts]: readonly Part[], headings: GuideHeadings): Guide | undefined {
  const guide: Guide = first!.body === "" ? {} : { overview: paragraph(first!.body) };
  const lists = [
    ["investigation_steps", `#### ${headings.steps}`],
    ["false_positives", `### ${headings.falsePositives}`],
    ["response", `### ${headings.response}`],
  ] as const;
  let at = 0;
  for (const [key, heading] of lists) {
    if (parts[at]?.heading !== heading) continue;
    const steps = decompileSteps(parts[at]!.body);
    if (steps === undefined) return undefined;
    guide[key] = steps;
    at++;
  }
  const sections = parts.slice(at).map(sectionOf);
  // A list that stands elsewhere, or is none, would be a section with the heading of a list.
  if (sections.some(({ heading }) => lists.some(([, known]) => known.endsWith(`# ${heading}`))))
    return undefined;
  return sections.length === 0 ? guide : { ...guide, sections };
}

function sectionOf({ heading, body }: Part): GuideSection {
  return { heading: heading.replace(/^#+ /, ""), body: paragraph(body) };
}
