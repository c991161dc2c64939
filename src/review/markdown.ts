import { visible } from "../report/index.js";
import { linesOf } from "../deploy/render/lines.js";
import { code, fenced, html, inline } from "../deploy/render/markup.js";
import { KIND_NAMES } from "../deploy/render/summary.js";
import { plural } from "../report/summary.js";
import { alike, type Alike } from "./alike.js";
import type { Effect, ObjectChange, Review } from "./types.js";
import {
  effectWords,
  type Flag,
  flagsOf,
  groupName,
  placeNames,
  reviewSentence,
  sideWords,
  valueWords,
  whereWords,
} from "./words.js";

/** A comment on GitHub holds 65,536 characters; the rest is for who posts it. */
const LONGEST = 60_000;
/** Of these, what the list of risks and the table may take, so that differences are left some. */
const LONGEST_LIST = 15_000;
const NAMES_OF_ALIKE = 50;

/** The line by which a comment that was posted is found again, to be updated. It does not show. */
export const MARKER = "<!-- kdac diff -->";

/** A review as the comment of a pull request: counts, risks, a table, and the differences folded away, the riskiest first. */
export function renderReviewMarkdown(review: Review): string {
  const groups = alike(review.changes);
  const head = [
    MARKER,
    `## Detections: ${inline(reviewSentence(review))}\n`,
    `From ${code(sideWords(review.base))} to ${code(sideWords(review.head))}.\n`,
    ...section("### Look at these first\n", flagsOf(groups).map(flagLine), "risks"),
    ...spaceLines(review),
    ...section("### Changes\n\n| | | Name | Where |\n|---|---|---|---|", groups.map(row), "rows"),
    ...section(
      "### Not compared\n\nThe base has errors in these files:\n",
      review.uncompared.map((file) => `- ${code(file)}`),
      "files",
    ),
  ].join("\n");
  return withDetails(
    head,
    groups.map(details).filter((text) => text !== ""),
  );
}

/** Adds what fits, in order: what does not fit is left out and counted. */
function withDetails(head: string, parts: readonly string[]): string {
  let text = head;
  let left = 0;
  for (const part of parts) {
    if (text.length + part.length + 1 > LONGEST) left++;
    else text += `\n${part}`;
  }
  if (left === 0) return text;
  return `${text}\nThe details of ${plural(left, "change")} are left out here; \`kdac diff\` shows them.\n`;
}

function section(title: string, lines: readonly string[], what: string): string[] {
  if (lines.length === 0) return [];
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > LONGEST_LIST) break;
    kept.push(line);
  }
  const more = lines.length - kept.length;
  return [[title, ...kept].join("\n"), more === 0 ? "" : `\n…and ${more} more ${what}.\n`];
}

function flagLine({ code: risk, message, group, effect }: Flag): string {
  const where = whereWords(effect);
  return `- **${inline(risk)}**: ${inline(groupName(group))}: ${inline(message)}${where === "" ? "" : ` (${inline(where)})`}`;
}

function spaceLines({ spaces }: Review): string[] {
  const lines = [
    ...spaces.removed.map(
      (place) => `- Dropped: ${code(placeNames([place]))}, with ${plural(place.rules, "rule")}`,
    ),
    ...spaces.added.map(
      (place) => `- New: ${code(placeNames([place]))}, with ${plural(place.rules, "rule")}`,
    ),
  ];
  return section("### Spaces\n", lines, "spaces");
}

function row(group: Alike): string {
  const { changes } = group;
  const [change] = changes;
  const name =
    changes.length > 1
      ? inline(groupName(group))
      : `${inline(change.name)}${change.moved_from === undefined ? "" : `, moved from ${code(change.moved_from)}`}`;
  return `| ${change.action} | ${KIND_NAMES[change.kind]} | ${name} | ${inline(change.effects.map(rowWords).join("; "))} |`;
}

function rowWords(effect: Effect): string {
  const where = whereWords(effect);
  return effect.files ? where : `${effectWords(effect)}: ${where}`;
}

function details({ changes }: Alike): string {
  const [change] = changes;
  const body = [
    ...(change.resembles === undefined
      ? []
      : [
          `It looks like the removed rule ${code(change.resembles)}; with another rule\\_id Kibana takes it for another rule.\n`,
        ]),
    ...change.effects.map((effect) => effectDetails(effect, change)).filter((text) => text !== ""),
  ];
  if (body.length === 0) return "";
  const names =
    changes.length === 1
      ? []
      : [
          `${changes
            .slice(0, NAMES_OF_ALIKE)
            .map(({ name }) => inline(name))
            .join(
              ", ",
            )}${changes.length > NAMES_OF_ALIKE ? ` and ${changes.length - NAMES_OF_ALIKE} more` : ""}\n`,
        ];
  const title = changes.length === 1 ? html(change.name) : `${changes.length} alike`;
  return `<details><summary>${KIND_NAMES[change.kind]} ${title}</summary>\n\n${[...names, ...body].join("\n")}\n</details>\n`;
}

function effectDetails(effect: Effect, { effects }: ObjectChange): string {
  const lines = [
    ...valueWords(effect),
    ...effect.diff.flatMap(linesOf).map(({ sign, depth, text }) => {
      // A `diff` block colours lines by their first character and knows no "changed".
      const first = sign === "~" ? "!" : sign;
      return `${first} ${"  ".repeat(depth)}${text}`;
    }),
  ];
  if (lines.length === 0) return "";
  const where = effects.length > 1 ? rowWords(effect) : "";
  const block = fenced(lines.map((line) => visible(line).trimEnd()).join("\n"));
  return `${where === "" ? "" : `${inline(where)}:\n\n`}${block}\n`;
}
