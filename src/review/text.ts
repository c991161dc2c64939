import { visible } from "../report/index.js";
import { type Line, linesOf } from "../deploy/render/lines.js";
import { KIND_NAMES } from "../deploy/render/summary.js";
import type { Palette } from "../deploy/render/text.js";
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

const SYMBOLS: Readonly<Record<ObjectChange["action"], string>> = { added: "+", removed: "-", changed: "~" };

/** A review for people at a terminal: the risks first, then each object field by field, and a sentence that sums it up. */
export function renderReview(review: Review, palette: Palette): string {
  const groups = alike(review.changes);
  const flags = flagsOf(groups);
  const { spaces, uncompared } = review;
  return [
    palette.bold(`Detections from ${visible(sideWords(review.base))} to ${visible(sideWords(review.head))}`),
    "",
    ...(flags.length === 0
      ? []
      : [palette.bold("Risks"), ...flags.map((flag) => flagLine(flag, palette)), ""]),
    ...block([
      ...spaces.removed.map(
        (place) =>
          `  ${palette.red("-")} space ${visible(placeNames([place]))}, with ${plural(place.rules, "rule")}`,
      ),
      ...spaces.added.map(
        (place) =>
          `  ${palette.green("+")} space ${visible(placeNames([place]))}, with ${plural(place.rules, "rule")}`,
      ),
    ]),
    ...block(groups.flatMap((group) => groupLines(group, palette))),
    ...block(
      uncompared.map(
        (file) =>
          `  ${palette.yellow("?")} ${visible(file)}: the base has errors in it, so it is not compared`,
      ),
    ),
    palette.bold(reviewSentence(review)),
    "",
  ].join("\n");
}

const block = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [...lines, ""]);

function flagLine({ code, message, group, effect }: Flag, palette: Palette): string {
  const where = whereWords(effect);
  return `  ${palette.red("!")} ${palette.yellow(code.padEnd(19))} ${visible(groupName(group))}: ${visible(message)}${where === "" ? "" : palette.dim(` (${visible(where)})`)}`;
}

function groupLines(group: Alike, palette: Palette): string[] {
  const { changes } = group;
  const [change] = changes;
  const paint =
    change.action === "added" ? palette.green : change.action === "removed" ? palette.red : palette.yellow;
  const symbol = paint(SYMBOLS[change.action]);
  const kind = KIND_NAMES[change.kind].padEnd(14);
  const title =
    changes.length > 1
      ? `${symbol} ${kind} ${visible(groupName(group))}`
      : `${symbol} ${kind} ${visible(change.name)}  ${palette.dim(visible(placeOf(change)))}`;
  return [
    `  ${title}`,
    ...(change.resembles === undefined
      ? []
      : [
          `      note: it looks like the removed rule ${visible(change.resembles)}; with another rule_id Kibana takes it for another rule`,
        ]),
    ...change.effects.flatMap((effect) => effectLines(effect, change, palette)),
  ];
}

function placeOf({ id, name, file, moved_from }: ObjectChange): string {
  const from = moved_from === undefined ? "" : ` (was ${moved_from})`;
  return `${id === name ? "" : `${id}  `}${file}${from}`;
}

function effectLines(effect: Effect, { action }: ObjectChange, palette: Palette): string[] {
  const where = whereWords(effect);
  const what = effect.action === action && effect.files ? where : `${effectWords(effect)}: ${where}`;
  return [
    ...(where === "" ? [] : [`      ${palette.dim(visible(what))}`]),
    ...valueWords(effect).map((line) => `      ${visible(line)}`),
    ...effect.diff.flatMap(linesOf).map((line) => diffLine(line, palette)),
  ];
}

function diffLine({ sign, depth, text }: Line, palette: Palette): string {
  const line = `${" ".repeat(6 + depth * 4)}${sign} ${visible(text)}`.trimEnd();
  return sign === "+" ? palette.green(line) : sign === "-" ? palette.red(line) : line;
}
