import { visible } from "../../report/index.js";
import type { ApplyResult, ChangeResult, Outcome } from "../apply/types.js";
import type { Action, Change, Plan } from "../plan/types.js";
import { type Line, linesOf } from "./lines.js";
import {
  handsOf,
  KIND_NAMES,
  originText,
  planPlace,
  planSentence,
  remarkOf,
  resultSentence,
  shown,
} from "./summary.js";

type Paint = (text: string) => string;

/** Colours, from whoever knows whether there are any. */
export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly green: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
}

const SYMBOLS: Readonly<Record<Action, string>> = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "-",
  orphan: "?",
  conflict: "!",
  unchanged: " ",
};
const OUTCOMES: Readonly<Record<Outcome, string>> = { done: "✓", failed: "✗", skipped: "○" };

export interface PlanTextOptions {
  /** Say of each value of a rule where it comes from. */
  readonly explain?: boolean;
}

/** A plan for people at a terminal: what changes in each space, field by field, and a sentence that sums it up. */
export function renderPlan(plan: Plan, palette: Palette, options: PlanTextOptions = {}): string {
  const parts = plan.spaces
    .map(({ space, changes }) => ({
      space,
      lines: shown(changes).flatMap((change) => changeLines(plan, change, palette, options)),
    }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ space, lines }) => [palette.bold(`Space ${visible(space)}`), ...lines, ""].join("\n"));
  return [
    palette.bold(`Plan for ${visible(planPlace(plan))}`),
    "",
    ...parts,
    palette.bold(visible(planSentence(plan))),
    "",
  ].join("\n");
}

function changeLines(
  plan: Plan,
  change: Change,
  palette: Palette,
  { explain = false }: PlanTextOptions,
): string[] {
  const paint = paintOf(change.action, palette);
  const remark = remarkOf(plan, change);
  const hands = handsOf(change);
  const title = `  ${paint(SYMBOLS[change.action])} ${KIND_NAMES[change.kind].padEnd(14)} ${visible(change.name)}`;
  const place = [change.id === change.name ? "" : change.id, change.file]
    .filter((part) => part !== "")
    .join("  ");
  return [
    `${title}${place === "" ? "" : `  ${palette.dim(visible(place))}`}${remark === undefined ? "" : `  ${palette.yellow(`(${visible(remark)})`)}`}`,
    ...(change.conflict === undefined
      ? []
      : [
          `      ${palette.red(visible(change.conflict.message))}`,
          `      help: ${visible(change.conflict.help)}`,
        ]),
    ...(hands === undefined ? [] : [`      ${palette.dim(visible(hands))}`]),
    ...(change.warnings ?? []).map(
      ({ message }) => `      ${palette.yellow("warning:")} ${visible(message)}`,
    ),
    ...(change.notes ?? []).map((note) => `      note: ${visible(note)}`),
    ...change.diff.flatMap((field) => {
      const [first, ...rest] = linesOf(field).map((line) => diffLine(line, palette));
      const origin =
        explain && field.origin !== undefined
          ? `  ${palette.dim(`(${visible(originText(field.origin))})`)}`
          : "";
      return [`${first ?? ""}${origin}`, ...rest];
    }),
    ...(explain ? originLines(change, palette) : []),
  ];
}

function originLines({ origins = {} }: Change, palette: Palette): string[] {
  const width = Math.max(0, ...Object.keys(origins).map((field) => field.length));
  return Object.entries(origins).map(
    ([field, origin]) => `      ${visible(field.padEnd(width))}  ${palette.dim(visible(originText(origin)))}`,
  );
}

function diffLine({ sign, depth, text }: Line, palette: Palette): string {
  const line = `${sign} ${visible(text)}`.trimEnd();
  const indent = " ".repeat(6 + depth * 4);
  if (sign === "+") return indent + palette.green(line);
  if (sign === "-") return indent + palette.red(line);
  return indent + (sign === "~" ? palette.yellow(line) : palette.dim(line));
}

function paintOf(action: Action, palette: Palette): Paint {
  if (action === "create") return palette.green;
  if (action === "conflict") return palette.red;
  if (action === "delete") return palette.red;
  return action === "update" || action === "replace" ? palette.yellow : palette.dim;
}

/** What an apply did: failures and what was skipped in full, successes by name. */
export function renderResult(result: ApplyResult, palette: Palette): string {
  const parts = result.spaces
    .filter(({ results }) => results.length > 0)
    .map(({ space, results }) =>
      [
        palette.bold(`Space ${visible(space)}`),
        ...results.flatMap((one) => resultLines(one, palette)),
        "",
      ].join("\n"),
    );
  return [...parts, palette.bold(resultSentence(result)), ...wayBack(result), ""].join("\n");
}

function wayBack({ snapshot, environment }: ApplyResult): string[] {
  return snapshot === undefined
    ? []
    : [`Way back: kdac rollback ${visible(snapshot)} --env ${visible(environment)}`];
}

function resultLines(
  { outcome, kind, name, action, reason, help, notes = [] }: ChangeResult,
  palette: Palette,
): string[] {
  const paint = outcome === "done" ? palette.green : outcome === "failed" ? palette.red : palette.yellow;
  const did = outcome === "done" ? `${action}d` : outcome;
  return [
    `  ${paint(OUTCOMES[outcome])} ${KIND_NAMES[kind].padEnd(14)} ${visible(name)}  ${palette.dim(did)}`,
    ...(reason === undefined ? [] : [`      ${paint(visible(reason))}`]),
    ...(help === undefined ? [] : [`      help: ${visible(help)}`]),
    ...notes.map((note) => `      note: ${visible(note)}`),
  ];
}
