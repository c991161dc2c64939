import { visible } from "../../report/index.js";
import { type Line } from "../render/lines.js";
import { KIND_NAMES } from "../render/summary.js";
import type { Palette } from "../render/text.js";
import type { Drift, DriftCode, DriftEntry, SpaceDrift } from "./types.js";
import { driftLines, driftSentence, lastWords, nearSentence } from "./words.js";

const SYMBOLS: Readonly<Record<DriftCode, string>> = {
  edited: "~",
  "both-edited": "!",
  "mark-lost": "~",
  missing: "-",
  orphaned: "?",
  "not-ours": "!",
  duplicate: "+",
};

/** A drift for people at a terminal: each object with who changed it and when, and what either side has. */
export function renderDrift(drift: Drift, palette: Palette): string {
  const { environment, url, kibana } = drift;
  const place = `${environment} (${url}${kibana === null ? "" : `, Kibana ${kibana}`})`;
  return [
    palette.bold(`Drift in ${visible(place)}`),
    "",
    ...drift.spaces.flatMap((space) => spaceLines(space, palette)),
    palette.bold(visible(driftSentence(drift))),
    "",
  ].join("\n");
}

function spaceLines({ space, entries, near }: SpaceDrift, palette: Palette): string[] {
  const around = nearSentence(near);
  if (entries.length === 0 && around === undefined) return [];
  return [
    palette.bold(`Space ${visible(space)}`),
    ...entries.flatMap((entry) => entryLines(entry, palette)),
    ...(around === undefined ? [] : [`  ${palette.dim(around)}`]),
    "",
  ];
}

function entryLines(entry: DriftEntry, palette: Palette): string[] {
  const { drift, kind, name, id, file, message, help, diff } = entry;
  const paint = drift === "both-edited" || drift === "missing" ? palette.red : palette.yellow;
  const place = [...(id === name ? [] : [id]), ...(file === "" ? [] : [file])].join("  ");
  return [
    `  ${paint(SYMBOLS[drift])} ${KIND_NAMES[kind].padEnd(14)} ${visible(name)}  ${palette.dim(visible(place))}`.trimEnd(),
    `      ${paint(visible(`${message}${lastWords(entry)}`))}`,
    ...diff.flatMap((change) => linesFor(driftLines(change), palette)),
    `      help: ${visible(help)}`,
  ];
}

/** A field on one line says which side has what; one over several lines says so in its title. */
function linesFor(lines: readonly Line[], palette: Palette): string[] {
  if (lines.length === 1) return [`      ${palette.dim(visible(lines[0]!.text))}`];
  return lines.map(({ sign, depth, text }, i) => {
    if (i === 0) return `      ${visible(text)} ${palette.dim("(- Kibana, + git)")}`;
    const line = `${" ".repeat(6 + depth * 4)}${sign} ${visible(text)}`.trimEnd();
    return sign === "+" ? palette.green(line) : sign === "-" ? palette.red(line) : palette.dim(line);
  });
}
