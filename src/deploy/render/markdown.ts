import { visible } from "../../report/index.js";
import type { Action, Change, Plan } from "../plan/types.js";
import { linesOf } from "./lines.js";
import { code, fenced, fitted, html, inline } from "./markup.js";
import { handsOf, hasChanges, KIND_NAMES, planPlace, planSentence, remarkOf, shown } from "./summary.js";

const WORDS: Readonly<Record<Action, string>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  orphan: "orphan",
  conflict: "conflict",
  unchanged: "unchanged",
};

/** A plan for a pull request or a CI job's summary: a table for each space, and each change's differences folded away. */
export function renderPlanMarkdown(plan: Plan): string {
  const head = `## Plan for ${inline(planPlace(plan))}\n\n**${inline(planSentence(plan))}**\n`;
  if (!hasChanges(plan) && plan.summary.orphan === 0) return head;
  const parts = plan.spaces.flatMap(({ space, changes }) => {
    const some = shown(changes);
    if (some.length === 0) return [];
    return [
      `### Space ${code(space)}\n\n${table(plan, some)}\n`,
      ...some.map(details).filter((text) => text !== ""),
    ];
  });
  return fitted([head, ...parts]);
}

function table(plan: Plan, changes: readonly Change[]): string {
  const rows = changes.map((change) => {
    const remark = [
      remarkOf(plan, change),
      change.conflict?.message,
      ...(change.warnings ?? []).map(({ message }) => message),
      ...(change.notes ?? []),
    ]
      .filter((text) => text !== undefined)
      .join("; ");
    return `| ${WORDS[change.action]} | ${KIND_NAMES[change.kind]} | ${inline(change.name)} | ${code(change.id)} | ${inline(remark)} |`;
  });
  return ["| | | Name | Id | |", "|---|---|---|---|---|", ...rows].join("\n");
}

function details(change: Change): string {
  if (change.diff.length === 0 && change.conflict === undefined) return "";
  const lines = change.diff.flatMap(linesOf).map(({ sign, depth, text }) => {
    // A `diff` block colours lines by their first character and knows no "changed".
    const first = sign === "~" ? "!" : sign;
    return `${first} ${"  ".repeat(depth)}${visible(text)}`.trimEnd();
  });
  const body = lines.length === 0 ? "" : `\n${fenced(lines.join("\n"))}\n`;
  const said = [handsOf(change), change.conflict?.help].filter((text) => text !== undefined);
  const help = said.map((text) => `\n${inline(text)}\n`).join("");
  return `<details><summary>${KIND_NAMES[change.kind]} ${html(change.name)}</summary>\n${help}${body}\n</details>\n`;
}
